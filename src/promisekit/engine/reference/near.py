"""Near misses: rows that fail exactly one condition of a selector or of a pair, and which one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from promisekit.engine.observations import EVIDENCE_LIMIT, NearMiss
from promisekit.engine.reference.finder import Finder, Row, Timeline
from promisekit.engine.reference.pairs import overlap, pair, same, same_day
from promisekit.engine.reference.places import Places
from promisekit.engine.reference.relations import Paired, Partners
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import (
    CANCELLED,
    PLACE,
    Failing,
    apart,
    elsewhere,
    of_condition,
    outside,
    ref_of,
    too_early,
    too_late,
)
from promisekit.events import Event, State
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.match import matches
from promisekit.selectors.model import Condition, Every, Selector
from promisekit.windows import Span

ACTIVITY = "activity"


@dataclass(frozen=True)
class Almost:
    """A row that fails one condition, and which."""

    event: Event
    failing: Failing


def almost(selector: Selector, event: Event) -> Almost | None:
    """What keeps `event` from matching, where it is just one thing: a condition, or that it was cancelled."""
    if event.state is State.POSSIBLE:
        return None
    parts = selector.parts if isinstance(selector, Every) else (selector,)
    failing = []
    for part in parts:
        truth = matches(part, event)
        if truth is None:
            return None
        if truth is False:
            failing.append(part)
    if event.state is State.CANCELLED:
        return None if failing else Almost(event, CANCELLED)
    if len(failing) != 1 or len(parts) < 2:
        return None
    part = failing[0]
    # A row of another activity is no near miss, and a choice between conditions is not one condition.
    if not isinstance(part, Condition) or part.column == ACTIVITY:
        return None
    return Almost(event, of_condition(part, event))


def select_misses(almosts: Iterable[tuple[Seen, Almost]], places: Places) -> Iterator[NearMiss]:
    """Those that would count in a window but for their one failing condition."""
    for seen, found in almosts:
        window = places.first(seen)
        if window is not None:
            yield near_miss(seen.event, found.failing, window)


def near_miss(event: Event, failing: Failing, window: int, *, gains: bool = True) -> NearMiss:
    """A near miss, told."""
    return NearMiss(ref_of(event), failing.failed, failing.found, failing.wanted, window, gains)


def period_misses(rows: Iterable[Row], places: Places) -> Iterator[NearMiss]:
    """Rows that match and lie in no window: a day late, a month early."""
    if not places.windows:
        return
    span = Span(places.windows[0].span.start, places.windows[-1].span.end)
    for row in rows:
        if row.sure and row.seen.first == row.seen.last and places.first(row.seen) is None:
            yield near_miss(row.seen.event, outside(row.seen.first, span), places.nearest(row.seen))


def pair_misses(
    lonely: Iterable[Paired],
    partners: Partners,
    almosts: list[tuple[Seen, Almost]],
    places: Places,
    *,
    gains: bool,
) -> Iterator[NearMiss]:
    """For rows without a partner: partners that fail one condition of the pair, or one of their own selector."""
    by_row = {seen.event.key: miss for seen, miss in almosts}
    nearly = {way: Finder(way, [Row(seen, True) for seen, _ in almosts]) for way in partners.finders}
    anywhere = Timeline(partners.right.rows)
    told: set[tuple[tuple[str, str, int], int]] = set()
    for left, window in _first_lonely(lonely, places):
        for way, finder in partners.finders.items():
            candidates = _candidates(way, left, finder, anywhere)
            found = [*_pair_fails(way, left, candidates), *_selector_fails(way, left, nearly, by_row)]
            for miss in found:
                if (miss.event.key, window) not in told:
                    told.add((miss.event.key, window))
                    yield near_miss(miss.event, miss.failing, window, gains=gains)


def _first_lonely(lonely: Iterable[Paired], places: Places) -> Iterator[tuple[Seen, int]]:
    """The first rows without a partner that lie in a window. Around more of them nobody looks for near misses: in a
    large log they are so many that no list of them says anything."""
    placed = ((left.row.seen, places.first(left.row.seen)) for left in lonely)
    return islice(((seen, window) for seen, window in placed if window is not None), EVIDENCE_LIMIT)


def _candidates(way: On, left: Seen, finder: Finder, anywhere: Timeline) -> Iterator[Row]:
    """The rows that may fail just one condition of the pair: the same key at any time, or any place on the same day."""
    if isinstance(way, InTime):
        return finder.same_group(left) if way.key is not None else iter(())
    return anywhere.between(left.first, left.last)


def _pair_fails(way: On, left: Seen, candidates: Iterable[Row]) -> Iterator[Almost]:
    for row in candidates:
        if row.sure and row.seen.event is not left.event:
            miss = _pair_miss(way, left, row.seen)
            if miss is not None:
                yield Almost(row.seen.event, miss)


def _selector_fails(
    way: On, left: Seen, nearly: dict[On, Finder], by_row: dict[tuple[str, str, int], Almost]
) -> Iterator[Almost]:
    if isinstance(way, InTime) and way.column is not None:
        return  # only the row itself can be its own answer
    for row in nearly[way].near(left):
        if pair(way, left, row.seen) is True:
            yield by_row[row.seen.event.key]


def _pair_miss(way: On, left: Seen, right: Seen) -> Failing | None:
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
            if right.last < left.first:
                return too_early(right.event, left.first)
            last = due(deadline, left.last)
            return too_late(right.event, last) if right.first > last else None
