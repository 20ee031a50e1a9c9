"""Runs the pages of this folder: every expect block is a test, on every engine. README.md tells how to write one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import promisekit as pk
from promisekit.pipeline import ENGINES

PAGES = sorted(page for page in Path(__file__).parent.glob("*.md") if page.name != "README.md")
BLOCK = re.compile(r"^```(?:yaml|csv) (promise|log|assessments|expect)\n(.*?)^```$|^#+ ([^\n]*)$", re.M | re.S)
ALWAYS = "2022-01-01/2022-12-31"
DEFAULTS = {
    "format": "1",
    "id": "case",
    "title": "A case",
    "language": "sv",
    "period": "{start: 2022-03-01, end: 2022-05-31}",
    "parties": "{municipality: {name: The municipality}, police: {name: The police}}",
    "activities": "{anything: {}}",
}
TYPED = {"actors": 'type: list, split: "+"', "answered": "type: date"}


@dataclass(frozen=True)
class Case:
    """One expect block, and the blocks that are in force where it stands."""

    promise: str
    log: str
    assessments: str | None
    expect: dict[str, object]


def cases() -> Iterator[object]:
    for page in PAGES:
        heading, promise, log, assessments = "", "", "start,activity\n", None
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            sort, block, title = found.groups()
            heading = title or heading
            if sort == "promise":
                promise, log, assessments = block, "start,activity\n", None
            elif sort == "log":
                log = block
            elif sort == "assessments":
                assessments = block
            elif sort == "expect":
                line = text.count("\n", 0, found.start()) + 1
                expect = json.loads(
                    json.dumps(yaml.safe_load(block), default=str)
                )  # dates as the text that stands there
                yield pytest.param(Case(promise, log, assessments, expect), id=f"{page.stem}-line{line}-{heading}")


def whole_promise(case: Case) -> str:
    """The promise with what its block leaves out; its columns are those of the log."""
    header = case.log.partition("\n")[0].split(",")
    columns = [f"{name}: {{column: {name}, {TYPED[name]}}}" if name in TYPED else f"{name}: {name}" for name in header]
    status = ", status: {held: [held], planned: [planned], cancelled: [cancelled]}" if "status" in header else ""
    defaults = {**DEFAULTS, "log": f"{{columns: {{{', '.join(columns)}}}{status}}}"}
    missing = [f"{key}: {value}" for key, value in defaults.items() if not re.search(rf"^{key}:", case.promise, re.M)]
    return "\n".join([*missing, case.promise])


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "auto"])
@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, engine: str, tmp_path: Path) -> None:
    promise, log, assessments = tmp_path / "case.yaml", tmp_path / "log.csv", tmp_path / "said.yaml"
    promise.write_text(whole_promise(case), encoding="utf-8")
    log.write_text(case.log, encoding="utf-8")
    if case.assessments is not None:
        assessments.write_text(case.assessments, encoding="utf-8")
    expected = dict(case.expect)
    covers = expected.pop("covers", ALWAYS)
    asked = {
        "as_of": expected.pop("as_of", "2022-06-01"),
        "covers": [] if covers == "assumed" else [covers] if isinstance(covers, str) else covers,
        "assessments": None if case.assessments is None else assessments,
        "engine": engine,
    }
    if "errors" in expected:
        with pytest.raises(pk.Invalid) as invalid:
            pk.evaluate(promise, [log], **asked)
        assert [found.code for found in invalid.value.diagnostics if found.severity == "error"] == expected["errors"]
        return
    evaluation = pk.evaluate(promise, [log], **asked)
    result = pk.result_document(evaluation, "en")
    name = expected.pop("commitment", None)
    (one,) = [one for one in result["commitments"] if name in (None, one["id"])]
    seen = observed(one, result["log"], expected)
    assert {key: seen[key] for key in expected} == expected
    assert evaluation.engine == engine


def observed(one: dict, log: dict, expected: dict[str, object]) -> dict[str, object]:
    """What the result says of a commitment, in the words of an expect block."""
    windows = one["windows"]
    return one | {
        "windows": [[window["low"], window["high"], window["verdict"]] for window in windows],
        "of": [[window["of"]["low"], window["of"]["high"]] for window in windows if "of" in window],
        "spans": [f"{window['start']}/{window['end']}" for window in windows],
        "phases": [window["phase"] for window in windows],
        "window_reasons": [window["reasons"] for window in windows],
        "degree": one["degree"] and [one["degree"]["low"], one["degree"]["high"]],
        "counted": [event["row"] for event in one["evidence"]["events"] if event["outcome"] == "counted"],
        "near_misses": {str(miss["row"]): miss["failed"] for miss in one["near_misses"]},
        "pivotal": [miss["row"] for miss in one["near_misses"] if miss["pivotal"]],
        "remaining": [[left["need"], left["by"]] for left in one["remaining"]],
        "waived": one["waived"] is not None,
        "log": {heap: log["sources"][0][heap] for heap in expected.get("log", {})},
        "warnings": sorted({found["code"] for found in log["diagnostics"]} & set(expected.get("warnings", []))),
    }
