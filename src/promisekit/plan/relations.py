"""Relations: which events a measure is about, and when two of them belong together. A part of the plan (`nodes`)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from promisekit.selectors.model import Selector
from promisekit.windows import Day


class Select(Struct, frozen=True):
    """The events of the named sources (all, where none is named) that a selector means."""

    name: str
    """The activity's name, for people."""
    selector: Selector
    sources: tuple[str, ...] = ()
    day_begins: int = 0
    """The second of the civil day at which a day of these events begins; the selector's days are such days too."""
    dated: str | None = None
    """Where set, a row takes place at the date in this column; one in which it is empty has not taken place yet."""


class SameRow(Struct, frozen=True):
    """One row is both."""


class SameDay(Struct, frozen=True):
    """They start on the same day at the same place."""


class Overlap(Struct, frozen=True):
    """They are at the same place at the same time, for `seconds` at least."""

    seconds: int


class InTime(Struct, frozen=True):
    """The right one comes on the left one's day or later, by its deadline, with the same value in column `key`.

    Where the deadline counts hours, it comes at the left one's instant or later.
    """

    key: str | None
    deadline: Deadline
    column: str | None = None
    """Where set, the right one is no row of its own but the date in this column of the left row."""


class Within(Struct, frozen=True):
    """So many units after the trigger's day, which is not counted, but no later than the day `latest`."""

    number: int
    unit: Literal["days", "weeks", "months", "working_days"]
    latest: Day | None = None


class Hours(Struct, frozen=True):
    """So many seconds after the trigger's instant by a clock that may stand still, but no later than the day `latest`.

    `always` never stands still; `weekdays` runs Monday to Friday but on public holidays, 24 hours a day.
    """

    seconds: int
    clock: Literal["always", "weekdays"] = "always"
    latest: Day | None = None


class By(Struct, frozen=True):
    """A fixed last day, the same for all."""

    day: Day


Deadline = Within | Hours | By
On = SameRow | SameDay | Overlap | InTime


class Semi(Struct, frozen=True):
    """The events of `left` that have a partner in `right` in one of the ways `on`. `right` is `left` where the
    partner is a date on the same row."""

    left: Select
    right: Select
    on: tuple[On, ...]


Relation = Select | Semi
