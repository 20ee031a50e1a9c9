"""`promisekit test`: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import KNOWN, PROMISE, SMALL, Answer, ask, written

PASSES = """\
tests:
  - name: two visits are enough
    as_of: 2022-06-01
    log: |
      Start;            Act;    Place
      2022-03-05 10:00; office; square
      2022-03-06 10:00; office; square
    expect: {visits: kept}
  - {name: no visit is not, as_of: 2022-06-01, expect: {visits: broken}}
"""
FAILS = """\
tests:
  - name: one visit is enough
    as_of: 2022-06-01
    log: |
      Start;            Act;    Place;  Status
      2022-03-05 10:00; office; square; held
      2022-03-06 10:00; office; bridge; held
      2022-03-66 10:00; office; square; held
    expect:
      visits:
        verdict: kept
        count: 2
"""
UNREAD = "tests: [{name: a file that is gone, as_of: 2022-06-01, log: gone.csv, expect: {visits: kept}}]\n"


def english(*arguments: str | Path) -> Answer:
    return ask("test", *arguments, "--lang", "en")


def test_what_passes_is_a_line_each(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + PASSES)
    done = english(tmp_path / "p.yaml")
    line, name = SMALL.count("\n") + 2, (tmp_path / "p.yaml").as_posix()
    assert done.code == 0
    assert done.out.splitlines() == [
        f"{name}:{line} passed: two visits are enough",
        f"{name}:{line + 7} passed: no visit is not",
    ]
    assert done.err == "2 tests: 2 passed\n"


def test_what_fails_says_what_was_expected_what_was_found_and_why(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + FAILS)
    done = english(tmp_path / "p.yaml")
    line, name = SMALL.count("\n") + 2, (tmp_path / "p.yaml").as_posix()
    assert (done.code, done.err) == (1, "1 test: 0 passed, 1 failed\n")
    assert done.out.splitlines()[:3] == [
        f"{name}:{line} FAILED: one visit is enough",
        f"  {name}:{line + 9}:18: `verdict` of `visits` should be kept, and is broken",
        f"  {name}:{line + 10}:16: `count` of `visits` should be 2, and is 1",
    ]
    for told in (
        "    Not kept: visits",
        "    We count 1 occasion; the target is at least 2.",
        "      row 2  5 March 2022 10:00  office, square",
        "                                 Place: bridge. Wanted: square.",
        f"    {name}:{line + 6}:7: [log.row-rejected] warning: row rejected: `2022-03-66 10:00` in column `Start`",
        f"    Row 2 of `log` is line {line + 4} of the promise.",
    ):
        assert told in done.out


def test_it_speaks_swedish(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + FAILS)
    done = ask("test", tmp_path / "p.yaml", "--coverage")
    assert " FEL: one visit is enough\n" in done.out
    assert "`verdict` för `visits` ska vara kept men är broken" in done.out
    assert "lägg till ett test som väntar sig `visits: kept`" in done.out
    assert done.err == "1 test: 0 godkända, 1 fel\n"


@pytest.mark.parametrize(
    ("tests", "code"),
    [("", 6), (PASSES, 0), (FAILS, 1), (UNREAD, 4), ("tests: []\n", 3), ("tests: x\n", 3), ("tests:\n", 3)],
)
def test_the_exit_code_says_what_became_of_them(tests: str, code: int, tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + tests)
    done = english(tmp_path / "p.yaml")
    assert done.code == code
    assert done.err


def test_one_promise_that_is_not_valid_does_not_keep_the_others_from_being_tested(tmp_path: Path) -> None:
    written(tmp_path, a_yaml=SMALL + FAILS.replace("verdict: kept", "verdict: kpt"), b_yaml=SMALL + PASSES)
    done = english(tmp_path)
    assert done.code == 3
    assert done.out.count(" passed: ") == 2
    assert "[spec.unknown-value]" in done.err
    assert "advice" not in done.err


def test_a_log_that_is_gone_does_not_keep_the_other_tests_from_being_run(tmp_path: Path) -> None:
    written(tmp_path, a_yaml=SMALL + UNREAD, b_yaml=SMALL + PASSES)
    done = english(tmp_path)
    assert done.code == 4
    assert "NOT RUN: a file that is gone" in done.out
    assert "[log.missing]" in done.out
    assert done.err == "3 tests: 2 passed, 1 could not be run\n"


def test_tests_are_chosen_by_their_names(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + PASSES)
    assert english(tmp_path, "-k", "TWO").err == "1 test: 1 passed\n"
    assert english(tmp_path, "-k", "three").code == 6


def test_both_engines_are_asked(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + PASSES)
    done = english(tmp_path, "--engine", "both")
    assert (done.code, done.err) == (0, "4 tests: 4 passed\n")
    assert done.out.count("[duckdb]") == 2


def test_what_was_never_shown_is_a_gap_where_asked(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + PASSES)
    assert english(tmp_path, "--coverage").code == 0
    assert "1 of 1 commitment is shown both kept and broken." in english(tmp_path, "--coverage").out
    half = english(tmp_path, "-k", "two", "--coverage")
    assert half.code == 0
    assert "add a test that expects `visits: broken`" in half.out
    assert english(tmp_path, "-k", "two", "--fail-on", "gaps").code == 1
    assert english(tmp_path, "--fail-on", "gaps").code == 0


def test_the_document_has_everything(tmp_path: Path) -> None:
    written(tmp_path, a_yaml=SMALL + FAILS, b_yaml=SMALL + PASSES, c_yaml=SMALL + UNREAD, d_yaml="x: 1\n")
    document = english(tmp_path, "--format", "json", "--coverage").json()
    assert document["format"] == "promisekit/tests/1"
    assert document["summary"] == {"passed": 2, "failed": 1, "not_run": 1}
    assert [one["outcome"] for one in document["tests"]] == ["failed", "passed", "passed", "not_run"]
    first = document["tests"][0]
    line = SMALL.count("\n") + 2
    assert (first["name"], first["line"], first["as_of"], first["engine"]) == (
        "one visit is enough",
        line,
        "2022-06-01",
        "reference",
    )
    assert first["differences"] == [
        {"commitment": "visits", "about": "verdict", "expected": "kept", "found": "broken", "line": line + 9},
        {"commitment": "visits", "about": "count", "expected": 2, "found": 1, "line": line + 10},
    ]
    assert [(one["code"], one["line"]) for one in first["diagnostics"]] == [("log.row-rejected", line + 6)]
    assert [(one["kept"], one["broken"]) for one in document["coverage"]] == [
        ([], []),
        (["two visits are enough"], ["no visit is not"]),
        ([], []),
    ]
    assert {one["file"] for one in document["diagnostics"]} == {(tmp_path / "d.yaml").as_posix()}


def test_the_bundled_promise_shows_each_commitment_kept_and_broken() -> None:
    done = ask("test", PROMISE, "--engine", "both", "--fail-on", "gaps")
    assert done.code == 0, done.out
    assert "8 av 8 åtaganden har visats både hållna och brutna." in done.out


def test_an_evaluation_does_not_rest_on_the_tests(tmp_path: Path) -> None:
    written(tmp_path, p_yaml=SMALL + FAILS.replace("kept", "kpt"), log_csv="Id,Start,End,Act,Place,Status\n")
    assert ask("evaluate", tmp_path / "p.yaml", tmp_path / "log.csv", *KNOWN).code == 1
    assert ask("validate", tmp_path / "p.yaml").code == 3
