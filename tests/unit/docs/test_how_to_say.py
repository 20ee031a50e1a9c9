"""docs/how-to-say.md: every phrasing on it is evaluated, and has a log that keeps it and one that breaks it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import promisekit as pk
from tests.architecture.house import ROOT
from tests.cases.pages import Case, cases_in
from tests.cases.test_cases import ALWAYS, commitment, observed

PAGE = (ROOT / "docs" / "how-to-say.md").read_text(encoding="utf-8")
CASES = list(cases_in(PAGE))
ENOUGH = 60


def test_there_are_enough_phrasings_and_each_can_be_kept_and_broken() -> None:
    outcomes: dict[str, set[object]] = defaultdict(set)
    for heading, _, case in CASES:
        outcomes[heading].add(case.expect["verdict"])
    assert len(outcomes) >= ENOUGH
    assert {heading: found for heading, found in outcomes.items() if not {"kept", "broken"} <= found} == {}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"line{line}-{heading}") for heading, line, case in CASES])
def test_a_phrasing_means_what_the_page_says(case: Case, tmp_path: Path) -> None:
    promise, expected = case.write(tmp_path), dict(case.expect)
    asked = {
        "as_of": expected.pop("as_of", "2022-06-30"),
        "covers": [expected.pop("covers", ALWAYS)],
        "assessments": None if case.assessments is None else tmp_path / "said.yaml",
    }
    result = pk.result_document(pk.evaluate(promise, case.named_logs(tmp_path), **asked), "sv")
    one = commitment(result["commitments"], expected.pop("commitment", None))
    seen = observed(one, result["log"], expected)
    assert {key: seen[key] for key in expected} == expected
