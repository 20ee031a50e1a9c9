"""Changes that may turn a verdict, each a value that says what would be otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from promisekit.events import Event, State, Unreadable, Value
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Commitment
from promisekit.proof.rows import Row
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span


class Held(Struct, frozen=True):
    """A row that is doubtful, or was cancelled, turns out to have taken place."""

    row: Event


class NotHeld(Struct, frozen=True):
    """A row turns out not to have taken place, or is set aside by a person."""

    row: Event


class Dated(Struct, frozen=True):
    """A row's date is this day and time: an imprecise one made precise, or another one."""

    row: Event
    day: Day
    clock: int | None
    """The second of the day; None where no time of day is told."""


class Ended(Struct, frozen=True):
    """A row went on for so many seconds."""

    row: Event
    seconds: int


class Filled(Struct, frozen=True):
    """A cell of a row has this value: it was empty, or another one stood there."""

    row: Event
    column: str
    value: Value


class Happened(Struct, frozen=True):
    """One event more. Where it lies after the as-of, that becomes its day."""

    row: Row


class Delivered(Struct, frozen=True):
    """The export of days that are not covered is delivered, and holds no further rows of them."""

    source: str
    days: Span


class Passed(Struct, frozen=True):
    """Time passes up to the end of a day, every export is complete until then, and nothing more happens."""

    until: Day


class Judged(Struct, frozen=True):
    """Somebody who may judge says so."""

    said: Assessment


class Withdrawn(Struct, frozen=True):
    """Whoever set something aside, or right, takes that back."""

    said: Assessment


Change = Held | NotHeld | Dated | Ended | Filled | Happened | Delivered | Passed | Judged | Withdrawn
Changes = tuple[Change, ...]


class Turn(Struct, frozen=True):
    """What was found for one other verdict."""

    verdict: Verdict
    changes: Changes
    """Empty where nothing was found."""
    corrections: int = 0
    """How many of them correct what an export or a person says, rather than add to it."""
    smallest: bool = True
    """Whether every smaller part of them was tried; of very many only that none of them can be left out."""


class Turned(Struct, frozen=True):
    """A commitment with its verdict, and what would turn it."""

    commitment: Commitment
    verdict: Verdict
    turns: tuple[Turn, ...]
    singles: int
    """How many single changes were tried."""
    all_tried: bool
    """Whether those were all single changes of these kinds; of large logs only some rows are tried."""


def corrects(change: Change, *, covered: bool) -> bool:
    """Whether a change contradicts what the exports say, rather than adds to it. `covered`: whether the export that an
    event more would stand in is complete on its day."""
    match change:
        case Held(row):
            return row.state is State.CANCELLED
        case NotHeld(row):
            return row.state is State.HELD
        case Dated(row, day, clock):
            return not row.start.first <= day <= row.start.last or row.start.clock not in (None, clock)
        case Ended(row):
            return row.end is not None
        case Filled(row, column):
            return row.values.get(column) is not None and not isinstance(row.values.get(column), Unreadable)
        case Happened():
            return covered
        case Withdrawn():
            return True
        case _:
            return False


def distinct(changes: Iterable[Change]) -> Changes:
    """The changes without those that are told twice, in their order."""
    found: dict[tuple[object, ...], Change] = {}
    for change in changes:
        found.setdefault(_told_apart(change), change)
    return tuple(found.values())


def _told_apart(change: Change) -> tuple[object, ...]:
    """A change by what it is about: rows by where they stand, since their cells cannot be hashed."""
    name = type(change).__name__
    match change:
        case Held(row) | NotHeld(row):
            return name, row.key
        case Dated(row, day, clock):
            return name, row.key, day, clock
        case Ended(row, seconds):
            return name, row.key, seconds
        case Filled(row, column, value):
            return name, row.key, column, value
        case Happened(row):
            return name, row.source, row.day, row.clock, row.length, tuple(sorted(row.cells.items(), key=str))
        case _:
            return name, change
