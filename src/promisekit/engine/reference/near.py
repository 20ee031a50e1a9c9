"""Near misses: rows that fail exactly one condition of a selector or of a pair, and which one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from promisekit.engine.observations import EVIDENCE_LIMIT, NearMiss
from promisekit.engine.reference.finder import Finder, Row, Timeline
from promisekit.engine.reference.pairs import overlap, pair, same, same_day
from promisekit.engine.reference.places import Places, first_place
from promisekit.engine.reference.relations import Partners, Side
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import (
    CANCELLED,
    PLACE,
    Failing,
    apart,
    elsewhere,
    excepted,
    of_condition,
    ref_of,
    too_early,
    too_early_at,
    too_late,
    too_late_at,
)
from promisekit.events import Event, State
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.nodes import Deadline, Hours, InTime, Number, On, Overlap, SameDay, SameRow, Select
from promisekit.selectors.match import matches
from promisekit.selectors.model import Condition, Every, Except
from promisekit.windows import AsOf, Instant

ACTIVITY = "activity"
Adds = Callable[[Seen, int], Number | None]
"""What a row would add to a window."""


class Almost(Struct, frozen=True):
    """A row that fails one condition, and which."""

    event: Event
    failing: Failing


def almost(select: Select, event: Event, as_of: AsOf | None = None) -> Almost | None:
    """What keeps `event` from matching, where it is just one thing: a condition, an exception, or that it was
    cancelled. With `as_of`, of what is known then."""
    if event.state is State.POSSIBLE:
        return None
    parts = select.selector.parts if isinstance(select.selector, Every) else (select.selector,)
    failing = []
    for part in parts:
        truth = matches(part, event, as_of, select.day_begins)
        if truth is None:
            return None
        if truth is False:
            failing.append(part)
    if event.state is State.CANCELLED:
        return None if failing else Almost(event, CANCELLED)
    if len(failing) != 1 or len(parts) < 2:
        return None
    part = failing[0]
    if isinstance(part, Except):
        return Almost(event, excepted(part))
    # A row of another activity is no near miss, and neither is one of another member of a register, whose condition
    # stands in a conjunction of its own. A choice between conditions is not one condition.
    if not isinstance(part, Condition) or part.column == ACTIVITY:
        return None
    return Almost(event, of_condition(part, event, as_of))


def select_misses(almosts: Iterable[tuple[Seen, Almost]], places: Places, adds: Adds) -> Iterator[NearMiss]:
    """Those that would count in a window but for their one failing condition."""
    for seen, found in almosts:
        window = first_place(places, seen)
        if window is not None:
            yield near_miss(seen.event, found.failing, window, amount=adds(seen, window))


def near_miss(
    event: Event, failing: Failing, window: int, *, gains: bool = True, amount: Number | None = 1
) -> NearMiss:
    """A near miss, told."""
    return NearMiss(ref_of(event), failing.failed, failing.found, failing.wanted, window, gains, amount)


def pair_misses(
    lonely: Iterable[Seen],
    partners: Partners,
    almosts: list[tuple[Seen, Almost]],
    places: Places,
    adds: Adds,
    *,
    gains: bool,
) -> Iterator[NearMiss]:
    """For rows without a partner: partners that fail one condition of the pair, or one of their own selector. What they
    would add is what the row without a partner would."""
    by_row = {seen.event.key: miss for seen, miss in almosts}
    nearly = {way: partners.finder(way, [Row(seen, True) for seen, _ in almosts]) for way in partners.finders}
    anywhere = Timeline(partners.right.rows)
    right = partners.right
    told: set[tuple[tuple[str, str, int], int]] = set()
    for left, window in _first_lonely(lonely, places):
        for way, finder in partners.finders.items():
            candidates = _candidates(way, left, finder, anywhere)
            found = [*_pair_fails(way, left, candidates, right), *_selector_fails(way, left, nearly, by_row, right)]
            for miss in found:
                if (miss.event.key, window) not in told:
                    told.add((miss.event.key, window))
                    yield near_miss(miss.event, miss.failing, window, gains=gains, amount=adds(left, window))


def _first_lonely(lonely: Iterable[Seen], places: Places) -> Iterator[tuple[Seen, int]]:
    """The first rows without a partner that lie in a window. Around more of them nobody looks for near misses: in a
    large log they are so many that no list of them says anything."""
    placed = ((seen, first_place(places, seen)) for seen in lonely)
    return islice(((seen, window) for seen, window in placed if window is not None), EVIDENCE_LIMIT)


def _candidates(way: On, left: Seen, finder: Finder, anywhere: Timeline) -> Iterator[Row]:
    """The rows that may fail just one condition of the pair: the same key at any time, or any place on the same day."""
    if isinstance(way, InTime):
        return finder.same_group(left) if way.key is not None else iter(())
    return anywhere.between(left.first, left.last)


def _pair_fails(way: On, left: Seen, candidates: Iterable[Row], side: Side) -> Iterator[Almost]:
    for row in candidates:
        if row.sure and row.seen.event.key != left.event.key:
            miss = _pair_miss(way, left, row.seen, side)
            if miss is not None:
                yield Almost(row.seen.event, miss)


def _selector_fails(
    way: On, left: Seen, nearly: dict[On, Finder], by_row: dict[tuple[str, str, int], Almost], side: Side
) -> Iterator[Almost]:
    if isinstance(way, InTime) and way.column is not None:
        return  # only the row itself can be its own answer
    for row in nearly[way].near(left):
        if pair(way, left, row.seen, side.zone, side.day_begins) is True:
            yield by_row[row.seen.event.key]


def _pair_miss(way: On, left: Seen, right: Seen, side: Side) -> Failing | None:
    """The one condition of the pair that fails."""
    match way:
        case SameRow():
            return None
        case SameDay() | Overlap():
            together = same_day(left, right) if isinstance(way, SameDay) else overlap(way.seconds, left, right)
            at_place = same(PLACE, left, right)
            if together is True and at_place is False:
                return elsewhere(right.event, left.event)
            if together is False and at_place is True and isinstance(way, Overlap) and same_day(left, right):
                return apart(right.start_earliest, right.end_latest, left.start_earliest, left.end_latest)
            return None
        case InTime(key=key, deadline=deadline):
            if key is None or same(key, left, right) is not True:
                return None  # without a key, every event at any time would be a near miss
            return _untimely(deadline, left, right, side)


def _untimely(deadline: Deadline, left: Seen, right: Seen, side: Side) -> Failing | None:
    """How an answer comes too early or too late."""
    if isinstance(deadline, Hours):
        if right.start_latest < left.start_earliest:
            return too_early_at(right.event, right.start_latest, left.start_earliest)
        at = due_at(deadline, Instant(left.start_latest), side.zone, side.day_begins)
        return too_late_at(right.event, right.start_earliest, at, side.zone) if right.start_earliest > at else None
    if right.last < left.first:
        return too_early(right.event, left.first)
    last = due(deadline, left.last)
    return too_late(right.event, last) if right.first > last else None
