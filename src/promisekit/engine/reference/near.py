"""Near misses: rows that fail exactly one condition of a selector or of a pair, and which one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import chain, islice

from promisekit.engine.observations import EVIDENCE_LIMIT, NearMiss
from promisekit.engine.reference.almosts import Almost
from promisekit.engine.reference.finder import Finder, Row, Timeline
from promisekit.engine.reference.nearly import NearlyPartners
from promisekit.engine.reference.pairs import overlap, same, same_day
from promisekit.engine.reference.places import Places, first_place
from promisekit.engine.reference.relations import Side
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import (
    Failing,
    apart,
    elsewhere,
    ref_of,
    too_early,
    too_early_at,
    too_late,
    too_late_at,
)
from promisekit.engine.tied import PLACE
from promisekit.events import Event, RowKey
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.nodes import Deadline, Hours, InTime, Number, On, Overlap, SameDay, SameRow
from promisekit.windows import Instant

Adds = Callable[[Seen, int], Number | None]
"""What a row would add to a window."""


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
    lonely: Iterable[Seen], nearly: NearlyPartners, places: Places, adds: Adds, *, gains: bool
) -> Iterator[NearMiss]:
    """For rows without a partner: partners that fail one condition of the pair, or one of their own selector. What they
    would add is what the row without a partner would."""
    partners = nearly.partners
    anywhere = Timeline(partners.right.rows)
    told: dict[int, set[RowKey]] = defaultdict(set)
    for left, window in _first_lonely(lonely, places):
        for way, finder in partners.finders.items():
            candidates = _candidates(way, left, finder, anywhere)
            here = told[window]
            for miss in chain(_pair_fails(way, left, candidates, partners.right, here), nearly.of(way, left, here)):
                here.add(miss.event.key)
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


def _pair_fails(
    way: On, left: Seen, candidates: Iterable[Row], side: Side, told: Container[RowKey]
) -> Iterator[Almost]:
    for row in candidates:
        key = row.seen.event.key
        if row.sure and key != left.event.key and key not in told:
            miss = _pair_miss(way, left, row.seen, side)
            if miss is not None:
                yield Almost(row.seen.event, miss)


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
                return apart(right.start_earliest, right.end_latest, left.start_earliest, left.end_latest, way.seconds)
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
