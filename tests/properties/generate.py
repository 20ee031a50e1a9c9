"""Random tiny worlds of each kind, and batches of them as one plan and one log for an engine."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from promisekit.events import Coverage, Event, State, Value
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import (
    Assess,
    Commitment,
    Distinct,
    Duration,
    Header,
    Hours,
    InTime,
    Latest,
    Number,
    Overlap,
    Overlaps,
    Plan,
    Quotient,
    Ratio,
    SameDay,
    Sum,
)
from promisekit.selectors.model import ClockIn, Condition, Lasts
from promisekit.windows import AsOf, Day, DaySet, Instant, Moment, Span, Zone, day_set, end_of, whole_days
from promisekit.words import say
from tests.properties.complete import Cell
from tests.properties.shaper import BASES, DAYS, Shaper
from tests.properties.shapes import KINDS
from tests.properties.tiny import DATES, ELSEWHERE, FIRST, LAST, TICK, TICKS, Row, TinyWorld, Unknown, walk

ZONE = Zone("Europe/Stockholm")
HEADER = Header("tiny", "Tiny worlds", "en", (), (), (), None, "tiny.yaml", "")
COLUMNS: dict[str, tuple[Cell, ...]] = {
    "place": ("p", "p", "q", None),
    "theme": ("u", "v", None),
    "mood": ("u", "u", "v", None),
    "amount": (0, 1, 1, 3, -2, None),
    "part": (0, 1, 2, None),
    "value": (-1, 0, 1, 2, 3, None),
    "low": (None,),
    "high": (None,),
    **dict.fromkeys(DATES, (None,)),
}
STANDS_FOR: dict[str, tuple[Cell, ...]] = {
    "place": ("p", "q", ELSEWHERE),
    "mood": ("u", "v"),
    "amount": (0, 1, 5),
    "part": (0, 1, 5),
    "value": (-5, -2, -1, 0, 1, 2, 3, 4, 5),
}
"""What a blank cell may stand for. As an exception a blank theme is an answer: none."""


@dataclass(frozen=True)
class Setting:
    """What the worlds of a batch share."""

    base: Day
    as_of: tuple[int, int | None]


def setting(rnd: random.Random) -> Setting:
    """A random one: mostly the end of a day, and mostly late."""
    day = rnd.choice([-1, 0, 1, 2, 3, 3, 4, 5, 6, 6, 6, LAST + 2, LAST + 2])
    return Setting(Day(rnd.choice(BASES)), (day, rnd.randrange(TICKS) if rnd.random() < 0.25 else None))


def generate(rnd: random.Random, kind: str, number: int, shared: Setting) -> TinyWorld:
    """A random world of a kind."""
    make = Shaper(rnd, number, shared.base, TICK if rnd.random() < 0.25 else 0, rnd.random() < 0.4)
    node = KINDS[kind](make)
    nodes = list(walk(node))
    timed = any(isinstance(one, Overlap | Overlaps | Duration | Lasts) for one in nodes)
    clocked = timed or any(isinstance(one, Hours | ClockIn | Latest) for one in nodes)
    ticks = (0, 1, 2, 3) if clocked else (0, 2) if make.day_begins or shared.as_of[1] is not None else (2,)
    columns = _columns(nodes)
    paired = any(isinstance(one, InTime | SameDay | Overlap) for one in nodes) or kind in ("conditional", "composite")
    rows = [_row(rnd, f"l{number}", shared, columns) for _ in range(rnd.randrange(4 if not paired else 3))]
    if paired:
        rows += [_row(rnd, f"r{number}", shared, columns) for _ in range(rnd.randrange(3))]
    sides = ("l", "r") if paired else ("l",)
    return TinyWorld(
        kind=kind,
        number=number,
        node=node,
        rows=tuple(rows),
        covered={side: _covered(rnd) for side in sides},
        unknown={
            side: Unknown(
                range(-1, DAYS + (bool(make.day_begins) if side == "l" else 3)),
                (0, 3) if kind == "latest" else ticks,
                (1, 3, 0) if timed else (1,),
                tuple(_told(columns, side, number, shared.base)),
                {"latest": 1, "response": 2}.get(kind, 4 if side == "l" else 3),
            )
            for side in sides
        },
        blanks={
            "activity": (f"l{number}", ELSEWHERE),
            **{name: STANDS_FOR[name] for name in columns if name in STANDS_FOR},
        },
        base=shared.base,
        as_of=shared.as_of,
        ticks=ticks,
        timed=timed,
        judged=any(isinstance(one, Assess) for one in nodes),
    )


def _columns(nodes: Iterable[object]) -> tuple[str, ...]:
    """The columns that matter."""
    found = set()
    for node in nodes:
        if isinstance(node, Ratio):
            found |= set(node.excuses)
        match node:
            case SameDay() | Overlap() | Distinct(column="place") | InTime(key="place"):
                found.add("place")
            case Sum() | Ratio(weight="amount") | Duration(weight="amount"):
                found.add("amount")
            case Quotient():
                found |= {"part", "amount"}
            case Latest(low=low):
                found |= {"value", "low", "high"} if low else {"value"}
            case InTime(column="answered"):
                found.add("answered")
            case Condition(column="theme" | "mood" | "done" as column):
                found.add(column)
    return tuple(sorted(found))


def _row(rnd: random.Random, name: str, shared: Setting, columns: Sequence[str]) -> Row:
    first = rnd.randrange(FIRST, DAYS + 1)
    sort = rnd.random()
    last = rnd.randrange(first, min(first + 4, LAST)) if sort < 0.25 else first
    tick = None if sort < 0.4 else rnd.randrange(TICKS)
    end = None
    if tick is not None and rnd.random() < 0.85:
        at = first * TICKS + tick + rnd.choice([0, 1, 1, 2, 3, 5])
        end = (at, at) if rnd.random() < 0.9 else ((at // TICKS) * TICKS, (at // TICKS + 1) * TICKS)
    cells: dict[str, Cell] = {"activity": name if rnd.random() < 0.95 else None}
    cells |= {column: _cell(rnd, column, shared, first) for column in columns}
    if "low" in columns and isinstance(value := cells["value"], int) and rnd.random() < 0.5:
        cells |= {"low": value - 1, "high": value + 1}
    return Row(name[0], first, last, tick, end, rnd.random() < 0.85, cells)


def _cell(rnd: random.Random, column: str, shared: Setting, first: int) -> Cell:
    if column in DATES and rnd.random() < 0.6:
        tick = (first + rnd.randrange(-1, 4)) * TICKS + rnd.randrange(TICKS)
        return int(ZONE.at(Day(shared.base + tick // TICKS), tick % TICKS * TICK))
    return rnd.choice(COLUMNS[column])


def _told(columns: Sequence[str], side: str, number: int, base: Day) -> Iterator[Mapping[str, Cell]]:
    """What rows that nobody knows of may say."""
    choices: dict[str, tuple[Cell, ...]] = {
        **STANDS_FOR,
        "theme": ("u", "v"),
        "low": (None,),
        "high": (None,),
        "answered": (None,),
        **dict.fromkeys(DATES[1:], (None, int(ZONE.at(Day(base + 2), 0)))),
    }
    for cells in product(*(choices[name] for name in columns)):
        told = dict(zip(columns, cells, strict=True))
        above, below = told.get("part"), told.get("amount")
        if not (isinstance(above, int) and isinstance(below, int) and above > below):
            yield {"activity": f"{side}{number}", **told}


def _covered(rnd: random.Random) -> frozenset[int]:
    gaps = rnd.random() < 0.45
    return frozenset(day for day in range(FIRST - 1, LAST + 4) if not (gaps and rnd.random() < 0.25))


@dataclass(frozen=True)
class Batch:
    """Many worlds in one: each has its own activities and its own sources."""

    plan: Plan
    log: Log
    as_of: AsOf


def batch(worlds: Sequence[TinyWorld]) -> Batch:
    """Worlds that share their setting as one plan and one log; the commitment of world 3 is `w3`."""
    commitments, sources, events = [], [], []
    for world in worlds:
        commitments.append(Commitment(f"w{world.number}", "tiny", None, None, say("a rule"), None, world.node))
        for side in ("l", "r"):
            name = f"{side}{world.number}"
            events += [_event(world, name, row) for row in world.rows if row.side == side]
            covered = world.covered.get(side, range(FIRST, LAST + 3))
            sources.append(SourceRead(name, (), Coverage(_days(world.base, covered))))
    first = worlds[0]
    period = Span(first.base, Day(first.base + DAYS))
    plan = Plan(HEADER, period, ZONE, tuple(commitments))
    return Batch(plan, Log(tuple(sources), tuple(events), ()), as_of_in(first))


def as_of_in(world: TinyWorld) -> AsOf:
    """The as-of of a world."""
    day, tick = world.as_of
    if tick is None:
        return end_of(Day(world.base + day), ZONE)
    return AsOf(Instant(world.until), Day(world.base + day), "an instant", whole_day=False)


def _days(base: Day, days: Iterable[int]) -> DaySet:
    return day_set(Span(Day(base + day), Day(base + day + 1)) for day in days)


def _event(world: TinyWorld, name: str, row: Row) -> Event:
    first, last = Day(world.base + row.first), Day(world.base + row.last)
    start = whole_days(first, last, ZONE) if row.tick is None else _moment(world, row.first * TICKS + row.tick)
    end = None
    if row.end is not None:
        clocked = row.end[0] == row.end[1]
        day = Day(world.base + row.end[0] // TICKS)
        end = _moment(world, row.end[0]) if clocked else whole_days(day, day, ZONE)
    state = State.HELD if row.certain else State.POSSIBLE
    values: dict[str, Value] = {column: _value(column, cell) for column, cell in row.cells.items()}
    return Event(name, name, 2 + world.rows.index(row), None, start, end, state, values, {})


def _value(column: str, cell: Cell) -> Value:
    if column in DATES and isinstance(cell, int):
        day, clock = ZONE.wall(Instant(cell))
        return Moment(day, day, Instant(cell), Instant(cell), clock)
    return cell if cell is None or isinstance(cell, str) else _number(cell)


def _number(cell: Number) -> Value:
    return Fraction(cell)


def _moment(world: TinyWorld, tick: int) -> Moment:
    instant = Instant(world.at(tick))
    day, clock = Day(world.base + tick // TICKS), tick % TICKS * TICK
    return Moment(day, day, instant, instant, clock)
