"""What the plan alone says is out of reach: each case is searched for a witness too, which must not be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.plan.reach import reach_of
from promisekit.proof.judging import court_for
from promisekit.proof.making import Maker
from promisekit.proof.search import Search
from promisekit.proof.witness import ONLY, WANTED
from promisekit.spec import load
from promisekit.words import text

HEAD = """\
format: 1
id: p
title: P
language: en
period: {start: 2022-03-01, end: 2022-05-31}
parties: {us: {name: Us}}
log:
  columns: {start: Start, end: End, activity: What, place: Where, case: Case, who: {column: Who, type: list},
            number: {column: N, type: number}, inside: {column: In, type: flag}, answered: {column: A, type: date}}
calendars:
  fair: [{from: 2022-03-05, to: 2022-03-06, label: Fair}]
activities:
  v: {activity: visit}
  there: {activity: visit, place: square}
  saturday: {activity: visit, weekday: sat}
  fair: {calendar: fair, weekday: mon}
  nobody: {who: {all: [a, b], none: [b]}}
  flag: {inside: true, all: [{inside: false}]}
  prefix: {case: {starts_with: "5-"}, all: [{case: [4-1, 6-1]}]}
  few: {number: {at_most: 5}}
  range: {number: {at_least: 2}, all: [{number: {at_most: 1}}]}
  short: {activity: visit, duration: {at_most: "30 minutes"}}
  places: {activity: visit, place: [square, park]}
  empty: {activity: visit, case: {recorded: false}}
  request: {activity: request}
  march: {activity: visit, answered: {on_or_before: 2022-01-31}}
