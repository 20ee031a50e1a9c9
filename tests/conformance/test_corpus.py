"""The conformance corpus: both engines agree with it, and no expectation in it is idle."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import promisekit as pk
from conformance import run

ROOT = Path(__file__).resolve().parents[2]
TOPICS = sorted(run.TOPICS.glob("*.json"))
RUN = [sys.executable, str(ROOT / "conformance" / "run.py")]
OURS = f"{sys.executable} -m {run.COMMAND}"
EVERY = 8
"""The relational engine takes a third of a second for a world: one of so many here, all of them with run.py."""


def asked(topics: list[Path]) -> list[tuple[str, dict, str, list[dict]]]:
    return list(run.questions(topics))


def answer(world: dict, day: str, engine: str, folder: Path) -> dict:
    """The result on a world, by one of our engines in this process."""
    words = run.write(world, folder)
    evaluation = pk.evaluate(
        words["promise"][0],
        words["logs"],
        as_of=day,
        covers=words["covers"][1::2],
        assessments=next(iter(words["assessments"][1:]), None),
        engine=engine,
    )
    return pk.result_document(evaluation, "en")


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.stem)
def test_the_reference_engine_agrees_and_no_expectation_is_idle(topic: Path, tmp_path: Path) -> None:
    for name, world, day, cases in asked([topic]):
        result = answer(world, day, "reference", tmp_path)
        assert [(name, case["id"], wrong) for case in cases if (wrong := run.disagreement(case, result))] == []
        for case in cases:
            idle = [where for where, altered in alterations(case) if run.disagreement(altered, result) is None]
            assert (name, case["id"], idle) == (name, case["id"], [])


@pytest.mark.parametrize(("name", "world", "day", "cases"), asked(TOPICS)[::EVERY])
def test_the_relational_engine_agrees(name: str, world: dict, day: str, cases: list[dict], tmp_path: Path) -> None:
    result = answer(world, day, "duckdb", tmp_path)
    assert [(case["id"], wrong) for case in cases if (wrong := run.disagreement(case, result))] == []


def alterations(case: dict) -> Iterator[tuple[str, dict]]:
    """The case with each of its expected values altered in turn, and with each of its lists made longer."""
    for path in places({key: case[key] for key in ("whole", "expect") if key in case}):
        altered = copy.deepcopy(case)
        inside = altered
        for step in path[:-1]:
            inside = inside[step]
        value = inside[path[-1]]
        inside[path[-1]] = [*value, "more"] if isinstance(value, list) else other(value)
        yield ".".join(map(str, path)), altered


def places(value: object, path: tuple = ()) -> Iterator[tuple]:
    """Where the values and the lists are."""
    if not isinstance(value, dict):
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def other(value: object) -> object:
    """Another value than this one, of the same sort."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"not {value}"


def test_there_are_cases_enough_and_each_says_what_is_at_stake() -> None:
    cases = [(name, case) for name, _, _, cases in asked(TOPICS) for case in cases]
    assert len(cases) >= 300
    assert len({(name, case["id"]) for name, case in cases}) == len(cases)
    assert [(name, case["id"]) for name, case in cases if not case["about"].strip(" :")] == []
    assert [(name, case["id"]) for name, case in cases if not (case.get("expect") or case.get("whole"))] == []


def test_worlds_have_names_of_their_own_and_only_known_keys() -> None:
    page = (ROOT / "conformance" / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)`(?:, `(\w+)`)? \|", page, re.M)
    known = {key for keys in told for key in keys}
    for topic in TOPICS:
        worlds = json.loads(topic.read_text(encoding="utf-8"))["worlds"]
        assert len({world["id"] for world in worlds}) == len(worlds)
        assert {key for world in worlds for part in (world, *world["cases"]) for key in part} <= known


def test_the_table_of_topics_is_right() -> None:
    page = (ROOT / "docs" / "proof.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.M))
    assert told == {topic.stem: str(sum(len(cases) for *_, cases in asked([topic]))) for topic in TOPICS}


def few(folder: Path) -> tuple[Path, dict]:
    """A topic of a few worlds that use every placeholder, in a file of its own."""
    chosen = [("people", "window-waived"), ("coverage", "sources"), ("parts", "register"), ("period", "zones")]
    worlds = [
        world
        for topic, name in chosen
        for world in json.loads((run.TOPICS / f"{topic}.json").read_text(encoding="utf-8"))["worlds"]
        if world["id"] == name
    ]
    assert len(worlds) == len(chosen)
    return folder / "few.json", {"topic": "few", "about": "A few.", "worlds": worlds}


def command(topic: Path) -> subprocess.CompletedProcess[str]:
    words = [*RUN, "--command", OURS, str(topic)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_runner_runs_a_command_and_agrees(tmp_path: Path) -> None:
    path, topic = few(tmp_path)
    path.write_text(json.dumps(topic), encoding="utf-8")
    done = command(path)
    total = sum(len(world["cases"]) for world in topic["worlds"])
    assert (done.stdout, done.stderr, done.returncode) == ("", f"{total} of {total} cases agree\n", 0)


def test_the_runner_refuses_what_is_not_so(tmp_path: Path) -> None:
    path, topic = few(tmp_path)
    topic["worlds"] = topic["worlds"][:1]
    case = topic["worlds"][0]["cases"][0]
    case["expect"]["walks"]["windows"][1]["low"] = 1
    path.write_text(json.dumps(topic), encoding="utf-8")
    done = command(path)
    assert done.stdout.splitlines() == [
        "few/window-waived/april: walks.windows[1].low: expected 1, found 0",
        f"    {case['about']}",
    ]
    assert (done.stderr, done.returncode) == ("1 of 2 cases agree\n", 1)


def test_an_engine_without_a_result_and_a_run_without_cases_do_not_pass(tmp_path: Path) -> None:
    path, topic = few(tmp_path)
    topic["worlds"] = topic["worlds"][-1:]
    path.write_text(json.dumps(topic), encoding="utf-8")
    silent = subprocess.run([*RUN, "--command", f"{sys.executable} -c 0", str(path)], capture_output=True, check=False)
    assert (silent.returncode, b"no result (exit code 0)" in silent.stdout) == (1, True)
    path.write_text(json.dumps({**topic, "worlds": []}), encoding="utf-8")
    assert command(path).returncode == 2
