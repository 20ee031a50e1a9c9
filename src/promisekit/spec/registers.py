"""Tables beside a promise: registers of schools, districts, households … that a commitment goes through."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from promisekit.commitment.base import Table
from promisekit.diagnostics.refused import Refused
from promisekit.log.dialect import LOST, Undecodable, decode, dialect_of, lines_of
from promisekit.spec.quotes import near_files
from promisekit.spec.shapes import lies_beside
from promisekit.words import Message, say

MAX_BYTES = 16_000_000


def read_table(folder: Path, name: str) -> Table:
    """The table in a CSV file that lies in `folder`. Raises Refused with what is wrong with it, and on which line."""
    if not lies_beside(name):
        message = say("`{text}` does not lie beside the promise", text=name)
        raise Refused("register.outside", message, say("put the register beside the promise and give its file name"))
    text, sha256 = _text(folder / name)
    lines = lines_of(text)
    dialect = dialect_of(lines, len)
    if dialect is None:
        message = say("the register `{name}` is empty", name=name)
        raise Refused("register.empty", message, say("it has a header, and a row for each member"))
    rows = _rows("".join(lines[dialect.header :]), dialect.delimiter, dialect.header, name)
    _, header = next(rows)
    table = Table(header, tuple(rows), sha256)
    for line, cells in table.rows:
        if len(cells) != len(header):
            message = say(
                "line {line} of `{name}` has {n} cell, and the header has {of}",
                "line {line} of `{name}` has {n} cells, and the header has {of}",
                line=line,
                name=name,
                n=len(cells),
                of=len(header),
            )
            raise Refused("register.row", message, _REPAIR)
    return table


_REPAIR = say("look at that line in a text editor: a delimiter or a quotation mark is too much, or missing")


def _rows(text: str, delimiter: str, before: int, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows with the lines that they begin on, empty ones left out; cells are trimmed."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = before + 1
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield line, cells
            line = before + reader.line_num + 1
    except csv.Error:
        message = say("line {line} of `{name}` cannot be read as a row of cells", line=line, name=name)
        raise Refused("register.row", message, _REPAIR) from None


def _text(path: Path) -> tuple[str, str]:
    """What a file says, and the digest of its bytes."""
    try:
        # A pipe or a device has no size, and may have no end.
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
        if data is None and not path.exists():
            raise FileNotFoundError(path)
    except FileNotFoundError:
        message = say("there is no file `{name}` beside the promise", name=path.name)
        hint = near_files(path, say("put the register, as CSV, beside the promise"))
        raise Refused("register.missing", message, hint) from None
    except (OSError, ValueError):
        data = None
    if data is None:
        raise _unreadable(path, say("it cannot be opened, or it is too large"))
    try:
        decoded = decode(data)
    except Undecodable as problem:
        raise _unreadable(path, problem.reason) from None
    if decoded.lost or LOST in decoded.text:
        raise _unreadable(path, say("characters of it are lost"))
    return decoded.text, hashlib.sha256(data).hexdigest()


def _unreadable(path: Path, reason: Message) -> Refused:
    message = say("the register `{name}` cannot be read: {reason}", name=path.name, reason=reason)
    return Refused("register.unreadable", message, say("save it as `CSV UTF-8`"))
