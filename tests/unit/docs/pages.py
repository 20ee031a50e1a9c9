"""The pages under docs/: their text, and the fenced blocks that tests run."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.architecture.house import ROOT

PROMISES = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
RESULTS = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
TESTS = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^```(.*)\n((?:(?!```).*\n)*)```$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: the words after the fence, the line it begins on, and what it holds."""

    info: str
    line: int
    text: str


def blocks(page: str, info: str = "") -> list[Block]:
    """The fenced blocks of a page whose words begin so."""
    found = [Block(one[1].strip(), page[: one.start()].count("\n") + 1, one[2]) for one in _FENCE.finditer(page)]
    return [block for block in found if block.info.startswith(info)]


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page)


def named(page: str) -> set[str]:
    """Every key that a page names: words in code, alone or with what follows them, and none from fenced blocks."""
    return {word for code in re.findall(r"`([^`\n]+)`", prose(page)) for word in re.findall(r"[A-Za-z_0-9]+", code)}
