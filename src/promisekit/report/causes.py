"""Why something cannot be said, and which rows are to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promisekit.engine.observations import Counted, Reason
from promisekit.plan.nodes import Node
from promisekit.report.evidence import doubt
from promisekit.report.figures import check_of
from promisekit.report.teller import Teller, days_of
from promisekit.report.values import MEASURED, silent
from promisekit.verdict.model import CommitmentResult, WindowResult
from promisekit.words import Message, say, sequence

ROWS_AT_MOST = 3
"""So many rows are named in a sentence; the list has all of them."""


def causes(node: Node, result: CommitmentResult, windows: Sequence[WindowResult], teller: Teller) -> Iterator[Message]:
    """Why it cannot be said of these windows, and which rows are to blame."""
    reasons = {reason for window in windows for reason in window.reasons}
    if Reason.UNCOVERED in reasons:
        yield say("The log does not cover all of the time, so there may be more than it shows.")
    if Reason.IMPRECISE not in reasons:
        return
    unsure = [window for window in windows if Reason.IMPRECISE in window.reasons]
    rows = _possible_in(node, unsure, result)
    if rows:
        number = len(rows) + result.evidence.possible_total - len(result.evidence.possible)
        named = [
            say("{row} ({doubt})", row=teller.cite(row.event), doubt=doubt(node, row, result, teller))
            for row in rows[:ROWS_AT_MOST]
        ]
        more = (say("{n} more", n=number - len(named)),) if number > len(named) else ()
        yield say(
            "{n} row in the log cannot be told for certain: {rows}.",
            "{n} rows in the log cannot be told for certain: {rows}.",
            n=number,
            rows=sequence((*named, *more)),
        )
    elif any(window.target.unit in MEASURED for window in unsure):
        yield say("The value is not known exactly enough.")
    elif any(window.target.unit not in ("event", "share") for window in unsure):
        yield say("Some rows in the log are too imprecise to tell, or lack something.")
    else:
        yield say("Some dates in the log are too imprecise to tell.")


def _possible_in(node: Node, windows: Sequence[WindowResult], result: CommitmentResult) -> list[Counted]:
    """The rows that may count in one of the windows, and those that count but hold no value."""
    of, check = result.evidence, check_of(node)
    indices = {number for number, window in enumerate(result.windows) if window in windows}
    return [
        row
        for row in (*(row for row in of.counted if silent(check, row)), *of.possible)
        if row.window in indices or any(len(days_of(row.event).cut(window.span)) for window in windows)
    ]
