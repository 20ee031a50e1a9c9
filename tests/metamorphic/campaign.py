"""Metamorphic laws by the ten thousand: `python -m tests.metamorphic.campaign --cases 10000 --seed 1 --jobs 2`.

A case is one commitment before and after a change. Prints for every law how many were compared and how fast, and the
first faults of those that do not hold.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from promisekit.pipeline import EngineName
from tests.metamorphic import documents, of_documents, of_measures
from tests.metamorphic.laws import Told
from tests.properties.campaign import ENGINES, engine_named

LAWS = (*(f"measure.{name}" for name in of_measures.law), *(f"document.{name}" for name in of_documents.law))
AS_ASKED: dict[str, EngineName] = {"reference": "reference", "relational": "duckdb"}
SHOWN = 3
"""So many faults of a law are printed."""


def one(law: str, seed: str, engine: str = "reference") -> Told:
    """One random case of a law."""
    rnd = random.Random(seed)
    family, name = law.split(".")
    if family == "measure":
        return of_measures.law.tell(name, rnd, of_measures.asked(rnd, engine_named(engine)))
    return of_documents.law.tell(name, rnd, documents.drawn(rnd, AS_ASKED[engine]))


def tried(law: str, cases: int, seed: int, engine: str = "reference") -> tuple[int, list[str], float]:
    """So many cases of a law: how many it were, what is wrong, and the seconds it took."""
    begun, compared, faults, turn = time.perf_counter(), 0, [], 0
    while compared < cases and turn < cases:
        asked = f"{law} {seed} {turn}"
        told = one(law, asked, engine)
        compared, turn = compared + told.compared, turn + 1
        faults += [f"{asked}: {fault}" for fault in told.faults]
    return compared, faults, time.perf_counter() - begun


def main() -> int:
    """Tries the laws; 1 where one of them does not hold, or had nothing to compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="so many of each law")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relation", choices=LAWS, action="append", help="only this law")
    parser.add_argument("--engine", choices=ENGINES, default="reference")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    arguments = parser.parse_args()
    laws = arguments.relation or LAWS
    wrong = 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        told: Iterable[tuple[int, list[str], float]] = pool.map(
            tried, laws, *([value] * len(laws) for value in (arguments.cases, arguments.seed, arguments.engine))
        )
        for law, (compared, faults, seconds) in zip(laws, told, strict=True):
            print(f"{compared:8,} cases, {len(faults)} wrong, {compared / seconds:6,.0f} a second: {law}", flush=True)
            print(*faults[:SHOWN], sep="\n") if faults else None
            wrong += bool(faults) or not compared
    print(f"{len(laws)} laws, {wrong} do not hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
