"""Every single value of a certificate, and another value in its place."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]


def leaves(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value that is no list and no mapping, and where it stands; an empty list or mapping counts as one."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))
    else:
        yield path, value


def another(value: Any) -> Any:
    """A value of the same sort, but another one."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str() if len(value) == 10 and value[4] == "-":
            return f"{int(value[:4]) - 1}{value[4:]}"  # a year earlier
        case str():
            return f"{value}x"
        case None:
            return 0
        case _:
            return ["x"] if isinstance(value, list) else {"x": 0}


def changed(document: dict[str, Any], path: Place, value: Any) -> dict[str, Any]:
    """The document with another value at one place."""
    tampered = copy.deepcopy(document)
    inside: Any = tampered
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return tampered


def pattern(path: Place) -> str:
    """Where a value stands, whichever commitment, window or row it is of: ids, names and numbers left out."""
    steps = ["*" if isinstance(step, int) else step for step in path]
    if steps[0] == "activities":
        steps[1] = "*"
    return ".".join(steps)
