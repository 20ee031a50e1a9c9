"""docs/results.md names every key, value and exit code that comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import pytest

from promisekit.cli.exits import ORDER, Exit
from promisekit.diagnostics import Diagnostic, Severity
from promisekit.diagnostics.render import diagnostics_json
from promisekit.engine.observations import EVIDENCE_LIMIT, NEAR_MISS_LIMIT, Outcome, Phase, Reason
from promisekit.report.document import result_document, result_json
from promisekit.verdict.model import Outlook, Status, Verdict
from promisekit.words import say
from tests.unit.docs.pages import RESULTS, named
from tests.unit.report.promises import DATES, example


def keys(document: object) -> Iterator[str]:
    """Every key of a document, at any depth."""
    if isinstance(document, Mapping):
        for key, inner in document.items():
            yield str(key)
            yield from keys(inner)
    elif isinstance(document, Sequence) and not isinstance(document, str):
        for inner in document:
            yield from keys(inner)


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize("covered", [True, False])
def test_every_key_of_a_result_is_named(as_of: str, covered: bool) -> None:
    found = set(keys(result_document(example(as_of, covered=covered), "sv")))
    assert len(found) > 40
    assert found - named(RESULTS) == set()


def test_several_results_are_named() -> None:
    document = json.loads(result_json([example(), example()]))
    assert set(document) <= named(RESULTS)
    assert document["format"] in RESULTS


def test_every_key_of_the_diagnostics_is_named() -> None:
    found = Diagnostic("log.missing", Severity.ERROR, say("there is no such file"))
    document = json.loads(diagnostics_json([found], "en"))
    assert set(keys(document)) - named(RESULTS) == set()
    assert document["format"] in RESULTS


@pytest.mark.parametrize("words", [Verdict, Status, Outlook, Phase, Reason, Outcome, Severity])
def test_every_word_is_named(words: type[StrEnum]) -> None:
    assert {word.value for word in words} - named(RESULTS) == set()


def test_the_limits_are_told() -> None:
    assert f"the first {EVIDENCE_LIMIT} " in RESULTS
    assert f"at most {NEAR_MISS_LIMIT}" in RESULTS


def test_every_exit_code_is_told() -> None:
    assert [code for code in Exit if f"\n| {code.value} | " not in RESULTS] == []
    assert f"the first of {', '.join(str(code.value) for code in ORDER)} wins" in RESULTS
