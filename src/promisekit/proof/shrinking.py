"""Leaving out rows, or whatever else something rests on, until none can be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
ONE_BY_ONE = 400
"""Of more rows than these it is not tried to leave out each by itself: every try takes as long as the log is."""


def shrunk(rows: Sequence[Thing], holds: Callable[[tuple[Thing, ...]], bool]) -> tuple[tuple[Thing, ...], bool]:
    """The rows without those that can be left out, larger runs of them first; and whether each of those that are left
    was tried by itself, so that none can be."""
    left, size = tuple(rows), max(1, len(rows) // 2)
    while size and (size > 1 or len(left) <= ONE_BY_ONE):
        at, before = 0, len(left)
        while at < len(left):
            fewer = left[:at] + left[at + size :]
            if holds(fewer):
                left = fewer
            else:
                at += size
        if size == 1 and len(left) == before:
            return left, True
        size = size // 2 if size > 1 else 1
    return left, not left
