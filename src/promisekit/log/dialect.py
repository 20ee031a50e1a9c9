"""The dialect of an export: from its bytes to its lines, the delimiter and the line that the header begins on."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Sequence

from msgspec import Struct

from promisekit.words import Message, say

DELIMITERS = (";", "\t", ",")
LOST = "\ufffd"
"""Stands where a character could not be decoded."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_TWICE_ENCODED = re.compile("Ã[¥¤¶©¼…„–\x85\x84\x96]|â€")
_SWEDISH = re.compile("[åäöéüÅÄÖÉÜ]")
_FOREIGN = "†„”‡ˆ‰ŒŠŽ™ƒ€"
_MISREAD = re.compile(f"[a-z](?:[†„ŒŠƒ]|[{_FOREIGN}][a-z])")
"""What å, ä and ö of a DOS or old Mac code page look like when they are read as cp1252."""
_QUOTED = re.compile('"[^"]*"')
_SEP = re.compile(r'"?sep=([;,|\t])"?\s*\Z', re.IGNORECASE)
_ASCII = bytes(range(128))
_UTF8_LEADS = (b"\xc2", b"\xc3", b"\xe2")
"""First bytes of the characters that Swedish UTF-8 holds; in cp1252 they are `Â`, `Ã` and `â`."""
_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\xbf]{2}|[\xc2\xc3\xe2][\x80-\xbf]?\Z")
_SAMPLE = 65_536


class Undecodable(ValueError):
    """The bytes are no text that can be read; `reason` says what they look like."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.sentence)
        self.reason = reason


class Decoded(Struct, frozen=True):
    """The text of an export, and how it was written."""

    text: str
    encoding: str
    """`utf-8`, `utf-8-sig`, `utf-16-le`, `utf-16-be` or `cp1252`."""
    lost: int = 0
    """How many characters could not be decoded; `LOST` stands for each."""


class Dialect(Struct, frozen=True):
    """What separates the cells, and the index of the physical line on which the header begins."""

    delimiter: str
    header: int


def decode(data: bytes) -> Decoded:
    """The text of an export: by its byte order mark, else as strict UTF-8, else as Windows-1252.

    UTF-8 with a few broken bytes, or cut in the middle of a character, stays UTF-8: the broken characters become
    `LOST`. Raises Undecodable for anything that is not plausibly text.
    """
    for mark, encoding in ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding.removesuffix("-sig"), errors="replace")
            return _textual(Decoded(text, encoding, text.count(LOST)))
    try:
        return _textual(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        if not _mostly_utf8(data):
            return _windows(data)
    text = data.decode("utf-8", errors="replace")
    return _textual(Decoded(text, "utf-8", text.count(LOST)))


def twice_encoded(text: str) -> int | None:
    """Where text that was decoded wrongly before it was saved begins (`Ã¥` for `å`); None where there is none."""
    found = _TWICE_ENCODED.search(text) if "Ã" in text or "â€" in text else None
    return found.start() if found else None


def lines_of(text: str) -> list[str]:
    """The physical lines with their ends (LF, CRLF or CR, also mixed)."""
    return list(io.StringIO(text, newline=""))


def dialect_of(lines: Sequence[str], found: Callable[[list[str]], int]) -> Dialect | None:
    """The delimiter by which `found` knows most columns of the header; None where there is no line but empty ones.

    Ties are settled by how often a delimiter stands outside quotes. A first line `sep=;` says it outright.
    """
    said = _SEP.match(lines[0]) if lines else None
    first = 1 if said else 0
    header = next((at for at in range(first, len(lines)) if lines[at].strip(" \t\r\n;,")), None)
    if header is None:
        return None
    if said:
        return Dialect(said[1], header)
    bare = _QUOTED.sub("", lines[header])

    def rank(delimiter: str) -> tuple[int, int]:
        return found(_split(lines, header, delimiter)), bare.count(delimiter)

    return Dialect(max(DELIMITERS, key=rank), header)


def _split(lines: Sequence[str], header: int, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(lines[header : header + 20], delimiter=delimiter))
    except csv.Error:
        return []


def _textual(decoded: Decoded) -> Decoded:
    sample = decoded.text[:_SAMPLE]
    # A stray control character spoils its row; twenty, or one in fifty characters, are no text.
    if len(_CONTROL.findall(sample)) > max(20, len(sample) / 50):
        raise Undecodable(say("it is not text, or text in an encoding that cannot be told"))
    # Exports from the DOS age end with Ctrl-Z.
    return Decoded(decoded.text.removesuffix("\x1a"), decoded.encoding, decoded.lost)


def _mostly_utf8(data: bytes) -> bool:
    """Whether what is not ASCII is UTF-8 but for a few bytes, or for a last character that was cut."""
    beyond_ascii = len(data.translate(None, _ASCII))
    if 4 * sum(map(data.count, _UTF8_LEADS)) < beyond_ascii:
        return False
    return 4 * len(_UTF8.findall(data)) >= beyond_ascii


def _windows(data: bytes) -> Decoded:
    data = data.removesuffix(b"\x1a")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise Undecodable(
            say("it is neither UTF-8 nor Windows-1252: the byte {byte} is undefined", byte=byte)
        ) from None
    if len(data.translate(None, _CONTROLS)) < len(data):
        raise Undecodable(say("it is not text, or text in an encoding that cannot be told"))
    if any(character in text for character in _FOREIGN) and _misread(text):
        raise Undecodable(say("it is in an encoding that cannot be told, perhaps one of DOS or an old Mac"))
    return Decoded(text, "cp1252")


def _misread(text: str) -> bool:
    return len(_MISREAD.findall(text)) > len(_SWEDISH.findall(text))
