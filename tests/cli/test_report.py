"""The commands `report`, `explain` and `demo`: what they write where, and what they answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from promisekit.cli.main import promisekit
from promisekit.diagnostics import Invalid
from tests.unit.report.promises import EXAMPLE, PROMISE

LOG = str(EXAMPLE / "handelser.csv")
KNOWN = ["--as-of", "2022-06-01", "--covers", "2022-03-01/2022-05-31"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(promisekit, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "begins"), [("a.html", "<!doctype html>"), ("a.HTM", "<!doctype html>"), ("a.md", "# "), ("a.txt", "Med")]
)
def test_the_suffix_tells_the_form(tmp_path: Path, name: str, begins: str) -> None:
    done = run("report", PROMISE, LOG, *KNOWN, "-o", tmp_path / name)
    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_report_can_go_to_standard_output() -> None:
    done = run("report", PROMISE, LOG, *KNOWN, "-o", "-", "--to", "md", "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.startswith("# Medborgarlöfte")
    assert "Not kept" in done.stdout


@pytest.mark.parametrize("output", ["-", "report.pdf", "report"])
def test_an_unknown_form_is_asked_for(output: str) -> None:
    done = run("report", PROMISE, LOG, *KNOWN, "-o", output)
    assert done.exit_code == 2
    assert "--to" in done.output


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert run("report", PROMISE, LOG, *KNOWN, "-o", tmp_path).exit_code == 2
    done = run("report", PROMISE, LOG, *KNOWN, "--to", "md", "-o", tmp_path)
    assert isinstance(done.exception, Invalid | SystemExit)
    assert list(tmp_path.iterdir()) == []


def test_a_log_is_needed(tmp_path: Path) -> None:
    assert run("report", PROMISE, "-o", tmp_path / "a.md").exit_code == 2


def test_verdicts_change_the_exit_code_only_where_asked(tmp_path: Path) -> None:
    asked = ("report", PROMISE, LOG, *KNOWN, "-o", tmp_path / "a.md", "--fail-on")
    assert [run(*asked, when).exit_code for when in ("never", "broken")] == [0, 1]


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "report.txt.j2").write_text("{{ page.verdict }}\n", encoding="utf-8")
    done = run("report", PROMISE, LOG, *KNOWN, "-o", tmp_path / "a.txt", "--template", tmp_path)
    assert done.exit_code == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Löftet är inte uppfyllt.\n"


def test_explain_tells_the_rows(tmp_path: Path) -> None:
    done = run("explain", PROMISE, "mpk", LOG, *KNOWN, "--lang", "sv")
    assert done.exit_code == 0
    assert done.stdout.startswith("mpk: Ej uppfyllt\n")
    assert "rad\xa045" in done.stdout
    assert run("explain", PROMISE, "mpk", LOG, *KNOWN, "--fail-on", "broken").exit_code == 1


def test_explain_asks_what_was_meant() -> None:
    done = run("explain", PROMISE, "narkotik", LOG, *KNOWN)
    assert isinstance(done.exception, Invalid)
    (found,) = done.exception.diagnostics
    assert (found.code, done.exception.exit_code) == ("commitment.unknown", 2)
    assert found.hint is not None
    assert dict(found.hint.fields)["name"] == "narkotika"


def test_demo_prints_the_verdicts_and_writes_the_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("demo")
    assert done.exit_code == 0, done.output
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.is_file()}
    assert written == {
        "out/demo/result.json",
        "out/demo/rapport.sv.html",
        "out/demo/rapport.en.html",
        "out/demo/rapport.sv.md",
        "out/demo/rapport.sv.txt",
    }
    assert all(path in done.stdout for path in written)
    assert "Löftet är inte uppfyllt." in done.stdout


@pytest.mark.parametrize("fail_on", ["broken", "open"])
def test_demo_answers_for_its_verdicts_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_on: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("demo", "--fail-on", fail_on).exit_code == 1


def test_demo_needs_a_folder_that_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("demo", "-o", "file/x")
    assert done.exit_code == 2
    assert "file/x" in done.stderr
    done = run("demo", "--as-of", "x")
    assert isinstance(done.exception, Invalid)
    assert done.exception.exit_code == 2
