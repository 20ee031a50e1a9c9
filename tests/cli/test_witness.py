"""`promisekit witness`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.runs import PROMISE, SMALL, ask, written

SEVERAL = """\
format: 1
id: several
title: Several sources
language: en
period: {start: 2022-03-01, end: 2022-05-31}
parties: {us: {name: Us}}
log:
  city: {columns: {id: Id, start: {column: Begun}, end: Over, activity: What, place: Where, who: {column: With,
         type: list, split: "+"}, status: State}, status: {held: [Done]}}
  police: {columns: {start: Start, end: End, activity: Act, place: Place, who: {column: Who, type: list}}}
activities:
  walk: {activity: Night walk, sources: [city], who: {all: [Residents, Officers]}}
  patrol: {activity: patrol, sources: [police]}
commitments:
  - {id: together, kind: co_presence, what: walk, with: patrol, match: overlap, min_overlap: 30 minutes, every: month,
     at_least: 1}
  - {id: judged, kind: qualitative, criteria: [it is well], assessed_by: [us]}
"""


def test_each_commitment_has_what_keeps_and_what_breaks_it() -> None:
    done = ask("witness", PROMISE)
    assert done.code == 0
    assert done.out.count("  hålls av: ") == done.out.count("  bryts av: ") == 8
    assert "narkotika: " in done.out
    assert "3 rader, varav ingen kan utelämnas" in done.out
    assert "bryts av: en logg utan rader" in done.out


def test_of_one_commitment_alone_in_the_language_asked_for() -> None:
    done = ask("witness", PROMISE, "orosanmalningar", "--lang", "en")
    assert done.code == 0
    assert done.out.startswith("orosanmalningar: ")
    assert "kept by: 2 rows" in done.out
    assert "broken by: 1 row" in done.out
    assert "narkotika" not in done.out


def test_the_commands_that_it_prints_give_the_verdicts(tmp_path: Path) -> None:
    promise = written(tmp_path, several_yaml=SEVERAL) / "several.yaml"
    folder = tmp_path / "made here"
    done = ask("witness", promise, "-o", folder)
    assert done.code == 0
    commands = [shlex.split(line) for line in done.out.splitlines() if line.startswith("promisekit ")]
    assert len(commands) == 4
    for command, (name, verdict) in zip(
        commands, [(name, verdict) for name in ("together", "judged") for verdict in ("kept", "broken")], strict=True
    ):
        for engine in ("reference", "duckdb"):
            answer = ask(*command[1:], "--format", "json", "--engine", engine)
            found = {one["id"]: one["verdict"] for one in answer.json()["commitments"]}
            assert found[name] == verdict
    assert sorted(path.name for path in folder.iterdir()) == [
        "judged.broken.assessments.yaml",
        "judged.broken.city.csv",
        "judged.broken.police.csv",
        "judged.kept.assessments.yaml",
        "judged.kept.city.csv",
        "judged.kept.police.csv",
        "together.broken.city.csv",
        "together.broken.police.csv",
        "together.kept.city.csv",
        "together.kept.police.csv",
    ]
    lines = (folder / "together.kept.city.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Id;Begun;Over;What;Where;With;State"
    assert lines[1].split(";")[3:] == ["Night walk", "exempel", "Officers+Residents", "done"]
    assert len(lines) == 4


def test_what_is_out_of_reach_is_told_with_its_reason_and_answers_1(tmp_path: Path) -> None:
    text = SMALL.replace("at_least: 2", "at_least: 93, unit: day")
    done = ask("witness", written(tmp_path, p_yaml=text) / "p.yaml")
    assert done.code == 1
    assert "cannot be kept: 93 days cannot be reached" in done.out
    assert "hint: lower the number, or choose longer windows" in done.out
    assert "broken by: a log without rows" in done.out


def test_as_json_with_every_row() -> None:
    done = ask("witness", PROMISE, "mpk", "--format", "json")
    document = done.json()
    assert document["format"] == "promisekit/witnesses/1"
    assert document["covers"] == f"2022-03-01/{document['as_of']}"
    (one,) = document["commitments"]
    assert one["kept"]["smallest"] is True
    assert len(one["kept"]["sources"]["log"]) == 6
    assert one["broken"]["sources"] == {"log": []}
    assert json.loads(done.out) == ask("witness", PROMISE, "mpk", "--format", "json").json()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((PROMISE, "nakotika"), 2, "[commitment.unknown]"),
        ((PROMISE.with_name("none.yaml"),), 3, "[file.missing]"),
        ((PROMISE, "mpk", "-o", PROMISE), 2, "[output.not-written]"),
    ],
)
def test_what_cannot_be_asked(arguments: tuple[str | Path, ...], code: int, said: str) -> None:
    done = ask("witness", *arguments)
    assert done.code == code
    assert said in done.err


def test_nothing_that_is_read_is_written_over(tmp_path: Path) -> None:
    text = SMALL.replace("activities:", "document: visits.kept.csv\nactivities:")
    folder = written(tmp_path, p_yaml=text)
    (folder / "visits.kept.csv").write_text("what was decided", encoding="utf-8")
    done = ask("witness", folder / "p.yaml", "-o", folder)
    assert (done.code, (folder / "visits.kept.csv").read_text(encoding="utf-8")) == (2, "what was decided")
    assert "[output.is-input]" in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["p.yaml", "visits.kept.csv"]
