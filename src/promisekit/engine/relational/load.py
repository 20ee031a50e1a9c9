"""From a log to tables of integers. The only module that looks at every event in Python.

`event`: one row an event, numbered in the order in which rows are told apart (source, file, row).

    n, place_in_log         its number, and where it stood in the log
    source, state, rejected
    first, last             the days that it may start on
    clock                   the second of the day that the wall showed; -1 where it is not known
    s0, s1                  the instants that it starts at, earliest and latest
    e0                      the earliest end (its start, where no end is recorded)
    e1, e1_from             the latest end, which is known once the as-of lies after e1_from
    ended                   whether an end is recorded
    shown                   sorts like the start as it is shown
    c0, c1 …                its value in each column, as a number of that column's dictionary

`event_0`, `event_1` …: the same rows, as they are where activities take place at the date in a column of theirs.

`own_date`: a date in a column of the row itself, or that it cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from promisekit.engine.relational.alternatives import Cell
from promisekit.engine.relational.asked import NOWHERE
from promisekit.engine.relational.dictionary import Column
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.session import Session
from promisekit.events import LONGEST_WITHOUT_END, UNREADABLE, Doubt, Event, State, dated
from promisekit.log.model import Log
from promisekit.plan.nodes import Select
from promisekit.windows import Moment, days_of

CANCELLED, POSSIBLE, HELD = 0, 1, 2
NO_CLOCK = -1
STATES = {State.CANCELLED: CANCELLED, State.POSSIBLE: POSSIBLE, State.HELD: HELD}

EVENT = (
    "n", "place_in_log", "source", "state", "rejected", "first", "last", "clock", "s0", "s1", "e0", "e1", "e1_from",
    "ended", "shown",
)  # fmt: skip
OWN_DATE = ("own", "n", "readable", "begins", "first", "last", "s0", "s1")
MOST_ROWS = 2**28
"""Fewer events than this, so that an instant and an event's number fit in one integer of 64 bits."""
SHOWN_CLOCK = 10_000
"""More than the days of any span."""
TEXTS_PER_DAY = 200_000
"""More than there are ways to write a start on one day: a day, a span of days, or a second of it."""


class Events(Protocol):
    """Events by their numbers."""

    def __getitem__(self, number: int) -> Event: ...

    def fetch(self, numbers: Iterable[int]) -> None:
        """Says which will be asked for next."""
        ...


class InMemory(tuple[Event, ...]):
    """Events that are all there."""

    __slots__ = ()

    def fetch(self, numbers: Iterable[int]) -> None:
        """Nothing has to be fetched."""


class Loaded(Struct, frozen=True):
    """What was loaded: the events by their numbers, and the dictionaries of their columns."""

    events: Events
    columns: Mapping[tuple[str, ...], Column]
    positions: Mapping[tuple[str, ...], str]
    """Columns → the name of the table's column that holds their number."""
    tables: Mapping[str | None, str]
    """The column whose date events take place at → the table of them."""

    def event(self, number: int, select: Select | None) -> Event:
        """The event of that number, as it is in an activity."""
        event = self.events[number]
        moved = None if select is None or select.dated is None else dated(event, select.dated)
        return event if moved is None else moved

    def cells(self, columns: tuple[str, ...]) -> Sequence[tuple[Cell, ...]]:
        """The distinct cells of some columns, by their number."""
        return self.columns[columns].cells


def code_of(layout: Layout, loaded: Loaded) -> str:
    """The number of what an event `e` has in the columns that a check `a` tallies."""
    whens = [
        f"WHEN a.coded = {number} THEN e.{loaded.positions[names]}"
        for number, (_, names) in enumerate(layout.coded.things)
    ]
    return " ".join(["CASE WHEN 1 = 0 THEN 0", *whens, f"ELSE {NOWHERE} END"])


def load(
    log: Log,
    columns: Iterable[tuple[str, ...]],
    own_dates: Sequence[tuple[str, int]],
    dates: Iterable[str],
    session: Session,
) -> Loaded:
    """The log's events as tables, with the columns that are asked about; with the dates in columns as events of their
    own, and with the events as they are at the `dates` in columns."""
    if len(log.events) >= MOST_ROWS:
        raise OverflowError(f"{len(log.events)} events are more than can be numbered")
    dictionaries = {names: Column(names) for names in columns}
    order = sorted(range(len(log.events)), key=lambda position: log.events[position].key)
    numbers = {position: number for number, position in enumerate(order)}
    sources = {source.name: number for number, source in enumerate(log.sources)}
    coded = list(dictionaries.values())
    names = [f"c{number}" for number in range(len(coded))]
    numbered = [(position, numbers[position], event) for position, event in enumerate(log.events)]
    session.load("event", (*EVENT, *names), event_rows(numbered, sources, coded))
    tables: dict[str | None, str] = {None: "event"}
    for place, column in enumerate(dates):
        tables[column] = f"event_{place}"
        moved = ((position, number, dated(event, column)) for position, number, event in numbered)
        session.load(tables[column], (*EVENT, *names), event_rows(moved, sources, coded))
    events = [log.events[position] for position in order]
    session.load("own_date", OWN_DATE, _own_dates(events, own_dates))
    return Loaded(InMemory(events), dictionaries, dict(zip(dictionaries, names, strict=True)), tables)


def event_rows(
    events: Iterable[tuple[int, int, Event | None]], sources: Mapping[str, int], columns: Sequence[Column]
) -> Iterator[tuple[int, ...]]:
    """The rows of a table of events, from their places in the log, their numbers and themselves."""
    for position, number, event in events:
        if event is None:
            continue
        start = event.start
        e0, e1, e1_from = _end(start, event.end)
        yield (
            number,
            position,
            sources[event.source],
            STATES[event.state],
            int(Doubt.REJECTED in event.doubts),
            start.first,
            start.last,
            NO_CLOCK if start.clock is None else start.clock,
            start.earliest,
            start.latest,
            e0,
            e1,
            e1_from,
            int(event.end is not None),
            _shown(start),
            *[column.number(event) for column in columns],
        )


def _end(start: Moment, end: Moment | None) -> tuple[int, int, int]:
    if end is None:
        return start.earliest, start.latest + LONGEST_WITHOUT_END, start.earliest
    latest = end.latest if end.clock is not None else end.latest + 1
    return max(end.earliest, start.earliest), latest, end.latest


def _shown(start: Moment) -> int:
    """Sorts as `start.show()` does: a day before a span from that day, and that before its times of day."""
    if start.clock is not None:
        within = SHOWN_CLOCK + start.clock
    else:
        within = start.last - start.first
    return start.first * TEXTS_PER_DAY + within


def _own_dates(events: Sequence[Event], columns: Sequence[tuple[str, int]]) -> Iterator[tuple[int, ...]]:
    for own, (column, begins) in enumerate(columns):
        for number, event in enumerate(events):
            match event.values.get(column):
                case Moment() as date:
                    yield own, number, 1, begins, *days_of(date, begins), date.earliest, date.latest
                case value if value is UNREADABLE:
                    yield own, number, 0, begins, 0, 0, 0, 0
