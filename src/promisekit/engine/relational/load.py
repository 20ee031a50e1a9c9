"""From a log to tables of integers. The only module that looks at every event in Python.

`event`: one row an event, numbered in the order in which rows are told apart (source, file, row).

    n, place_in_log         its number, and where it stood in the log
    source, state, rejected
    first, last             the days that it may start on
    s0, s1                  the instants that it starts at, earliest and latest
    e0                      the earliest end (its start, where no end is recorded)
    e1, e1_from             the latest end, which is known once the as-of lies after e1_from
    shown                   sorts like the start as it is shown
    c0, c1 …                its value in each column, as a number of that column's dictionary

`own_date`: a date in a column of the row itself, or that it cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from promisekit.engine.relational.dictionary import Column
from promisekit.engine.relational.session import Session
from promisekit.events import LONGEST_WITHOUT_END, UNREADABLE, Doubt, Event, State
from promisekit.log.model import Log
from promisekit.windows import Moment

CANCELLED, POSSIBLE, HELD = 0, 1, 2
STATES = {State.CANCELLED: CANCELLED, State.POSSIBLE: POSSIBLE, State.HELD: HELD}

EVENT = (
    "n", "place_in_log", "source", "state", "rejected", "first", "last", "s0", "s1", "e0", "e1", "e1_from", "shown"
)  # fmt: skip
OWN_DATE = ("own", "n", "readable", "first", "last", "s0", "s1")
MOST_ROWS = 2**28
"""Fewer events than this, so that an instant and an event's number fit in one integer of 64 bits."""
TEXTS_PER_DAY = 200_000
"""More than there are ways to write a start on one day: a day, a span of days, or a second of it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: the events by their numbers, and the dictionaries of their columns."""

    events: Sequence[Event]
    columns: Mapping[tuple[str, ...], Column]
    positions: Mapping[tuple[str, ...], str]
    """Columns → the name of the table's column that holds their number."""


def load(log: Log, columns: Iterable[tuple[str, ...]], own_dates: Sequence[str], session: Session) -> Loaded:
    """The log's events as tables, with the columns that are asked about."""
    if len(log.events) >= MOST_ROWS:
        raise OverflowError(f"{len(log.events)} events are more than can be numbered")
    dictionaries = {names: Column(names) for names in columns}
    order = sorted(range(len(log.events)), key=lambda position: log.events[position].key)
    sources = {source.name: number for number, source in enumerate(log.sources)}
    coded = list(dictionaries.values())
    names = [f"c{number}" for number in range(len(coded))]
    session.load("event", (*EVENT, *names), _rows(log.events, order, sources, coded))
    events = [log.events[position] for position in order]
    session.load("own_date", OWN_DATE, _own_dates(events, own_dates))
    return Loaded(events, dictionaries, dict(zip(dictionaries, names, strict=True)))


def _rows(
    events: Sequence[Event], order: Sequence[int], sources: Mapping[str, int], columns: Sequence[Column]
) -> Iterator[tuple[int, ...]]:
    for number, position in enumerate(order):
        event = events[position]
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
            start.earliest,
            start.latest,
            e0,
            e1,
            e1_from,
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
        within = 10_000 + start.clock
    else:
        within = start.last - start.first
    return start.first * TEXTS_PER_DAY + within


def _own_dates(events: Sequence[Event], columns: Sequence[str]) -> Iterator[tuple[int, ...]]:
    for own, column in enumerate(columns):
        for number, event in enumerate(events):
            match event.values.get(column):
                case Moment(first, last, earliest, latest):
                    yield own, number, 1, first, last, earliest, latest
                case value if value is UNREADABLE:
                    yield own, number, 0, 0, 0, 0, 0
