"""Witnesses for everything: `python -m tests.proof.witnessing --manual --worlds 300 --seed 1`.

For each commitment a log that keeps it and one that breaks it, or the reason why there is none, are asked for. What is
called out of reach and yet is witnessed is a fault; so is, in a promise, what is neither. `--manual`: every promise of
the manual, of the wordings and of `promises/`, its witnesses read from files by both engines. `--worlds`: the plans of
generated worlds, judged by both engines.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from msgspec.structs import replace

from promisekit.engine.relational import RelationalEngine
from promisekit.plan.checks import checks_of
from promisekit.plan.nodes import Commitment, Plan
from promisekit.plan.reach import reach_of
from promisekit.proof.judging import NAME, Court, court_for
from promisekit.proof.making import Maker
from promisekit.proof.rows import log_of
from promisekit.proof.search import Proof, Search
from promisekit.proof.witness import WANTED, workshop_for
from promisekit.verdict.tree import Known, judge_node
from promisekit.verdict.verdicts import Verdict
from tests.differential.strategies import worlds
from tests.differential.worlds import build
from tests.proof.promises import promises


@dataclass
class Tally:
    """What was asked, and what came out."""

    found: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    neither: list[str] = field(default_factory=list)

    def add(self, where: str, verdict: Verdict, *, witnessed: bool, barred: bool) -> None:
        """One verdict on one commitment."""
        told = f"{where}: {verdict.value}"
        if witnessed and barred:
            self.found["called out of reach, and witnessed"] += 1
            self.faults.append(told)
        elif witnessed:
            self.found[f"{verdict.value}: witnessed"] += 1
        elif barred:
            self.found[f"{verdict.value}: out of reach"] += 1
        else:
            self.found[f"{verdict.value}: neither"] += 1
            self.neither.append(told)


def of_promises(tally: Tally) -> None:
    """Every promise that is written down somewhere; witnesses from files, by both engines."""
    for where, loaded in promises():
        for shown in workshop_for(loaded).witnesses():
            for sought in (shown.kept, shown.broken):
                tally.add(
                    f"{where} {shown.commitment.id}",
                    sought.verdict,
                    witnessed=sought.witness is not None,
                    barred=sought.bar is not None,
                )


def of_world(world: Any, tally: Tally, *, both: bool) -> None:
    """The plan of a generated world: what is barred is searched for all the same."""
    plan = build(world).plan
    court = court_for(plan, ("a.csv",))
    for one in plan.commitments:
        reach = reach_of(one.node, plan.zone)
        for verdict, bar in zip(WANTED, (reach.kept, reach.broken), strict=True):
            proof = Search(court, Maker(plan.zone, court.sources)).find(one.node, verdict)
            if both and proof is not None and not _also_there(plan, one, proof, verdict, court):
                tally.faults.append(f"the engines disagree on {one.node}")
            tally.add(str(one.node), verdict, witnessed=proof is not None, barred=bar is not None)


def _also_there(plan: Plan, one: Commitment, proof: Proof, verdict: Verdict, court: Court) -> bool:
    """Whether the relational engine gives the same verdict."""
    alone = replace(plan, commitments=(replace(one, id=NAME),))
    engine = RelationalEngine(alone, log_of(proof.rows, court.sources, court.covered, plan.zone))
    seen = engine.observe(court.as_of, frozenset(checks_of(alone))).checks
    engine.close()
    return judge_node(NAME, one.node, Known(court.as_of, seen, proof.said)).verdict is verdict


def of_worlds(number: int, seeded: int, tally: Tally, *, both: bool) -> None:
    """So many generated worlds."""

    @seed(seeded)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(worlds())
    def look(world: Any) -> None:
        of_world(world, tally, both=both)

    look()


def main() -> int:
    """Looks for as many as are asked for; 1 where something is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manual", action="store_true")
    parser.add_argument("--worlds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    faults = 0
    for name, wanted in (("promises", arguments.manual), ("worlds", arguments.worlds)):
        if not wanted:
            continue
        tally, begun = Tally(), time.perf_counter()
        if name == "promises":
            of_promises(tally)
            tally.faults += tally.neither
        else:
            of_worlds(arguments.worlds, arguments.seed, tally, both=True)
        print(f"{name}: {time.perf_counter() - begun:.0f} s")
        for told, count in sorted(tally.found.items()):
            print(f"{count:9,} {told}")
        print(*tally.faults, sep="\n")
        faults += len(tally.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
