"""Tiny worlds in which a verdict can be found by its definition: every completion of the log, one by one.

A world is a few days long. Time is told in half days, and what matters of a row is its day, its half days and its mark
(its place or case). A completion puts every row somewhere that it may have been, leaves possible rows in or out, gives
blank marks a value, and adds rows that lie wholly on open days: those that are not covered, or come after the as-of.
The promise is kept where every completion keeps it, broken where none does, not applicable where it never applies,
else open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, product

from promisekit.verdict.model import Verdict

HALVES = 2
"""Half days in a day; also the longest that an event without an end may last."""
FIRST, LAST = -1, 6
"""The days that rows may lie on and coverage is known of."""
PERIOD = range(4)
ELSEWHERE = "z"
"""A mark that no row has."""
MOST = 20_000
"""So many completions are tried."""
MORE_LEFT, MORE_RIGHT = 3, 3
"""So many rows are added: enough to lift any count here over any target, and to give every row a partner."""


@dataclass(frozen=True)
class Row:
    """A row of the log as it was written. Where its day is imprecise, it begins at any time of any of its days."""

    first: int
    last: int
    half: int
    length: int | None
    """Half days; None where no end is recorded."""
    certain: bool
    mark: str | None


@dataclass(frozen=True)
class Shape:
    """What is measured: the number of left rows (with a partner, where there is a way `how`), or the share of them."""

    ratio: bool
    how: str | None
    """`same_day`, `overlap` or `in_time`."""
    windows: tuple[range, ...]
    low: Fraction | None
    high: Fraction | None
    keyed: bool = True
    within: int | None = None
    """Days that a partner has; None where there is a last day for all."""
    latest: int | None = None
    """The last day for all."""

    def due(self, trigger: int) -> int:
        """The last day in time for a trigger."""
        last = self.latest if self.latest is not None else LAST + 9
        return last if self.within is None else min(trigger + self.within, last)


@dataclass(frozen=True)
class TinyWorld:
    """A shape, two activities with their rows, and the days that their sources cover."""

    shape: Shape
    left: tuple[Row, ...]
    right: tuple[Row, ...]
    left_covered: frozenset[int]
    right_covered: frozenset[int]
    as_of: int
    """The last day of which anything is known."""

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that matter."""
        used = {row.mark for row in (*self.left, *self.right) if row.mark is not None}
        return tuple(sorted(used)) if used and self.shape.keyed else ("p",)


@dataclass(frozen=True)
class Happened:
    """One event of a completion."""

    day: int
    begin: int
    end: int
    mark: str


def by_definition(world: TinyWorld) -> Verdict | None:
    """The verdict by trying every completion; None where there are too many that agree."""
    lefts = [list(_places(world, row)) for row in world.left if row.first <= world.as_of]
    rights = [list(_places(world, row)) for row in world.right if row.first <= world.as_of]
    found: set[Verdict] = set()
    completions = product(product(*lefts), product(*rights), _more_left(world), _more_right(world))
    for number, (left, right, more_left, more_right) in enumerate(completions):
        if number == MOST:
            return None
        here, there = (row for row in left if row), (row for row in right if row)
        found.add(_holds(world.shape, [*here, *more_left], [*there, *more_right]))
        if len(found) > 1:
            return Verdict.OPEN
    return found.pop()


def _places(world: TinyWorld, row: Row) -> Iterator[Happened | None]:
    """Everywhere that a known row may have been; None where it may not have been at all."""
    if not row.certain or row.last > world.as_of:
        yield None
    marks = [row.mark] if row.mark is not None else [*world.marks, ELSEWHERE]
    for day in range(row.first, min(row.last, world.as_of) + 1):
        for half in range(HALVES) if row.first < row.last else [row.half]:
            begin = day * HALVES + half
            yield from (Happened(day, begin, end, mark) for end in _ends(world, row, begin) for mark in marks)


def _ends(world: TinyWorld, row: Row, begin: int) -> Sequence[int]:
    if world.shape.how != "overlap":
        return [begin]  # nothing but the day matters
    if row.length is None:
        return range(begin, begin + HALVES + 1)
    now = (world.as_of + 1) * HALVES
    # What is recorded to end later still goes on at the as-of, for as long as one likes.
    return range(now, (LAST + 2) * HALVES) if begin + row.length >= now else [begin + row.length]


def _more_left(world: TinyWorld) -> list[tuple[Happened, ...]]:
    """Every handful of rows that may be counted though nobody knows of them: short ones, and ones as long as can be."""
    shape, one = world.shape, list[Happened]()
    for day in PERIOD:
        if not _is_open(day, world.left_covered, world.as_of):
            continue
        if shape.how is None:
            one.append(Happened(day, day, day, "p"))
            continue
        over = next(
            later
            for later in range(day, LAST + 3)
            if not _is_open(later, world.left_covered, world.as_of) or later == LAST + 2
        )
        for begin in _halves(day, shape):
            for end in {begin + 1, over * HALVES if shape.how == "overlap" else begin + 1}:
                one += [Happened(day, begin, end, mark) for mark in (*world.marks, ELSEWHERE)]
    most = len(shape.windows) * int(max(shape.low or 0, (shape.high or 0) + 1)) if shape.how is None else MORE_LEFT
    return list(chain.from_iterable(combinations_with_replacement(one, number) for number in range(most + 1)))


def _more_right(world: TinyWorld) -> list[tuple[Happened, ...]]:
    """Every set of rows that may be partners though nobody knows of them; a long one is no more than short ones."""
    if world.shape.how is None:
        return [()]
    one = [
        Happened(day, begin, begin + 1, mark)
        for day in (PERIOD if world.shape.how == "same_day" else range(LAST + 2))
        if _is_open(day, world.right_covered, world.as_of)
        for begin in _halves(day, world.shape)
        for mark in world.marks
    ]
    return list(chain.from_iterable(combinations(one, number) for number in range(MORE_RIGHT + 1)))


def _is_open(day: int, covered: frozenset[int], as_of: int) -> bool:
    return day not in covered or day > as_of


def _halves(day: int, shape: Shape) -> Sequence[int]:
    return range(day * HALVES, (day + 1) * HALVES) if shape.how == "overlap" else [day * HALVES]


def _holds(shape: Shape, left: Sequence[Happened], right: Sequence[Happened]) -> Verdict:
    """Whether a completed world keeps the promise."""
    for window in shape.windows:
        whole = [row for row in left if row.day in window]
        part = [row for row in whole if shape.how is None or any(_pair(shape, row, other) for other in right)]
        if shape.ratio and not whole:
            return Verdict.NOT_APPLICABLE  # a share has one window
        value = Fraction(len(part), len(whole) if shape.ratio else 1)
        if (shape.low is not None and value < shape.low) or (shape.high is not None and value > shape.high):
            return Verdict.BROKEN
    return Verdict.KEPT


def _pair(shape: Shape, left: Happened, right: Happened) -> bool:
    if shape.keyed and left.mark != right.mark:
        return False
    if shape.how == "same_day":
        return left.day == right.day
    if shape.how == "overlap":
        return min(left.end, right.end) > max(left.begin, right.begin)
    return left.day <= right.day <= shape.due(left.day)
