"""What a measured value is compared with is shown: the row and its value, also with a margin of error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from promisekit.pipeline import EngineName, evaluate
from promisekit.report.document import result_json
from promisekit.report.view import view

PROMISE = """
format: 1
id: small
title: A small promise
language: en
period: {start: 2025-01-01, end: 2025-12-31}
parties: {town: {name: The Town}}
log: {columns: {start: start, activity: activity, v: {column: v, type: number},
      l: {column: l, type: number}, h: {column: h, type: number}}}
activities: {m: {activity: survey}}
commitments:
  - {id: c, kind: measure, what: m, value: v, low: l, high: h, baseline: {start: 2023-01-01, end: 2023-12-31},
     compared: difference, at_most: -3, if_none: broken}
"""
ROWS = "start,activity,v,l,h\n2023-04-10,survey,40,39,41\n2023-05-10,survey,30,29,31\n2025-05-10,survey,26,25,27\n"


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_the_rows_of_the_baseline_are_told(tmp_path: Path, engine: EngineName) -> None:
    promise, log = tmp_path / "promise.yaml", tmp_path / "log.csv"
    promise.write_text(PROMISE, encoding="utf-8")
    log.write_text(ROWS, encoding="utf-8")
    found = evaluate(promise, [log], as_of="2026-01-10", covers=["2023-01-01/2026-01-10"], engine=engine)
    (commitment,) = json.loads(result_json([found]))["commitments"]
    assert [(row["row"], row["amount"], row["outcome"]) for row in commitment["baseline"]] == [(3, 30, "counted")]
    (shown,) = view(found, "en").commitments
    (listed,) = [rows for rows in shown.row_lists if rows.name == "baseline"]
    assert [row.when.replace("\N{NO-BREAK SPACE}", " ") for row in listed.rows] == ["10 May 2023"]
    assert "(30) it has changed by between −6 and −2" in shown.why
