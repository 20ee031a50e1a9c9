"""A test of a promise: its log goes through the reader, its days are covered, and what is wrong has its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.pipeline import EngineName
from promisekit.proof.testing.told import failure_text
from tests.unit.proof.small import FIRST_LINE, TWO_LOGS, outcomes

TABLE = """\
tests:
  - name: a table
    as_of: 2022-06-01
    log: |
      Id; Start;            Act;    Place;  Status
      1;  2022-03-05 10:00; Office; SQUARE; held
      2;  2022-04-05 10:00; office; square; held
      3;  2022-04-05 10:00; office; square; cancelled
      2;  2022-05-05 10:00; office; square; held
    expect: {visits: {verdict: kept, count: 2, counted: [{row: 2}, {row: 5}]}, monthly: broken}
"""
ROWS = """\
tests:
  - name: rows
    as_of: 2022-06-01
    log:
      - {Start: 2022-03-05 10:00, Act: office, Place: square}
      - {Start: 2022-04-05 10:00, Act: office, Place: square, End: 2022-04-05 12:00}
      - {Start: 2022-05, Act: office, Place: square, End: }
    expect: {visits: {verdict: kept, counted: [2, 3, 4]}, monthly: {verdict: kept, windows: {May 2022: {count: 1}}}}
"""


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("tests", [TABLE, ROWS])
def test_a_log_is_read_as_an_export_is(tests: str, engine: EngineName, tmp_path: Path) -> None:
    (one,) = outcomes(tmp_path, tests, engine)
    assert one.differences == ()
    assert one.passed
    assert one.evaluation is not None
    assert one.evaluation.engine == engine


def test_without_a_log_nothing_happened_and_every_day_is_covered(tmp_path: Path) -> None:
    (one,) = outcomes(tmp_path, "tests: [{name: nothing, as_of: 2022-06-01, expect: {visits: broken}}]\n")
    assert one.passed
    assert one.diagnostics == ()


def test_a_column_that_is_left_out_is_empty_and_without_status_all_was_held(tmp_path: Path) -> None:
    tests = """\
tests:
  - name: no place
    as_of: 2022-06-01
    log: |
      Start;Act
      2022-03-05;office
    expect: {visits: {low: 0, high: 1, verdict: broken, possible: [2]}}
"""
    (one,) = outcomes(tmp_path, tests)
    assert one.differences == ()


def test_days_that_are_not_covered_leave_open(tmp_path: Path) -> None:
    tests = """\
tests:
  - {name: a gap, as_of: 2022-06-01, covers: [2022-03-01/2022-03-31, 2022-05-01/2022-05-31],
     expect: {visits: {reasons: [uncovered]}, monthly: {windows: {2022-04-01: open, 2022-03-01: broken}}}}
"""
    (one,) = outcomes(tmp_path, tests)
    assert one.differences == ()


def test_every_source_has_its_own_table_and_one_that_is_not_named_has_no_rows(tmp_path: Path) -> None:
    tests = """\
tests:
  - name: both alike
    as_of: 2022-06-01
    log:
      north: |
        Start;Act;Place
        2022-03-05;office;square
      south: [{Begins: 2022-04-05, What: office, Where: square}]
    expect: {visits: {verdict: kept, counted: [{source: north, row: 2}, {source: south, row: 2}]}}
  - name: only the north
    as_of: 2022-06-01
    log: {north: [{Start: 2022-03-05, Act: office, Place: square}]}
    expect: {visits: {verdict: broken, count: 1}}
  - name: the south was not covered
    as_of: 2022-06-01
    covers: {south: 2022-03-01/2022-03-31}
    log: {north: [{Start: 2022-03-05, Act: office, Place: square}]}
    expect: {visits: {verdict: open, reasons: [uncovered]}}
