"""Rejected rows: what is wrong with each, and what of it can be read all the same."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TypeVar

from promisekit.diagnostics import Diagnostic, Place, Severity
from promisekit.events import UNREADABLE, Doubt, Event, State, Value
from promisekit.log.cells import BadCell
from promisekit.log.columns import Bound, Columns
from promisekit.log.header import Header
from promisekit.log.identity import Version
from promisekit.log.rows import Row
from promisekit.windows import Moment
from promisekit.words import Message, say, sequence

V = TypeVar("V")

STILL_POSSIBLE = say("its date can be read: it is possible wherever the cells that can be read allow it")
ONLY_REPORTED = say("without a date that can be read it counts nowhere")
_REJECTED = (Doubt.REJECTED,)


def reject(row: Row, header: Header, columns: Columns, source: str, file: str) -> tuple[Version | None, Diagnostic]:
    """What is left of a row that cannot be read as it should, and the diagnostic about it.

    A row with a readable date becomes an event with a doubt. Of a row that is too short or breaks off the last cell
    may be torn; in one that is too long any cell but the date may have been shifted.
    """
    line, cells, fault = row
    ragged = fault or _wrong_length(cells, header)
    salvage = _Salvage(cells, _trusted(cells, header, columns, broken=fault is not None))
    if ragged is not None:
        salvage.faults.append(ragged)
    event, status, recorded = salvage.event(columns, source, file, line)
    said = say("row rejected: {faults}", faults=sequence(tuple(salvage.faults)))
    hint = ONLY_REPORTED if event is None else STILL_POSSIBLE
    diagnostic = Diagnostic("log.row-rejected", Severity.WARNING, said, hint, file, place=Place(line))
    return None if event is None else Version(event, status, recorded), diagnostic


def _wrong_length(cells: Sequence[str], header: Header) -> Message | None:
    if header.width <= len(cells) <= header.widest:
        return None
    wanted = header.width if len(cells) < header.width else header.widest
    return say(
        "it has {n} cell where the header has {header}",
        "it has {n} cells where the header has {header}",
        n=len(cells),
        header=wanted,
    )


def _trusted(cells: Sequence[str], header: Header, columns: Columns, *, broken: bool) -> Container[int]:
    """The positions of the cells that can be taken for what their column says."""
    if broken or len(cells) < header.width:
        return range(len(cells) - 1)
    if len(cells) > header.widest:
        return (columns.start.at,)
    return range(len(cells))


class _Salvage:
    """Reads the cells of one row, noting what is wrong instead of giving up."""

    def __init__(self, cells: Sequence[str], trusted: Container[int]) -> None:
        self._cells, self._trusted = cells, trusted
        self.faults: list[Message] = []

    def event(
        self, columns: Columns, source: str, file: str, line: int
    ) -> tuple[Event | None, str | None, Moment | None]:
        """The event, if its date can be read, its status as it is compared, and when it was recorded."""
        start = self._start(columns.start)
        end = self._end(columns.end, start)
        values = dict(self._values(columns))
        status, name, recorded = self._known(columns.status), self._known(columns.id), self._known(columns.recorded)
        if start is None:
            return None, None, None
        cancelled = status is not None and status.state is State.CANCELLED
        state = State.CANCELLED if cancelled else State.POSSIBLE
        texts = {name: self._text(bound) for name, bound in columns.values}
        event = Event(source, file, line, name, start, end, state, values, texts, _REJECTED)
        return event, None if status is None else status.text, recorded

    def _start(self, bound: Bound[Moment]) -> Moment | None:
        found = self._read(bound)
        if found == (True, None):
            self.faults.append(say("the column `{column}` is empty", column=bound.cells.header))
        return found[1] if found[0] else self._day_alone(bound)

    def _day_alone(self, bound: Bound[Moment]) -> Moment | None:
        """The day of a cell whose clock cannot be read (`2022-03-26 25:10`)."""
        day, separator = "", ""
        if bound.at in self._trusted:
            text = self._cells[bound.at].strip()
            day, separator = text[:10], text[10:11]
        if separator not in {" ", "T"}:
            return None
        try:
            return bound.cells[day]
        except BadCell:
            return None

    def _end(self, bound: Bound[Moment] | None, start: Moment | None) -> Moment | None:
        end = self._known(bound)
        if start is None or end is None or end.latest >= start.earliest:
            return end
        self.faults.append(say("it ends ({end}) before it starts ({start})", end=end.show(), start=start.show()))
        return None

    def _values(self, columns: Columns) -> Iterator[tuple[str, Value]]:
        for name, bound in columns.values:
            readable, value = self._read(bound)
            yield name, value if readable else UNREADABLE

    def _known(self, bound: Bound[V] | None) -> V | None:
        return None if bound is None else self._read(bound)[1]

    def _read(self, bound: Bound[V]) -> tuple[bool, V | None]:
        """Whether the cell can be read, and what it says."""
        if bound.at not in self._trusted:
            return False, None
        try:
            return True, bound.cells[self._cells[bound.at]]
        except BadCell as error:
            self.faults.append(error.reason)
            return False, None

    def _text(self, bound: Bound[Value]) -> str:
        return self._cells[bound.at].strip() if bound.at in self._trusted else ""
