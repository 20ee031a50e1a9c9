"""Files that people write: found, read as text, and refused with a reason where they are none."""

from __future__ import annotations

import hashlib
import re
from os import PathLike
from pathlib import Path

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.source import Source
from promisekit.spec.yaml_text import MAX_BYTES
from promisekit.words import Message, say

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
"""How spreadsheets, documents, pictures and archives begin."""


class TextFile(Struct, frozen=True):
    """A text file: the name it is spoken of by, its text and the digest of its bytes."""

    path: Path
    name: str
    text: str
    sha256: str


def promises_in(path: str | PathLike[str]) -> tuple[Path, ...]:
    """The promises that a path names: the file itself, or a folder's `*.yaml` but `*.assessments.yaml`, sorted."""
    where = Path(path)
    try:
        folder = where.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it says so
        folder = False
    if not folder:
        return (where,)
    return tuple(sorted(inner for inner in where.glob("*.yaml") if inner.is_file() and not _is_assessments(inner.name)))


def _is_assessments(name: str) -> bool:
    return name == "assessments.yaml" or name.endswith(".assessments.yaml")


def read_text(path: str | PathLike[str]) -> TextFile:
    """A file's text, which must be UTF-8. Raises Invalid where it cannot be opened or is no text."""
    where = Path(path)
    name = where.as_posix()
    try:
        size = where.stat().st_size
        content = b"" if where.is_dir() or size > MAX_BYTES else where.read_bytes()
    except FileNotFoundError:
        raise _refused(name, "file.missing", say("there is no such file"), say("look at the path")) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        message = say("the file cannot be opened ({reason})", reason=reason)
        raise _refused(name, "file.unreadable", message, say("look at the path and at who may read the file")) from None
    if where.is_dir():
        raise _refused(name, "file.folder", say("this is a folder"), say("name a file in it"))
    if size > MAX_BYTES:
        message = say("the file is larger than {n} million bytes", n=MAX_BYTES // 1_000_000)
        raise _refused(name, "yaml.too-large", message, say("divide it into several promises"))
    return TextFile(where, name, _decoded(content, name), hashlib.sha256(content).hexdigest())


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_SIGNATURES) or (b"\x00" in content and not content.startswith(_UTF16)):
        message = say("this is no text file but a spreadsheet, document, picture or archive")
        raise _refused(name, "file.not-text", message, say("a promise is a text file, usually named `….yaml`"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if looks_like_log(content.decode("latin-1")):
            message = say("this looks like a log, not like a promise")
            raise _refused(name, "spec.no-promise", message, _LOG_LAST) from None
        before = content[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = say("the file is not written in UTF-8")
        hint = say("save it again and choose the encoding UTF-8")
        raise _refused(name, "file.encoding", message, hint, Place(line, column, line, column + 1)) from None


HEADER = 2_000
"""How much of a first line is looked at."""


def looks_like_log(text: str) -> bool:
    """Whether a text begins like a table with a header and not like YAML."""
    header = text.split("\n", 1)[0][:HEADER]
    cells = [cell for cell in re.split(r"[;,\t]", header) if cell.strip()]
    return len(cells) > 1 and not re.match(r"\s*[#\w-]*(:\s|#)", header)


_LOG_LAST = say("name the promise first and the log after it: `promisekit evaluate PROMISE LOG`")


def _refused(name: str, code: str, message: Message, hint: Message, place: Place | None = None) -> Invalid:
    found = Diagnostic(code, Severity.ERROR, message, hint, place=place or Place(1))
    return Invalid(Source(name, "").locate([found]))
