"""Promises of a few lines, and what they lower to."""

from __future__ import annotations

from pathlib import Path

from promisekit.diagnostics import Severity
from promisekit.plan.nodes import Commitment
from promisekit.spec.files import TextFile
from promisekit.spec.load import check
from promisekit.spec.lower import lower

HEAD = """\
format: 1
id: x
title: X
period: {start: 2022-03-01, end: 2022-05-31}
parties: {kommunen: {name: K}}
log:
  columns:
    start: S
    end: E
    activity: A
    place: P
    case: C
    priority: Q
    hours: {column: H, type: number}
    whole: {column: W, type: number}
    answered: {column: B, type: date}
activities:
  insats: {activity: insats}
  kvall: {activity: insats, time: {from: "18:00", to: "24:00"}}
commitments:
"""


def lowered(commitment: str, folder: Path = Path()) -> Commitment:
    """The plan of one commitment that is written in one line."""
    document = found(commitment, folder)[0]
    assert document == [], document
    draft = check(TextFile(folder / "x.yaml", "x.yaml", f"{HEAD}  - {commitment}\n", ""))[0]
    assert draft is not None
    return lower(draft.document, folder / "x.yaml", "").commitments[0]


def found(commitment: str, folder: Path = Path()) -> tuple[list[str], list[str]]:
    """The codes of errors, and of everything else, that a commitment has."""
    diagnostics = check(TextFile(folder / "x.yaml", "x.yaml", f"{HEAD}  - {commitment}\n", ""))[1]
    wrong = [one.code for one in diagnostics if one.severity is Severity.ERROR]
    return wrong, [one.code for one in diagnostics if one.severity is not Severity.ERROR]
