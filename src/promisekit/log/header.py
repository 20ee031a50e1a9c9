"""The header: which cell of a row belongs to which mapped column."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.events import fold
from promisekit.log.cells import shown
from promisekit.log.mapping import Column
from promisekit.words import Message, say


class Header(Struct, frozen=True):
    """Where the mapped columns stand."""

    positions: tuple[tuple[Column, int], ...]
    width: int
    """How many cells a row has at least: up to the last column with a name."""
    widest: int
    """How many cells it has at most, unnamed columns at the end included."""


def known(cells: Sequence[str], columns: Iterable[Column]) -> int:
    """How many of the columns a header names."""
    return sum(bool(_standing(cells, column)) for column in columns)


def bind(cells: Sequence[str], columns: Sequence[Column], file: str, line: int) -> Header:
    """Every column at its cell: named exactly (trimmed, composed), else alike but for case and then only once.

    Raises Invalid with every column that is missing or named twice.
    """
    positions, problems = [], []
    for column in columns:
        standing = _standing(cells, column)
        if len(standing) == 1:
            positions.append((column, standing[0]))
        else:
            problems.append(_twice(column, standing) if standing else _missing(column, cells))
    if problems:
        place = Place(line)
        raise Invalid(
            tuple(Diagnostic(code, Severity.ERROR, said, hint, file, place=place) for code, said, hint in problems), 4
        )
    width = max(at + 1 for at, cell in enumerate(cells) if cell.strip())
    return Header(tuple(positions), width, len(cells))


def _standing(cells: Sequence[str], column: Column) -> list[int]:
    wanted = _composed(column.header)
    exact = [at for at, cell in enumerate(cells) if _composed(cell) == wanted]
    return exact or [at for at, cell in enumerate(cells) if fold(cell) == fold(wanted)]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _missing(column: Column, cells: Sequence[str]) -> tuple[str, Message, Message]:
    names = [shown(cell) for cell in cells if cell.strip()]
    said = say(
        "there is no column `{column}`, which the promise reads as `{name}`; the columns are {listed}",
        column=column.header,
        name=column.name,
        listed=listed(names),
    )
    remedy = say("correct the header in the promise, or in the export")
    return "log.no-such-column", said, did_you_mean(column.header, names, remedy)


def _twice(column: Column, standing: Sequence[int]) -> tuple[str, Message, Message]:
    said = say("the column `{column}` is there {n} times", column=column.header, n=len(standing))
    return "log.column-twice", said, say("rename the others in the export, or leave them out")
