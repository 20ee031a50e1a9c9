"""A kind is one file: nothing else names it, and its manual page tests it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.house import KINDS, PACKAGE, ROOT, TEMPLATES, modules, named

CASES = ROOT / "tests" / "cases"

ARGUED: dict[tuple[str, str], str] = {
    ("count", f"src/promisekit/{file}.py"): "a test expects a number under that key"
    for file in ("spec/expected", "spec/expecting", "proof/testing/compare")
}
"""(kind, file) → why that file may say the word."""

OTHER_MEANING: dict[str, str] = {
    "duration": "selectors ask for one: how long an event lasts",
    "each": "a response has a key of that name",
    "share": "a target's unit is called so",
}
"""Kinds whose name is a word of its own elsewhere → what it means there."""

EXPECTED = re.compile(r"^```yaml expect$(.*?)^```$", re.MULTILINE | re.DOTALL)
VERDICT = re.compile(r"^\s*verdict:\s*(\w+)", re.MULTILINE)


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Every string constant of a module with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_the_promised_kinds_are_there() -> None:
    assert set(KINDS) >= {"count", "frequency", "co_presence", "response", "qualitative"}


TOPICS = {
    "assessments",
    "calendars",
    "coverage",
    "deadlines",
    "identity",
    "readings",
    "selectors",
    "units",
    "windows",
}
"""The pages of the manual that are about more than one kind."""


def test_every_kind_has_a_page_and_every_page_a_kind_or_a_topic() -> None:
    pages = sorted(path.stem for path in CASES.glob("*.md") if path.stem != "README")
    assert pages == sorted({*KINDS, *TOPICS})


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OTHER_MEANING])
def test_nothing_but_its_file_names_a_kind(kind: str) -> None:
    named_in = {
        f"{named(path)}:{line}"
        for path in modules()
        if path != PACKAGE / "kinds" / f"{kind}.py" and (kind, named(path)) not in ARGUED
        for line, value in strings(path.read_text(encoding="utf-8"))
        if value == kind
    }
    for path in TEMPLATES.rglob("*.j2"):
        if re.search(rf"['\"]{kind}['\"]", path.read_text(encoding="utf-8")):
            named_in.add(named(path))
    assert named_in == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_kept_broken_and_open(kind: str) -> None:
    page = (CASES / f"{kind}.md").read_text(encoding="utf-8")
    shown = {verdict for block in EXPECTED.findall(page) for verdict in VERDICT.findall(block)}
    assert shown >= {"kept", "broken", "open"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_brings_its_manual_entry(kind: str) -> None:
    manual = ast.get_docstring(ast.parse((PACKAGE / "kinds" / f"{kind}.py").read_text(encoding="utf-8"))) or ""
    assert f"kind: {kind}" in manual, "the docstring shows an example"