"""
    assert [one.differences for one in outcomes(tmp_path, tests, log=TWO_LOGS)] == [(), (), ()]


def test_two_sources_may_tell_the_same(tmp_path: Path) -> None:
    columns = "{columns: {start: S, activity: A, place: P}}"
    log = f"log:\n  north: {columns}\n  south: {columns}\n"
    log += "  duplicates: {same: [activity, place], apart: 10 minutes, across: source}\n"
    table = "|\n        S;A;P\n        2022-03-05 10:00;office;square\n"
    tests = f"tests:\n  - name: told twice\n    as_of: 2022-06-01\n    log:\n      north: {table}      south: {table}"
    (one,) = outcomes(tmp_path, tests + "    expect: {visits: {count: 1}}\n", log=log)
    assert one.differences == ()


def test_a_file_beside_the_promise_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    header, row = "Id,Start,End,Act,Place,Status,Note\n", "2022-03-05,,office,square,held,\n"
    (tmp_path / "logs" / "march.csv").write_text(f"{header}1,{row}2,{row}", encoding="utf-8")
    tests = "tests: [{name: a file, as_of: 2022-06-01, log: logs/march.csv, expect: {visits: kept}}]\n"
    (one,) = outcomes(tmp_path, tests)
    assert one.passed


@pytest.mark.parametrize("name", ["none.csv", "small.yaml", "."])
def test_a_file_that_cannot_be_read_is_not_a_failure_of_the_promise(name: str, tmp_path: Path) -> None:
    tests = f"tests: [{{name: a file, as_of: 2022-06-01, log: {name}, expect: {{visits: kept}}}}]\n"
    (one,) = outcomes(tmp_path, tests)
    assert (one.evaluation, one.passed, one.exit_code) == (None, False, 4)
    assert one.diagnostics


def test_what_is_odd_about_a_row_is_told_on_its_line_of_the_promise(tmp_path: Path) -> None:
    tests = """\
tests:
  - name: a table
    as_of: 2022-06-01
    log: |

      Start;Act;Place
      2022-03-05;office;square
      2022-03-66;office;square
      2022-03-05;office;square;;7
      2022-03-05;"office;square
    expect: {visits: kept}
  - name: rows
    as_of: 2022-06-01
    log:
      - {Start: 2022-03-05, Act: office, Place: square}
      - {Start: 2022-03-66, Act: office, Place: square}
    expect: {visits: kept}
"""
    table, rows = outcomes(tmp_path, tests)
    row = FIRST_LINE + 4
    assert [one.place.line for one in table.diagnostics if one.place] == [row + 2, row + 3, row + 4]
    assert [one.excerpt for one in rows.diagnostics] == ["      - {Start: 2022-03-66, Act: office, Place: square}"]
    assert {one.file for one in (*table.diagnostics, *rows.diagnostics)} == {(tmp_path / "small.yaml").as_posix()}


def test_people_judge_in_a_test_too_and_name_its_rows(tmp_path: Path) -> None:
    tests = """\
tests:
  - name: judged
    as_of: 2022-06-01
    assessments: [{commitment: talks, by: The chief, role: police, date: 2022-05-31, verdict: kept}]
    expect: {talks: kept}
  - name: set aside
    as_of: 2022-06-01
    log: |
      Start;Act;Place
      2022-03-05;office;square
      2022-03-06;office;square
    assessments:
      - {row: {source: log, row: 3}, set_aside: row, by: The chief, role: police, date: 2022-05-31, note: An exercise}
    expect: {visits: {verdict: broken, without: kept, count: 1}}
  - name: a row that is not there
    as_of: 2022-06-01
    assessments:
      - {row: {source: log, row: 3}, set_aside: row, by: The chief, role: police, date: 2022-05-31, note: An exercise}
    expect: {visits: broken}
"""
    judged, aside, nowhere = outcomes(tmp_path, tests)
    assert (judged.differences, aside.differences) == ((), ())
    assert (nowhere.evaluation, nowhere.exit_code) == (None, 3)
    assert [(one.code, one.place and one.place.line) for one in nowhere.diagnostics] == [
        ("assessment.unknown-row", FIRST_LINE + 16)
    ]


@pytest.mark.parametrize("month", ["04", "13"])
def test_a_large_table_is_no_trouble(month: str, tmp_path: Path) -> None:
    rows = "".join(f"      {at};2022-{month}-{1 + at % 28:02};other;square\n" for at in range(100_000))
    tests = "tests:\n  - name: large\n    as_of: 2022-06-01\n    log: |\n      Id;Start;Act;Place\n"
    (one,) = outcomes(tmp_path, f"{tests}{rows}    expect: {{visits: kept}}\n")
    assert [(found.expected, found.found) for found in one.differences] == [("kept", "broken")]
    assert len(one.diagnostics) == (1 if month == "04" else 100_000)  # rows alike; every row rejected
    assert len(failure_text(one, "en").splitlines()) < 40
