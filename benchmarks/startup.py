"""How long a start takes, beside a bare Python: the commands in turn (A B C A B C …), medians of wall-clock time.

`python3 dev.py bench [--rounds 15]` runs it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path
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


def seconds(arguments: list[str]) -> float:
    """One run, its output thrown away; a run that fails ends the benchmark with its own message."""
    begun = perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - begun


def measure(rounds: int) -> dict[str, list[float]]:
    """`rounds` times of every command, interleaved so that a busy moment of the machine hits them all."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments, _ in COMMANDS.values():
        seconds(arguments)  # once unmeasured: bytecode is compiled, files are in the cache
    for _ in range(rounds):
        for name, (arguments, _) in COMMANDS.items():
            times[name].append(seconds(arguments))
    return times


def table(times: dict[str, list[float]]) -> str:
    """Markdown; the ratio is that of the medians."""
    medians = {name: statistics.median(runs) for name, runs in times.items()}
    bare = next(iter(medians.values()))
    lines = ["| command | median | fastest | × bare Python | bound |", "|---|--:|--:|--:|--:|"]
    for name, (_, bound) in COMMANDS.items():
        median, fastest = medians[name] * 1000, min(times[name]) * 1000
        limit = "" if bound is None else f"{bound:g}"
        lines.append(f"| {name} | {median:.0f} ms | {fastest:.0f} ms | {medians[name] / bare:.1f} | {limit} |")
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
