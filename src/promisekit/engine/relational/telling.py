"""From numbers back to rows and words: only for the few rows that are shown."""

from __future__ import annotations

from dataclasses import dataclass

from promisekit.engine.observations import Counted, NearMiss, Outcome
from promisekit.engine.relational.alternatives import parts_of
from promisekit.engine.relational.layout import NOWHERE, Asked
from promisekit.engine.relational.load import Loaded
from promisekit.engine.relational.matching import CANCELLED_ROW
from promisekit.engine.relational.nearly import PARTS, TURN
from promisekit.engine.relational.nearness import CLOCK, DEADLINE, OF_PAIR, ORDER, PARTNER_PART, PERIOD, PLACE
from promisekit.engine.telling import (
    CANCELLED,
    Failing,
    apart,
    elsewhere,
    of_condition,
    outside,
    ref_of,
    too_early,
    too_late,
)
from promisekit.events import Event
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import InTime, Select
from promisekit.selectors.model import Condition
from promisekit.windows import Day, Moment, Span

OUTCOMES = (Outcome.COUNTED, Outcome.POSSIBLE, Outcome.MISSED, Outcome.PENDING)


@dataclass(frozen=True, slots=True)
class Miss:
    """A near miss in numbers, as they are read."""

    chk: int
    w: int
    n: int
    origin: int
    code: int
    beside: int
    beside_first: int
    beside_due: int
    begins: int
    ends: int
    beside_begins: int
    beside_ends: int

    @property
    def fails(self) -> int:
        """What fails."""
        return self.code % TURN // PARTS

    @property
    def part(self) -> int:
        """Which part of a selector fails, where one does."""
        return self.code % PARTS - 1


def counted(check: Asked, row: tuple[int, ...], loaded: Loaded) -> Counted:
    """A row that was counted, or may be."""
    _, number, window, outcome, partner, is_late = row
    event = loaded.events[number]
    shown, late = None, None
    if partner != NOWHERE:
        date = _own_date(check, event) if partner == number else None
        if is_late:
            late = date.first if date else loaded.events[partner].start.first
        if partner != number or date or not check.is_ratio:
            shown = ref_of(loaded.events[partner], date)
    return Counted(ref_of(event), OUTCOMES[outcome], window, shown, _due(check, event.start.first), late)


def _own_date(check: Asked, event: Event) -> Moment | None:
    """The date in a column of the row itself, where that is the partner."""
    for way in check.semi.on if check.semi else ():
        if isinstance(way, InTime) and way.column is not None:
            date = event.values.get(way.column)
            return date if isinstance(date, Moment) else None
    return None


def _due(check: Asked, trigger: Day) -> Day | None:
    if not check.is_ratio or check.semi is None:
        return None
    return min((due(way.deadline, trigger) for way in check.semi.on if isinstance(way, InTime)), default=None)


def near_miss(check: Asked, miss: Miss, loaded: Loaded) -> NearMiss:
    """A near miss in words."""
    event = loaded.events[miss.n]
    failing = _failing(check, miss, event, loaded)
    gains = miss.origin != OF_PAIR or not check.is_ratio
    return NearMiss(ref_of(event), failing.failed, failing.found, failing.wanted, miss.w, gains)


def _failing(check: Asked, miss: Miss, event: Event, loaded: Loaded) -> Failing:
    if miss.fails == PERIOD:
        return outside(event.start.first, Span(check.windows[0].span.start, check.windows[-1].span.end))
    if miss.fails == PLACE:
        return elsewhere(event, loaded.events[miss.beside])
    if miss.fails == CLOCK:
        return apart(miss.begins, miss.ends, miss.beside_begins, miss.beside_ends)
    if miss.fails == ORDER:
        return too_early(event, Day(miss.beside_first))
    if miss.fails == DEADLINE:
        return too_late(event, Day(miss.beside_due))
    select = check.right if miss.fails == PARTNER_PART else check.left
    return CANCELLED if select is None or miss.part == CANCELLED_ROW else _of_part(select, miss.part, event)


def _of_part(select: Select, number: int, event: Event) -> Failing:
    part = parts_of(select)[number]
    if not isinstance(part, Condition):
        raise TypeError(f"{part!r} is no single condition")
    return of_condition(part, event)
