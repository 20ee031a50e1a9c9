"""Whatever is written under `tests:`, there is a clear answer: what is wrong has its place, and what is not runs."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.proof.testing.run import Outcome, run_all
from promisekit.proof.testing.told import failure_text
from promisekit.spec import load_with_tests
from promisekit.spec.yaml_text import parse_yaml
from tests.architecture.house import ROOT

BUNDLED = (ROOT / "promises" / "2022-03.yaml").read_text(encoding="utf-8")
HEAD = BUNDLED[: BUNDLED.index("\ntests:")].replace("document: medborgarlofte-2022-03.md\n", "")
TESTS = parse_yaml(BUNDLED, "bundled").data["tests"]  # type: ignore[index]
SLIPS = [
    None, "", [], {}, 0, -1, 3, 2.5, True, "x", "2022-03-01", "2022-13-01", "kept", ["a"], {"a": 1}, {"": 1},
    "a;b\nc;d\n", 'Start;Aktivitet\n"2022;x\n', [[1]], [{"Start": None}], [{}], {"polisen": "x"}, {"row": 1},
    "unbounded", 10**20, "å" * 300,
]  # fmt: skip
KEYS = [
    "count",
    "low",
    "high",
    "windows",
    "members",
    "parts",
    "cases",
    "remaining",
    "near_misses",
    "of",
    "degree",
    "log",
]


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every place in plain data, but the whole."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


def mutated(chance: random.Random) -> list[object]:
    """Two of the bundled promise's tests, with a slip or two."""
    tests = copy.deepcopy(chance.sample(TESTS, 2))
    for _ in range(chance.choice([1, 1, 2])):
        *way, last = chance.choice(list(places(tests)))
        holder = tests
        for step in way:
            holder = holder[step]
        match chance.choice(["value", "value", "key", "gone"]):
            case "key" if isinstance(holder, dict):
                holder[chance.choice(KEYS)] = holder.pop(last)
            case "gone":
                del holder[last]
            case _:
                holder[last] = copy.deepcopy(chance.choice(SLIPS))
    return tests


def became(seed: int, folder: Path) -> tuple[tuple[Diagnostic, ...], list[Outcome]]:
    """What is wrong with mutated tests, or what became of them."""
    path = folder / "p.yaml"
    # JSON is YAML.
    tests = json.dumps(mutated(random.Random(seed)), ensure_ascii=False, default=float)
    path.write_text(f"{HEAD}\ntests: {tests}\n", encoding="utf-8")
    try:
        return (), list(run_all(load_with_tests(path), ("reference",)))
    except Invalid as invalid:
        return invalid.diagnostics, []


def test_a_slip_in_a_test_is_told_or_does_no_harm(tmp_path: Path) -> None:
    refused = ran = 0
    for seed in range(60):
        found, outcomes = became(seed, tmp_path)
        assert found or outcomes, seed
        assert [one.code for one in found if one.place is None] == []
        assert [one.test.test.name for one in outcomes if not (one.passed or failure_text(one, "sv"))] == []
        refused, ran = refused + bool(found), ran + bool(outcomes)
    assert refused >= 20
    assert ran >= 5
