"""The different texts of a column, each read once by the functions of `log`, and numbered.

Rows are many and their texts few. Times are the exception: nearly every row may have one of its own; but their days and
their clocks are few, and where the clocks do nothing that day the two tell the time (`log.moments` reads so, too).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from promisekit.engine.relational.session import Session
from promisekit.events import Value
from promisekit.log.cells import BadCell, Memo
from promisekit.log.moments import Moments
from promisekit.windows import Moment

BAD, EMPTY, TOLD = -1, 0, 1
"""Whether a cell can be read, and says anything."""
MOMENT = ("told", "first", "last", "clock", "s0", "s1")
NO_CLOCK = -1

Row = tuple[int, ...]


def number_texts(name: str, texts: str, columns: Sequence[str], read: Callable[[str], Row], session: Session) -> None:
    """Makes a table (text, `columns`) of what is read of every different text of a query."""
    session.make(
        f"{name}_texts", f"SELECT text, ROW_NUMBER() OVER () AS i FROM (SELECT DISTINCT text FROM ({texts}) t) d"
    )
    found = session.texts(f"SELECT text FROM {name}_texts ORDER BY i")
    session.load(f"{name}_numbers", ("i", *columns), ((i, *read(text)) for i, (text,) in enumerate(found, 1)))
    told = ", ".join(f"n.{column}" for column in columns)
    session.make(name, f"SELECT t.text, {told} FROM {name}_texts t JOIN {name}_numbers n ON n.i = t.i")


def code_of(read: Memo[Value], number: Callable[[Value], int]) -> Callable[[str], Row]:
    """Reads a text to the number of its value; BAD where it cannot be read."""

    def code(text: str) -> Row:
        try:
            return (number(read[text]),)
        except BadCell:
            return (BAD,)

    return code


def moment_row(moment: Moment | None) -> Row:
    """A moment as the columns MOMENT."""
    if moment is None:
        return EMPTY, 0, 0, NO_CLOCK, 0, 0
    clock = NO_CLOCK if moment.clock is None else moment.clock
    return TOLD, moment.first, moment.last, clock, moment.earliest, moment.latest


class Dates:
    """The dates of a column of texts: `name`_day, `name`_clock and `name`_whole, by which every cell is read."""

    def __init__(
        self, name: str, table: str, column: str, read: Memo[Moment], moments: Moments, session: Session
    ) -> None:
        self._name, self._column = name, column
        timed = f"SUBSTR({column}, 11, 1) IN (' ', 'T')"
        self._day = f"CASE WHEN {timed} THEN SUBSTR({column}, 1, 10) END"
        self._clock = f"CASE WHEN {timed} THEN SUBSTR({column}, 12) END"

        def whole(text: str) -> Row:
            try:
                return moment_row(read[text])
            except BadCell:
                return BAD, 0, 0, NO_CLOCK, 0, 0

        of_day = f"SELECT {self._day} AS text FROM {table} WHERE {timed}"
        of_clock = f"SELECT {self._clock} AS text FROM {table} WHERE {timed}"
        number_texts(f"{name}_day", of_day, ("plain", "first", "s0"), lambda text: _day(text, moments), session)
        number_texts(f"{name}_clock", of_clock, ("plain", "second"), lambda text: _second(text, moments), session)
        rest = f"{name}_d.text IS NULL OR {name}_c.text IS NULL"
        others = f"SELECT {column} AS text FROM {table} r {self._timed()} WHERE {rest}"
        number_texts(f"{name}_whole", others, MOMENT, whole, session)

    def _timed(self) -> str:
        name = self._name
        return f"""
            LEFT JOIN {name}_day {name}_d ON {name}_d.text = {self._day} AND {name}_d.plain = 1
            LEFT JOIN {name}_clock {name}_c ON {name}_c.text = {self._clock} AND {name}_c.plain = 1"""

    @property
    def joins(self) -> str:
        """What joins the tables to the rows."""
        name = self._name
        return f"{self._timed()} LEFT JOIN {name}_whole {name}_w ON {name}_w.text = {self._column}"

    def fields(self, name: str) -> Iterator[str]:
        """The columns MOMENT of a cell, `name` before each."""
        day, clock, whole = (f"{self._name}_{part}" for part in "dcw")
        instant = f"{day}.s0 + {clock}.second"
        timed = (str(TOLD), f"{day}.first", f"{day}.first", f"{clock}.second", instant, instant)
        for column, value in zip(MOMENT, timed, strict=True):
            yield f"COALESCE({whole}.{column}, {value}) AS {name}_{column}"


def _day(text: str, moments: Moments) -> Row:
    day = moments.plain_day(text)
    return (0, 0, 0) if day is None else (1, day.first, day.earliest)


def _second(text: str, moments: Moments) -> Row:
    second = moments.plain_second(text)
    return (0, 0) if second is None else (1, second)
