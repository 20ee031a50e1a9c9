"""Records: from the rows of one file to events, with a diagnostic for every row that is rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import getitem, itemgetter
from typing import TypeVar

from msgspec import Struct

from promisekit.diagnostics import Diagnostic
from promisekit.events import Event
from promisekit.log.cells import BadCell, Memo, shown
from promisekit.log.columns import HELD, NO_STATUS, Bound, Columns, Status
from promisekit.log.header import Header
from promisekit.log.identity import Version
from promisekit.log.rejected import reject
from promisekit.log.rows import Row

V = TypeVar("V")


class Unknown(Struct):
    """A status that the mapping does not know: as first written, how often, and the first row."""

    text: str
    row: int
    number: int = 0


class Records(Struct):
    """What the rows of one file became. Filled row by row, then only read."""

    versions: list[Version] = []
    rejections: list[Diagnostic] = []
    undated: int = 0
    """Rejected rows without a readable date: they are in `rejections` only."""
    unknown: dict[str | None, Unknown] = {}
    """By the status as it is compared."""

    @property
    def rows(self) -> int:
        """How many rows were not empty."""
        return len(self.versions) + self.undated

    def note(self, status: Status, cell: str, row: int) -> None:
        """Counts a row whose status the mapping does not know."""
        self.unknown.setdefault(status.text, Unknown(shown(cell), row)).number += 1


def records_of(rows: Iterable[Row], source: str, file: str, header: Header, columns: Columns) -> Records:
    """What the rows after the header become; wholly empty ones are passed over."""
    found = Records()
    whole = reader_of(source, file, columns, found)
    width, widest = header.width, header.widest
    for row in rows:
        line, cells, fault = row
        if len(cells) > widest and fault is None and not any(map(str.strip, cells[widest:])):
            del cells[widest:]  # Excel writes empty cells beyond the table, too
        version = whole(line, cells) if width <= len(cells) <= widest and fault is None else None
        if version is not None:
            found.versions.append(version)
        elif fault is not None or any(map(str.strip, cells)):
            version, rejection = reject(row, header, columns, source, file)
            found.rejections.append(rejection)
            if version is None:
                found.undated += 1
            else:
                found.versions.append(version)
    return found


def reader_of(source: str, file: str, columns: Columns, found: Records) -> Callable[[int, list[str]], Version | None]:
    """What reads one row as it should be, and answers None for any other. A closure: it runs once for every row."""
    start_at, starts = columns.start.at, columns.start.cells
    end_at, ends = _apart(columns.end)
    status_at, statuses = _apart(columns.status)
    id_at, ids = _apart(columns.id)
    recorded_at, recordings = _apart(columns.recorded)
    names = [name for name, _ in columns.values]
    readers = [bound.cells for _, bound in columns.values]
    pick = _picker([bound.at for _, bound in columns.values])

    def whole(line: int, cells: list[str]) -> Version | None:
        try:
            start = starts[cells[start_at]]
            end = None if ends is None else ends[cells[end_at]]
            if start is None or (end is not None and end.latest < start.earliest):
                return None
            status = HELD if statuses is None else statuses[cells[status_at]] or NO_STATUS
            name = None if ids is None else ids[cells[id_at]]
            recorded = None if recordings is None else recordings[cells[recorded_at]]
            picked = pick(cells)
            values = dict(zip(names, map(getitem, readers, picked), strict=True))
        except BadCell:
            return None
        if not status.known:
            found.note(status, cells[status_at], line)
        texts = dict(zip(names, map(str.strip, picked), strict=True))
        event = Event(source, file, line, name, start, end, status.state, values, texts, status.doubts)
        return Version(event, status.text, recorded)

    return whole


def _apart(bound: Bound[V] | None) -> tuple[int, Memo[V] | None]:
    return (0, None) if bound is None else (bound.at, bound.cells)


def _picker(positions: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the cells at `positions` out of a row, as a tuple however few they are."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda cells: tuple([cells[at] for at in positions])
