"""docs/promises.md: every block on it is a promise that loads, and it names every key that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import promisekit as pk
from promisekit.diagnostics import Severity
from promisekit.kinds import kind_names
from promisekit.selectors.columns import OPERATORS
from promisekit.selectors.parse import RESERVED
from promisekit.spec.assessments import Statement
from promisekit.spec.files import read_text
from promisekit.spec.load import check
from promisekit.spec.schema import promise_schema
from promisekit.spec.yaml_text import parse_yaml
from promisekit.verdict.model import Result
from tests.architecture.house import ROOT
from tests.unit.docs.pages import PROMISES, TESTS, Block, blocks, named

COLUMNS = """\
    start: Start
    end: Slut
    activity: Aktivitet
    theme: Tema
    place: Plats
    case: Ärende
    actors: {column: Medverkande, type: list}
    officers: {column: Antal poliser, type: number}
    indoors: {column: Inomhus, type: flag}
    answered: {column: Besvarad, type: date}
"""
DEFAULTS = {
    "format": "format: 1\n",
    "id": "id: fragment\n",
    "title": "title: Ett löfte\n",
    "period": "period: {start: 2022-03-01, end: 2022-05-31}\n",
    "parties": "parties: {kommunen: {name: Kommunen}, polisen: {name: Polisen}}\n",
    "log": f"log:\n  columns:\n{COLUMNS}",
    "activities": "activities: {insats: {activity: insats}}\n",
}
"""What a fragment leaves out; `commitments` counts each of its activities."""
WHOLE = "yaml promise"
FRAGMENT = "yaml fragment"
SAID = "yaml assessments"
REGISTER = "csv register "


def completed(fragment: str) -> str:
    """A fragment with the keys that it leaves out."""
    written = yaml.safe_load(fragment)
    whole = fragment + "".join(text for key, text in DEFAULTS.items() if key not in written)
    if "commitments" not in written:
        whole += "commitments:\n"
        for name in yaml.safe_load(whole)["activities"]:
            whole += f"  - {{id: {name}, kind: count, what: {name}, at_least: 1}}\n"
    return whole


def faults(text: str, folder: Path) -> list[str]:
    """Everything wrong with a promise, advice aside."""
    path = folder / "lofte.yaml"
    path.write_text(text, encoding="utf-8")
    _, found = check(read_text(path))
    return [f"{one.code}: {one.message.sentence}" for one in found if one.severity is not Severity.ADVICE]


def label(block: Block) -> str:
    return f"line {block.line}"


def beside(folder: Path) -> None:
    """What lies beside the page's promises: the decided text, and the register."""
    (folder / "medborgarlofte.md").write_text(blocks(PROMISES, "markdown document")[0].text, encoding="utf-8")
    for block in blocks(PROMISES, REGISTER):
        (folder / block.info.removeprefix(REGISTER)).write_text(block.text, encoding="utf-8")


def example(folder: Path, said: int, as_of: str) -> Result:
    """What the page's example comes to with the assessments of its block number `said`."""
    beside(folder)
    sources = {"polisen": "polisen.csv", "kommunen": "insatser.csv"}
    for source, name in sources.items():
        (folder / name).write_text(blocks(PROMISES, f"csv {source}")[0].text, encoding="utf-8")
    (folder / "lofte.yaml").write_text(blocks(PROMISES, WHOLE)[-1].text, encoding="utf-8")
    (folder / "said.yaml").write_text(blocks(PROMISES, SAID)[said].text, encoding="utf-8")
    assert all(f" {source}={name}" in PROMISES for source, name in sources.items())
    logs = [f"{source}={folder / name}" for source, name in sources.items()]
    evaluation = pk.evaluate(folder / "lofte.yaml", logs, as_of=as_of, assessments=folder / "said.yaml")
    assert evaluation.diagnostics == ()
    return evaluation.result


def test_every_yaml_block_is_run() -> None:
    known = {WHOLE, FRAGMENT, SAID}
    assert [label(block) for block in blocks(PROMISES, "yaml") if block.info not in known] == []
    assert len(blocks(PROMISES, WHOLE)) >= 2
    assert len(blocks(PROMISES, FRAGMENT)) >= 8


@pytest.mark.parametrize("block", blocks(PROMISES, WHOLE), ids=label)
def test_a_whole_promise_has_no_fault(block: Block, tmp_path: Path) -> None:
    beside(tmp_path)
    assert faults(block.text, tmp_path) == []


@pytest.mark.parametrize("block", blocks(PROMISES, FRAGMENT), ids=label)
def test_a_fragment_has_no_fault(block: Block, tmp_path: Path) -> None:
    beside(tmp_path)
    assert faults(completed(block.text), tmp_path) == []


def forms() -> Iterator[str]:
    """Every form of a condition in the table of selectors: the first column, a form after a comma written out."""
    for line in PROMISES.splitlines():
        cell = line.split(" | ")[0].removeprefix("| ")
        if not (line.startswith("| `") and ": " in cell):
            continue
        first, *others = [code.strip("`") for code in cell.split("`, `")]
        key = first.split(": ")[0]
        yield first
        yield from (other if other.startswith(key) else f"{key}: {other}" for other in others)


def test_the_table_shows_every_test() -> None:
    shown = {key for form in forms() for key in yaml.safe_load(form.replace("…", ""))}
    shown |= {
        key for form in forms() for value in yaml.safe_load(form).values() if isinstance(value, dict) for key in value
    }
    assert {test for tests in OPERATORS.values() for test in tests} | RESERVED <= shown


@pytest.mark.parametrize("form", [form for form in forms() if "…" not in form and "sources" not in form])
def test_every_form_in_the_table_is_read(form: str, tmp_path: Path) -> None:
    assert faults(completed(f"activities:\n  insats:\n    {form}\n"), tmp_path) == []


def test_the_example_comes_out_as_the_page_says(tmp_path: Path) -> None:
    for one in example(tmp_path, 0, "2023-05-01").commitments:
        assert f"| `{one.id}` | `{one.verdict.value}` |" in PROMISES


def test_a_waiver_and_a_row_set_aside_come_out_as_the_page_says(tmp_path: Path) -> None:
    found = {one.id: one for one in example(tmp_path, 1, "2023-05-02").commitments}
    for name in ("fotpatruller", "vandringar"):
        verdict, without = found[name].verdict, found[name].without
        assert without is not None
        assert re.search(rf"^\| `{name}` \| `{verdict.value}`: .* \| `{without.value}` \|$", PROMISES, re.MULTILINE)


def properties(schema: object) -> Iterator[str]:
    """The name of every property in a schema, at any depth."""
    if isinstance(schema, dict):
        for key, inner in schema.items():
            if key == "properties" and isinstance(inner, dict):
                yield from inner
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


def test_every_key_is_named() -> None:
    keys = {*properties(promise_schema()), *Statement.model_fields, "assessments"}
    assert {"starts_with", "weekday", "label", "split", "signed_by", "partial_from", "every_occasion"} <= keys
    assert "tests" in named(PROMISES)
    assert keys - named(PROMISES) - named(TESTS) == set()


def test_every_kind_is_linked_to_its_manual() -> None:
    for kind in kind_names():
        assert f"(../tests/cases/{kind}.md)" in PROMISES
        assert (ROOT / "tests" / "cases" / f"{kind}.md").exists()


@pytest.mark.parametrize("word", ["ja", "no", "010", "1e3", "18:00"])
def test_what_the_page_calls_texts_are_texts(word: str) -> None:
    assert f"`{word}`" in PROMISES
    assert parse_yaml(f"a: {word}", "page").data == {"a": word}
