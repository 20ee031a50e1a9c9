"""A small promise with tests, for the tests of tests."""

from __future__ import annotations

from pathlib import Path

from promisekit.diagnostics import Invalid, Severity
from promisekit.pipeline import EngineName
from promisekit.proof.testing.run import Outcome, run_all
from promisekit.spec import WithTests, load_with_tests

HEAD = """\
format: 1
id: small
title: A small promise
language: en
period: {start: 2022-03-01, end: 2022-05-31}
parties: {police: {name: The police}}
"""
LOG = """\
log:
  columns: {id: Id, start: Start, end: End, activity: Act, place: Place, status: Status}
  status: {held: [held], planned: [planned], cancelled: [cancelled]}
"""
TWO_LOGS = """\
log:
  north: {columns: {start: Start, activity: Act, place: Place}}
  south: {columns: {start: Begins, activity: What, place: Where}}
"""
REST = """\
activities: {office: {activity: office, place: square}}
commitments:
  - {id: visits, kind: count, what: office, at_least: 2}
  - {id: monthly, kind: frequency, what: office, every: month, at_least: 1}
  - {id: talks, kind: qualitative, owner: police, criteria: [people talked], assessed_by: [police]}
"""
FIRST_LINE = (HEAD + LOG + REST).count("\n") + 2
"""The line on which the first test of a promise stands."""


def written(folder: Path, tests: str, name: str = "small.yaml", log: str = LOG, rest: str = REST) -> Path:
    """A promise with these tests, in a file."""
    path = folder / name
    path.write_text(HEAD + log + rest + tests, encoding="utf-8")
    return path


def with_tests(folder: Path, tests: str, **other: str) -> WithTests:
    """A promise with these tests."""
    return load_with_tests(written(folder, tests, **other))


def outcomes(folder: Path, tests: str, engine: EngineName = "reference", **other: str) -> list[Outcome]:
    """What becomes of the tests."""
    return list(run_all(with_tests(folder, tests, **other), (engine,)))


def errors(folder: Path, tests: str, **other: str) -> list[tuple[str, int, int]]:
    """What is wrong with the tests: code, line and column."""
    try:
        with_tests(folder, tests, **other)
    except Invalid as invalid:
        found = [one for one in invalid.diagnostics if one.severity is Severity.ERROR]
        return [(one.code, one.place.line, one.place.column) for one in found if one.place is not None]
    return []
