"""The words of the checker: rows, windows, numbers, and what makes a certificate refused.

Truth has three values: 0 no, 1 cannot be told, 2 yes; `min` is and, `max` is or. Days are ordinals, instants seconds.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

FORMAT = "promisekit/certificate/1"


BAD: Any = object()  # what a cell says that cannot be read


DAY, FOREVER = 86_400, math.inf
Runs = list[tuple[int, int]]  # days, from the first to the last of each run


class Refused(Exception):
    """The certificate says one thing and the log another: where, of what, what it claims, what is found."""


class Unreadable(Exception):
    """The checker cannot read what it is given: the certificate is neither shown to hold nor refused."""


class Moment(NamedTuple):
    """Some instant of `begin..end` on one of the days `first..last`; `clock`: the second of the day, if it is told."""

    first: int
    last: int
    begin: int
    end: int
    clock: int | None


class Row(NamedTuple):
    """A row as it was read; `held` is 2, 1 where it only may have taken place, 0 where it was cancelled."""

    source: str
    file: str
    line: int
    id: str | None
    start: Moment
    close: Moment | None
    held: int
    values: dict[str, Any]
    status: str | None
    recorded: Moment | None
    rejected: bool


class Seen(NamedTuple):
    """A row of an activity as it is known at the as-of: it begins in `begin..late` and ends in `ends..over`."""

    row: Row
    first: int
    last: int
    begin: int
    late: int
    ends: float
    over: float
    sure: bool
    told: int = 2  # whether the selector means it
    paired: int = 2
    running: bool = False  # whether a partner may still come, its time not being over

    @property
    def key(self) -> tuple[str, int]:
        return self.row.file, self.row.line


class Window(NamedTuple):
    """The days `first..last`; a slot of the clock has instants of its own, and may reach into the next day."""

    first: int
    last: int
    begin: int
    end: int
    reach: int

    def has(self, seen: Seen) -> bool:
        return self.first <= seen.first and seen.last <= self.last

    def begun(self, seen: Seen) -> bool:
        return self.first <= seen.last and seen.first <= self.last


def agree(where: str, what: str, claimed: object, found: object) -> None:
    """Refuses the certificate unless what it claims is what was found."""
    if claimed != found or isinstance(claimed, bool) != isinstance(found, bool):
        raise Refused(where, what, claimed, found)


def number(value: Any) -> Any:
    """A number of the certificate: whole, or a fraction `1/3`; None is unbounded."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,60}/[0-9]{1,60}", value):
        return Fraction(value)
    raise ValueError(f"{str(value)[:40]} is no number")


def bounded(many: Any) -> int:
    """A number of the certificate that is counted up to."""
    if not 0 <= number(many) <= 10**8:
        raise ValueError("a number out of all bounds")
    return int(many)


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def among(low: Any, high: Any, first: Any, last: Any) -> int:
    """Whether something of `first..last` lies in `low..high`."""
    if (low is not None and last < low) or (high is not None and first > high):
        return 0
    return 2 if (low is None or first >= low) and (high is None or last <= high) else 1


def says(seen: Seen, column: str) -> Any:
    """What a row says in a column; None where it is empty or cannot be read."""
    value = seen.row.values.get(column)
    return None if value is BAD else value
