"""Many worlds certified and checked: `python -m tests.proof.certifying --cases 500 --seed 1`.

Prints how many certificates held, and how many numbers and rows were found again in them; ends at the first refusal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from promisekit.engine.base import Engine
from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.relational import RelationalEngine
from promisekit.proof.certificate import certificate, certificate_json
from promisekit.proof.checker.alone import check_certificate
from promisekit.proof.checker.tree import Report
from promisekit.windows import parse_as_of
from tests.differential.strategies import Described, worlds
from tests.proof.files import written


def checked(world: Described, *, both: bool = True) -> Iterator[Report]:
    """The certificates of a world, one for each as-of, checked; both engines must give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        plan, log, sources = written(world, Path(folder))
        logs = [path.read_bytes() for path in Path(folder).glob("*.csv")]
        engines: list[Engine] = [ReferenceEngine(plan, log), *([RelationalEngine(plan, log)] if both else [])]
        try:
            for as_of in (parse_as_of(text, plan.zone) for text in world["as_ofs"]):
                document, *others = [certificate(plan, log, sources, engine, as_of) for engine in engines]
                assert all(other == document for other in others)
                yield check_certificate(certificate_json(document).encode(), logs)
        finally:
            for engine in engines:
                engine.close()


def run(cases: int, start: int, *, both: bool) -> Counter[str]:
    """So many worlds from a seed: what was checked in all of them."""
    seen: Counter[str] = Counter()

    @seed(start)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds())
    def holds(world: Described) -> None:
        seen["worlds"] += 1
        for report in checked(world, both=both):
            seen["certificates"] += 1
            seen[f"verdict {report.verdict}"] += 1
            seen["figures"] += report.figures
            seen["rows"] += report.rows

    holds()
    return seen


def main() -> int:
    """Prints what was checked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--both", action="store_true", help="ask both engines")
    arguments = parser.parse_args()
    for what, number in sorted(run(arguments.cases, arguments.seed, both=arguments.both).items()):
        print(f"{number:8} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
