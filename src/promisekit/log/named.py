"""Names of logs: `[SOURCE=]PATH` as it is given, where PATH may be a pattern that stands for several files."""

from __future__ import annotations

import os.path
import re
from os import PathLike, fspath
from pathlib import Path

from promisekit.log.files import PATTERN, STDIN
from promisekit.log.mapping import LogFile

_NAMED = re.compile(r"([^=/\\]+)=(.+)\Z", re.DOTALL)


def log_files(name: str | PathLike[str]) -> list[LogFile]:
    """The files that `[SOURCE=]PATH` names, sorted where PATH is a pattern; one that nothing matches stays as it is.

    A file is a source of its own name unless one is given. A path that has an equals sign in it is written with its
    folder (`./a=b.csv`). Shells expand patterns, too, but not on Windows and not behind `SOURCE=`.
    """
    given = fspath(name)
    found = _NAMED.match(given)
    source, path = (found[1], found[2]) if found else (None, given)
    return [LogFile(source or _own_name(one), one) for one in _matching(path)]


def _own_name(path: str) -> str:
    return "stdin" if path == STDIN else re.split(r"[/\\]", path)[-1]


def _matching(path: str) -> list[str]:
    """All files that a pattern matches, by their folders and names; a file that is called like a pattern is itself."""
    if not PATTERN.search(path) or os.path.exists(path):  # noqa: PTH110 - never raises
        return [path]
    from glob import glob  # imported late: patterns are few

    try:
        found = [one for one in glob(path, recursive=True) if Path(one).is_file()]  # noqa: PTH207 - takes any folder
    except ValueError:  # a name that no file can have, said when it is opened
        found = []
    return sorted(found, key=lambda one: Path(one).parts) or [path]
