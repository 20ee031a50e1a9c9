"""Cells: from the text of one cell to its value, by the type of its column. Every distinct text is read once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Generic, TypeVar

from promisekit.events import Value, fold
from promisekit.log.dialect import LOST
from promisekit.log.mapping import Column
from promisekit.log.moments import Moments
from promisekit.windows import Moment
from promisekit.words import Message, say

V = TypeVar("V")

YES = frozenset({"ja", "j", "yes", "y", "sant", "true", "x", "1"})
NO = frozenset({"nej", "n", "no", "falskt", "false", "0"})

_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = tuple(
    (re.compile(rf"[+-]?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{decimal}[0-9]+)?"), re.compile(mark))
    for mark, decimal in (("[ \u00a0\u202f]", "[.,]"), (r"\.", ","), (",", r"\."))
)
"""Numbers whose thousands are set apart, and the mark that does it."""
_LONGEST_NUMBER = 60
_DATE_SHAPE = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d\S*)?)?|-W\d\d)?\Z")


class BadCell(ValueError):
    """A cell that cannot be read; `reason` says so in a sentence that names the column and the value."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.sentence)
        self.reason = reason


class Memo(dict[str, V | None], Generic[V]):
    """The cells of one column by their text, read when first met. Raises BadCell where a cell cannot be read."""

    def __init__(self, header: str, read: Callable[[str], V | None]) -> None:
        super().__init__()
        self.header, self._read = header, read

    def __missing__(self, cell: str) -> V | None:
        text = cell.strip()
        if LOST in text or "\0" in text:
            raise BadCell(say("a character of `{value}` in column `{column}` is lost", **_names(text, self.header)))
        value = self._read(text) if text else None
        self[cell] = value
        return value


def memo_of(column: Column, moments: Moments) -> Memo[Value]:
    """The reader of a column's cells by its type; empty cells are None."""
    header = column.header

    def items(text: str) -> Value:
        return tuple(folded for item in text.split(column.split) if (folded := fold(item))) or None

    readers: dict[str, Callable[[str], Value]] = {
        "text": lambda text: fold(text) or None,
        "list": items,
        "number": lambda text: read_number(text, header),
        "flag": lambda text: read_flag(text, header),
        "date": date_reader(header, moments),
    }
    return Memo(header, readers[column.type])


def dates(column: Column, moments: Moments) -> Memo[Moment]:
    """The reader of a column that holds dates, whatever its type is said to be."""
    return Memo(column.header, date_reader(column.header, moments))


def ids(column: Column) -> Memo[str]:
    """The reader of the ids: composed form, case kept."""
    return Memo(column.header, partial(unicodedata.normalize, "NFC"))


def read_number(text: str, header: str) -> Fraction:
    """`3`, `-2,5`, `1 000,25`, `1.000,25`, `1,000.25`; a lone comma or point is a decimal one: `1,234` is 1.234."""
    digits = _ungrouped(text.replace("−", "-")) if len(text) <= _LONGEST_NUMBER else None
    if digits is None:
        raise BadCell(say("`{value}` in column `{column}` is not a number", **_names(text, header)))
    return Fraction(digits.replace(",", "."))


def read_flag(text: str, header: str) -> bool:
    """`ja`, `x`, `1` … or `nej`, `0` …, without regard to case."""
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(say("`{value}` in column `{column}` is neither yes nor no", **_names(text, header)))


def date_reader(header: str, moments: Moments) -> Callable[[str], Moment]:
    """Reads dates and times; raises BadCell for no date at all, one that does not exist, or a skipped hour."""

    def read(text: str) -> Moment:
        try:
            return moments.read(text)
        except ValueError:
            names = _names(text, header)
        if moments.skipped(text):
            raise BadCell(say("the clocks jump over `{value}` in column `{column}`", **names))
        if _DATE_SHAPE.match(text):
            raise BadCell(say("`{value}` in column `{column}` is a date or time that does not exist", **names))
        raise BadCell(
            say("`{value}` in column `{column}` is not a date such as `2022-03-01` or `2022-03-01 14:00`", **names)
        )

    return read


def shown(text: str) -> str:
    """A cell's text on one short line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _ungrouped(text: str) -> str | None:
    if _PLAIN.fullmatch(text):
        return text
    return next((mark.sub("", text) for pattern, mark in _GROUPED if pattern.fullmatch(text)), None)


def _names(text: str, header: str) -> dict[str, str]:
    return {"value": shown(text), "column": header}
