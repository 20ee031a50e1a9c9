"""The rows of an export: each with its cells and the physical line that it begins on, broken ones included."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from promisekit.log.dialect import Dialect
from promisekit.words import Message, say

Row = tuple[int, list[str], Message | None]
"""Line (from 1), cells, and what is broken; the last cell of a broken row is torn. A tuple, since there are many."""

LONGEST_CELL = 10_000_000
"""Characters; a cell that is longer is taken for a quote that was never closed."""
LONGEST_ROW = 500
"""Physical lines; bounds how far a quote that is never closed is followed."""

UNCLOSED = say("a quote in it is not closed, or not doubled")
TOO_LONG = say("a cell in it is longer than {n} characters", n=LONGEST_CELL)


def rows_of(lines: Sequence[str], dialect: Dialect) -> Iterator[Row]:
    """The rows from the header on, in order.

    A row whose quotes are broken comes with a fault and the cells before it; reading goes on at the next physical
    line, so that one forgotten quote never swallows the rest of a file.
    """
    first = dialect.header

    def feed(begin: int) -> Iterator[str]:
        for at in range(begin, len(lines)):
            if at - first >= LONGEST_ROW:
                return
            yield lines[at]

    while first < len(lines):
        begin = first
        reader = csv.reader(feed(begin), delimiter=dialect.delimiter, strict=True)
        try:
            for cells in reader:
                yield first + 1, cells, None
                first = begin + reader.line_num
        except csv.Error:
            whole = _with_long_cells(lines[first : first + LONGEST_ROW], dialect.delimiter)
            if whole is None:
                line = lines[first]
                fault = UNCLOSED if '"' in line else TOO_LONG
                yield first + 1, _cells_before_fault(line, dialect.delimiter), fault
                first += 1
            else:
                cells, length = whole
                yield first + 1, cells, None
                first += length


def _with_long_cells(lines: Sequence[str], delimiter: str) -> tuple[list[str], int] | None:
    """The first row with cells longer than Python's default limit allows, and its length in lines; None if broken.

    The limit is one for the whole process, so it is put back before anybody else can run into it.
    """
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        return next(reader), reader.line_num
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(before)


def _cells_before_fault(line: str, delimiter: str) -> list[str]:
    """The well-formed cells that a broken line begins with, and an empty one for the cell in which it breaks."""
    mark = re.escape(delimiter)
    whole = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|((?!")[^{mark}\r\n]*)){mark}')
    cells, at = [], 0
    while found := whole.match(line, at):
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
    return [*cells, ""]
