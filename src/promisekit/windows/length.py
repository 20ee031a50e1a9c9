"""Lengths of time as an author writes them: `30 minutes`, `2 hours`, `1.5 h`. Elapsed time, in whole seconds."""

from __future__ import annotations

import re
from fractions import Fraction

from promisekit.words import Message, say

_LENGTH = re.compile(r"(0|[1-9]\d{0,5})(?:[.](\d{1,3}))? ?(min|minutes?|h|hours?)\Z", re.ASCII)


def parse_length(text: str) -> int:
    """The seconds of a length: whole or decimal minutes or hours. Raises ValueError for anything else.

    Days are no lengths: some have 23 hours and some 25.
    """
    found = _LENGTH.match(text)
    if not found:
        raise ValueError(f"`{text}` is not a length written `30 minutes` or `2 hours`")
    seconds = Fraction(f"{found[1]}.{found[2] or 0}") * (3600 if found[3].startswith("h") else 60)
    if seconds.denominator != 1:
        raise ValueError(f"`{text}` is no whole number of seconds")
    return int(seconds)


def length_words(seconds: int) -> Message:
    """A length in words, in the largest unit that tells it in whole numbers."""
    if seconds % 3600 == 0:
        return say("{n} hour", "{n} hours", n=seconds // 3600)
    if seconds % 60 == 0:
        return say("{n} minute", "{n} minutes", n=seconds // 60)
    return say("{n} second", "{n} seconds", n=seconds)
