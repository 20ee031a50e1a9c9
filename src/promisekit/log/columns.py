"""Columns: the mapped columns of one file, each with the cell it stands in and the reader of its cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from promisekit.events import Doubt, State, Value, fold
from promisekit.log.cells import Memo, dates, ids, memo_of
from promisekit.log.header import Header
from promisekit.log.mapping import Column, Mapping
from promisekit.log.moments import Moments
from promisekit.windows import Moment, Zone

V = TypeVar("V")

APART = ("id", "start", "end", "status", "recorded_at")
"""The reserved columns that are no values of an event: it keeps them by themselves, or only its reading needs them."""


class Status(Struct, frozen=True):
    """What a status cell says; `text` is folded, None where the cell is empty."""

    state: State
    text: str | None
    doubts: tuple[Doubt, ...] = ()
    known: bool = True


HELD = Status(State.HELD, None)
"""What is said where no status is mapped."""
NO_STATUS = Status(State.POSSIBLE, None, (Doubt.STATUS,), known=False)


class Bound(Struct, Generic[V], frozen=True):
    """A column of one file: which cell of a row it is, and how its cells are read."""

    at: int
    cells: Memo[V]


class Columns(Struct, frozen=True):
    """All mapped columns of one file; None where the promise maps none."""

    start: Bound[Moment]
    end: Bound[Moment] | None
    recorded: Bound[Moment] | None
    id: Bound[str] | None
    status: Bound[Status] | None
    values: tuple[tuple[str, Bound[Value]], ...]


def columns_of(header: Header, mapping: Mapping, zone: Zone) -> Columns:
    """The readers of a file's columns. `start`, `end` and `recorded_at` are dates whatever the mapping says."""
    moments = Moments(zone)
    standing = {column.name: (column, at) for column, at in header.positions}

    def bound(name: str, reader: Callable[[Column], Memo[V]]) -> Bound[V] | None:
        if name not in standing:
            return None
        column, at = standing[name]
        return Bound(at, reader(column))

    def moment(column: Column) -> Memo[Moment]:
        return dates(column, moments)

    start = bound("start", moment)
    if start is None:
        raise ValueError("a mapping without `start`: the loader should have refused it")
    return Columns(
        start=start,
        end=bound("end", moment),
        recorded=bound("recorded_at", moment),
        id=bound("id", ids),
        status=bound("status", lambda column: Memo(column.header, lambda text: status_of(text, mapping))),
        values=tuple(
            (name, Bound(at, memo_of(column, moments))) for name, (column, at) in standing.items() if name not in APART
        ),
    )


def status_of(text: str, mapping: Mapping) -> Status:
    """What a status means; a word that the mapping does not know makes the event possible."""
    folded = fold(text)
    if folded in mapping.held:
        return Status(State.HELD, folded)
    if folded in mapping.cancelled:
        return Status(State.CANCELLED, folded)
    planned = folded in mapping.planned
    return Status(State.POSSIBLE, folded, (Doubt.PLANNED if planned else Doubt.STATUS,), known=planned)
