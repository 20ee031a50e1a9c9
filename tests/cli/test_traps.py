"""Traps that once gave a wrong verdict, a lost file or a long wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import HEADER, KEPT, SMALL, ask

TWO_SOURCES = SMALL.replace(
    "log:\n  columns: {id: Id, start: Start, end: End, activity: Act, place: Place, status: Status}\n"
    "  status: {held: [held], planned: [planned], cancelled: [cancelled]}",
    "log:\n  police: {columns: {start: Start, activity: Act, place: Place}}\n"
    "  municipality: {columns: {start: Start, activity: Act, place: Place}}",
)
COVERED = ("--as-of", "2022-06-01", "--covers", "2022-03-01/2022-05-31", "--format", "json")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a promise and a log that keeps it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "log.csv").write_text(KEPT, encoding="utf-8")
    return tmp_path


def test_a_source_without_a_log_leaves_its_days_uncovered(here: Path) -> None:
    (here / "two.yaml").write_text(TWO_SOURCES, encoding="utf-8")
    (here / "one.csv").write_text("Start;Act;Place\n2022-03-05;office;square\n", encoding="utf-8")
    done = ask("evaluate", "two.yaml", "police=one.csv", *COVERED)
    (visits,) = done.json()["commitments"]
    assert (done.code, visits["verdict"], visits["reasons"]) == (0, "open", ["uncovered"])
    assert [one["code"] for one in done.json()["log"]["diagnostics"]] == ["source.without-log"]


@pytest.mark.parametrize("start", ["2022-03-26 25:10", "2022-03-27 02:30", "2022-05-31 24:00"])
def test_a_day_whose_clock_cannot_be_read_may_still_count(here: Path, start: str) -> None:
    row = f"2;{start};;office;square;held\n"
    (here / "log.csv").write_text(HEADER + "1;2022-03-05;;office;square;held\n" + row, encoding="utf-8")
    done = ask("evaluate", "p.yaml", "log.csv", *COVERED)
    (visits,) = done.json()["commitments"]
    assert [(window["low"], window["high"]) for window in visits["windows"]] == [(1, 2)]
    assert (visits["verdict"], visits["reasons"]) == ("open", ["imprecise"])
    assert done.json()["log"]["sources"][0]["rejected"] == 1


def test_a_folder_of_logs_is_not_passed_over(here: Path) -> None:
    (here / "exports").mkdir()
    (here / "exports" / "log.csv").write_text(KEPT, encoding="utf-8")
    for arguments in (("exports", "log.csv"), ("exports",)):
        done = ask("evaluate", "p.yaml", *arguments, *COVERED)
        assert (done.code, done.codes()) == (4, ["log.folder"])


@pytest.mark.parametrize(
    ("command", "target"), [("evaluate", "p.yaml"), ("evaluate", "log.csv"), ("report", "log.csv")]
)
def test_what_is_read_is_not_written_over(here: Path, command: str, target: str) -> None:
    before = (here / target).read_bytes()
    more = ("--to", "txt") if command == "report" else ()
    done = ask(command, "p.yaml", "log.csv", "--as-of", "2022-06-01", "-o", target, *more)
    assert done.code == 2
    assert "output.is-input" in done.err
    assert (here / target).read_bytes() == before


def test_wrong_usage_is_told_before_a_promise_that_is_not_there() -> None:
    for wrong in (("--as-of", "foo"), ("--covers", "foo")):
        assert ask("evaluate", "nix.yaml", "log.csv", *wrong).code == 2


@pytest.mark.parametrize("text", ["[" * 60_000 + "]" * 60_000, "- " * 60_000, "{a: " * 60_000])
def test_deep_nesting_is_refused_and_not_searched_for_a_header(here: Path, text: str) -> None:
    (here / "deep.yaml").write_text(text, encoding="utf-8")
    done = ask("validate", "deep.yaml", "--format", "json")
    assert (done.code, done.codes()[:1]) == (3, ["yaml.too-deep"])
