"""Why a row cannot be told for certain is said as it is: which cell is empty, that it is planned, that no end is noted.

Both engines leave the same unsaid."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from promisekit.engine.observations import Counted
from promisekit.pipeline import EngineName, evaluate
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation

HEAD = """
format: 1
id: small
title: A small promise
language: en
period: {start: 2022-03-01, end: 2022-03-03}
parties: {town: {name: The Town}}
log:
  columns: {start: start, end: end, activity: activity, place: place, status: status,
            tickets: {column: tickets, type: number}, answered: {column: answered, type: date}}
  status: {held: [held], planned: [planned]}
  duplicates: {same: [activity], apart: 24 hours, across: row}
activities:
  visit: {activity: visit}
  ash: {activity: visit, place: ash}
  late: {activity: visit, time: {from: "17:00", to: "22:00"}}
  long: {activity: visit, duration: {at_least: 2 hours}}
  guard: {activity: guard}
  fair: {activity: fair}
commitments:
"""
COUNT: Final = "{id: c, kind: count, what: visit, at_least: 1}"
TWO: Final = "{id: c, kind: count, what: visit, at_least: 2}"
SLOTS: Final = '{id: c, kind: schedule, what: guard, from: "18:00", to: "23:00", presence: any}'
CASES = {
    "planned": (COUNT, "2022-03-01,,visit,ash,planned", "row 2 (it is only planned)"),
    "unknown status": (COUNT, "2022-03-01,,visit,ash,eh", "row 2 (its status does not say whether it took place)"),
    "no status": (COUNT, "2022-03-01,,visit,ash,", "row 2 (its status does not say whether it took place)"),
    "may be another": (
        TWO, "2022-03-01 10:00,,visit,ash,held\n2022-03-02,,visit,ash,held",
        "row 3 (may be the same event as another row)",
    ),
    "day": ("{id: c, kind: count, what: visit, during: {start: 2022-03-01, end: 2022-03-02}, at_least: 1}",
            "2022-03,,visit,ash,held", "row 2 (the day is not known exactly)"),
    "empty cell": ("{id: c, kind: count, what: ash, at_least: 1}", "2022-03-01,,visit,,held",
                   "row 2 (the cell for place is empty)"),
    "no clock": ("{id: c, kind: count, what: late, at_least: 1}", "2022-03-01,,visit,ash,held",
                 "row 2 (it has no time of day)"),
    "no end": ("{id: c, kind: count, what: long, at_least: 1}", "2022-03-01 10:00,,visit,ash,held",
               "row 2 (no end is recorded)"),
    "an end that may reach into the next slot": (
        SLOTS, "2022-03-01 21:00,,guard,,held\n2022-03-03 20:00,2022-03-03 21:00,guard,,held",
        "row 2 (no end is recorded)",
    ),
    "a cell that should hold what is counted": (
        "{id: c, kind: count, what: visit, unit: place, at_least: 2}",
        "2022-03-01,,visit,ash,held\n2022-03-03,,visit,,held", "row 3 (the cell for place is empty)",
    ),
    "a sum": ("{id: c, kind: count, what: visit, sum: tickets, at_least: 2}", "2022-03-01,,visit,ash,held",
              "row 2 (the cell for tickets is empty)"),
    "a condition": ("{id: c, kind: count, what: visit, at_least: 1, when: fair}",
                    "2022-03-01,,visit,ash,held\n2022-03-02,,fair,,planned", "row 3 (it is only planned)"),
    "what it goes together with": (
        "{id: c, kind: co_presence, what: visit, with: fair, match: same_day, every: period, at_least: 1}",
        "2022-03-01,,visit,ash,held\n2022-03-01,,fair,ash,planned",
        "row 2 (row 3, which it goes together with: it is only planned)",
    ),
    "an answer on the same row": (
        "{id: c, kind: response, each: visit, followed_by: answered, within: 1 days}",
        "2022-03-01,,visit,ash,held,,2022-03", "row 2 (the date in the cell for answered is no exact day)",
    ),
}  # fmt: skip


def evaluated(folder: Path, commitment: str, rows: str, engine: EngineName) -> Evaluation:
    promise, log = folder / "promise.yaml", folder / "log.csv"
    promise.write_text(f"{HEAD}  - {commitment}\n", encoding="utf-8")
    lines = [",".join([*row.split(","), "", "", ""][:7]) for row in rows.split("\n")]
    log.write_text("\n".join(["start,end,activity,place,status,tickets,answered", *lines]) + "\n", encoding="utf-8")
    return evaluate(promise, [log], as_of="2022-06-01", covers=["2022-01-01/2022-06-01"], engine=engine)


def rows_told(evaluation: Evaluation) -> tuple[Counted, ...]:
    (result,) = evaluation.result.commitments
    trigger = () if result.trigger is None else (*result.trigger.evidence.counted, *result.trigger.evidence.possible)
    return (*result.evidence.counted, *result.evidence.possible, *trigger)


@pytest.mark.parametrize(("commitment", "rows", "told"), CASES.values(), ids=CASES.keys())
def test_the_reason_names_the_row_and_what_it_leaves_unsaid(
    tmp_path: Path, commitment: str, rows: str, told: str
) -> None:
    by_reference, by_sql = (evaluated(tmp_path, commitment, rows, name) for name in ("reference", "duckdb"))
    assert rows_told(by_reference) == rows_told(by_sql)
    (shown,) = view(by_reference, "en").commitments
    assert f"cannot be told for certain: {told}." in shown.why.replace("\N{NO-BREAK SPACE}", " ")


def test_the_rows_of_a_condition_are_listed(tmp_path: Path) -> None:
    commitment, rows, _ = CASES["a condition"]
    (shown,) = view(evaluated(tmp_path, commitment, rows, "reference"), "en").commitments
    (listed,) = [rows for rows in shown.row_lists if rows.name == "trigger"]
    assert [(row.cite.replace("\N{NO-BREAK SPACE}", " "), row.notes) for row in listed.rows] == [
        ("row 3", ("it is only planned",))
    ]