commitments:
"""
NEITHER, KEPT, BROKEN, BOTH = "", "kept", "broken", "kept broken"
CASES = {
    "{id: c, kind: count, what: v, at_least: 3}": NEITHER,
    "{id: c, kind: count, what: nobody, at_least: 1}": KEPT,
    "{id: c, kind: count, what: nobody, at_most: 1}": BROKEN,
    "{id: c, kind: count, what: flag, at_least: 1}": KEPT,
    "{id: c, kind: count, what: prefix, at_least: 1}": KEPT,
    "{id: c, kind: count, what: range, at_least: 1}": KEPT,
    "{id: c, kind: count, what: fair, at_least: 1}": KEPT,
    "{id: c, kind: frequency, what: saturday, every: week, partial: full_target, at_least: 1}": KEPT,
    "{id: c, kind: frequency, what: saturday, every: week, partial: whole_only, at_least: 1}": NEITHER,
    "{id: c, kind: frequency, what: saturday, every: day, at_least: 1}": KEPT,
    "{id: c, kind: frequency, what: saturday, every: day, at_least: 1, need: 14}": KEPT,
    "{id: c, kind: frequency, what: saturday, every: day, at_least: 1, need: 13}": NEITHER,
    "{id: c, kind: count, what: v, unit: day, at_least: 92}": NEITHER,
    "{id: c, kind: count, what: v, unit: day, at_least: 93}": KEPT,
    "{id: c, kind: count, what: saturday, unit: day, at_least: 14}": KEPT,
    "{id: c, kind: count, what: v, unit: month, at_most: 3}": BROKEN,
    "{id: c, kind: count, what: places, unit: place, at_least: 2}": NEITHER,
    "{id: c, kind: count, what: places, unit: place, at_least: 3}": KEPT,
    "{id: c, kind: count, what: range, sum: number, at_least: 1}": KEPT,
    "{id: c, kind: duration, what: v, every: day, at_least: 25 hours, total: union, without_end: unknown}": KEPT,
    "{id: c, kind: duration, what: v, every: day, at_least: 25 hours, total: sum, without_end: unknown}": NEITHER,
    "{id: c, kind: max_gap, what: v, at_most: 93 days}": BROKEN,
    "{id: c, kind: max_gap, what: saturday, at_most: 6 days}": KEPT,
    "{id: c, kind: max_gap, what: saturday, at_most: 7 days}": NEITHER,
    "{id: c, kind: measure, what: few, value: number, at_least: 6, if_none: broken}": KEPT,
    "{id: c, kind: measure, what: few, value: number, at_most: 5, if_none: not_applicable}": BROKEN,
    "{id: c, kind: measure, what: few, value: number, at_most: 5, if_none: broken}": NEITHER,
    "{id: c, kind: share, what: v, of: there, base: actual, at_least: 1/2}": BROKEN,
    "{id: c, kind: share, what: there, of: v, base: actual, at_least: 1/2}": NEITHER,
    "{id: c, kind: share, what: request, of: v, base: actual, at_least: 1/2}": KEPT,
    "{id: c, kind: share, what: there, of: nobody, base: actual, at_least: 1/2}": BOTH,
    "{id: c, kind: response, each: request, followed_by: saturday, same: case, within: 1 days, "
    "during: {start: 2022-03-07, end: 2022-03-10}}": KEPT,
    "{id: c, kind: response, each: empty, followed_by: request, same: case, by: period_end}": KEPT,
    "{id: c, kind: response, each: march, followed_by: answered, within: 3 days}": KEPT,
    "{id: c, kind: co_presence, what: short, with: request, match: overlap, min_overlap: 45 minutes, every: month, "
    "at_least: 1}": KEPT,
    "{id: c, kind: co_presence, what: there, with: there, match: same_day, every: month, at_least: 1}": NEITHER,
    '{id: c, kind: schedule, what: short, from: "09:00", to: "11:00", presence: 45 minutes, on: mon}': KEPT,
    "{id: c, kind: milestone, what: nobody, by: 2022-04-01}": KEPT,
    "{id: c, kind: each, what: there, by: place, of: [square, park], every: period, at_least: 1}": KEPT,
    "{id: c, kind: count, what: v, when: v, at_least: 1}": BROKEN,
    "{id: c, kind: count, what: v, when: there, at_most: 0}": KEPT,
    "{id: c, kind: count, what: v, when: nobody, at_least: 1}": BOTH,
    "{id: c, kind: composite, all_of: [{id: a, kind: count, what: v, at_most: 2}, "
    "{id: b, kind: frequency, what: there, every: month, at_least: 1}]}": KEPT,
    "{id: c, kind: composite, any_of: [{id: a, kind: count, what: v, at_most: 2}, "
    "{id: b, kind: count, what: nobody, at_most: 1}]}": BROKEN,
    "{id: c, kind: composite, any_of: [{id: a, kind: count, what: v, at_least: 2}, "
    "{id: b, kind: count, what: nobody, at_least: 1}]}": NEITHER,
    "{id: c, kind: qualitative, criteria: [it is well], assessed_by: [us]}": NEITHER,
}


@pytest.mark.parametrize(("written", "barred"), list(CASES.items()))
def test_what_is_out_of_reach(written: str, barred: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"{HEAD}  - {written}\n", encoding="utf-8")
    loaded = load(path)
    (one,) = loaded.plan.commitments
    reach = reach_of(one.node, loaded.plan.zone)
    bars = dict(zip(WANTED, (reach.kept, reach.broken), strict=True))
    assert " ".join(verdict.value for verdict, bar in bars.items() if bar is not None) == barred
    told = {found.code: found for found in loaded.diagnostics if found.code.startswith("commitment.never-")}
    court = court_for(loaded.plan, (ONLY,))
    for verdict, bar in bars.items():
        found = Search(court, Maker(loaded.plan.zone, court.sources)).find(one.node, verdict)
        assert (found is None) is (bar is not None)
        if bar is not None:
            diagnostic = told[f"commitment.never-{verdict.value}"]
            assert diagnostic.severity == "warning"
            assert diagnostic.place is not None
            assert diagnostic.message == bar.message
            assert text(bar.message, "sv") != text(bar.message, "en")
