"""From the tables that a log was read into to those that `load` makes, in SQL: no row passes through Python but the few
that were looked at one by one. Combinations of columns, clocks and days are numbered by their different values.

    base(n, place_in_log, …, w0, w1 …)   the rows that count, with the numbers of their values in the columns asked for
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from promisekit.engine.relational.alternatives import CLOCKS, DAYS, LENGTHS, SOURCE
from promisekit.engine.relational.dictionary import Column
from promisekit.engine.relational.load import (
    EVENT,
    MOST_ROWS,
    OWN_DATE,
    POSSIBLE,
    SHOWN_CLOCK,
    TEXTS_PER_DAY,
    Loaded,
    event_rows,
)
from promisekit.engine.relational.reading.stored import StoredEvents, StoredFile
from promisekit.engine.relational.reading.texts import NO_CLOCK, TOLD, moment_row
from promisekit.events import LONGEST_WITHOUT_END, UNREADABLE, Event, State, Value, dated
from promisekit.events.model import FAR
from promisekit.log.model import Log
from promisekit.windows import Day, Instant, Moment, Zone, days_of

Names = tuple[str, ...]
TIMES = ("first", "last", "clock", "s0", "s1", "end_told", "end_s0", "end_s1", "end_clock")
NEITHER = 1
"""The number of a cell that cannot be read."""


def load_stored(
    log: Log,
    events: StoredEvents,
    columns: Iterable[Names],
    own_dates: Sequence[tuple[str, int]],
    dates: Iterable[str],
    zone: Zone,
) -> Loaded:
    """What `load.load` makes of a log in memory."""
    if sum(file.lines + 1 for file in events.files) >= MOST_ROWS:
        raise OverflowError("the files have more lines than can be numbered")
    wanted = tuple(dict.fromkeys([*columns, *((column,) for column, _ in own_dates)]))
    loading = _Loading(log, events, wanted, tuple(dates), zone)
    tables = loading.make()
    loading.make_own_dates(own_dates)
    return Loaded(Fetched(events), loading.dictionaries, loading.positions, tables)


class Fetched:
    """Events by their numbers, those that were asked for last."""

    def __init__(self, events: StoredEvents) -> None:
        self._events = events
        self._found: dict[int, Event] = {}

    def fetch(self, numbers: Iterable[int]) -> None:
        """Makes these events, and forgets all others."""
        self._found = self._events.numbered(set(numbers))

    def __getitem__(self, number: int) -> Event:
        if number not in self._found:
            self._found.update(self._events.numbered([number]))
        return self._found[number]


class _Loading:
    """From tables of rows to tables of events."""

    def __init__(
        self, log: Log, events: StoredEvents, wanted: Sequence[Names], dates: Sequence[str], zone: Zone
    ) -> None:
        self._events, self._dates, self._zone = events, dates, zone
        self._session = events.session
        self._sources = {source.name: number for number, source in enumerate(log.sources)}
        self._plain = tuple(dict.fromkeys(name for names in [*wanted, dates] for name in names if not _is_own(name)))
        """The columns of files among those asked for, alone or with others."""
        self.dictionaries = {names: self._dictionary(names) for names in wanted}
        self.positions = {names: f"c{number}" for number, names in enumerate(wanted)}

    def make(self) -> dict[str | None, str]:
        """Makes the tables of events: the column whose date they take place at → the name of the table."""
        tables: dict[str | None, str] = {None: "event"}
        self._session.view("base", " UNION ALL ".join(self._rows_of(file) for file in self._events.files))
        held = self._held()
        self._make_events("event", "base", held)
        for place, column in enumerate(self._dates):
            tables[column] = f"event_{place}"
            self._make_dated(f"base_{place}", column)
            moved = [(at, number, dated(event, column)) for at, number, event in held]
            there = [(at, number, event) for at, number, event in moved if event is not None]
            self._make_events(tables[column], f"base_{place}", there)
        return tables

    def make_own_dates(self, own_dates: Sequence[tuple[str, int]]) -> None:
        """Makes `own_date`."""
        rows: list[tuple[int, ...]] = []
        for own, (column, begins) in enumerate(own_dates):
            for code, (cell,) in enumerate(self.dictionaries[column,].cells):
                if isinstance(cell, Moment):
                    rows.append((own, code, 1, begins, *days_of(cell, begins), cell.earliest, cell.latest))
                elif cell is UNREADABLE:
                    rows.append((own, code, 0, begins, 0, 0, 0, 0))
        self._session.load("own_cell", ("own", "code", *OWN_DATE[2:]), rows)
        found = [
            f"SELECT {own} AS own, e.n, {', '.join(f'c.{name}' for name in OWN_DATE[2:])} FROM event e "
            f"JOIN own_cell c ON c.own = {own} AND c.code = e.{self.positions[column,]}"
            for own, (column, _) in enumerate(own_dates)
        ]
        nothing = "SELECT " + ", ".join(f"CAST(0 AS BIGINT) AS {name}" for name in OWN_DATE) + " WHERE 1 = 0"
        self._session.make("own_date", " UNION ALL ".join([nothing, *found]))

    def _dictionary(self, names: Names) -> Column:
        alone = len(names) == 1 and not _is_own(names[0])
        return self._events.values.of(names[0]) if alone else Column(names)

    def _held(self) -> list[tuple[int, int, Event]]:
        """The few events that are in no table: their places in the log, their numbers and themselves."""
        return [
            (file.place + line, file.number + line, version.event)
            for file in self._events.files
            for line, version in file.held.items()
        ]

    def _rows_of(self, file: StoredFile) -> str:
        standing = {name: number for number, (name, _) in enumerate(file.columns.values)}
        codes = [
            f"{f'v{standing[name]}' if name in standing else 0} AS w{number}" for number, name in enumerate(self._plain)
        ]
        fields = [
            f"line + {file.number} AS n, line + {file.place} AS place_in_log",
            f"{self._sources[file.source]} AS source, state, 0 AS rejected",
            "start_first AS first, start_last AS last, start_clock AS clock, start_s0 AS s0, start_s1 AS s1",
            "end_told, end_s0, end_s1, end_clock",
            *codes,
        ]
        return f"SELECT {', '.join(fields)} FROM {file.table}"

    def _make_events(self, table: str, base: str, held: Sequence[tuple[int, int, Event]]) -> None:
        """Makes a table of events. Where nothing must be numbered first, it is worked out whenever it is asked."""
        columns = list(self.dictionaries.values())
        joins = []
        codes = []
        for place, column in enumerate(columns):
            if column.names in self._own_or_several:
                joins.append(self._number(f"{table}_of_{place}", base, column))
                codes.append(f"{table}_of_{place}.code AS c{place}")
            else:
                codes.append(f"b.w{self._plain.index(column.names[0])} AS c{place}")
        names = ", ".join([*EVENT, *(f"c{place}" for place in range(len(columns)))])
        rows = event_rows(((at, number, event) for at, number, event in held), self._sources, columns)
        self._session.load(f"{table}_held", (*EVENT, *(f"c{place}" for place in range(len(columns)))), rows)
        query = f"""
            SELECT {", ".join([_FIELDS, *codes])} FROM {base} b {" ".join(joins)}
            UNION ALL
            SELECT {names} FROM {table}_held"""
        if joins:
            self._session.keep(table, query)
        else:
            self._session.view(table, query)

    @property
    def _own_or_several(self) -> set[Names]:
        return {names for names in self.dictionaries if len(names) > 1 or _is_own(names[0])}

    def _number(self, name: str, base: str, column: Column) -> str:
        """Makes a table of the numbers of all that rows have in some columns; what joins it to the rows `b`."""
        parts = list(dict.fromkeys(part for one in column.names for part in self._parts(one)))
        rows = self._session.read(f"SELECT DISTINCT {', '.join(parts)} FROM {base}")
        told = ((*row, column.number(self._such(dict(zip(parts, row, strict=True))))) for row in rows)
        self._session.load(name, (*parts, "code"), told)
        return f"JOIN {name} ON {' AND '.join(f'{name}.{part} = b.{part}' for part in parts)}"

    def _parts(self, name: str) -> Sequence[str]:
        """The columns of `base` that tell what an event has in a column."""
        if name.startswith(DAYS):
            return "first", "last", "clock"
        own = {CLOCKS: ("clock",), LENGTHS: TIMES, SOURCE: ("source",)}
        return own[name] if name in own else (f"w{self._plain.index(name)}",)

    def _such(self, told: Mapping[str, int]) -> Event:
        """An event that has just this."""
        start = _moment(told, "first", "last", "s0", "s1", "clock")
        end = None
        if told.get("end_told") == TOLD:
            s0, s1 = Instant(told["end_s0"]), Instant(told["end_s1"])
            clock = None if told["end_clock"] == NO_CLOCK else told["end_clock"]
            end = Moment(self._zone.wall(s0)[0], self._zone.wall(s1)[0], s0, s1, clock)
        values = {
            name: cast(Value, self._events.values.of(name).cells[told[f"w{number}"]][0])
            for number, name in enumerate(self._plain)
            if f"w{number}" in told
        }
        source = next((name for name, number in self._sources.items() if number == told.get("source")), "")
        return Event(source, "", 0, None, start, end, State.HELD, values)

    def _make_dated(self, name: str, column: str) -> None:
        """Makes the rows of `base` as they are where they take place at the date in a column."""
        cells = self._events.values.of(column).cells
        rows = [(code, *moment_row(cell)[1:]) for code, (cell,) in enumerate(cells) if isinstance(cell, Moment)]
        at, dates = f"b.w{self._plain.index(column)}", f"{name}_dates"
        self._session.load(dates, ("code", "first", "last", "clock", "s0", "s1"), rows)
        codes = "".join(f", b.w{number}" for number in range(len(self._plain)))
        self._session.view(
            name,
            f"""
            SELECT b.n, b.place_in_log, b.source, b.state, b.rejected, d.first, d.last, d.clock, d.s0, d.s1,
                   {TOLD} AS end_told, d.s0 AS end_s0, d.s1 AS end_s1, d.clock AS end_clock{codes}
            FROM base b JOIN {dates} d ON d.code = {at}
            UNION ALL
            SELECT b.n, b.place_in_log, b.source, LEAST(b.state, {POSSIBLE}), b.rejected,
                   b.first, b.first + {FAR}, {NO_CLOCK}, b.s0, b.s0 + {FAR * 86_400}, 0, 0, 0, {NO_CLOCK}{codes}
            FROM base b WHERE {at} = {NEITHER}""",
        )


_FIELDS = f"""b.n, b.place_in_log, b.source, b.state, b.rejected, b.first, b.last, b.clock, b.s0, b.s1,
                   CASE WHEN b.end_told = 1 AND b.end_s0 > b.s0 THEN b.end_s0 ELSE b.s0 END AS e0,
                   CASE WHEN b.end_told = 0 THEN b.s1 + {LONGEST_WITHOUT_END}
                        WHEN b.end_clock = {NO_CLOCK} THEN b.end_s1 + 1 ELSE b.end_s1 END AS e1,
                   CASE WHEN b.end_told = 0 THEN b.s0 ELSE b.end_s1 END AS e1_from, b.end_told AS ended,
                   b.first * {TEXTS_PER_DAY}
                   + CASE WHEN b.clock = {NO_CLOCK} THEN b.last - b.first ELSE {SHOWN_CLOCK} + b.clock END AS shown"""


def _is_own(name: str) -> bool:
    """Whether it is no column of a file, but something that every event has."""
    return name in (CLOCKS, LENGTHS, SOURCE) or name.startswith(DAYS)


def _moment(told: Mapping[str, int], first: str, last: str, s0: str, s1: str, clock: str) -> Moment:
    shown = told.get(clock, NO_CLOCK)
    days, instants = (told.get(first, 0), told.get(last, 0)), (told.get(s0, 0), told.get(s1, 0))
    return Moment(Day(days[0]), Day(days[1]), Instant(instants[0]), Instant(instants[1]), None if shown < 0 else shown)
