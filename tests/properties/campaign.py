"""Tiny worlds by the thousand: `python -m tests.properties.campaign --batches 100 --seed 1`.

Compares what an engine measures, and the verdicts on it, with the definition; prints how often each kind was right, and
counts the shapes that stay open though the definition decides them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module

from promisekit.engine.base import Engine
from promisekit.engine.observations import Bounds, Cell
from promisekit.log.model import Log
from promisekit.plan.checks import checks_in
from promisekit.plan.nodes import (
    All,
    AtLeast,
    Calendar,
    Check,
    Count,
    Distinct,
    Gap,
    Latest,
    Listed,
    Node,
    Overlaps,
    Partition,
    Plan,
    Semi,
)
from promisekit.selectors.model import ClockIn, Lasts, OnDays, WeekdayIn
from promisekit.verdict.judge import judge
from promisekit.verdict.model import Verdict
from promisekit.verdict.tree import Known, judge_node
from promisekit.windows import Span
from tests.properties.brief import brief
from tests.properties.definition import Definition, Told
from tests.properties.generate import as_of_in, batch, generate, setting
from tests.properties.naive_days import frames
from tests.properties.naive_measures import UNTOLD
from tests.properties.shaper import DAYS
from tests.properties.shapes import KINDS
from tests.properties.tiny import FIRST, LAST, TICKS, Completions, TinyWorld, walk

WORLDS = 20
"""In each batch: they share an as-of, and with it the price of asking an engine."""
MOST = 3000
"""So many completions are tried of each world."""
ENGINES = ("reference", "relational")


@dataclass(frozen=True)
class Said:
    """What an engine says of one world, and what is made of it."""

    verdict: Verdict
    cells: dict[str, tuple[Cell, ...]]


@dataclass(frozen=True)
class Tried:
    """One world: what the definition says of the completions that were tried, and what the engine does."""

    world: TinyWorld
    defined: Verdict
    all_tried: bool
    said: Said
    faults: tuple[str, ...]

    @property
    def stays_open(self) -> bool:
        """Whether the definition decides what stays open."""
        return self.all_tried and self.defined is not Verdict.OPEN and self.said.verdict is Verdict.OPEN

    @property
    def told(self) -> str:
        """All of it in words, to be read where something is wrong."""
        lines = [*self.faults, f"defined: {self.defined}", brief(self.world), brief(self.said)]
        return "\n    ".join(lines)

    @property
    def must_be_exact(self) -> bool:
        """Whether such a world may not stay open."""
        return must_be_exact(self.world)


def must_be_exact(world: TinyWorld) -> bool:
    """Whether the bounds of its measure are as tight as can be, and nothing but they decides."""
    node = world.node
    if not isinstance(node, Check) or not isinstance(node.measure, Count | Distinct | Gap | Latest):
        return False
    if isinstance(node.measure.relation, Semi) or isinstance(node.attribution, Overlaps):
        return False
    if any(isinstance(one, OnDays | WeekdayIn | ClockIn | Lasts) for one in walk(node)):
        return False  # whether rows that nobody knows of could meet conditions on their time is not looked at
    if world.as_of[1] is not None:
        return False  # of a day that has not ended, only deadlines in hours ask how far it has come
    windows = len(frames(node, node.measure.relation.day_begins))
    if isinstance(node.need, AtLeast) and node.need.number > windows:
        return False  # might not apply at all, for all that the verdict knows
    exact = all(row.first == row.last and (row.tick is not None or not world.ticks[1:]) for row in world.rows)
    if isinstance(node.measure, Gap):
        return exact
    if isinstance(node.measure, Latest):
        # A row that is both the newest and what it is compared with is free twice.
        return not (isinstance(node.measure.baseline, Span) or node.target.strict) and windows == 1
    number = max(node.target.low or 0, (node.target.high or 0) + 1)
    if windows * number > world.unknown["l"].most or number > 3:
        return False  # more rows, or more different ones, than are added here
    together = isinstance(node.measure, Count) and isinstance(node.need, All) and not _with_gaps(node.partition)
    return exact or windows == 1 or together


def _with_gaps(partition: Partition) -> bool:
    """Whether days may lie between two windows."""
    return isinstance(partition, Listed) or (isinstance(partition, Calendar) and bool(partition.left_out))


def engine_named(name: str) -> Callable[[Plan, Log], Engine]:
    """An engine; imported late, so that the one can be tried without the other."""
    module = import_module(f"promisekit.engine.{name}")
    made: Callable[[Plan, Log], Engine] = getattr(module, f"{name.capitalize()}Engine")
    return made


def tried(
    kind: str, batches: int, seed: int, engine: str = "reference", most: int = MOST, *, judged: bool = True
) -> Iterator[Tried]:
    """Random worlds of a kind, asked of an engine and of the definition."""
    rnd = random.Random(f"{kind} {seed}")
    for _ in range(batches):
        shared = setting(rnd)
        worlds = [generate(rnd, kind, number, shared) for number in range(WORLDS)]
        for world, said in zip(worlds, answers(worlds, engine_named(engine), judged=judged), strict=True):
            yield compared(world, said, most)


def answers(worlds: Sequence[TinyWorld], make: Callable[[Plan, Log], Engine], *, judged: bool = True) -> list[Said]:
    """What an engine measures in each of the worlds, and how it is judged (open, where it is not)."""
    together = batch(worlds)
    verdicts = [Verdict.OPEN] * len(worlds)
    with closing(make(together.plan, together.log)) as engine:
        checks = engine.observe(together.as_of).checks
        if judged:
            verdicts = [one.verdict for one in judge(together.plan, engine, together.as_of).commitments]
    named = [checks_in(one.id, one.node) for one in together.plan.commitments]
    return [
        Said(verdict, {name: checks[name].cells for name, _ in names})
        for verdict, names in zip(verdicts, named, strict=True)
    ]


def flipped(kind: str, batches: int, seed: int, engine: str = "reference") -> Iterator[str]:
    """Worlds replayed as of each day and of an hour of each, in which a verdict that was final is another one later, or
    in which what is measured in a window does not only get narrower."""
    rnd = random.Random(f"{kind} {seed} replayed")
    for _ in range(batches):
        shared = setting(rnd)
        worlds = [generate(rnd, kind, number, shared) for number in range(WORLDS)]
        together = batch(worlds)
        final: dict[str, Verdict] = {}
        cells: dict[str, tuple[Cell, ...]] = {}
        with closing(engine_named(engine)(together.plan, together.log)) as asked:
            for at in [(day, tick) for day in range(FIRST, LAST + 3) for tick in (rnd.randrange(TICKS), None)]:
                as_of = as_of_in(replace(worlds[0], as_of=at))
                known = Known(as_of, asked.observe(as_of).checks, ())
                for one in together.plan.commitments:
                    world, said = worlds[int(one.id[1:])], judge_node(one.id, one.node, known).verdict
                    if final.setdefault(one.id, said) is not said:
                        yield f"{final[one.id]}, but {said} as of {at}: {brief(world)}"
                    if said is Verdict.OPEN:
                        del final[one.id]
                    for name, _ in checks_in(one.id, one.node):
                        now = known.checks[name].cells
                        for before, after in zip(cells.get(name, now), now, strict=True):
                            if not narrows(before, after):
                                yield f"{_shown(before)}, but {_shown(after)} as of {at}: {brief(world)}"
                        cells[name] = now


def narrows(before: Cell, after: Cell) -> bool:
    """Whether what is measured in a window lies within what was measured before."""
    if before.whole is not None and before.missed is None and (before.whole.low == 0 or before.whole.high is None):
        return True  # where a newer value may come, what is known of the latest one says nothing yet
    pairs = [(before.count, after.count), (before.missed, after.missed), (before.whole, after.whole)]
    return all(_within(two, one) for one, two in pairs if one is not None and two is not None)


def _within(one: Bounds, other: Bounds) -> bool:
    return one.low >= other.low and (other.high is None or (one.high is not None and one.high <= other.high))


def compared(world: TinyWorld, said: Said, most: int = MOST) -> Tried:
    """Tries completions until enough is seen: all of them, or two that differ where nothing is claimed."""
    definition = Definition(world.node, world.base + DAYS - 1)
    completions = Completions(world, definition, most)
    found: set[Verdict] = set()
    faults: list[str] = []
    named = dict(checks_in(f"w{world.number}", world.node))
    if all(cell.count.high is None and not cell.count.low for cells in said.cells.values() for cell in cells):
        named = {}
    for completion in completions:
        found.add(definition.verdict(completion.rows, completion.chosen))
        if said.verdict is not Verdict.OPEN and found != {said.verdict}:
            faults.append(f"{said.verdict} though it may be {sorted(found)}: {brief(completion)}")
        for name, check in named.items():
            windows = definition.told(check, completion.rows, completion.chosen)
            where = zip(said.cells[name], windows, strict=True)
            wrong = [
                f"{name}[{at}] {_shown(cell)} excludes {one.value}"
                for at, (cell, one) in enumerate(where)
                if not _in(cell, one)
            ]
            faults += [f"{fault}: {brief(completion)}" for fault in wrong]
        if faults:
            break
    defined = found.pop() if len(found) == 1 else Verdict.OPEN
    return Tried(world, defined, completions.all_tried, said, tuple(faults))


def _shown(cell: Cell) -> str:
    return f"count {brief(cell.count)}, missed {brief(cell.missed)}, whole {brief(cell.whole)}"


def _in(cell: Cell, one: Told) -> bool:
    """Whether what a window shows lies within what the engine says of it."""
    value = one.value
    if cell.whole is None:
        return not isinstance(value, tuple) and value is not None and _between(cell.count, value)
    if isinstance(value, tuple):
        part, whole = value
        rest = cell.missed
        return (
            rest is not None
            and _between(cell.count, part)
            and _between(rest, whole - part)
            and _between(cell.whole, whole)
        )
    if value is None:
        return cell.whole.low == 0
    if value == UNTOLD:
        return cell.whole.low == 0 and cell.whole.high != 0
    # Where a newer value may come, what is known of the latest one says nothing yet.
    return cell.whole.high != 0 and (cell.whole.low == 0 or cell.whole.high is None or _between(cell.count, value))


def _between(bounds: Bounds, value: int | Fraction) -> bool:
    return bounds.low <= value and (bounds.high is None or value <= bounds.high)


def shape_of(node: Node) -> str:
    """What is measured of what, in words for counting."""
    return " ".join(dict.fromkeys(type(one).__name__ for one in walk(node) if type(one).__name__ in SHAPES))


SHAPES = {
    *("Count", "Distinct", "Sum", "Duration", "Gap", "Latest", "Ratio", "Quotient", "Semi", "KOfN", "When", "Assess"),
    *("SameRow", "SameDay", "Overlap", "InTime", "Hours", "Overlaps", "AtLeast", "ShareOf"),
}


def main() -> int:
    """Tries so many batches of every kind; 1 where an engine is wrong, or open where it must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--kind", choices=sorted(KINDS), action="append")
    parser.add_argument("--engine", choices=ENGINES, default="reference")
    arguments = parser.parse_args()
    wrong = 0
    for kind in arguments.kind or KINDS:
        begun, seen, stay_open = time.perf_counter(), Counter[str](), Counter[str]()
        for one in tried(kind, arguments.batches, arguments.seed, arguments.engine, arguments.most):
            seen[one.defined.value if one.all_tried else "only sampled"] += 1
            if one.faults:
                wrong += 1
                print("WRONG", one.told)
            if one.stays_open:
                stay_open[shape_of(one.world.node)] += 1
                if one.must_be_exact:
                    wrong += 1
                    print("NOT EXACT", one.told)
        counts = ", ".join(f"{number} {name}" for name, number in sorted(seen.items()))
        print(f"{kind}: {counts} ({time.perf_counter() - begun:.0f} s)", flush=True)
        for shape, number in stay_open.most_common():
            print(f"    {number} stay open: {shape}")
    print(f"{wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
