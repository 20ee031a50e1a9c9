"""An event: one row of a log, read, typed and placed in time as far as the row tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from promisekit.windows import Day, Instant, Moment

LONGEST_WITHOUT_END: Final = 24 * 3600
"""An event whose end is not recorded is taken to have lasted at most so many seconds, and is not known to have lasted
at all. Without a bound, one forgotten cell in March could still meet a partner in May."""


RowKey = tuple[str, str, int]
"""What an event is told apart by: source, file, row."""


class Unreadable:
    """The value of a cell that is there but cannot be read. Neither empty nor equal to anything."""

    def __repr__(self) -> str:
        return "unreadable"


UNREADABLE: Final = Unreadable()

Value = str | tuple[str, ...] | Fraction | bool | Moment | Unreadable | None
"""A cell: folded text, a list of folded texts, a number, a flag, a date; None where it is empty."""


class State(StrEnum):
    """What the row says of whether the event took place."""

    HELD = "held"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"


class Doubt(StrEnum):
    """Why an event is only possible, or why its row was rejected."""

    PLANNED = "planned"
    STATUS = "status"  # no status, or one that the mapping does not know
    REJECTED = "rejected"  # the row was rejected, but its date can be read
    DUPLICATE = "duplicate"  # may be another row told twice: equal in every column, or by the promise's own rule


class Event(Struct, frozen=True):
    """One row. `start` is always readable; `end` is None where none is recorded or the cell cannot be read."""

    source: str
    file: str
    row: int
    """The physical line on which the row begins, the header's being 1."""
    id: str | None
    start: Moment
    end: Moment | None
    state: State
    values: Mapping[str, Value]
    """Column name → value, for every mapped column but id, start, end, status and recorded_at."""
    texts: Mapping[str, str] = {}
    """Column name → the cell as written (trimmed), for the columns of `values`; to show, never to compare."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the event took place for certain (its date may still be imprecise)."""
        return self.state is State.HELD

    @property
    def key(self) -> RowKey:
        """What an event is sorted and told apart by."""
        return (self.source, self.file, self.row)


FAR = 3660
"""So many days after a row's start lies at most a date of it that nobody can read."""


def dated(event: Event, column: str) -> Event | None:
    """The event as one that takes place at the date in one of its columns; None where that is empty.

    A date that cannot be read may be any day from the row's own start on.
    """
    value = event.values.get(column)
    if isinstance(value, Moment):
        return replace(event, start=value, end=value)
    if value is not UNREADABLE:
        return None
    start = event.start
    last, latest = Day(start.first + FAR), Instant(start.earliest + FAR * 86_400)
    state = State.POSSIBLE if event.state is State.HELD else event.state
    return replace(event, start=Moment(start.first, last, start.earliest, latest, None), end=None, state=state)


def fold(text: str) -> str:
    """How texts are compared: trimmed, in Unicode's composed form, without regard to case."""
    return unicodedata.normalize("NFC", text).strip().casefold()
