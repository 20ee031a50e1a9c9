"""What a test expects beside what was found: only what is written, and every word of the result."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from promisekit.engine.observations import Phase, Reason
from promisekit.proof.testing.coverage import shown
from promisekit.proof.testing.run import run_all
from promisekit.spec import expected
from promisekit.verdict.model import Outlook, Status, Verdict
from tests.unit.proof.small import outcomes, with_tests

LOG = """\
tests:
  - name: one
    as_of: 2022-05-15
    log: |
      Id; Start;            Act;    Place
      a;  2022-03-05 10:00; office; square
      b;  2022-05-05 10:00; office; square
      c;  2022-04-05 10:00; office; bridge
      d;  2022-04;          tea;    square
    expect: """


def differences(folder: Path, expect: str) -> list[tuple[str, object, object]]:
    (one,) = outcomes(folder, f"{LOG}{expect}\n")
    assert one.evaluation is not None
    return [(f"{found.commitment} {found.about}", found.expected, found.found) for found in one.differences]


RIGHT = [
    "{visits: kept}",
    "{visits: {verdict: kept, status: kept, final: true, final_at: 2022-05-05, now: kept, reasons: []}}",
    "{visits: {low: 2, high: unbounded, remaining: []}}",
    "{visits: {counted: [b, a], possible: []}}",
    "{visits: {counted: [{row: 3}, {id: a, source: log}]}}",
    "{visits: {near_misses: [{id: c, failed: place}]}}",
    "{monthly: {verdict: broken, final_at: 2022-04-30, degree: 0.667, counted: [2, 3]}}",
    "{monthly: {windows: {2022-03-01: kept, 2022-04-01/2022-04-30: {count: 0}, maj 2022: {phase: running, low: 1}}}}",
    "{talks: {verdict: open, reasons: [needs_assessment], status: awaiting_assessment}}",
]
WRONG = [
    ("{visits: broken}", "visits verdict", "broken", "kept"),
    ("{visits: {count: 2}}", "visits count", 2, {"low": 2, "high": "unbounded"}),
    ("{visits: {low: 1.5}}", "visits low", 1.5, 2),
    ("{visits: {high: 7}}", "visits high", 7, "unbounded"),
    ("{visits: {final: false}}", "visits final", False, True),
    ("{visits: {final_at: 2022-05-06}}", "visits final_at", "2022-05-06", "2022-05-05"),
    ("{visits: {reasons: [running]}}", "visits reasons", ["running"], []),
    ("{visits: {without: kept}}", "visits without", "kept", None),
    ("{visits: {outlook: at_risk}}", "visits outlook", "at_risk", None),
    ("{visits: {of: 2}}", "visits of", 2, None),
    ("{visits: {counted: [a]}}", "visits counted", ["a"], ["a", "b"]),
    ("{visits: {counted: [2, 3, 4]}}", "visits counted", [2, 3, 4], [2, 3]),
    ("{visits: {counted: [{row: 2, source: x}, 3]}}", "visits counted", [2, 3], [2, 3]),
    ("{visits: {possible: [4]}}", "visits possible", [4], []),
    ("{visits: {near_misses: []}}", "visits near_misses", [], [{"row": 4, "failed": "place"}]),
    (
        "{visits: {near_misses: [{row: 4, failed: theme}]}}",
        "visits near_misses",
        [{"row": 4, "failed": "theme"}],
        [{"row": 4, "failed": "place"}],
    ),
    ("{visits: {cases: [{row: 2, verdict: kept}]}}", "visits cases.0", "kept", None),
    ("{visits: {remaining: [{need: 1, by: 2022-05-31}]}}", "visits remaining", [{"need": 1, "by": "2022-05-31"}], []),
    ("{monthly: {degree: 0.5}}", "monthly degree", 0.5, 0.667),
    ("{monthly: {windows: {mars 2022: broken}}}", "monthly windows.mars 2022.verdict", "broken", "kept"),
    ("{monthly: {windows: {2022-05-01: {phase: closed}}}}", "monthly windows.2022-05-01.phase", "closed", "running"),
    ("{talks: {count: 1}}", "talks count", 1, {"low": 0, "high": 1}),
]


@pytest.mark.parametrize("expect", RIGHT)
def test_what_is_as_expected_makes_no_difference(expect: str, tmp_path: Path) -> None:
    assert differences(tmp_path, expect) == []


@pytest.mark.parametrize(("expect", "about", "wanted", "found"), WRONG)
def test_what_is_otherwise_is_told_with_both(
    expect: str, about: str, wanted: object, found: object, tmp_path: Path
) -> None:
    assert differences(tmp_path, expect) == [(about, wanted, found)]


MANY = """\
activities: {visit: {activity: visit}, asked: {activity: asked}, answer: {activity: answer}}
commitments:
  - {id: schools, kind: each, by: place, of: [North, South], what: visit, at_least: 2}
  - id: both
    kind: composite
    all_of:
      - {id: some, kind: count, what: visit, at_least: 2}
      - {id: many, kind: count, what: visit, at_least: 9}
  - {id: answers, kind: response, each: asked, followed_by: answer, same: place, by: period_end}
