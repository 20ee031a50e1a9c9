"""A long comparison of the engines: `python -m tests.differential.campaign --cases 5000 --seed 1`.

Prints how many worlds, commitments and cells were compared, and of what kinds; keeps the smallest world that differs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from promisekit.engine.observations import Observation
from promisekit.engine.reference import ReferenceEngine
from promisekit.plan.checks import checks_of, counted_in, relation_of
from promisekit.plan.nodes import Check, Semi
from promisekit.verdict.check import judge_check
from tests.differential.comparing import differences
from tests.differential.strategies import Described, worlds
from tests.differential.tied import tied
from tests.differential.worlds import World, build

CORPUS = Path(__file__).parent / "corpus"


def main() -> int:
    """Compares as many worlds as are asked for; 1 where some differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tied", action="store_true", help="only worlds whose selectors name what pairs compare")
    arguments = parser.parse_args()
    seen: Counter[str] = Counter()
    failing: list[tuple[Described, list[str]]] = []

    every = st.integers(0, 2**32).map(lambda number: tied(random.Random(number))) if arguments.tied else worlds()

    @seed(arguments.seed)
    @settings(max_examples=arguments.cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(every)
    def compare(world: Described) -> None:
        found = differences(world)
        if found:
            failing.append((world, found))
            raise AssertionError
        _count(build(world), seen)

    begun = time.perf_counter()
    try:
        compare()
    except AssertionError:
        world, found = failing[-1]  # Hypothesis tries the smallest one last
        print(*found, sep="\n")
        print("kept in", _keep(world, found[0]))
    print(f"seed {arguments.seed}: {time.perf_counter() - begun:.0f} s")
    for name, number in sorted(seen.items()):
        print(f"{number:9,} {name}")
    return 1 if failing else 0


def _count(world: World, seen: Counter[str]) -> None:
    """What there was to compare: counted so that a strategy that has gone blind shows."""
    seen["worlds"] += 1
    seen["events"] += len(world.log.events)
    engine = ReferenceEngine(world.plan, world.log)
    for as_of in world.as_ofs:
        seen["as-ofs"] += 1
        observed = engine.observe(as_of)
        for name, check in checks_of(world.plan).items():
            _count_check(check, observed.checks[name], seen)
        for commitment in world.plan.commitments:
            if not isinstance(commitment.node, Check):
                seen[f"commitments that are {type(commitment.node).__name__}"] += 1


def _count_check(check: Check, observation: Observation, seen: Counter[str]) -> None:
    relation = relation_of(check)
    ways = sorted({type(way).__name__ for way in relation.on}) if isinstance(relation, Semi) else []
    seen[" ".join(["checks of kind", type(check.measure).__name__, *ways])] += 1
    seen[f"checks in windows of sort {type(check.partition).__name__}"] += 1
    seen[f"checks that need {type(check.need).__name__}"] += 1
    seen["checks of shifted days"] += counted_in(check).day_begins > 0
    seen[f"checks that are {judge_check(check, observation).verdict}"] += 1
    seen["cells"] += len(observation.cells)
    for row in observation.counted:
        seen[f"rows {row.outcome}"] += 1
        seen["partners"] += row.partner is not None
    for miss in observation.near_misses:
        seen[f"near misses that fail {miss.failed}"] += 1
    seen["late partners"] += observation.late_total
    seen["groups of floating rows"] += len(observation.floating)


def _keep(world: Described, why: str) -> Path:
    number = len(list(CORPUS.glob("*.json"))) + 1
    path = CORPUS / f"{number:03}.json"
    path.write_text(json.dumps({"why": why, "world": world}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
