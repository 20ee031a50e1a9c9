"""A survey of one export: every byte is looked at once, and never more than a few million are in memory.

The database splits a file into rows quickly, but not always as `log.rows` does: it takes a space beside a quote for
none, follows a quote that is never closed to the end of the file, and refuses lines that end in different ways. A file
is plain where none of that can happen; what else must hold is told by the number of its lines.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from promisekit.log.dialect import LOST

PIECE = 4 * 2**20
"""Bytes that are looked at together."""

_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_SPACED_QUOTES = (b'" ', b' "')
_LOST = LOST.encode()
_GARBLED = "Ã".encode(), "â€".encode()
_CTRL_Z = b"\x1a"


class Survey(Struct):
    """What a file looks like. Filled piece by piece, then only read."""

    beginning: bytes = b""
    """Its first bytes, as many as fill one piece."""
    sha256: str = ""
    plain: bool = True
    """Whether its text is sound UTF-8 and its quotes and line ends are of the usual sort."""
    lines: int = 0
    """How many physical lines it has."""
    blank: list[int] = []
    """The numbers of its empty lines, the first line's being 1."""
    begins: list[int] = []
    """Where each piece begins, in bytes."""
    before: list[int] = []
    """How many lines stand before each piece."""

    @property
    def marked(self) -> bool:
        """Whether it begins with the mark of UTF-8."""
        return self.beginning.startswith(BOM_UTF8)

    def line_at(self, position: int, stream: BinaryIO) -> tuple[int, bytes] | None:
        """The line that begins at a byte: its number and itself, with its end; None where none does.

        After a line that ends in two bytes the database names the second of them, and empty lines it passes over.
        """
        piece = bisect_right(self.begins, position) - 1
        stream.seek(self.begins[piece])
        passed, line = stream.read(position - self.begins[piece]), stream.readline()
        while line in (b"\n", b"\r\n"):
            passed, line = passed + line, stream.readline()
        if passed and not passed.endswith(b"\n"):
            return None
        return self.before[piece] + passed.count(b"\n") + 1, line


def survey(stream: BinaryIO) -> Survey:
    """What a file looks like; reads it to its end."""
    found = Survey()
    digest = hashlib.sha256()
    position, ends, last = 0, set[bytes](), b""
    for piece in _pieces(stream):
        if not position:
            found.beginning = piece
            found.plain = _begins_plainly(piece)
        digest.update(piece)
        found.begins.append(position)
        found.before.append(found.lines)
        if found.plain:
            ends |= _ends(piece)
            found.plain = len(ends) < 2 and _is_plain(piece, marked=found.marked)
        _note_blank(piece, found)
        found.lines += piece.count(b"\n")
        position, last = position + len(piece), piece[-1:]
    if last not in (b"", b"\n"):
        found.lines += 1
    found.sha256 = digest.hexdigest()
    found.plain = found.plain and last != _CTRL_Z
    return found


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Some whole lines at a time."""
    while piece := stream.read(PIECE):
        yield piece + stream.readline()


def _begins_plainly(piece: bytes) -> bool:
    has_controls = len(piece.translate(None, _CONTROLS)) < len(piece)
    return not has_controls and not piece.startswith((BOM_UTF16_LE, BOM_UTF16_BE))


def _ends(piece: bytes) -> set[bytes]:
    """How its lines end; a carriage return alone is not plain."""
    returns = piece.count(b"\r")
    if not returns:
        return {b"\n"}
    if returns == piece.count(b"\r\n"):
        return {b"\r\n"} if returns == piece.count(b"\n") else {b"\r\n", b"\n"}
    return {b"\r", b"\n"}


def _is_plain(piece: bytes, *, marked: bool) -> bool:
    if b'"' in piece and any(spaced in piece for spaced in _SPACED_QUOTES):
        return False
    if piece.isascii():
        return True
    if any(garbled in piece for garbled in _GARBLED) or (marked and _LOST in piece):
        return False
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _note_blank(piece: bytes, found: Survey) -> None:
    if piece.startswith((b"\n", b"\r\n")) or b"\n\n" in piece or b"\n\r\n" in piece:
        for number, line in enumerate(piece.split(b"\n")[:-1], found.lines + 1):
            if line in (b"", b"\r"):
                found.blank.append(number)
