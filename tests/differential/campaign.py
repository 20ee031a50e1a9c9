"""A long comparison of the engines: `python -m tests.differential.campaign --cases 200000 --per-kind 10000 --jobs 2`.

A case is one commitment under one log with its coverage, as of one day. Prints how many cases there were of every kind
of commitment and of what; each world that differs is made as small as can be and kept in the corpus, which the tests
compare from then on.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from promisekit.engine.observations import Observation
from promisekit.engine.reference import ReferenceEngine
from promisekit.plan.checks import checks_of, counted_in, relation_of
from promisekit.plan.nodes import Check, Semi
from promisekit.verdict.check import judge_check
from tests.differential.comparing import differences
from tests.differential.kinds import kinds_of
from tests.differential.pooled import pooled
from tests.differential.smallest import smallest
from tests.differential.strategies import Described, worlds
from tests.differential.tied import tied
from tests.differential.worlds import World, build

CORPUS = Path(__file__).parent / "corpus"
ROUND = 40
"""So many worlds are drawn at once, and put together."""
CASE = "cases of kind"
Round = tuple[Counter[str], list[tuple[Described, str]]]
"""What was compared, and the worlds that differ, each with the first difference."""


def compared(
    number: str, *, only_tied: bool, kinds: frozenset[str] = frozenset(), worlds_in_round: int = ROUND
) -> Round:
    """One round; worlds that differ are made small. With `kinds`, of commitments of these kinds."""
    seen: Counter[str] = Counter()
    failing = []
    for world in drawn(number, worlds_in_round, only_tied=only_tied):
        world = of_kinds(world, kinds) if kinds else world
        if not world["commitments"]:
            continue
        if differences(world):
            world = smallest(world, lambda smaller: bool(differences(smaller)))
            failing.append((world, differences(world)[0]))
        _count(build(world), seen)
    return seen, failing


def drawn(number: str, worlds_in_round: int, *, only_tied: bool) -> Iterator[Described]:
    """The worlds of a round."""
    if only_tied:
        rnd = random.Random(number)
        yield from pooled([tied(rnd) for _ in range(worlds_in_round)])
        return
    found: list[Described] = []

    @seed(number)
    @settings(
        max_examples=worlds_in_round,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        found.append(data.draw(worlds()))

    draw()
    yield from pooled(found)


def of_kinds(world: Described, kinds: frozenset[str]) -> Described:
    """The world with those of its commitments that are of these kinds."""
    both = zip(world["commitments"], build(world).plan.commitments, strict=True)
    return {**world, "commitments": [written for written, one in both if kinds_of(one.node) & kinds]}


def main() -> int:
    """Compares as many cases as are asked for; 1 where some differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="so many at least")
    parser.add_argument("--per-kind", type=int, default=0, help="and so many of every kind of commitment")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--tied", action="store_true", help="only worlds whose selectors name what pairs compare")
    arguments = parser.parse_args()
    begun, seen, kept = time.perf_counter(), Counter[str](), 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        running: set[Future[Round]] = set()
        turn = 0
        while (lacking := lacks(seen, arguments.cases, arguments.per_kind)) is not None or running:
            while len(running) < arguments.jobs and lacking is not None:
                asked = f"{arguments.seed} {turn}"
                running.add(pool.submit(compared, asked, only_tied=arguments.tied, kinds=lacking))
                turn += 1
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for counts, failing in (one.result() for one in done):
                seen += counts
                kept += len(failing)
                for world, why in failing:
                    print(why, "kept in", keep(world, why), sep="\n", flush=True)
                print(f"{seen['cases']:,} cases after {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    print(f"seed {arguments.seed}: {seen['cases']:,} cases, {kept} worlds differ, {time.perf_counter() - begun:.0f} s")
    for name, number in sorted(seen.items()):
        print(f"{number:9,} {name}")
    return 1 if kept else 0


def lacks(seen: Counter[str], cases: int, per_kind: int) -> frozenset[str] | None:
    """The kinds of which there are too few cases yet: none by name while there are too few of all, None at the end."""
    if seen["cases"] < cases or not seen["cases"]:
        return frozenset()
    kinds = {name.removeprefix(CASE).strip() for name in seen if name.startswith(CASE)}
    return frozenset(kind for kind in kinds if seen[f"{CASE} {kind}"] < per_kind) or None


def _count(world: World, seen: Counter[str]) -> None:
    """What there was to compare: counted so that a strategy that has gone blind shows."""
    seen["worlds"] += 1
    seen["events"] += len(world.log.events)
    engine = ReferenceEngine(world.plan, world.log)
    checks = checks_of(world.plan)
    for as_of in world.as_ofs:
        seen["as-ofs"] += 1
        observed = engine.observe(as_of)
        for name, check in checks.items():
            _count_check(check, observed.checks[name], seen)
        for commitment in world.plan.commitments:
            seen["cases"] += 1
            seen.update(f"{CASE} {kind}" for kind in kinds_of(commitment.node))


def _count_check(check: Check, observation: Observation, seen: Counter[str]) -> None:
    relation = relation_of(check)
    ways = sorted({type(way).__name__ for way in relation.on}) if isinstance(relation, Semi) else []
    seen[" ".join(["checks that measure", type(check.measure).__name__, *ways])] += 1
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


def keep(world: Described, why: str, folder: Path = CORPUS) -> Path:
    """Puts a world into the corpus, named by what differs."""
    name = re.sub(r"[^a-z0-9]+", "-", why.lower())[:60].strip("-")
    number = len(list(folder.glob("*.json"))) + 1
    path = folder / f"{number:03}-{name}.json"
    path.write_text(json.dumps({"why": why, "world": world}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
