"""From what people write to what can be an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 64


def plain_name(written: str) -> str:
    """The nearest thing to `written` that can be a name; may be empty."""
    plain = written.casefold().translate(str.maketrans("åäöéü ", "aaoeu-"))
    return re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-_")[:LONGEST]


def distinct_names(written: Iterable[str]) -> Iterator[str]:
    """A name for each of several texts, no two of them the same: `torget`, `torget-2`."""
    used: set[str] = set()
    for text in written:
        plain = plain_name(text) or "x"
        name, number = plain, 1
        while name in used:
            number += 1
            end = f"-{number}"
            name = plain[: LONGEST - len(end)] + end
        used.add(name)
        yield name
