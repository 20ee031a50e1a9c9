"""Tiny worlds by the thousand: `python -m tests.properties.campaign --batches 100 --seed 1`.

Compares the verdicts of both engines with the definition, prints how often each kind was right, and counts the shapes
that stay open though the definition decides them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from promisekit.engine.base import Engine
from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.relational import RelationalEngine
from promisekit.log.model import Log
from promisekit.plan.nodes import Check, Plan
from promisekit.verdict.check import judge_check
from promisekit.verdict.model import Verdict
from tests.properties.generate import KINDS, batch, generate
from tests.properties.tiny import HALVES, PERIOD, Row, TinyWorld, by_definition

WORLDS = 40
"""In each batch: they share an as-of, and with it the price of asking an engine."""
AS_OFS = (-1, 0, 1, 2, 3, 3, 4, 5, 6, 6)


@dataclass(frozen=True)
class Tried:
    """One world: what the definition says (None: too many completions), and what each engine does."""

    kind: str
    world: TinyWorld
    defined: Verdict | None
    reference: Verdict
    relational: Verdict

    @property
    def is_wrong(self) -> bool:
        """Whether an engine says something final that the definition does not."""
        said = {self.reference, self.relational} - {Verdict.OPEN}
        return self.defined is not None and any(verdict is not self.defined for verdict in said)

    @property
    def stays_open(self) -> bool:
        """Whether the definition decides what an engine leaves open."""
        return self.defined not in (None, Verdict.OPEN) and Verdict.OPEN in (self.reference, self.relational)

    @property
    def features(self) -> frozenset[str]:
        """What may keep a world open that the definition decides."""
        world, shape = self.world, self.world.shape
        rows = (*world.left, *world.right)
        found = {
            "imprecise dates": any(row.first < row.last for row in rows),
            "doubtful rows": any(_is_doubtful(row, world) for row in rows),
            "unknown left rows": any(day not in world.left_covered or day > world.as_of for day in PERIOD),
            "no key": not shape.keyed,
            "just so much": shape.ratio and shape.low == shape.high != 1,
        }
        return frozenset(name for name, there in found.items() if there)

    @property
    def shape(self) -> str:
        """What is measured, with the features of the world."""
        measure = "share" if self.world.shape.ratio else "count"
        return ", ".join([measure, self.world.shape.how or "rows", *sorted(self.features)])


def _is_doubtful(row: Row, world: TinyWorld) -> bool:
    """A row that may be missing, or of which it is not known where it was or for how long."""
    ends = row.first * HALVES + row.half + (row.length or 0)
    endless = world.shape.how == "overlap" and (row.length is None or ends > (world.as_of + 1) * HALVES)
    return not row.certain or (row.mark is None and world.shape.keyed) or endless


def may_stay_open(one: Tried) -> bool:
    """Whether a world is of a shape whose bounds are sound and not always tight.

    - One doubtful or imprecise row may decide several others, which are counted as if each were free.
    - Of rows that nobody knows of it is asked whether they could have a partner: not whether they all would (which only
      pairs without a key can show), and for overlaps a day too far rather than too little.
    - That a share of so many rows cannot be just so much is not looked at.

    Everything else is exact: all counts of rows, and pairs of exact rows.
    """
    shape, features = one.world.shape, one.features
    if shape.how is None:
        return False
    if "unknown left rows" in features and (shape.how == "overlap" or not shape.keyed):
        return True
    return bool(features & {"imprecise dates", "doubtful rows", "just so much"})


def tried(kind: str, batches: int, seed: int) -> Iterator[Tried]:
    """Random worlds of a kind, asked of both engines and of the definition."""
    rnd = random.Random(f"{kind} {seed}")
    for _ in range(batches):
        as_of = rnd.choice(AS_OFS)
        worlds = [generate(rnd, kind, as_of) for _ in range(WORLDS)]
        reference, relational = (list(_verdicts(worlds, engine)) for engine in (ReferenceEngine, RelationalEngine))
        for world, mine, theirs in zip(worlds, reference, relational, strict=True):
            yield Tried(kind, world, by_definition(world), mine, theirs)


def _verdicts(worlds: Sequence[TinyWorld], make: Callable[[Plan, Log], Engine]) -> Iterator[Verdict]:
    together = batch(worlds)
    with closing(make(together.plan, together.log)) as engine:
        observed = engine.observe(together.as_of, frozenset(one.id for one in together.plan.commitments))
    for commitment in together.plan.commitments:
        if isinstance(commitment.node, Check):
            yield judge_check(commitment.node, observed.checks[commitment.id]).verdict


def main() -> int:
    """Tries so many batches of every kind; 1 where an engine is wrong, or open where it must not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong = 0
    for kind in KINDS:
        begun, seen, stay_open = time.perf_counter(), Counter[str](), Counter[str]()
        for one in tried(kind, arguments.batches, arguments.seed):
            seen["too many completions" if one.defined is None else one.defined.value] += 1
            if one.is_wrong:
                wrong += 1
                print("WRONG", one)
            if one.stays_open:
                stay_open[one.shape] += 1
                if not may_stay_open(one):
                    wrong += 1
                    print("NOT EXACT", one)
        told = ", ".join(f"{number} {name}" for name, number in sorted(seen.items()))
        print(f"{kind}: {told} ({time.perf_counter() - begun:.0f} s)")
        for shape, number in sorted(stay_open.items()):
            print(f"    {number} stay open: {shape}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
