"""Tiny worlds, in which a verdict can be found by its definition: every completion of the log, one by one.

A world is a few days long and its clock has four ticks a day. A completion puts every row where it may have been, lets
it last as long as it may have, leaves possible rows in or out, gives blank cells a value, and adds rows that lie wholly
on open days: those that are not covered, or not wholly over at the as-of. The promise is kept where every completion
keeps it, broken where none does, not applicable where it never applies, else open.

What is bounded, so that completions can be counted: so many rows are added at most, their amounts come from a small
set, and they begin and end on ticks. Where even so there are too many, a random handful of them is tried: enough to
show that an engine is wrong, not that it need not be open.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations_with_replacement, product
from math import comb, prod

from msgspec import Struct

from promisekit.plan.nodes import Node, Select
from promisekit.verdict.model import Verdict
from promisekit.windows import Day
from tests.properties.complete import Cell, Chosen, Happened
from tests.properties.definition import Definition
from tests.properties.naive_days import DAY, instant

TICKS = 4
TICK = DAY // TICKS
FIRST, LAST = -1, 6
"""The days that rows may lie on and coverage is known of."""
DATES = ("answered", "done", "withdrawn")
"""The columns that hold dates."""
ELSEWHERE = "z"
"""A text that no row has."""


@dataclass(frozen=True)
class Row:
    """A row of the log as it was written, in days and ticks of the tiny world."""

    side: str
    first: int
    last: int
    tick: int | None
    """The tick of its day at which it begins; None where no clock time is known."""
    end: tuple[int, int] | None
    """The ticks (counted from day 0) between which it ends, both included; None where no end is recorded."""
    certain: bool
    cells: Mapping[str, Cell]
    """What stands in its columns; the instants of dates, None where a cell is blank."""


@dataclass(frozen=True)
class Unknown:
    """What rows that nobody knows of may be like, on one side: on which days and at which ticks they begin, how many
    ticks they last (0: as long as the open days allow), what their cells say, and how many there are at most."""

    days: range
    ticks: tuple[int, ...]
    lengths: tuple[int, ...]
    cells: tuple[Mapping[str, Cell], ...]
    most: int


@dataclass(frozen=True)
class TinyWorld:
    """A node on two activities, their rows, the days that their sources cover, and an as-of."""

    kind: str
    number: int
    """Which of a batch it is: its sources are `l` and `r` with this number."""
    node: Node
    rows: tuple[Row, ...]
    covered: Mapping[str, frozenset[int]]
    unknown: Mapping[str, Unknown]
    blanks: Mapping[str, tuple[Cell, ...]]
    """Column → what a blank cell may stand for."""
    base: Day
    """Day 0."""
    as_of: tuple[int, int | None]
    """The last day of which anything is known, and the tick up to which (None: all of it)."""
    ticks: tuple[int, ...] = (0, 1, 2, 3)
    """The ticks at which rows may begin whose clock is not known."""
    timed: bool = True
    """Whether it matters when rows end."""
    judged: bool = False
    """Whether people are asked too."""

    @property
    def until(self) -> int:
        """The first instant of which nothing is known."""
        day, tick = self.as_of
        return self.at((day + 1) * TICKS) if tick is None else self.at(day * TICKS + tick) + 1

    def at(self, tick: int) -> int:
        """The instant of a tick."""
        day, clock = divmod(tick, TICKS)
        return instant(self.base + day, clock * TICK)

    def is_open(self, side: str, day: int) -> bool:
        """Whether rows that nobody knows of may lie on a day."""
        return (
            day not in self.covered[side] or day > self.as_of[0] or (day == self.as_of[0] and self.as_of[1] is not None)
        )

    def is_unknown(self, side: str, day: int, tick: int) -> bool:
        """Whether what lies on a tick of a day is not known: a covered day is known as far as it has run."""
        return self.is_open(side, day) and (day not in self.covered[side] or self.at(day * TICKS + tick) >= self.until)


@dataclass(frozen=True)
class Completion:
    """One way in which all may have been."""

    rows: tuple[Happened, ...]
    chosen: Chosen


class Completions:
    """All completions of a world, or where there are too many a random handful of them."""

    def __init__(self, world: TinyWorld, definition: Definition, most: int, seed: int = 0) -> None:
        self._world = world
        self._most = most
        self._random = random.Random(seed)
        known = [row for row in world.rows if world.at(row.first * TICKS + (row.tick or 0)) < world.until]
        self._activities = [one for one in walk(world.node) if isinstance(one, Select)]
        self._definition = definition
        self._places = [self._that_matter(_places(world, row)) for row in known]
        self._more = {side: [one for one in self._that_matter(_more(world, side)) if one] for side in world.unknown}
        self._chosen = _choices(world)
        self.number = prod(len(places) for places in self._places) * len(self._chosen)
        for side, unknown in world.unknown.items():
            self.number *= sum(_handfuls(len(self._more[side]), number) for number in range(unknown.most + 1))

    def _that_matter(self, places: Sequence[Happened | None]) -> list[Happened | None]:
        """Each place once, and those at which an event is of no activity as if there were none."""
        found: dict[object, Happened | None] = {}
        for one in places:
            if one is None or not any(self._definition.means(select, one) for select in self._activities):
                found[None] = None
            else:
                found[one.begin, one.end, tuple(one.values.items())] = one
        return list(found.values())

    @property
    def all_tried(self) -> bool:
        """Whether there are few enough to try all."""
        return self.number <= self._most

    def __iter__(self) -> Iterator[Completion]:
        return self._all() if self.all_tried else self._some()

    def _all(self) -> Iterator[Completion]:
        added = [
            list(
                chain.from_iterable(
                    combinations_with_replacement(self._more[side], number) for number in range(one.most + 1)
                )
            )
            for side, one in self._world.unknown.items()
        ]
        for placed, more, chosen in product(product(*self._places), product(*added), self._chosen):
            yield _completion(placed, chain.from_iterable(more), chosen)

    def _some(self) -> Iterator[Completion]:
        choose = self._random.choice
        for number in range(self._most):
            more: list[Happened] = []
            for side, unknown in self._world.unknown.items():
                if self._more[side]:
                    added = 0 if number % 4 == 0 else self._random.randint(0, unknown.most)
                    more += [choose(self._more[side]) for _ in range(added)]
            yield _completion([choose(places) for places in self._places], more, choose(self._chosen))


def walk(node: object) -> Iterator[object]:
    """A node and everything in it."""
    yield node
    if isinstance(node, tuple):
        for one in node:
            yield from walk(one)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from walk(getattr(node, name))


def _handfuls(kinds: int, number: int) -> int:
    return comb(kinds + number - 1, number) if kinds else int(number == 0)


def _completion(
    placed: Sequence[Happened | None], more: Iterator[Happened] | Sequence[Happened], chosen: Chosen
) -> Completion:
    # Each is an event of its own, though two may be alike.
    rows = [Happened(one.source, one.begin, one.end, one.values, one.ended) for one in more]
    return Completion((*(row for row in placed if row is not None), *rows), chosen)


def _choices(world: TinyWorld) -> list[Chosen]:
    said = (Verdict.KEPT, Verdict.BROKEN) if world.judged else (Verdict.KEPT,)
    times = (False, True) if "value" in world.blanks else (False,)
    return [Chosen(later, verdict) for later in times for verdict in said]


def _places(world: TinyWorld, row: Row) -> list[Happened | None]:
    """Everything that a known row may have been; None where it may not have been at all."""
    ticks = world.ticks if row.tick is None else (row.tick,)
    begins = [world.at(day * TICKS + tick) for day in range(row.first, row.last + 1) for tick in ticks]
    known = [begin for begin in begins if begin < world.until]
    source = f"{row.side}{world.number}"
    told = [
        dict(zip(row.cells, cells, strict=True)) for cells in product(*(_meant(world, row, one) for one in row.cells))
    ]
    spans = [(begin, end) for begin in known for end in _ends(world, row, begin)]
    places: list[Happened | None] = [
        Happened(source, begin, end, values, row.end is not None)
        for begin, end in spans
        for values in told
        if _sane(values)
    ]
    reaches_past = max(begins) >= world.until or (row.tick is None and world.at((row.last + 1) * TICKS) > world.until)
    return places if row.certain and not reaches_past else [None, *places]


def _sane(values: Mapping[str, Cell]) -> bool:
    """Whether what is counted is not more than what there is to count."""
    above, below = values.get("part"), values.get("amount")
    return not (isinstance(above, int) and isinstance(below, int)) or above <= below


def _meant(world: TinyWorld, row: Row, column: str) -> Sequence[Cell]:
    """What a cell may say."""
    cell = row.cells[column]
    if column in DATES:
        if isinstance(cell, int) and cell < world.until:
            return (cell,)
        days = range(row.first, LAST + 3)
        ticks = [day * TICKS + tick for day in days for tick in (0, 2) if world.is_unknown(row.side, day, tick)]
        return (None, *map(world.at, ticks))
    if (
        column == "value"
        and cell is not None
        and row.cells.get("low") is not None
        and row.cells.get("high") is not None
    ):
        return (row.cells["low"], cell, row.cells["high"])
    if column == "amount" and isinstance(cell, int) and cell < 0:
        return world.blanks[column]
    if column == "part" and cell is not None:
        below = row.cells["amount"]
        if isinstance(below, int) and isinstance(cell, int) and cell > below >= 0:
            return world.blanks[column]
    return world.blanks[column] if cell is None and column in world.blanks else (cell,)


def _ends(world: TinyWorld, row: Row, begin: int) -> list[int]:
    if not world.timed:
        return [begin]
    ticks = range(FIRST * TICKS, (LAST + 3) * TICKS)
    if row.end is None:
        longest = begin + DAY
        return [end for end in map(world.at, ticks) if begin <= end < longest] + [longest]
    first, last = world.at(row.end[0]), world.at(row.end[1])
    # What is recorded to end later still goes on at the as-of, for as long as one likes. Of an end that is known to the
    # day, the day's last second is the latest.
    late = max(last - (first < last), begin)
    if late >= world.until:
        first, late = min(first, world.until), world.at((LAST + 3) * TICKS)
    return [end for end in {*map(world.at, ticks), late, first} if max(first, begin) <= end <= max(late, begin)]


def _more(world: TinyWorld, side: str) -> list[Happened]:
    """Every row that there may be though nobody knows of it."""
    unknown = world.unknown[side]
    found = []
    for day in unknown.days:
        if not world.is_open(side, day):
            continue
        over = next(later for later in range(day, LAST + 4) if later == LAST + 3 or not world.is_open(side, later))
        for tick in unknown.ticks:
            if not world.is_unknown(side, day, tick):
                continue
            begin = day * TICKS + tick
            ends = {min(begin + (length or 99), over * TICKS) for length in unknown.lengths}
            found += [
                Happened(f"{side}{world.number}", world.at(begin), world.at(end), cells)
                for end in (sorted(ends) if world.timed else [begin])
                for cells in unknown.cells
            ]
    return found


__all__ = ["ELSEWHERE", "FIRST", "LAST", "TICK", "TICKS", "Completion", "Completions", "Row", "TinyWorld", "Unknown"]
