"""Assessments are read as strictly as promises: nothing that somebody said is silently ignored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from promisekit.diagnostics import Invalid
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Plan
from promisekit.spec import load, load_assessments
from promisekit.windows import parse_day

PROMISE = """\
format: 1
id: p
title: t
period: {start: 2022-03-01, end: 2022-05-31}
parties: {kommunen: {name: K}, polisen: {name: P}}
log: {columns: {start: Start}}
activities: {a: {}}
commitments:
  - {id: counted, kind: count, what: a, at_least: 1}
  - {id: judged, kind: qualitative, criteria: [x], assessed_by: [kommunen]}
"""
GOOD = "{commitment: judged, by: Anna, role: kommunen, date: 2022-05-01, verdict: kept}"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "p.yaml").write_text(PROMISE, encoding="utf-8")
    return load(tmp_path / "p.yaml").plan


def codes(text: str, plan: Plan, folder: Path) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_assessments(path, plan)
    except Invalid as invalid:
        return [found.code for found in invalid.diagnostics]
    return []


def stated(*statements: str) -> str:
    return "format: 1\nassessments:\n" + "".join(f"  - {statement}\n" for statement in statements)


def test_statements_are_kept_in_order(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    waiver = "{commitment: counted, by: Bo, role: polisen, date: 2022-04-01, waiver: true, note: storm, evidence: smhi}"
    path.write_text(stated(GOOD, waiver), encoding="utf-8")
    read = load_assessments(path, plan)
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read.assessments == (
        Assessment("judged", "Anna", "kommunen", parse_day("2022-05-01"), "kept", False, None, ()),
        Assessment("counted", "Bo", "polisen", parse_day("2022-04-01"), None, True, "storm", ("smhi",), position=1),
    )


def test_no_statements_are_no_fault(plan: Plan, tmp_path: Path) -> None:
    assert codes("format: 1\nassessments: []\n", plan, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("judged", "jugded", "assessment.unknown-commitment"),
        ("judged", "counted", "assessment.decided-by-log"),
        ("kommunen", "polisen", "assessment.not-entitled"),
        ("kommunen", "regionen", "assessment.not-entitled"),
        ("verdict: kept", "verdict: kept, waiver: true, note: x", "assessment.verdict-or-waiver"),
        (", verdict: kept", "", "assessment.verdict-or-waiver"),
        ("verdict: kept", "waiver: true", "assessment.no-reason"),
        ("verdict: kept", "waiver: false", "spec.unknown-value"),
        ("verdict: kept", "verdict: uppfyllt", "spec.unknown-value"),
        ("verdict: kept", "verdict: kept, windows: 3", "spec.unknown-key"),
        ("verdict: kept", "verdict: kept, note: ", "spec.empty"),
        ("by: Anna", "by: ''", "spec.empty"),
        ("2022-05-01", "1 maj", "date.not-iso"),
        ("date: 2022-05-01, ", "", "spec.missing-key"),
    ],
)
def test_a_statement_that_would_not_count_is_refused(old: str, new: str, code: str, plan: Plan, tmp_path: Path) -> None:
    assert codes(stated(GOOD.replace(old, new)), plan, tmp_path) == [code]


@pytest.mark.parametrize("text", ["", "- a\n", "x\n", "null\n"])
def test_what_is_no_assessments_file(text: str, plan: Plan, tmp_path: Path) -> None:
    assert codes(text, plan, tmp_path) == ["spec.no-assessments"]


def test_a_waiver_may_come_from_any_party_but_only_a_party(plan: Plan, tmp_path: Path) -> None:
    waiver = GOOD.replace("verdict: kept", "waiver: true, note: x")
    assert codes(stated(waiver.replace("kommunen", "polisen")), plan, tmp_path) == []
    assert codes(stated(waiver.replace("kommunen", "regionen")), plan, tmp_path) == ["assessment.not-entitled"]
