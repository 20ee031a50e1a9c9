"""Merging is declared once for all sources: beside the columns, or beside the names of the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.log.mapping import Duplicates
from promisekit.spec.files import TextFile
from promisekit.spec.load import check
from promisekit.spec.lower import sources

PROMISE = """\
format: 1
id: x
title: X
period: {start: 2022-03-01, end: 2022-05-31}
log: LOG
activities: {insats: {activity: insats, sources: SOURCES}}
commitments: [{id: a, kind: count, what: insats, at_least: 1}]
"""
COLUMNS = "columns: {start: S, activity: A, place: P}"


def found(log: str, only: str = "") -> tuple[set[str], Duplicates | None]:
    """The codes that a log's mapping gives, and what is declared."""
    text = PROMISE.replace("LOG", log).replace(", sources: SOURCES", f", sources: [{only}]" if only else "")
    draft, diagnostics = check(TextFile(Path("x.yaml"), "x.yaml", text, ""))
    assert draft is not None
    codes = {one.code for one in diagnostics} - {"spec.advised-key"}
    return codes, sources(draft.document).duplicates


@pytest.mark.parametrize("log", [f"{{{COLUMNS}, DUP}}", f"{{a: {{{COLUMNS}}}, b: {{{COLUMNS}}}, DUP}}"])
def test_it_stands_beside_columns_or_sources(log: str) -> None:
    declared = "duplicates: {same: [activity, place], apart: 10 minutes, across: source}"
    assert found(log.replace("DUP", declared)) == (set(), Duplicates(("activity", "place"), 600, "source"))
    assert found(log.replace(", DUP", "")) == (set(), None)


def test_a_source_may_be_called_so() -> None:
    assert found(f"{{duplicates: {{{COLUMNS}}}, b: {{{COLUMNS}}}}}") == (set(), None)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("same: [id], apart: 1 hour, across: row", "column.unknown"),
        ("same: [start], apart: 1 hour, across: row", "column.unknown"),
        ("same: [plats], apart: 1 hour, across: row", "column.unknown"),
        ("same: [place], apart: 1 day, across: row", "length.not-understood"),
        ("same: [place], apart: 1 hour, across: rows", "spec.unknown-value"),
        ("same: [place], apart: 1 hour", "spec.missing-key"),
        ("same: [], apart: 1 hour, across: row", "spec.empty"),
    ],
)
def test_what_cannot_be_declared(declared: str, code: str) -> None:
    assert found(f"{{{COLUMNS}, duplicates: {{{declared}}}}}")[0] == {code}


def test_an_activity_of_one_source_is_warned_of_merging() -> None:
    declared = "duplicates: {same: [place], apart: 1 hour, across: source}"
    log = f"{{a: {{{COLUMNS}}}, b: {{{COLUMNS}}}, {declared}}}"
    assert found(log, "a")[0] == {"duplicates.sources"}
    assert found(log, "a, b")[0] == set()
    assert found(log.replace("across: source", "across: row"), "a")[0] == set()
