"""Small promises and logs for the tests of reports, and the example in both of its states."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from promisekit.pipeline import evaluate
from promisekit.report.page import Commitment
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation
from tests.cases.pages import Case

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


def asked(
    folder: Path,
    promise: str,
    rows: str,
    *,
    as_of: str = "2022-06-01",
    covers: str = "2022-01-01/2022-12-31",
    said: str | None = None,
    engine: Literal["reference", "duckdb"] = "reference",
) -> Evaluation:
    """A promise of any kind over a log whose columns are named as in its header (`tests/cases/pages.py`)."""
    case = Case(promise=f"language: en\n{promise}", logs={"log": f"{rows.strip()}\n"}, assessments=said)
    path = case.write(folder)
    assessments = folder / "said.yaml" if said is not None else None
    return evaluate(path, case.named_logs(folder), as_of=as_of, covers=[covers], assessments=assessments, engine=engine)


EVERYTHING = """
title: Everything that a promise can say
period: {start: 2022-03-01, end: 2022-05-31}
activities:
  visit: {activity: visit}
  patrol: {activity: patrol}
  report: {activity: report}
  answer: {activity: answer}
  survey: {activity: survey}
  cleaning: {activity: cleaning}
  market: {activity: market}
commitments:
  - {id: days, kind: count, what: visit, unit: day, at_least: 3}
  - {id: places, kind: count, what: visit, unit: place, at_least: 2}
  - {id: visitors, kind: count, what: visit, sum: visits, at_least: 40}
  - {id: weekly, kind: frequency, what: visit, every: week, at_least: 1, partial: whole_only, need: 10 %}
  - {id: fridays, kind: schedule, what: patrol, on: [fri], from: "20:00", to: "02:00", presence: 1 hour, need: 2}
  - {id: hours, kind: duration, what: patrol, every: month, total: sum, weight: officers, without_end: unknown,
     at_least: 2 hours}
  - {id: gap, kind: max_gap, what: cleaning, at_most: 30 days}
  - {id: opening, kind: milestone, what: market, by: 2022-04-30}
  - {id: trust, kind: measure, what: survey, value: value, low: value_low, high: value_high, at_least: 60,
     if_none: not_applicable}
  - {id: rise, kind: measure, what: survey, value: value, direction: increase, baseline: 58, if_none: not_applicable}
  - {id: answers, kind: response, each: report, followed_by: answer, same: case, within: 24 hours, clock: always,
     at_least: 90 %}
  - {id: schools, kind: each, of: [Ash, Birch, Cedar], by: place, what: visit, every: month, at_least: 1, members: 2}
  - {id: stalls, kind: count, what: patrol, at_least: 5, when: market}
  - id: together
    kind: composite
    quote: Together we do two of three things.
    at_least: 2
    of:
      - {id: visits, kind: count, what: visit, at_least: 3, owner: municipality, quote: Three visits.}
      - {id: judged, kind: qualitative, criteria: [it went well], assessed_by: [police], by: 2022-05-15}
      - id: either
        kind: composite
        any_of:
          - {id: markets, kind: count, what: market, at_least: 2}
          - {id: surveys, kind: count, what: survey, at_least: 2}
"""
EVERYTHING_ROWS = """
id,start,end,activity,place,case,visits,officers,value,value_low,value_high
1,2022-03-05 10:00,2022-03-05 12:30,visit,Ash,,12.5,,,,
2,2022-03-05 14:00,,visit,Birch,,20,,,,
3,2022-04-06,,visit,Ash,,,,,,
4,2022-05-06,,visit,Ash,,7,,,,
5,2022-05-07,,visit,Birch,,3,,,,
6,2022-03-04 20:00,2022-03-04 22:30,patrol,Ash,,,2,,,
7,2022-04-01 21:00,2022-04-01 21:40,patrol,Ash,,,2,,,
8,2022-05-13 23:00,,patrol,Ash,,,2,,,
9,2022-03-10,,cleaning,,,,,,,
10,2022-04-25,,cleaning,,,,,,,
11,2022-05-20,,cleaning,,,,,,,
12,2022-05-02,,market,Ash,,,,,,
13,2022-05-10,,survey,,,,,61.5,59,64
14,2022-03-07 10:00,,report,,K1,,,,,
15,2022-03-08 09:00,,answer,,K1,,,,,
16,2022-04-07 10:00,,report,,K2,,,,,
17,2022-04-08 10:25,,answer,,K2,,,,,
18,2022-04-20 10:00,,report,,K3,,,,,
"""
EVERYTHING_SAID = """format: 1
assessments:
  - {commitment: weekly, window: 2022-04-06, by: Anna, role: police, date: 2022-05-20, waiver: true, note: Flood}
  - {commitment: answers, case: K3, by: Anna, role: police, date: 2022-05-20, waiver: true, note: Withdrawn}
  - {commitment: schools, member: Cedar, by: Bo, role: municipality, date: 2022-05-21, waiver: true, note: Closed}
  - {row: {source: log.csv, row: 3}, set_aside: end, by: Bo, role: municipality, date: 2022-05-21, note: No end,
     evidence: ["https://example.org/minutes"]}
"""


@cache
def everything(as_of: str = "2022-06-01") -> Evaluation:
    """A promise with a commitment of every sort, one of each with a waiver."""
    with TemporaryDirectory() as folder:
        return asked(Path(folder), EVERYTHING, EVERYTHING_ROWS, as_of=as_of, said=EVERYTHING_SAID)
