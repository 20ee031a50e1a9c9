"""Selectors: which events are meant. A tree of conditions on columns, joined by every, either and except."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

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


@dataclass(frozen=True)
class OneOf:
    """The text is one of these (folded)."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class StartsWith:
    """The text begins with this (folded)."""

    prefix: str


@dataclass(frozen=True)
class HasAny:
    """The list holds at least one of these (folded)."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class HasAll:
    """The list holds all of these (folded)."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class HasNone:
    """The list holds none of these (folded)."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class InRange:
    """The number lies in `[low, high]`; None is unbounded."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class IsFlag:
    """The flag is set, or is not."""

    value: bool


@dataclass(frozen=True)
class Recorded:
    """The cell holds something, or is empty. An empty cell is an answer here, not a gap."""

    value: bool
    dated: bool = False
    """Whether the cell is a date: one after the as-of is not known there yet."""


@dataclass(frozen=True)
class DateIn:
    """The date lies on the days from `first` to `last`, both included; None is unbounded."""

    first: Day | None
    last: Day | None


@dataclass(frozen=True)
class Lasts:
    """The event lasts so many seconds, both ends included; None is unbounded. Elapsed time, as the as-of knows it."""

    low: int | None
    high: int | None


@dataclass(frozen=True)
class ClockIn:
    """The event starts from `start` up to but not including `end` (seconds of the day); may pass midnight."""

    start: int
    end: int


@dataclass(frozen=True)
class WeekdayIn:
    """The event starts on one of these weekdays (0 is Monday)."""

    days: tuple[int, ...]


@dataclass(frozen=True)
class OnDays:
    """The event starts on one of these days: a named calendar, written out over the years that can matter."""

    name: str
    days: DaySet


@dataclass(frozen=True)
class Not:
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


@dataclass(frozen=True)
class Condition:
    """One column (or `time`, `weekday`, `calendar`, `duration`) and what must hold of it."""

    column: str
    test: Test
    wanted: Message = field(compare=False)
    """The test in words, with the values as the author wrote them."""


@dataclass(frozen=True)
class Every:
    """All parts hold; with no parts, every event."""

    parts: tuple[Selector, ...]


@dataclass(frozen=True)
class Either:
    """At least one part holds."""

    parts: tuple[Selector, ...]


@dataclass(frozen=True)
class Except:
    """The inner selector does not hold for certain: where a row cannot tell, it is no exception."""

    selector: Selector


Selector = Condition | Every | Either | Except
EVERYTHING = Every(())
