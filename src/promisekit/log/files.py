"""Files: from what was given on the command line to bytes, and what is no log at all."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.diagnostics.refused import did_you_mean
from promisekit.log.mapping import LogFile
from promisekit.words import Message, say

STDIN = "-"
PATTERN = re.compile(r"[*?\[]")
"""What makes a name one for all files that match."""
EXCEL = say("save the sheet in Excel as `CSV UTF-8` and give that file")
PACKED = say("unpack it and give the file inside")
TABLE = say("export it as CSV")
PROMISE = say("a promise comes first on the command line, then its logs")

SUFFIXES: dict[str, Message] = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers"), EXCEL),
    **dict.fromkeys((".zip", ".bz2", ".xz", ".7z"), PACKED),
    **dict.fromkeys((".parquet", ".json", ".jsonl", ".ndjson", ".xml", ".xes", ".pdf", ".html", ".docx"), TABLE),
}
BEGINNINGS: tuple[tuple[bytes, Message], ...] = (
    (b"PK\x03\x04", EXCEL),
    (b"\xd0\xcf\x11\xe0", EXCEL),
    *((beginning, PACKED) for beginning in (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")),
    (b"PAR1", TABLE),
    (b"%PDF", TABLE),
)
"""What files of other formats begin with, whatever they are called. What is packed once has been unpacked by then."""
PACKED_SUFFIXES = (".gz", ".zst")
UNPACKS = 8
"""How many times its size a packed log is taken to hold, where only that is known."""


def contents(file: LogFile, stdin: BinaryIO | None) -> bytes:
    """The bytes of a log, read in one go. Raises Invalid where they cannot be."""
    with opened(file, stdin) as stream:
        return stream.read()


@contextmanager
def opened(file: LogFile, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """The bytes of a log, to be read while it is open. Raises Invalid where they cannot be."""
    path = Path(file.path)
    try:
        if file.content is not None:
            yield BytesIO(file.content)
        elif file.path == STDIN:
            yield _standard_input(file, stdin)
        else:
            _check_kind(file, path)
            with path.open("rb") as stream:
                yield stream
    except (FileNotFoundError, NotADirectoryError):
        said = say("no file matches this pattern") if PATTERN.search(file.path) else say("there is no such file")
        raise invalid("log.missing", file.path, said, _meant(path)) from None
    except PermissionError:
        raise invalid("log.unreadable", file.path, say("the file may not be read")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise invalid("log.unreadable", file.path, say("the file cannot be read: {reason}", reason=reason)) from None
    except ValueError:
        raise invalid("log.missing", file.path, say("no file can have this name")) from None


def refuse_other_formats(file: LogFile, data: bytes) -> None:
    """Raises Invalid where the first bytes of a log are those of another format."""
    for beginning, remedy in BEGINNINGS:
        if data.startswith(beginning):
            raise invalid("log.unsupported", file.path, say("this is not a CSV file, whatever its name"), remedy)
    if _is_promise(data):
        raise invalid("log.is-promise", file.path, say("this is a promise, not a log"), PROMISE)


def size_of(files: Sequence[LogFile]) -> int:
    """About how many bytes all files hold together, of those that are there; of standard input it cannot be told."""
    sizes = 0
    for file in files:
        times = UNPACKS if file.path.lower().endswith(PACKED_SUFFIXES) else 1
        with suppress(OSError, ValueError):  # what is wrong with it is said when it is opened
            sizes += times * Path(file.path).stat().st_size if file.path != STDIN else 0
    return sizes


def names(files: Sequence[LogFile]) -> list[str]:
    """What each file is called in results: its own name, with as many folders as it takes to tell it from others."""
    parts = [("stdin",) if file.path == STDIN else Path(file.path).parts for file in files]
    count = 1
    while count < max(map(len, parts), default=0) and len({part[-count:] for part in parts}) < len(set(parts)):
        count += 1
    short = [part[-1] if part else "" for part in parts]
    return [
        name if short.count(name) == 1 else "/".join(part[-count:]).replace("//", "/")
        for name, part in zip(short, parts, strict=True)
    ]


def given_before(files: Sequence[LogFile]) -> list[bool]:
    """Whether each file stands in the list before, links followed."""
    where = [_where(file) for file in files]
    return [path in where[:position] for position, path in enumerate(where)]


def invalid(code: str, path: str, message: Message, hint: Message | None = None) -> Invalid:
    """An error about a whole file, to be raised."""
    return Invalid((Diagnostic(code, Severity.ERROR, message, hint, path),), 4)


def _where(file: LogFile) -> str:
    try:
        return STDIN if file.path == STDIN else os.path.realpath(file.path)
    except ValueError:  # a name that no file can have, said when it is opened
        return file.path


def _standard_input(file: LogFile, stdin: BinaryIO | None) -> BinaryIO:
    if stdin is None:
        raise invalid("log.missing", file.path, say("there is no standard input to read"))
    return stdin


def _check_kind(file: LogFile, path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml"):
        raise invalid("log.is-promise", file.path, say("this is a promise, not a log"), PROMISE)
    if path.is_dir():
        raise invalid("log.folder", file.path, say("this is a folder, not a log"), say("name the files in it"))
    if suffix in SUFFIXES and path.exists():
        said = say("logs of the format `{suffix}` cannot be read", suffix=suffix)
        raise invalid("log.unsupported", file.path, said, SUFFIXES[suffix])


def _meant(path: Path) -> Message:
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return say("there is no folder `{folder}` either", folder=str(path.parent))
    return did_you_mean(path.name, beside, say("its folder is `{folder}`", folder=str(path.parent)))


def _is_promise(data: bytes) -> bool:
    """Whether the first line that says anything is the key that every promise begins with."""
    for line in data[:4096].splitlines():
        if line.strip() and not line.startswith((b"#", b"---")):
            return line.startswith(b"format:")
    return False
