#!/usr/bin/env python3
"""Runs an engine on the conformance corpus and prints where its results differ. README.md tells the format.

    python3 conformance/run.py                                   # promisekit, all topics
    python3 conformance/run.py --command 'mine {promise} {logs} {covers} {assessments} --as-of {as_of}' deadlines.json

Exit code 0: the engine agrees with every case. 1: it does not. 2: there was nothing to run.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

TOPICS = Path(__file__).resolve().parent / "cases"
COMMAND = "promisekit evaluate {promise} {logs} {covers} {assessments} --as-of {as_of} --format json"


def questions(topics: Iterable[Path]) -> Iterator[tuple[str, dict, str, list[dict]]]:
    """Every world as of every day that is asked about: its name, the world, the day, and the cases that ask."""
    for path in topics:
        for world in json.loads(path.read_text(encoding="utf-8"))["worlds"]:
            days: dict[str, list[dict]] = {}
            for case in world["cases"]:
                days.setdefault(case.get("as_of", world.get("as_of")), []).append(case)
            yield from ((f"{path.stem}/{world['id']}", world, day, cases) for day, cases in days.items())


def write(world: dict, folder: Path) -> dict[str, list[str]]:
    """Puts a world into a folder. Returns the words that each placeholder of a command stands for."""
    (folder / "promise.yaml").write_text(json.dumps(world["promise"], ensure_ascii=False), encoding="utf-8")
    (folder / "said.yaml").write_text(json.dumps(world.get("assessments")), encoding="utf-8")
    logs = {f"{name}.csv": lines for name, lines in world["logs"].items()}
    for name, lines in {**logs, **world.get("files", {})}.items():
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return {
        "promise": [str(folder / "promise.yaml")],
        "logs": [f"{name}={folder / name}.csv" for name in world["logs"]],
        "covers": [word for span in world.get("covers", []) for word in ("--covers", span)],
        "assessments": ["--assessments", str(folder / "said.yaml")] if "assessments" in world else [],
    }


def difference(expected: object, found: object, where: str = "") -> str | None:
    """The first place where a result is not as expected; None where it agrees in all that is expected."""
    if isinstance(expected, dict) and isinstance(found, list):  # by row, first day or id, only those that are named
        found = {str(next(one[key] for key in ("row", "start", "id") if key in one)): one for one in reversed(found)}
    if isinstance(expected, dict) and isinstance(found, dict):
        pairs = [(f"{where}.{key}", expected[key], found.get(key, "nothing")) for key in expected]
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        both = zip(ordered(expected), ordered(found), strict=True)
        pairs = [(f"{where}[{place}]", *pair) for place, pair in enumerate(both)]
    elif isinstance(expected, int | float) and isinstance(found, int | float) and type(expected) is not bool:
        return None if abs(expected - found) < 1e-6 else f"{where}: expected {expected}, found {found}"
    else:
        return None if expected == found else f"{where}: expected {json.dumps(expected)}, found {json.dumps(found)}"
    return next(filter(None, (difference(ours, theirs, place.lstrip(".")) for place, ours, theirs in pairs)), None)


def ordered(values: list) -> list:
    """Reasons by name, rows as they stand in the logs: in which order they are told is no part of the meaning."""
    if all(isinstance(one, dict) and "row" in one for one in values):
        return sorted(values, key=lambda one: (one.get("source", ""), one["row"]))
    return sorted(values) if all(isinstance(one, str) for one in values) else values


def disagreement(case: dict, result: dict) -> str | None:
    """Where a result is not as a case expects it, in the commitments that it names or in the promise as a whole."""
    found = {**result, **by_path(result.get("commitments", []))}
    return difference({**case.get("whole", {}), **case.get("expect", {})}, found)


def by_path(commitments: list[dict], above: str = "") -> dict[str, dict]:
    """Commitments by their id, and parts by `id/part`, at every depth."""
    found = {}
    for one in commitments:
        found |= {above + one["id"]: one, **by_path(one["parts"], f"{above}{one['id']}/")}
    return found


def main() -> int:
    """Runs the command on every question and prints a line for each case that it does not agree with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default=COMMAND, help=f"the engine (default: {COMMAND})")
    parser.add_argument("topics", nargs="*", type=Path, help="files of cases (default: all)")
    asked = parser.parse_args()
    total = failed = 0
    for name, world, day, cases in questions(asked.topics or sorted(TOPICS.glob("*.json"))):
        with tempfile.TemporaryDirectory() as folder:
            words = {**write(world, Path(folder)), "as_of": [day]}
            command = [part for word in shlex.split(asked.command) for part in words.get(word.strip("{}"), [word])]
            run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        for case in cases:
            try:
                wrong = disagreement(case, json.loads(run.stdout))
            except ValueError:
                wrong = f"no result (exit code {run.returncode}): {(run.stderr or run.stdout).strip()[:300]}"
            if wrong:
                print(f"{name}/{case['id']}: {wrong}\n    {case['about']}")
            total, failed = total + 1, failed + bool(wrong)
    print(f"{total - failed} of {total} cases agree", file=sys.stderr)
    return 2 if not total else 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
