"""`promisekit validate`, `kinds` and `schema`: what they print and how they exit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from promisekit.cli.main import promisekit
from promisekit.kinds import kind_names
from promisekit.spec.schema import FILE
from tests.cli.runs import program

GOOD = """\
format: 1
id: p
title: t
period: {start: 2022-03-01, end: 2022-05-31}
log: {columns: {start: Start}}
activities: {a: {}}
commitments: [{id: c, kind: count, what: a, at_least: 1}]
"""


def ask(*arguments: str) -> Result:
    result = CliRunner().invoke(promisekit, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_good_promise(folder: Path) -> None:
    (folder / "p.yaml").write_text(GOOD, encoding="utf-8")
    result = ask("validate", "p.yaml")
    assert result.exit_code == 0
    assert result.stdout.count("råd:") == 3
    assert result.stderr == "1 löfte kontrollerat, 0 med fel: 0 fel, 0 varningar, 3 råd\n"


def test_a_broken_promise_in_both_languages(folder: Path) -> None:
    (folder / "p.yaml").write_text(GOOD.replace("what: a", "what: b"), encoding="utf-8")
    swedish, english = ask("validate", "p.yaml"), ask("validate", "p.yaml", "--lang", "en")
    assert swedish.exit_code == english.exit_code == 3
    assert "p.yaml:7:42: [activity.unknown] det finns ingen aktivitet `b`" in swedish.stdout
    assert "p.yaml:7:42: [activity.unknown] there is no activity `b`" in english.stdout
    assert english.stderr == "1 promise checked, 1 with errors: 1 error, 0 warnings, 3 pieces of advice\n"


def test_every_file_is_checked_and_all_findings_are_one_document(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.replace("at_least", "at_lest"), encoding="utf-8")
    (folder / "b.yaml").write_text("", encoding="utf-8")
    (folder / "b.assessments.yaml").write_text("nonsense", encoding="utf-8")
    result = ask("validate", ".", "nix.yaml", "--format", "json")
    assert result.exit_code == 3
    document = json.loads(result.stdout)
    assert document["format"] == "promisekit/diagnostics/1"
    errors = [(one["file"], one["code"]) for one in document["diagnostics"] if one["severity"] == "error"]
    assert errors == [("a.yaml", "spec.unknown-key"), ("b.yaml", "spec.no-promise"), ("nix.yaml", "file.missing")]
    assert set(document["diagnostics"][0]) == {
        "code", "severity", "file", "line", "column", "end_line", "end_column", "message", "hint", "path",
    }  # fmt: skip


def test_json_without_findings_is_a_document_too(folder: Path) -> None:
    promise = GOOD.replace("what: a", "what: a, quote: x, owner: k") + "parties: {k: {name: K}}\ndocument: d.md\n"
    (folder / "p.yaml").write_text(promise, encoding="utf-8")
    (folder / "d.md").write_text("x", encoding="utf-8")
    result = ask("validate", "p.yaml", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"format": "promisekit/diagnostics/1", "diagnostics": []}


def test_a_folder_without_promises_is_not_a_success(folder: Path) -> None:
    result = ask("validate", ".")
    assert result.exit_code == 6
    assert result.stdout == ""


def test_wrong_usage() -> None:
    assert ask("validate").exit_code == 2
    assert ask("validate", "x", "--format", "xml").exit_code == 2


def test_kinds_lists_every_kind() -> None:
    result = ask("kinds")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(kind_names())
    assert all(len(line.split()) > 3 for line in result.stdout.splitlines())


def test_kinds_prints_a_manual_entry() -> None:
    result = ask("kinds", "count")
    assert result.exit_code == 0
    assert "kind: count" in result.stdout


def test_kinds_suggests() -> None:
    result = ask("kinds", "cuont")
    assert result.exit_code == 2
    assert "`count`" in result.stderr


def test_schema_prints_the_schema_of_the_package() -> None:
    result = ask("schema")
    assert result.exit_code == 0
    assert result.stdout == FILE.read_text(encoding="utf-8")
    assert json.loads(result.stdout)["$id"] == "promisekit-1.schema.json"


def test_it_is_the_same_wherever_it_runs(folder: Path) -> None:
    (folder / "p.yaml").write_text(GOOD.replace("at_least", "at_lest"), encoding="utf-8")
    here = ask("validate", "p.yaml", "--format", "json")
    there = program("validate", "p.yaml", "--format", "json", env={"PYTHONHASHSEED": "5", "TZ": "UTC", "LC_ALL": "C"})
    assert (there.code, there.out) == (here.exit_code, here.stdout) == (3, here.stdout)
    assert str(folder) not in here.stdout
