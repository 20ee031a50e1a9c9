"""Every case of the manual and worlds of the differential tests have certificates that the checker finds to hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from promisekit.pipeline import Inputs, read
from promisekit.proof.certificate import certificate_json, certify
from promisekit.proof.checker.alone import check_certificate
from tests.cases.pages import Case, cases_in
from tests.cases.test_cases import ALWAYS, PAGES
from tests.proof.certifying import run

NOT_WHOLLY_CHECKED = {"identity": 9, "response": 13}
"""How many expect blocks of a page rest on something that the checker does not find again: which rows merge, and which
are excused by a date."""
BOTH_ENGINES = 5
"""So many different questions of a page are asked of both engines; tests/cases asks both all of them."""
WORLDS = 6


def inputs_of(case: Case, folder: Path) -> Inputs:
    """What an expect block asks about."""
    covers = case.expect.get("covers", ALWAYS)
    spans = [] if covers == "assumed" else [covers] if isinstance(covers, str) else list(covers)
    promise = case.write(folder)
    said = None if case.assessments is None else folder / "said.yaml"
    as_of = str(case.expect.get("as_of", "2022-06-01"))
    return read(promise, case.named_logs(folder), as_of=as_of, covers=spans, assessments=said)


def logs_in(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.glob("*.csv"))


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_every_case_of_the_manual_has_a_certificate_that_holds(page: Path, tmp_path: Path) -> None:
    asked: set[str] = set()
    blocks = partly = figures = 0
    for number, (heading, line, case) in enumerate(cases_in(page.read_text(encoding="utf-8"))):
        if "errors" in case.expect:
            continue  # what cannot be evaluated has no certificate
        folder = tmp_path / str(number)
        folder.mkdir()
        inputs = inputs_of(case, folder)
        document = certificate_json(certify(inputs, "reference"))
        if document not in asked and len(asked) < BOTH_ENGINES:
            assert certificate_json(certify(inputs, "duckdb")) == document, f"line {line}: {heading}"
            asked.add(document)
        report = check_certificate(document.encode(), logs_in(folder))
        blocks, partly, figures = blocks + 1, partly + bool(report.not_checked), figures + report.figures
        if "commitment" not in case.expect and "verdict" in case.expect and len(inputs.loaded.plan.commitments) == 1:
            assert report.verdict == case.expect["verdict"], f"line {line}: {heading}"
    assert blocks or page.stem == "readings"
    assert figures or not blocks
    assert partly == NOT_WHOLLY_CHECKED.get(page.stem, 0)


@pytest.mark.parametrize("share", range(2))
def test_worlds_have_certificates_that_hold(share: int) -> None:
    seen = run(WORLDS, share + 40, both=True)
    assert min(seen["figures"], seen["rows"]) > 20
    assert {"verdict kept", "verdict broken", "verdict open"} & seen.keys()
