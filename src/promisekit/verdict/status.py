"""The public word for where a commitment stands. The first that applies wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from promisekit.engine.observations import Phase, Reason
from promisekit.verdict.model import CommitmentResult, Degree, Outlook, Status, Verdict, WindowResult

OPEN_ORDER = (
    Status.AT_RISK,
    Status.CANNOT_BE_ASSESSED,
    Status.AWAITING_ASSESSMENT,
    Status.ON_TRACK,
    Status.NOT_STARTED,
)
"""Which of its open commitments' statuses an open promise shows."""


def status_of(
    verdict: Verdict,
    reasons: Collection[Reason],
    windows: Sequence[WindowResult],
    outlook: Outlook | None,
    *,
    late: bool,
    degree: Degree | None,
    partial_from: Fraction | None,
) -> Status:
    """The status of a commitment. `late`: all that is missing came after its deadline."""
    match verdict:
        case Verdict.NOT_APPLICABLE:
            return Status.NOT_APPLICABLE
        case Verdict.KEPT:
            return Status.KEPT
        case Verdict.BROKEN if late:
            return Status.KEPT_LATE
        case Verdict.BROKEN if partial_from is not None and degree is not None and degree.low >= partial_from:
            return Status.PARTLY_KEPT
        case Verdict.BROKEN:
            return Status.NOT_KEPT
    return _of_open(reasons, windows, outlook)


def _of_open(reasons: Collection[Reason], windows: Sequence[WindowResult], outlook: Outlook | None) -> Status:
    phases = {window.phase for window in windows if window.verdict is Verdict.OPEN}
    if phases == {Phase.FUTURE} and Phase.RUNNING not in {window.phase for window in windows}:
        begun = any(window.phase is not Phase.FUTURE for window in windows)
        return Status.ON_TRACK if begun else Status.NOT_STARTED
    if {Reason.NEEDS_ASSESSMENT, Reason.DISPUTED} & set(reasons):
        return Status.AWAITING_ASSESSMENT
    over = [window for window in windows if window.phase in (Phase.CLOSED, Phase.UNCOVERED)]
    if any(_undecidable(window) for window in over):
        return Status.CANNOT_BE_ASSESSED
    return Status.AT_RISK if outlook in (Outlook.AT_RISK, Outlook.OFF_TRACK) else Status.ON_TRACK


def _undecidable(window: WindowResult) -> bool:
    """A window that is over and open for want of data, and not because a deadline still runs."""
    return window.verdict is Verdict.OPEN and Reason.RUNNING not in window.reasons


def status_of_promise(verdict: Verdict, commitments: Sequence[CommitmentResult]) -> Status:
    """The status of the whole promise."""
    simple = {
        Verdict.NOT_APPLICABLE: Status.NOT_APPLICABLE,
        Verdict.KEPT: Status.KEPT,
        Verdict.BROKEN: Status.NOT_KEPT,
    }
    if verdict in simple:
        return simple[verdict]
    shown = {one.status for one in commitments if one.verdict is Verdict.OPEN}
    return next(status for status in OPEN_ORDER if status in shown)
