"""Near misses of time: rows of the relation that belong to no window, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from promisekit.engine.observations import NearMiss
from promisekit.engine.reference.adding import Adding
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.near import near_miss
from promisekit.engine.reference.places import ByDay, ByTime, Places, first_place
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import WITHOUT_END, Failing, between_windows, off_slot, outside, too_late
from promisekit.plan.nodes import Check, Latest, Until
from promisekit.windows import Span


def astray_misses(check: Check, members: Iterable[Member], places: Places, adding: Adding) -> Iterator[NearMiss]:
    """Rows that are in the relation and in no window: a day late, a month early, on another day, not long enough."""
    if not places.windows:
        return
    days = places if isinstance(places, ByDay) else ByDay(places.windows)
    for member in members:
        seen = member.seen
        if not member.sure or first_place(places, seen) is not None or _in_baseline(check, seen):
            continue
        if came_late(check, seen):
            failing, window = too_late(seen.event, check.span.last), 0
        elif seen.first == seen.last:
            failing, window = _why(check, seen, places, days)
        else:
            continue
        yield near_miss(seen.event, failing, window, amount=adding.near(seen, window, placed=False))


def came_late(check: Check, seen: Seen) -> bool:
    """Whether a row comes after the day by which it was promised."""
    return isinstance(check.partition, Until) and seen.first >= check.span.end


def _why(check: Check, seen: Seen, places: Places, days: ByDay) -> tuple[Failing, int]:
    """Why a row of a certain day is in no window, and which one it is nearest to."""
    windows = places.windows
    there = _slot_of(seen, places, days) if isinstance(places, ByTime) else None
    if there is not None and isinstance(places, ByTime):
        return off_slot(seen.start_earliest, seen.end_latest, places.instants[there], windows[there], check), there
    nearest = days.nearest(seen)
    if seen.first in check.span:
        return between_windows(seen.first, windows[nearest].label), nearest
    return outside(seen.first, check.span), nearest


def _slot_of(seen: Seen, places: ByTime, days: ByDay) -> int | None:
    """The slot that a row was meant for: that of its day, or of the evening before until it ends."""
    there = days.reaching(seen)
    if there is None or seen.first in places.windows[there].span:
        return there
    return there if seen.start_earliest < places.instants[there][1] else None


def _in_baseline(check: Check, seen: Seen) -> bool:
    """Whether the row is one that others are compared with."""
    measure = check.measure
    return isinstance(measure, Latest) and isinstance(measure.baseline, Span) and seen.first in measure.baseline


def endless_misses(members: Iterable[Member], places: Places) -> Iterator[NearMiss]:
    """Rows whose end is not recorded, where such a row is not counted. What they would add cannot be told."""
    for member in members:
        window = first_place(places, member.seen) if member.sure else None
        if window is not None:
            yield near_miss(member.seen.event, WITHOUT_END, window, amount=None)
