"""Small promises and logs for the tests of reports, and the example in both of its states."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from promisekit.pipeline import evaluate
from promisekit.report.page import Commitment
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation

ROOT = Path(__file__).resolve().parents[3]
PROMISE = ROOT / "promises" / "2022-03.yaml"
EXAMPLE = ROOT / "examples" / "2022-03"
DATES = ("2022-02-01", "2022-04-10", "2022-06-01", "2022-06-30")

HEAD = """
format: 1
id: small
title: A small promise
language: en
period: {start: 2022-03-01, end: 2022-05-31}
parties: {town: {name: The Town}, police: {name: The Police}}
log:
  columns: {start: start, end: end, activity: activity, place: place, case: case, status: status}
  status: {held: [held], planned: [planned], cancelled: [cancelled]}
activities:
  office: {activity: office, place: square}
  outreach: {activity: outreach}
  report: {activity: report}
  answer: {activity: answer}
commitments:
"""


@cache
def example(as_of: str = "2022-06-01", *, covered: bool = True) -> Evaluation:
    """The example of the project."""
    return evaluate(
        PROMISE,
        [EXAMPLE / "handelser.csv"],
        as_of=as_of,
        covers=["2022-03-01/2022-05-31"] if covered else [],
        assessments=EXAMPLE / "assessments.yaml",
    )


def small(
    folder: Path,
    commitment: str,
    rows: str = "",
    *,
    as_of: str = "2022-06-01",
    covers: str = "2022-03-01/2022-05-31",
    assessments: str = "",
) -> Evaluation:
    """One commitment over a few rows (`start,end,activity,place,case,status`; what is left out is empty)."""
    promise, log, said = folder / "promise.yaml", folder / "log.csv", folder / "said.yaml"
    promise.write_text(f"{HEAD}  - {commitment}\n", encoding="utf-8")
    lines = [full_row(line.strip()) for line in rows.strip().splitlines()]
    log.write_text("\n".join(["start,end,activity,place,case,status", *lines]) + "\n", encoding="utf-8")
    if assessments:
        said.write_text(f"format: 1\nassessments:\n{assessments}", encoding="utf-8")
    return evaluate(
        promise,
        [log],
        as_of=as_of,
        covers=[covers] if covers else [],
        assessments=said if assessments else None,
    )


def full_row(line: str) -> str:
    """All six cells of a row; held where it does not say."""
    cells = [*line.split(","), "", "", "", "", ""][:6]
    return ",".join([*cells[:5], cells[5] or "held"])


def told(evaluation: Evaluation, language: str = "en") -> Commitment:
    """The only commitment, as a report tells it."""
    (commitment,) = view(evaluation, language).commitments
    return commitment
