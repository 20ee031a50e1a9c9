"""The events of a log that lies in the database, made when they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

from msgspec import Struct

from promisekit.engine.relational.reading.typed import Typing, Values
from promisekit.engine.relational.session import Session
from promisekit.events import Event
from promisekit.log.columns import Columns
from promisekit.log.identity import Version, possible
from promisekit.log.records import Records, reader_of

AT_ONCE = 20_000
"""Rows that are made into events together, where all of them are gone through."""


class StoredFile(Struct):
    """The rows of one file: the many in the table, and a few that were looked at one by one."""

    source: str
    name: str
    typing: Typing
    lines: int
    """How many physical lines it has."""
    held: dict[int, Version]
    """By their lines, those that are not in the table."""
    doubled: set[int] = set()
    """The lines of those in the table that may be another row told twice."""
    number: int = 0
    """What is added to a line so that rows are numbered in the order in which they are told apart."""
    place: int = 0
    """The same, in the order of the log."""

    @property
    def table(self) -> str:
        """Its rows in numbers."""
        return self.typing.name

    @property
    def columns(self) -> Columns:
        """The columns of its texts."""
        return self.typing.columns

    def versions(self, lines: Iterable[int], session: Session) -> dict[int, Version]:
        """The rows on these lines, as they were read."""
        wanted = set(lines)
        found = {line: self.held[line] for line in wanted & self.held.keys()}
        session.load("wanted", ("line",), ((line,) for line in sorted(wanted - found.keys())))
        whole = reader_of(self.source, self.name, self.columns, Records())
        cells = ", ".join(f"r.t{number}" for number in range(self.typing.rows.columns.width - 1))
        query = f"SELECT r.line, {cells} FROM {self.typing.rows.table} r WHERE r.line IN (SELECT line FROM wanted)"
        for line, *texts in session.texts(query):
            version = whole(int(line), texts)
            if version is not None:
                found[int(line)] = version
        return found

    def events(self, lines: Iterable[int], session: Session) -> dict[int, Event]:
        """The events on these lines, as they count."""
        return {
            line: possible(version.event) if line in self.doubled else version.event
            for line, version in self.versions(lines, session).items()
        }


class StoredEvents(Sequence[Event]):
    """All events of a log, in its order. Going through them makes each anew; none is kept."""

    def __init__(self, files: Sequence[StoredFile], session: Session, values: Values) -> None:
        self.files, self.session, self.values = files, session, values
        self._sizes = [session.count(file.table) + len(file.held) for file in files]
        """The tables hold nothing but what counts by now."""

    def __len__(self) -> int:
        return sum(self._sizes)

    def __iter__(self) -> Iterator[Event]:
        for file in self.files:
            lines = iter(self._lines(file))
            while some := list(islice(lines, AT_ONCE)):
                events = file.events(some, self.session)
                yield from (events[line] for line in some)

    @overload
    def __getitem__(self, at: int) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Event]: ...

    def __getitem__(self, at: int | slice) -> Event | Sequence[Event]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        position = range(len(self))[at]
        for file, size in zip(self.files, self._sizes, strict=True):
            if position < size:
                line = self._lines(file)[position]
                return file.events([line], self.session)[line]
            position -= size
        raise IndexError(at)

    def numbered(self, numbers: Iterable[int]) -> dict[int, Event]:
        """The events of these numbers."""
        files = sorted(self.files, key=lambda file: file.number)
        begins = [file.number for file in files]
        lines: dict[int, list[int]] = {}
        for number in numbers:
            lines.setdefault(bisect_right(begins, number) - 1, []).append(number)
        return dict(
            chain.from_iterable(
                (
                    (line + files[at].number, event)
                    for line, event in files[at].events([n - files[at].number for n in wanted], self.session).items()
                )
                for at, wanted in lines.items()
            )
        )

    def _lines(self, file: StoredFile) -> list[int]:
        in_table = self.session.read(f"SELECT line FROM {file.table} ORDER BY line")
        return sorted([*file.held, *(line for (line,) in in_table)])
