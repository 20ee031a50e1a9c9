"""Checks a certificate against the bytes of its logs: `python -I checker CERTIFICATE LOG…`.

A log that is not named is looked for beside the certificate. Answers 0 where the certificate holds, 1 where it is
refused, 2 for wrong usage, and 4 where a log is missing or cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .log import Log
from .terms import FORMAT, Refused, Unreadable, agree
from .tree import Report, Tree

READABLE = {"utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"}


def check_certificate(text: bytes, logs: Iterable[bytes], folder: Path | None = None) -> Report:
    """What was found again. Logs are known by their digests; those not among `logs` are looked for in `folder`.

    Raises Refused where the certificate does not hold, and Unreadable where that cannot be found out.
    """
    try:
        said = json.loads(text, parse_constant=_refused, parse_float=_refused)
        agree("certificate", "format", said["format"], FORMAT)
        files = [file for source in said["sources"] for file in source["files"]]
        given = {hashlib.sha256(data).hexdigest(): data for data in (*logs, *_beside(files, folder))}
        spare = sorted(given.keys() - {file["sha256"] for file in files})
        for file in files:
            if file["encoding"] not in READABLE:
                raise Unreadable(f"{file['name']}: only CSV as text can be checked, not {file['encoding']!r}")
            if file["sha256"] not in given and not spare:
                raise Unreadable(f"the log {file['name']} is missing")
            agree(file["name"], "sha256", file["sha256"], file["sha256"] if file["sha256"] in given else spare)
        return Tree(said, Log(said, given)).report()
    except (Refused, Unreadable):
        raise
    except Exception as error:  # whatever a hostile certificate may cause, it is refused
        raise Refused("certificate", "form", f"{type(error).__name__}: {error}"[:200], None) from None


def _refused(text: str) -> None:
    raise ValueError(f"{text[:40]} is no whole number")


def _beside(files: list[dict[str, Any]], folder: Path | None) -> Iterator[bytes]:
    """The files of these names in a folder, never outside it."""
    for file in files if folder is not None else ():
        path = (folder or Path()) / Path(file["name"]).name
        try:
            if path.is_file():
                yield path.read_bytes()
        except OSError as error:
            raise Unreadable(f"{file['name']}: {error.strerror}") from None


def main(arguments: list[str]) -> int:
    """Runs the checker alone."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        text, *logs = (Path(name).read_bytes() for name in arguments)
        report = check_certificate(text, logs, Path(arguments[0]).parent)
    except Refused as refused:
        where, what, claimed, found = refused.args
        print(f"refused: {where}: {what}: the certificate says {claimed!r}, the log shows {found!r}")
        return 1
    except (Unreadable, OSError) as error:
        print(f"cannot be checked: {error}", file=sys.stderr)
        return 4
    print(f"holds: {report.verdict}; {report.figures} figures and {report.rows} rows were found again")
    print(
        "taken on trust: " + ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in report.trusted.items())
    )
    for one in report.not_checked:
        print(f"not checked: {one}")
    return 0
