"""What people say about windows, cases and rows, through the whole house: promise, log, assessments, verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

import promisekit as pk
from promisekit.engine.observations import Reason
from promisekit.verdict.model import CommitmentResult, Evaluation, Status, Verdict
from promisekit.windows import show_day

PROMISE = """\
format: 1
id: p
title: t
period: {start: 2022-03-01, end: 2022-05-31}
parties: {town: {name: T}, police: {name: P}}
log:
  columns: {id: Id, start: Start, end: End, activity: Activity, case: Case, place: Place, status: Status}
  status: {held: [held], planned: [planned], cancelled: [cancelled]}
  covers: [2022-03-01/2022-12-31]
activities: {patrol: {activity: patrol}, report: {activity: report}, answer: {activity: answer}, talk: {activity: talk}}
commitments:
  - {id: monthly, kind: frequency, what: patrol, every: month, at_least: 2}
  - {id: answers, kind: response, each: report, followed_by: answer, same: case, within: 14 days}
  - {id: met, kind: co_presence, what: patrol, with: talk, match: overlap, every: period, at_least: 1}
  - id: both
    kind: composite
    any_of:
      - {id: many, kind: count, what: patrol, at_least: 6}
      - {id: talked, kind: qualitative, criteria: [x], assessed_by: [town]}
