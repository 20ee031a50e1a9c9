"""Why something cannot be said, and which rows are to blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from promisekit.engine.observations import Counted, Reason, Why
from promisekit.plan.nodes import Node, When
from promisekit.report.doubts import doubt, matters
from promisekit.report.figures import check_of
from promisekit.report.teller import Teller, days_of
from promisekit.report.values import MEASURED
from promisekit.verdict.model import CommitmentResult, Evidence, WindowResult
from promisekit.windows import Day, Span
from promisekit.words import Message, say, sequence

ROWS_AT_MOST = 3
"""So many rows are named in a sentence; the list has all of them."""


class Ground(Struct, frozen=True):
    """Rows that a commitment rests on, or that what it waits for does, and how they are counted."""

    node: Node
    of: Evidence
    windows: Sequence[WindowResult]


def causes(node: Node, result: CommitmentResult, windows: Sequence[WindowResult], teller: Teller) -> Iterator[Message]:
    """Why it cannot be said of these windows, and which rows are to blame."""
    reasons = {reason for window in windows for reason in window.reasons}
    if Reason.UNCOVERED in reasons:
        yield say("The log does not cover all of the time, so there may be more than it shows.")
    if Reason.IMPRECISE not in reasons:
        return
    unsure = [window for window in windows if Reason.IMPRECISE in window.reasons]
    grounds = [Ground(node, result.evidence, result.windows)]
    if isinstance(node, When) and result.trigger is not None:
        grounds.append(Ground(node.trigger, result.trigger.evidence, result.trigger.windows))
    found = [(ground, row) for ground in grounds for row in _unsure_in(ground, unsure)]
    if found:
        number = len(found) + sum(ground.of.possible_total - len(ground.of.possible) for ground in grounds)
        named = [
            say("{row} ({doubt})", row=teller.cite(row.event), doubt=doubt(ground.node, row, ground.of, teller))
            for ground, row in found[:ROWS_AT_MOST]
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
    else:
        yield say("Something in the log is too imprecise to tell, or is missing.")


def _unsure_in(ground: Ground, windows: Sequence[WindowResult]) -> list[Counted]:
    """The rows that may count in one of the windows, and those that count but leave something unsaid."""
    spans = {window.span for window in windows}
    indices = {number for number, window in enumerate(ground.windows) if window.span in spans}
    rows = (*(row for row in ground.of.counted if matters(check_of(ground.node), row)), *ground.of.possible)
    return [row for row in rows if row.window in indices or any(_reaches(row, span) for span in spans)]


def _reaches(row: Counted, span: Span) -> bool:
    """Whether a row can lie in those days; one without an end may have gone on until the next day."""
    days = days_of(row.event)
    endless = any(one.why is Why.END for one in row.unsaid)
    return len(Span(days.start, Day(days.end + endless)).cut(span)) > 0
