"""What is still owed and can still be done, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from promisekit.engine.observations import Observation, Outcome, Phase
from promisekit.plan.checks import relation_of
from promisekit.plan.nodes import All, Assess, Check, Gap, Latest, Need, Number, Quotient, Ratio, Relation, Select
from promisekit.verdict.check import Judged
from promisekit.verdict.model import Remaining, Verdict, WindowResult
from promisekit.verdict.truth import needed
from promisekit.words import Message, say

OVER = (Phase.CLOSED, Phase.UNCOVERED)
HOUR = 3600


def of_check(check: Check, judged: Judged, seen: Observation) -> tuple[Remaining, ...]:
    """Per window that is not over, or per obligation that waits; of so many windows, those that need least."""
    if judged.verdict is not Verdict.OPEN:
        return ()
    match check.measure:
        case Ratio():
            return tuple(_answers(judged, seen))
        case Gap() | Quotient():
            return ()
    owing = [window for number, window in enumerate(judged.windows) if judged.beside.owed(number)]
    owed = [found for window in owing if (found := _in_window(check, window)) is not None]
    if isinstance(check.need, All):
        return tuple(owed)
    missing = needed(check.need, _live(judged.windows)) - sum(one.verdict is Verdict.KEPT for one in judged.windows)
    cheapest = sorted(owed, key=lambda one: (one.need, one.by))[:missing]
    return tuple(one for one in owed if one in cheapest)


def of_assess(node: Assess, judged: Judged) -> tuple[Remaining, ...]:
    """An assessment."""
    if judged.verdict is not Verdict.OPEN:
        return ()
    by = node.span.last if node.due is None else node.due
    return (Remaining(1, by, say("an assessment"), "assessment"),)


def of_parts(
    need: Need, verdict: Verdict, verdicts: Sequence[Verdict], parts: Sequence[tuple[Remaining, ...]]
) -> tuple[Remaining, ...]:
    """Of all parts what each needs; of so many parts, what those need that need least."""
    if verdict is not Verdict.OPEN:
        return ()
    undecided = [left for one, left in zip(verdicts, parts, strict=True) if one is Verdict.OPEN]
    if not isinstance(need, All):
        live = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
        missing = max(0, needed(need, live) - verdicts.count(Verdict.KEPT))
        cheapest = sorted(range(len(undecided)), key=lambda number: (_cost(undecided[number]), number))[:missing]
        undecided = [undecided[number] for number in sorted(cheapest)]
    return tuple(one for left in undecided for one in left)


def _cost(remaining: Sequence[Remaining]) -> Fraction:
    """What decides which parts need least: how much is left of all it needs, hours for seconds."""
    return sum((Fraction(one.need) / (HOUR if one.unit == "second" else 1) for one in remaining), Fraction(0))


def _answers(judged: Judged, seen: Observation) -> Iterator[Remaining]:
    for row in seen.counted:
        waits = row.outcome is Outcome.PENDING and row.due is not None
        if waits and row.due is not None and judged.beside.owed(row.window):
            what = say("an answer to row {row} in {file}", row=row.event.row, file=row.event.file)
            yield Remaining(1, row.due, what, "answer", due_at=row.due_at)


def _in_window(check: Check, window: WindowResult) -> Remaining | None:
    if window.phase in OVER or window.verdict is not Verdict.OPEN:
        return None
    by, what = window.last_day, named(relation_of(check))
    if isinstance(check.measure, Latest):
        told = window.of is not None and window.of.low > 0
        return None if told else Remaining(1, by, what, "event")
    if window.target.min is None or window.low >= window.target.min:
        return None
    return Remaining(_whole(window.target.min - window.low), by, what, window.target.unit)


def _whole(number: Number) -> Number:
    """A number as an integer where it is one."""
    return int(number) if Fraction(number).denominator == 1 else number


def _live(windows: Sequence[WindowResult]) -> int:
    return sum(window.verdict is not Verdict.NOT_APPLICABLE for window in windows)


def named(relation: Relation) -> Message:
    """A relation by the names of its activities."""
    if isinstance(relation, Select):
        return say("`{what}`", what=relation.name)
    return say("`{what}` together with `{with_}`", what=relation.left.name, with_=relation.right.name)