"""
LOG = """\
Id,Start,End,Activity,Case,Place,Status
1,2022-03-05 10:00,2022-03-05 12:00,patrol,,Square,held
2,2022-03-09 10:00,2022-03-09 11:00,patrol,,Square,held
3,2022-04-05 10:00,2022-04-05 11:00,patrol,,Square,held
4,2022-05-05 10:00,2022-05-05 12:00,patrol,,Square,held
5,2022-05-09 10:00,2022-05-09 12:00,patrol,,Square,planned
6,2022-03-02,,report,A-1,,held
7,2022-03-10,,answer,a-1,,held
8,2022-04-02,,report,B-2,,held
9,2022-03-05 09:00,,talk,,Square,held
"""
STORM = "{commitment: monthly, window: 2022-04-10, by: X, role: police, date: 2022-05-03, waiver: true, note: storm}"
MOVED = "{commitment: answers, case: b-2, by: X, role: town, date: 2022-05-10, waiver: true, note: moved away}"
HELD = '{row: {source: log.csv, id: "5"}, set_aside: suspicion, by: X, role: police, date: 2022-06-02, note: it was}'
ENGINES = ["reference", "duckdb"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def evaluated(folder: Path, engine: str, as_of: str, *said: str) -> Evaluation:
    (folder / "p.yaml").write_text(PROMISE, encoding="utf-8")
    (folder / "log.csv").write_text(LOG, encoding="utf-8")
    statements = "".join(f"  - {one}\n" for one in said)
    (folder / "a.yaml").write_text(f"format: 1\nassessments:\n{statements}", encoding="utf-8")
    return pk.evaluate(
        folder / "p.yaml", [folder / "log.csv"], as_of=as_of, assessments=folder / "a.yaml", engine=engine
    )


def told(name: str, folder: Path, engine: str, as_of: str, *said: str) -> CommitmentResult:
    return next(one for one in evaluated(folder, engine, as_of, *said).result.commitments if one.id == name)


def final(one: CommitmentResult) -> str | None:
    return None if one.final_at is None else show_day(one.final_at)


def test_a_waived_window(tmp_path: Path, engine: str) -> None:
    # March 2 of 2, April 1, May 1 and one that is only planned.
    before = told("monthly", tmp_path, engine, "2022-05-02", STORM)
    assert (before.verdict, before.without, final(before)) == (Verdict.BROKEN, None, "2022-04-30")
    after = told("monthly", tmp_path, engine, "2022-06-01", STORM)
    assert (after.verdict, after.without, after.reasons) == (Verdict.OPEN, Verdict.BROKEN, (Reason.IMPRECISE,))
    assert [window.verdict.value for window in after.windows] == ["kept", "not_applicable", "open"]


def test_a_suspicion_set_aside_after_a_waived_window(tmp_path: Path, engine: str) -> None:
    kept = told("monthly", tmp_path, engine, "2022-07-01", STORM, HELD)
    assert (kept.verdict, kept.without, final(kept)) == (Verdict.KEPT, Verdict.BROKEN, "2022-06-02")
    assert [(row.event.row, row.what, row.reason) for row in kept.set_aside] == [(6, "suspicion", "it was")]
    assert kept.evidence.total == 5


def test_a_row_that_matters_to_nothing_is_shown_with_nothing(tmp_path: Path, engine: str) -> None:
    result = evaluated(tmp_path, engine, "2022-07-01", HELD).result
    assert {one.id: len(one.set_aside) for one in result.commitments} == {
        "monthly": 1,
        "answers": 0,
        "met": 0,
        "both": 1,
    }
    assert len(result.set_aside) == 1


def test_a_row_that_is_not_to_count(tmp_path: Path, engine: str) -> None:
    error = "{row: {source: log.csv, row: 3}, set_aside: row, by: X, role: police, date: 2022-04-15, note: an exercise}"
    one = told("monthly", tmp_path, engine, "2022-04-20", error)
    assert (one.verdict, one.without, final(one)) == (Verdict.BROKEN, Verdict.OPEN, "2022-04-15")
    assert [(window.low, window.high) for window in one.windows][:1] == [(1, 1)]
    before = told("monthly", tmp_path, engine, "2022-04-14", error)
    assert (before.verdict, before.set_aside, before.without) == (Verdict.OPEN, (), None)
    # The tallies are those of the files: nothing is taken out of them.
    tally = evaluated(tmp_path, engine, "2022-04-20", error).result.sources["log.csv"]
    assert tally.rows == tally.used + tally.unused + tally.cancelled + tally.later + tally.rejected == 9


def test_a_missing_end_that_adds_nothing(tmp_path: Path, engine: str) -> None:
    # The talk began an hour before the patrol and may have gone on into it, or not.
    ended = '{row: {source: log.csv, id: "9"}, set_aside: end, by: X, role: police, date: 2022-06-02, note: a minute}'
    one = told("met", tmp_path, engine, "2022-07-01", ended)
    assert (one.verdict, one.without, final(one)) == (Verdict.BROKEN, Verdict.OPEN, "2022-06-02")


def test_an_excused_case(tmp_path: Path, engine: str) -> None:
    before = told("answers", tmp_path, engine, "2022-05-09", MOVED)
    assert (before.verdict, final(before)) == (Verdict.BROKEN, "2022-04-16")
    assert [(case.event.row, case.verdict.value, case.low, case.high) for case in before.cases] == [
        (7, "kept", 1, 1), (9, "broken", 0, 0),
    ]  # fmt: skip
    after = told("answers", tmp_path, engine, "2022-07-01", MOVED)
    assert (after.verdict, after.without, final(after)) == (Verdict.KEPT, Verdict.BROKEN, "2022-05-31")
    assert [(case.event.row, case.verdict.value) for case in after.cases] == [(7, "kept"), (9, "not_applicable")]
    assert (after.cases_total, after.cases[0].answered) == (2, after.cases[0].partner and after.cases[0].answered)
    (waiver,) = after.waivers
    assert (waiver.what, waiver.case, waiver.without, after.waived) == ("case", "b-2", Verdict.BROKEN, None)
    assert after.cases[1].waived == waiver


def test_a_part_that_people_judge(tmp_path: Path, engine: str) -> None:
    yes = "{commitment: both, part: talked, by: X, role: town, date: 2022-04-20, verdict: kept}"
    one = told("both", tmp_path, engine, "2022-06-01", yes)
    assert (one.verdict, one.without, final(one), one.status) == (Verdict.KEPT, None, "2022-04-20", Status.KEPT)
    assert [(part.id, part.verdict.value, final(part)) for part in one.parts] == [
        ("many", "broken", "2022-05-31"), ("talked", "kept", "2022-04-20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        (HELD.replace("log.csv", "lag.csv"), "assessment.unknown-row", "row/source"),
        (HELD.replace('"5"', '"55"'), "assessment.unknown-row", "row/id"),
        (HELD.replace('id: "5"', "row: 1"), "assessment.unknown-row", "row/row"),
        (HELD.replace('id: "5"', "row: 2"), "assessment.nothing-to-set-aside", "set_aside"),
        (HELD.replace("suspicion", "end"), "assessment.nothing-to-set-aside", "set_aside"),
        (HELD.replace("suspicion", "end").replace('"5"', '"6"'), "assessment.nothing-to-set-aside", "set_aside"),
        (MOVED.replace("b-2", "b-3"), "assessment.unknown-case", "case"),
    ],
)
def test_what_the_log_does_not_have(said: str, code: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(pk.Invalid) as invalid:
        evaluated(tmp_path, "reference", "2022-07-01", said)
    (found,) = invalid.value.diagnostics
    assert (found.code, invalid.value.exit_code, found.place and found.place.line) == (code, 3, 3)
    assert "/".join(map(str, found.route)) == f"assessments/0/{where}"


def test_a_line_of_several_files_is_named_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PROMISE, encoding="utf-8")
    files = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(LOG.replace("\n5,", f"\n{name},"), encoding="utf-8")
        files.append(f"log.csv={tmp_path / name}")
    said = "format: 1\nassessments:\n  - " + HELD.replace('id: "5"', "row: 6")
    (tmp_path / "a.yaml").write_text(said, encoding="utf-8")
    with pytest.raises(pk.Invalid) as invalid:
        pk.evaluate(tmp_path / "p.yaml", files, as_of="2022-07-01", assessments=tmp_path / "a.yaml")
    assert [found.code for found in invalid.value.diagnostics] == ["assessment.several-rows"]
