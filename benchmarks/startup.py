"""How long a start takes, beside a bare Python: the commands in turn (A B C A B C …), medians of time.

`python3 dev.py bench [--rounds 15]` runs it.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dev import KNOWN, LOG, PROMISE  # noqa: E402  (the demo's inputs, so that both speak of the same run)

EVALUATE = ["-m", "promisekit", "evaluate", PROMISE, LOG, *KNOWN, "--engine", "reference", "--fail-on", "never"]
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "`python -c pass`": (["-c", "pass"], None),
    "`import click, yaml, pydantic`": (["-c", "import click, yaml, pydantic"], None),
    "`promisekit validate` on the example": (["-m", "promisekit", "validate", PROMISE], 18),
    "`promisekit evaluate` on the example": (EVALUATE, 22),
}
"""What is run, and how many times the bare Python it may take."""


def run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor of one run, its output thrown away. Raises where the run fails."""
    quiet = subprocess.DEVNULL
    begun, used = perf_counter(), processor()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, check=True)
    return perf_counter() - begun, processor() - used


def processor() -> float:
    """Seconds of the processor that all runs have used so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def measure(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """`rounds` times of every command, interleaved so that a busy moment of the machine hits them all."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with TemporaryDirectory() as folder:
        # Whatever is installed has its bytecode kept beside it. Some environments forbid to write it; here it may be.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        for arguments, _ in COMMANDS.values():
            run(arguments, environment)  # once unmeasured: bytecode is written, files are in the cache
        for _ in range(rounds):
            for name, (arguments, _) in COMMANDS.items():
                times[name].append(run(arguments, environment))
    return times


def table(times: dict[str, list[tuple[float, float]]]) -> str:
    """Markdown; every ratio is that of the medians."""
    medians = {name: [statistics.median(kind) for kind in zip(*runs, strict=True)] for name, runs in times.items()}
    bare = next(iter(medians.values()))
    lines = ["| command | clock | fastest | × bare | processor | × bare | bound |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, (_, bound) in COMMANDS.items():
        (clock, used), fastest = medians[name], min(clock for clock, _ in times[name])
        cells = f"{clock * 1000:.0f} ms | {fastest * 1000:.0f} ms | {clock / bare[0]:.1f}"
        cells += f" | {used * 1000:.0f} ms | {used / bare[1]:.1f}"
        lines.append(f"| {name} | {cells} | {'' if bound is None else f'{bound:g}'} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long a start takes, beside a bare Python.")
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run (15)")
    rounds = parser.parse_args().rounds
    print(table(measure(rounds)))
    print(f"\n{rounds} rounds, Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
