"""Plain text for a terminal or a mail: wrapped lines and aligned columns, no lines drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

WIDTH = 88


def wrapped(text: str, indent: int = 0, hang: int = 0) -> str:
    """A paragraph, indented; its further lines `hang` deeper."""
    if not text:
        return ""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def aligned(rows: Sequence[Sequence[str]], indent: int = 0) -> str:
    """Rows whose cells stand under one another, two spaces apart; the last cell is wrapped in its column."""
    if not rows:
        return ""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    before = indent + sum(width + 2 for width in widths[:-1])
    lines = []
    for row in rows:
        start = " " * indent + "".join(_padded(cell, width) for cell, width in zip(row[:-1], widths, strict=False))
        room = max(WIDTH - before, 24)
        parts = [part for line in row[-1].split("\n") for part in _folded(line, room)]
        lines += [(start + parts[0]).rstrip(), *(" " * before + part for part in parts[1:])]
    return "\n".join(lines)


def _folded(line: str, room: int) -> list[str]:
    return textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""]


def columns(rows: Sequence[Mapping[str, object]], *names: str, indent: int = 0) -> str:
    """Fields of every row as aligned columns. `mark.word`: a field of a field; `what+notes`: one below the other."""
    return aligned([[_cell(row, name) for name in names] for row in rows], indent)


def _cell(row: Mapping[str, object], name: str) -> str:
    lines: list[str] = []
    for part in name.split("+"):
        value: object = row
        for step in part.split("."):
            if not isinstance(value, Mapping):
                raise KeyError(part)
            value = value[step]
        lines += value if isinstance(value, tuple) else [str(value)]
    return "\n".join(line for line in lines if line)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell) + 2)


def _width(text: str) -> int:
    """The number of columns that a terminal gives the text."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def underlined(text: str, sign: str = "=") -> str:
    """A heading."""
    return f"{text}\n{sign * min(_width(text), WIDTH)}"
