"""Packed files: gzip and Zstandard, known by their first bytes and unpacked piece by piece, never without bound."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal

from promisekit.diagnostics import Invalid
from promisekit.log.files import invalid
from promisekit.log.mapping import LogFile
from promisekit.words import Message, say

Packing = Literal["gzip", "zstd"]

PIECE = 2**20
"""Bytes that are unpacked at a time."""
ALLOWED = 64 * PIECE
"""Every packed file may hold so many bytes …"""
TIMES = 200
"""… and a large one so many times its own size. Exports come to 5 to 30 times; more is no log, but meant to fill us."""

_BEGINNINGS: tuple[tuple[bytes, Packing], ...] = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))


def packing_of(beginning: bytes) -> Packing | None:
    """How a file is packed that begins like this, whatever it is called; None where it is not."""
    return next((packing for magic, packing in _BEGINNINGS if beginning.startswith(magic)), None)


def unpacked(stream: BinaryIO, size: int, packing: Packing, file: LogFile) -> Iterator[bytes]:
    """What a packed file of `size` bytes holds, piece by piece.

    Raises Invalid (exit code 4) where it is damaged, holds too much, or is of a kind that needs a library that is not
    installed.
    """
    most, held = max(ALLOWED, TIMES * size), 0
    for piece in (_gzip if packing == "gzip" else _zstd)(stream, file):
        held += len(piece)
        if held > most:
            said = say("it unpacks to more than {n} MB from {packed} bytes", n=most // PIECE, packed=size)
            raise invalid("log.too-large", file.path, said, say("if it is a log, unpack it and give the file inside"))
        yield piece


def _gzip(stream: BinaryIO, file: LogFile) -> Iterator[bytes]:
    import gzip  # imported late, as below: few logs are packed
    import zlib

    with gzip.GzipFile(fileobj=stream) as packed:
        yield from _pieces(packed.read, (EOFError, OSError, zlib.error), file)


def _zstd(stream: BinaryIO, file: LogFile) -> Iterator[bytes]:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        said = say("to read Zstandard a library is needed that is not installed")
        remedy = say("install it with `{command}`, or unpack the file", command="pip install 'promisekit[zstd]'")
        raise invalid("log.needs-library", file.path, said, remedy) from None
    with zstd.ZstdFile(stream) as packed:
        yield from _pieces(packed.read, (EOFError, zstd.ZstdError), file)


def _pieces(read: Callable[[int], bytes], faults: tuple[type[Exception], ...], file: LogFile) -> Iterator[bytes]:
    try:
        while piece := read(PIECE):
            yield piece
    except EOFError:
        raise _damaged(file, say("the packed file breaks off before its end")) from None
    except faults:
        raise _damaged(file, say("the packed file is damaged and cannot be unpacked")) from None


def _damaged(file: LogFile, said: Message) -> Invalid:
    return invalid("log.damaged", file.path, said, say("fetch or export it again"))
