"""The public word for where a commitment stands. The first that applies wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from promisekit.engine.observations import Phase, Reason
from promisekit.plan.nodes import Need
from promisekit.verdict.check import Judged
from promisekit.verdict.model import CommitmentResult, Degree, Outlook, Status, Verdict, WindowResult
from promisekit.verdict.truth import together

OPEN_ORDER = (
    Status.AT_RISK,
    Status.CANNOT_BE_ASSESSED,
    Status.AWAITING_ASSESSMENT,
    Status.ON_TRACK,
    Status.NOT_STARTED,
)
"""Which of its open commitments' (or parts') statuses an open promise (or composite) shows."""


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


def status_of_parts(
    need: Need, judged: Judged, parts: Sequence[CommitmentResult], partial_from: Fraction | None
) -> Status:
    """The status of a composite: kept late where it would be kept if what came late had come in time."""
    if judged.verdict is Verdict.OPEN:
        return _first_of(parts)
    in_time = [Verdict.KEPT if part.status is Status.KEPT_LATE else part.verdict for part in parts]
    late = together(need, in_time) is Verdict.KEPT
    return status_of(judged.verdict, (), (), None, late=late, degree=judged.degree, partial_from=partial_from)


def _first_of(parts: Sequence[CommitmentResult]) -> Status:
    shown = {one.status for one in parts if one.verdict is Verdict.OPEN}
    return next((status for status in OPEN_ORDER if status in shown), Status.ON_TRACK)


def status_of_promise(verdict: Verdict, commitments: Sequence[CommitmentResult]) -> Status:
    """The status of the whole promise."""
    simple = {
        Verdict.NOT_APPLICABLE: Status.NOT_APPLICABLE,
        Verdict.KEPT: Status.KEPT,
        Verdict.BROKEN: Status.NOT_KEPT,
    }
    return simple[verdict] if verdict in simple else _first_of(commitments)
