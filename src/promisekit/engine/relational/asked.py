"""One check in numbers, and how two rows can belong together."""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise

from msgspec import Struct

from promisekit.plan.nodes import (
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    Latest,
    On,
    Overlaps,
    Quotient,
    Ratio,
    Select,
    Semi,
    Starts,
    Sum,
)
from promisekit.windows import Span, Window

NOWHERE = -1
"""In place of the number of something that is not there."""


class How(IntEnum):
    """How two rows belong together. `DAY` is `TIME` with the place for a key and no day of delay."""

    ROW = 0
    DAY = 1
    OVERLAP = 2
    TIME = 3
    OWN = 4


class By(IntEnum):
    """What is tallied of the rows in a window: how many, or on which days, with which values, for how long."""

    ROWS = 0
    DAYS = 1
    VALUES = 2
    AMOUNTS = 3
    LATEST = 4
    OVERLAP = 5
    DURATION = 6


BY_TIME = (By.OVERLAP, By.DURATION)
"""These ask when a row goes on, the others on which day it starts."""


class Way(Struct, frozen=True):
    """One way of one pairing: numbers, and the node that they stand for."""

    how: How
    seconds: int
    key: int
    deadline: int
    own: int
    hourly: int
    """Whether its deadline counts hours, so that instants and not days are compared."""
    on: On


class Pairing(Struct, frozen=True):
    """A semi-join: the numbers of its sides, its ways in the order in which they were written, and what excuses."""

    left: int
    right: int
    ways: tuple[Way, ...]
    excuses: tuple[int, ...] = ()
    """The dates of left rows that excuse them, by their numbers among all such dates."""


class Asked(Struct, frozen=True):
    """A check: which rows it counts (`select`, or those of its left side that `pairing` pairs) in which windows."""

    number: int
    name: str
    check: Check
    counted: int
    """The activity whose rows are counted."""
    pairing: int
    tiling: int
    slotting: int
    """Which windows a row must go on in, and for how long; NOWHERE where it is asked on which day it starts."""
    coded: int
    """Which columns' values are tallied."""
    windows: tuple[Window, ...]
    left: Select
    """The activity whose rows are counted."""
    semi: Semi | None
    """The semi-join that it counts by, where it does."""

    @property
    def by(self) -> By:
        """What is tallied."""
        return tallied_by(self.check)

    @property
    def is_ratio(self) -> bool:
        """Whether it asks for the share of the rows that have a partner."""
        return isinstance(self.check.measure, Ratio)

    @property
    def floats(self) -> bool:
        """Whether a row of imprecise date certainly counts in one of the windows that it can belong to, and which is to
        be told. Where days lie between windows, it may belong to none."""
        by_day = isinstance(self.check.measure, Count) and isinstance(self.check.attribution, Starts)
        return by_day and all(later.span.start == one.span.end for one, later in pairwise(self.windows))

    @property
    def leaves_out(self) -> bool:
        """Whether rows without a recorded end are left out."""
        return isinstance(self.check.measure, Duration) and self.check.measure.without_end == "not_counted"

    @property
    def right(self) -> Select | None:
        """The activity of the partners."""
        return None if self.semi is None else self.semi.right

    @property
    def day_begins(self) -> int:
        """The second at which its days begin."""
        return self.left.day_begins


def tallied_by(check: Check) -> By:
    """What is tallied of the rows of a check."""
    match check.measure:
        case Count():
            return By.OVERLAP if isinstance(check.attribution, Overlaps) else By.ROWS
        case Ratio(weight=weight):
            return By.ROWS if weight is None else By.AMOUNTS
        case Sum() | Quotient():
            return By.AMOUNTS
        case Distinct(unit=unit):
            return By.VALUES if unit is None else By.DAYS
        case Gap():
            return By.DAYS
        case Latest():
            return By.LATEST
        case Duration():
            return By.DURATION


def columns_tallied(check: Check) -> tuple[str, ...]:
    """The columns whose values are tallied."""
    match check.measure:
        case Sum(column=column) | Distinct(column=str(column)):
            return (column,)
        case Ratio(weight=str(weight)) | Duration(weight=str(weight)):
            return (weight,)
        case Quotient(above=above, below=below):
            return (above, below)
        case Latest(column=column, low=low, high=high):
            return (column, *([low, high] if low is not None and high is not None else []))
    return ()


def baseline_of(check: Asked) -> Span | None:
    """The days whose latest value a check compares with."""
    measure = check.check.measure
    return measure.baseline if isinstance(measure, Latest) and isinstance(measure.baseline, Span) else None


def seconds_needed(check: Check) -> int | None:
    """For how long an event must go on in a window to belong to it; None where its first day tells."""
    match check.measure, check.attribution:
        case Duration(), _:
            return 1
        case Count(), Overlaps(seconds):
            return seconds
    return None
