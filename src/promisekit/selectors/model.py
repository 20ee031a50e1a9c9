"""Selectors: which events are meant. A tree of conditions on columns, joined by every, either and except."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from promisekit.windows import Day, DaySet
from promisekit.words import Message

CLOCK = "time"
WEEKDAY = "weekday"
CALENDAR = "calendar"
"""Names of conditions on when an event starts, in place of a column's name."""
LENGTH = "duration"
"""The name of the condition on how long an event lasts, in place of a column's name."""
EXCEPT = "except"
"""The name of an exception, where a name is needed for what a row fails."""


class OneOf(Struct, frozen=True):
    """The text is one of these (folded)."""

    values: tuple[str, ...]


class StartsWith(Struct, frozen=True):
    """The text begins with this (folded)."""

    prefix: str


class HasAny(Struct, frozen=True):
    """The list holds at least one of these (folded)."""

    values: tuple[str, ...]


class HasAll(Struct, frozen=True):
    """The list holds all of these (folded)."""

    values: tuple[str, ...]


class HasNone(Struct, frozen=True):
    """The list holds none of these (folded)."""

    values: tuple[str, ...]


class InRange(Struct, frozen=True):
    """The number lies in `[low, high]`; None is unbounded."""

    low: Fraction | None
    high: Fraction | None


class IsFlag(Struct, frozen=True):
    """The flag is set, or is not."""

    value: bool


class Recorded(Struct, frozen=True):
    """The cell holds something, or is empty. An empty cell is an answer here, not a gap."""

    value: bool
    dated: bool = False
    """Whether the cell is a date: then it is asked what is dated by the end of the period."""


class DateIn(Struct, frozen=True):
    """The date lies on the days from `first` to `last`, both included; None is unbounded."""

    first: Day | None
    last: Day | None


class Lasts(Struct, frozen=True):
    """The event lasts so many seconds, both ends included; None is unbounded. Elapsed time, as the as-of knows it."""

    low: int | None
    high: int | None


class ClockIn(Struct, frozen=True):
    """The event starts from `start` up to but not including `end` (seconds of the day); may pass midnight."""

    start: int
    end: int


class WeekdayIn(Struct, frozen=True):
    """The event starts on one of these weekdays (0 is Monday)."""

    days: tuple[int, ...]


class OnDays(Struct, frozen=True):
    """The event starts on one of these days: a named calendar, written out over the years that can matter."""

    name: str
    days: DaySet


class Not(Struct, frozen=True):
    """The test fails. Says nothing of a cell that cannot tell."""

    test: Test


Test = (
    OneOf
    | StartsWith
    | HasAny
    | HasAll
    | HasNone
    | InRange
    | IsFlag
    | Recorded
    | DateIn
    | Lasts
    | ClockIn
    | WeekdayIn
    | OnDays
    | Not
)


class Condition(Struct, frozen=True, eq=False):
    """One column (or `time`, `weekday`, `calendar`, `duration`) and what must hold of it."""

    column: str
    test: Test
    wanted: Message
    """The test in words, with the values as the author wrote them."""

    def __eq__(self, other: object) -> bool:
        """Whether both choose the same rows; in which words the author said so makes no difference."""
        return isinstance(other, Condition) and self.column == other.column and self.test == other.test

    def __hash__(self) -> int:
        return hash((self.column, self.test))


class Every(Struct, frozen=True):
    """All parts hold; with no parts, every event."""

    parts: tuple[Selector, ...]


class Either(Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Selector, ...]


class Except(Struct, frozen=True):
    """The inner selector does not hold for certain: where a row cannot tell, it is no exception."""

    selector: Selector


Selector = Condition | Every | Either | Except
EVERYTHING = Every(())
