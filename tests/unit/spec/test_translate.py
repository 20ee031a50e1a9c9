"""What pydantic says is told in our words, at the place in the YAML."""

from __future__ import annotations

import pytest

from promisekit.diagnostics import Route
from promisekit.spec.document import Document
from promisekit.spec.keys import keys_at
from promisekit.spec.translate import Problem, diagnostics_of, plain_name

DATA = {
    "log": {"polisen": {"columns": {"start": "S"}}},
    "commitments": [{"kind": "qualitative", "qualitative": 1, "quorum": "alla"}],
}


def told(*problems: Problem) -> list[tuple[str, Route]]:
    return [(found.code, found.route) for found in diagnostics_of(problems, Document, DATA)]


def test_an_error_nobody_has_thought_of_is_told_all_the_same() -> None:
    assert told(Problem("frozen_set_type", ("commitments", 0), {}, "nope")) == [("spec.not-valid", ("commitments", 0))]


def test_steps_that_are_not_in_the_data_are_skipped() -> None:
    location = ("log", "sources", "polisen", "columns", "start", "column")
    assert told(Problem("string_type", location, {}, "")) == [("spec.not-text", ("log", "polisen", "columns", "start"))]


def test_a_union_complains_once() -> None:
    location = ("commitments", 0, "quorum")
    literal = Problem("literal_error", (*location, "literal['any','all']"), {"expected": "'any' or 'all'"}, "")
    number = Problem("int_type", (*location, "constrained-int"), {}, "")
    assert told(number, literal) == told(literal, number) == [("spec.unknown-value", location)]


def test_a_misspelt_key_is_not_missing_too() -> None:
    data = {"titel": "x"}
    problems = [Problem("missing", ("title",), {}, ""), Problem("extra_forbidden", ("titel",), {}, "")]
    assert [found.code for found in diagnostics_of(problems, Document, data)] == ["spec.unknown-key"]


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ((), "commitments"),
        (("period",), "start"),
        (("parties", "kommunen"), "signed_by"),
        (("log", "shared"), "columns"),
        (("log", "sources", "polisen", "columns", "start"), "split"),
        (("log", "shared", "status"), "held"),
        (("calendars", "lov", 0), "from"),
        (("commitments", 0), "assessed_by"),
        (("text",), "preamble"),
    ],
)
def test_the_keys_of_a_place(location: tuple[str | int, ...], key: str) -> None:
    assert key in keys_at(Document, location, DATA)


def test_names_are_free_where_the_author_chooses_them() -> None:
    assert keys_at(Document, ("parties",), DATA) == ()
    assert keys_at(Document, ("nix", 3), DATA) == ()


@pytest.mark.parametrize(
    ("written", "plain"), [("Örkelljunga 2022", "orkelljunga-2022"), ("_x", "x"), ("漢字", ""), ("a/b", "a-b")]
)
def test_the_nearest_name(written: str, plain: str) -> None:
    assert plain_name(written) == plain
