"""Worlds: a log, what people said and an as-of; and the same with changes worked in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from promisekit.events import Coverage, Doubt, Event, RowKey, State
from promisekit.log.model import Log, SourceRead
from promisekit.plan.assessment import Assessment
from promisekit.proof.changes.model import (
    Change,
    Dated,
    Delivered,
    Ended,
    Filled,
    Happened,
    Held,
    Judged,
    NotHeld,
    Passed,
    Withdrawn,
)
from promisekit.proof.rows import moment_at
from promisekit.windows import AsOf, Day, Instant, Moment, Span, Zone, day_set, end_of


class World(Struct, frozen=True):
    """Everything that a verdict rests on but the promise."""

    log: Log
    said: tuple[Assessment, ...]
    as_of: AsOf
    period: Span
    zone: Zone


def as_known(world: World) -> World:
    """The world without the rows and the statements that are dated after its as-of: time that passes must not bring
    them to light."""
    world = replace(world, said=tuple(one for one in world.said if one.date <= world.as_of.day))
    events = tuple(one for one in world.log.events if one.start.earliest < world.as_of.until)
    if len(events) == len(world.log.events):
        return world
    return replace(world, log=_with_days(replace(world.log, events=events)))


def applied(world: World, changes: Iterable[Change]) -> World:
    """The world with the changes: those of the time and the coverage first, so that their order does not matter.

    Raises ValueError for a time of day that the clocks jump over."""
    rows: dict[RowKey, Event] = {}
    more: list[Happened] = []
    for change in sorted(changes, key=lambda one: not isinstance(one, Passed)):
        match change:
            case Passed(until):
                world = _passed(world, until)
            case Delivered(source, days):
                world = replace(world, log=_covering(world, [source], days))
            case Judged(said):
                world = replace(world, said=(*world.said, said))
            case Withdrawn(said):
                world = replace(world, said=tuple(one for one in world.said if one != said))
            case Happened():
                more.append(change)
            case Held(row) | NotHeld(row) | Dated(row) | Ended(row) | Filled(row):
                rows[row.key] = _changed(rows.get(row.key, row), change, world.zone)
    if not rows and not more:
        return world
    last = max((one.row.event(0, world.zone).start.last for one in more), default=world.as_of.day)
    if last > world.as_of.day:
        world = replace(world, as_of=end_of(last, world.zone))
    events = [rows.get(one.key, one) for one in world.log.events]
    log = _knowing(world.log, [one.row.source for one in more])
    return replace(world, log=_with_days(replace(log, events=_added(events, log.sources, more, world.zone))))


def _changed(event: Event, change: Change, zone: Zone) -> Event:
    match change:
        case Held():
            return replace(event, state=State.HELD, doubts=())
        case NotHeld():
            return replace(event, state=State.CANCELLED, doubts=())
        case Dated(_, day, clock):
            return _moved(event, moment_at(day, clock, zone), zone)
        case Ended(_, seconds):
            return replace(event, end=_moment(Instant(event.start.earliest + seconds), zone))
        case Filled(_, column, value):
            return replace(event, values={**event.values, column: value})
        case _:
            return event


def _moved(event: Event, start: Moment, zone: Zone) -> Event:
    """The row at another time; its end, where the clock told it, goes along."""
    end = event.end
    if end is not None and end.clock is not None and event.start.clock is not None:
        end = _moment(Instant(end.earliest + start.earliest - event.start.earliest), zone)
    elif end is not None and end.latest < start.earliest:
        end = start
    return replace(event, start=start, end=end)


def _moment(instant: Instant, zone: Zone) -> Moment:
    day, clock = zone.wall(instant)
    return Moment(day, day, instant, instant, clock)


def _passed(world: World, until: Day) -> World:
    """The end of a later day, all known up to it."""
    if until <= world.as_of.day and world.as_of.whole_day:
        return world
    log = world.log
    for source in log.sources:
        begun = world.as_of.closed_before if source.coverage.declared is not None else world.period.start
        days = Span(min(begun, world.as_of.closed_before), Day(until + 1))
        log = _covering(replace(world, log=log), [source.name], days)
    return replace(world, log=log, as_of=end_of(until, world.zone))


def _covering(world: World, names: Sequence[str], days: Span) -> Log:
    """The log with days covered that were not, beside those that were."""
    log = _knowing(world.log, names)
    sources = []
    for source in log.sources:
        if source.name in names:
            known = source.coverage.declared
            before = source.coverage.known(world.as_of, world.period) if known is None else known
            declared = day_set([*before.spans, days])
            source = replace(source, coverage=replace(source.coverage, declared=declared))
        sources.append(source)
    return replace(log, sources=tuple(sources))


def _knowing(log: Log, names: Iterable[str]) -> Log:
    """The log with these sources in it, if only with an export of nothing."""
    there = {source.name for source in log.sources}
    missing = [name for name in dict.fromkeys(names) if name not in there]
    return replace(log, sources=(*log.sources, *(SourceRead(name, (), Coverage(None)) for name in missing)))


def _added(
    events: Sequence[Event], sources: Sequence[SourceRead], more: Sequence[Happened], zone: Zone
) -> tuple[Event, ...]:
    """The events with those that happened more, each at the end of its source's last file."""
    found: list[Event] = []
    for source in sources:
        own = [event for event in events if event.source == source.name]
        file = max((event.file for event in own), default=source.name)
        line = max((event.row for event in own), default=1)
        new = [one.row for one in more if one.row.source == source.name]
        found += own
        found += [replace(row.event(line + at, zone), file=file) for at, row in enumerate(new, 1)]
    return tuple(found)


def _with_days(log: Log) -> Log:
    """The log with the days of its rows as an export that is read anew would show them."""
    events = [*log.events, *(one.event for one in log.merged)]
    days: dict[str, set[Day]] = {source.name: set() for source in log.sources}
    for event in events:
        if Doubt.REJECTED not in event.doubts:
            days[event.source].add(event.start.first)
    sources = (
        replace(source, coverage=replace(source.coverage, days=tuple(sorted(days[source.name]))))
        for source in log.sources
    )
    return replace(log, sources=tuple(sources))
