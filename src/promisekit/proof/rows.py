"""Invented rows: what a witness is made of, and the log that they make up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from promisekit.events import Coverage, Event, State, Value, dated
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import Select
from promisekit.selectors.match import matches
from promisekit.selectors.model import Selector
from promisekit.windows import Day, DaySet, Instant, Moment, Zone, parse_moment, show_clock, show_day, whole_days

DAY = 86_400


class Row(Struct, frozen=True):
    """An event that nobody has seen: when it starts by the clock on the wall, how long it goes on, and its cells."""

    source: str
    day: Day
    clock: int | None
    """The second of the day; None where no time of day is told."""
    length: int | None
    """In seconds that pass; None where no end is told."""
    cells: Mapping[str, Value]

    def event(self, number: int, zone: Zone) -> Event:
        """The row as an event on line `number`. Raises ValueError for a time that the clocks jump over."""
        start = moment_at(self.day, self.clock, zone)
        end = None
        if self.length is not None:
            instant = Instant(start.earliest + self.length)
            day, clock = zone.wall(instant)
            end = Moment(day, day, instant, instant, clock)
        return Event(self.source, self.source, number, None, start, end, State.HELD, self.cells)


def moment_at(day: Day, clock: int | None, zone: Zone) -> Moment:
    """A day, or a time on it as the wall shows it. Raises ValueError for a time that the clocks jump over."""
    return whole_days(day, day, zone) if clock is None else parse_moment(f"{show_day(day)} {show_clock(clock)}", zone)


def means(select: Select, row: Row, zone: Zone) -> bool | None:
    """Whether an activity means the row, once all is known."""
    return _matched(select, row.event(2, zone), select.selector)


def _matched(select: Select, event: Event, selector: Selector) -> bool | None:
    if select.dated is not None:
        at_date = dated(event, select.dated)
        if at_date is None:
            return False
        event = at_date
    return matches(selector, event, None, select.day_begins)


def log_of(rows: Sequence[Row], sources: Iterable[str], covered: DaySet, zone: Zone) -> Log:
    """The rows as the log of these sources, complete on the days that are covered."""
    events: list[Event] = []
    read = []
    for source in sources:
        own = [row.event(number, zone) for number, row in enumerate(in_order(rows, source), start=2)]
        days = tuple(sorted({event.start.first for event in own}))
        read.append(SourceRead(source, (), Coverage(covered, days)))
        events += own
    return Log(tuple(read), tuple(events), ())


def in_order(rows: Sequence[Row], source: str) -> list[Row]:
    """The rows of a source in the order in which they stand in its file: by time."""
    own = (row for row in rows if row.source == source)
    return sorted(own, key=lambda row: (row.day, -1 if row.clock is None else row.clock, row.length or 0, repr(row)))


def later(row: Row, seconds: int) -> Row:
    """The same row so much later on its day."""
    return row if row.clock is None else replace(row, clock=row.clock + seconds)
