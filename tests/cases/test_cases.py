"""Runs the pages of this folder: every expect block is a test, on every engine. README.md tells how to write one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

import promisekit as pk
from promisekit.pipeline import ENGINES
from tests.cases.pages import Case, cases_in

PAGES = sorted(page for page in Path(__file__).parent.glob("*.md") if page.name != "README.md")
ALWAYS = "2022-01-01/2022-12-31"


def cases() -> Iterator[object]:
    for page in PAGES:
        for heading, line, case in cases_in(page.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{page.stem}-line{line}-{heading}")


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "auto"])
@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, engine: str, tmp_path: Path) -> None:
    expected = dict(case.expect)
    covers = expected.pop("covers", ALWAYS)
    spans = () if covers == "assumed" else (covers,) if isinstance(covers, str) else tuple(covers)
    question = Question(replace(case, expect={}), str(expected.pop("as_of", "2022-06-01")), spans, engine)
    if "errors" in expected:
        with pytest.raises(pk.Invalid) as invalid:
            answer(question, tmp_path)
        assert [found.code for found in invalid.value.diagnostics if found.severity == "error"] == expected["errors"]
        return
    result = asked_before(question, tmp_path)
    one = commitment(result["commitments"], expected.pop("commitment", None))
    seen = observed(one, result["log"], expected)
    assert {key: seen[key] for key in expected} == expected
    assert result["provenance"]["engine"] == engine


class Question(NamedTuple):
    """What an expect block asks, whichever commitment it looks at."""

    case: Case
    as_of: str
    covers: tuple[str, ...]
    engine: str


RECENT: list[tuple[Question, dict]] = []
"""The last answers: many blocks look at different commitments of the same one."""


def asked_before(question: Question, folder: Path) -> dict:
    """The result, evaluated anew unless the same was asked just before."""
    for earlier, result in RECENT:
        if earlier == question:
            return result
    result = answer(question, folder)
    RECENT.append((question, result))
    del RECENT[:-8]
    return result


def answer(question: Question, folder: Path) -> dict:
    """The result of evaluating what a question asks."""
    case = question.case
    promise = case.write(folder)
    evaluation = pk.evaluate(
        promise,
        case.named_logs(folder),
        as_of=question.as_of,
        covers=list(question.covers),
        assessments=None if case.assessments is None else folder / "said.yaml",
        engine=question.engine,
    )
    return pk.result_document(evaluation, "en")


def commitment(commitments: list[dict], name: str | None) -> dict:
    """The commitment of that id, or the part `id/part`; the only one where no name is given."""
    first, *rest = (name or "").split("/")
    (one,) = [one for one in commitments if first in ("", one["id"])]
    return commitment(one["parts"], "/".join(rest)) if rest else one


def observed(one: dict, log: dict, expected: dict[str, object]) -> dict[str, object]:
    """What the result says of a commitment, in the words of an expect block."""
    windows = one["windows"]
    return one | {
        "windows": [[window["low"], window["high"], window["verdict"]] for window in windows],
        "of": [[window["of"]["low"], window["of"]["high"]] for window in windows if "of" in window],
        "spans": [f"{window['start']}/{window['end']}" for window in windows],
        "phases": [window["phase"] for window in windows],
        "window_reasons": [window["reasons"] for window in windows],
        "members": [window.get("member") for window in windows],
        "parts": {part["id"]: part["verdict"] for part in one["parts"]},
        "cases": {str(case["row"]): case["verdict"] for case in one.get("cases", [])},
        "unit": one["target"] and one["target"]["unit"],
        "degree": one["degree"] and [one["degree"]["low"], one["degree"]["high"]],
        "counted": [event["row"] for event in one["evidence"]["events"] if event["outcome"] == "counted"],
        "possible": [event["row"] for event in one["possible"]["events"]],
        "near_misses": {str(miss["row"]): miss["failed"] for miss in one["near_misses"]},
        "pivotal": [miss["row"] for miss in one["near_misses"] if miss["pivotal"]],
        "remaining": [[left["need"], left["by"]] for left in one["remaining"]],
        "waived": one["waived"] is not None,
        "log": {heap: log["sources"][0][heap] for heap in expected.get("log", {})},
        "warnings": sorted({found["code"] for found in log["diagnostics"]} & set(expected.get("warnings", []))),
    }
