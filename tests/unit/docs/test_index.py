"""docs/README.md leads to every page, and every link between pages leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.unit.docs.pages import prose

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*DOCS, ROOT / "README.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
LONGEST = 120


def links(page: Path) -> list[tuple[Path, str]]:
    """Where a page's links within the repository lead, each with its fragment."""
    found = [link.partition("#") for link in LINK.findall(prose(page.read_text(encoding="utf-8"))) if "://" not in link]
    return [((page.parent / name).resolve() if name else page, fragment) for name, _, fragment in found]


def fragments(page: Path) -> set[str]:
    """What its headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", prose(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_index_leads_to_every_page() -> None:
    pages = {*DOCS, *(ROOT / "tests" / "cases").glob("*.md")} - {ROOT / "docs" / "README.md"}
    assert pages - {page for page, _ in links(ROOT / "docs" / "README.md")} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [str(target) for target, _ in links(page) if not target.exists()] == []
    headed = [(target, fragment) for target, fragment in links(page) if fragment and target.suffix == ".md"]
    assert [fragment for target, fragment in headed if fragment not in fragments(target)] == []


@pytest.mark.parametrize("name", ["README.md", "promises.md", "tutorial.md"])
def test_no_line_is_too_long_to_read(name: str) -> None:
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    assert [at for at, line in enumerate(lines, 1) if len(line) > LONGEST] == []