"""


def test_members_parts_and_cases_are_looked_into(tmp_path: Path) -> None:
    tests = """\
tests:
  - name: inside
    as_of: 2022-06-01
    log:
      - {Id: n1, Start: 2022-03-05, Act: visit, Place: North}
      - {Id: n2, Start: 2022-04-05, Act: visit, Place: North}
      - {Id: s1, Start: 2022-04-05, Act: visit, Place: South}
      - {Id: q1, Start: 2022-04-05, Act: asked, Place: South}
    expect:
      schools: {verdict: broken, members: {north: {verdict: kept, count: 2}, South: {count: 2}}}
      both: {verdict: broken, parts: {some: kept, many: {verdict: broken, count: 3}}}
      answers: {verdict: broken, count: 0, of: 1, cases: [{id: q1, verdict: broken}]}
"""
    (one,) = outcomes(tmp_path, tests, rest=MANY)
    assert [(found.about, found.expected, found.found) for found in one.differences] == [("members.South.count", 2, 1)]


def test_a_difference_stands_where_it_is_written(tmp_path: Path) -> None:
    promise = with_tests(tmp_path, f"{LOG}\n      monthly:\n        windows:\n          2022-03-01: broken\n")
    (one,) = run_all(promise, ("reference",))
    (found,) = one.differences
    place = promise.source.place(found.route)
    line = promise.source.text.splitlines()[place.line - 1]
    assert line[place.column - 1 :] == "broken"


def test_the_words_are_those_of_the_result() -> None:
    assert set(get_args(expected.VerdictName)) == {one.value for one in Verdict}
    assert set(get_args(expected.StatusName)) == {one.value for one in Status}
    assert set(get_args(expected.ReasonName)) == {one.value for one in Reason}
    assert set(get_args(expected.PhaseName)) == {one.value for one in Phase}
    assert set(get_args(expected.OutlookName)) == {one.value for one in Outlook}


def test_shown_is_what_a_test_expects_and_finds(tmp_path: Path) -> None:
    tests = """\
tests:
  - {name: nothing happened, as_of: 2022-06-01, expect: {visits: broken}}
  - {name: it should fail, as_of: 2022-06-01, expect: {visits: broken, monthly: kept}}
  - {name: without a verdict, as_of: 2022-06-01, expect: {monthly: {final: true}}}
"""
    promise = with_tests(tmp_path, tests)
    found = shown(promise, list(run_all(promise, ("reference", "duckdb"))))
    assert [(one.commitment, one.kept, one.broken, one.judged) for one in found] == [
        ("visits", (), ("nothing happened",), False),
        ("monthly", (), (), False),
        ("talks", (), (), True),
    ]
