"""What measures make of the rows of one window, once it is known which they are.

Everything here is small: as many different days, values or readings as a window has, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from promisekit.engine.observations import Bounds, Reason
from promisekit.plan.nodes import CountingUnit, Number
from promisekit.plan.windows import unit_of
from promisekit.windows import Day, Span


class Found(Struct, frozen=True):
    """What a measure finds in a window, and what it doubts besides that more rows may come."""

    count: Bounds
    doubts: set[Reason]
    missed: Bounds | None = None
    whole: Bounds | None = None
    more: bool | None = None
    """Whether rows that nobody knows of could change it, where the measure can tell."""


class Spread(Struct, frozen=True):
    """A row that is in one of the units `first..last`; `sure` where it certainly is."""

    first: int
    last: int
    sure: bool


def spread(unit: CountingUnit, first: Day, last: Day, *, sure: bool) -> Spread | None:
    """Where a row of the days `first..last` is; None where it can be in no unit."""
    found = [unit_of(unit, Day(day)) for day in range(first, last + 1)]
    units = [number for number in found if number is not None]
    return Spread(units[0], units[-1], sure and len(units) == len(found)) if units else None


def different(rows: Iterable[Spread], open_units: Collection[int], now: int) -> Bounds:
    """How many different units the rows are in: the fewest that explain the sure ones, and the most that all can be in,
    those that are `open` to rows that nobody knows of included."""
    ordered = sorted(set(rows), key=lambda row: (row.last, row.first))
    low, reached = 0, None
    for row in ordered:
        if row.sure and (reached is None or row.first > reached):
            low, reached = low + 1, row.last
    used = set(open_units)
    for row in sorted(rows, key=lambda row: (row.last, row.first)):
        free = next((number for number in range(row.first, row.last + 1) if number not in used), None)
        if free is not None:
            used.add(free)
    return Bounds(low, len(used), now)


def longest_gap(span: Span, rows: Iterable[tuple[int, int]]) -> int:
    """The longest way in days from one row to the next that there may be, each on one of its days `(first, last)`; the
    days before and after the span are such rows. A gap is free where no row has all of its days in it, so it ends with
    the earliest last day of those that lie behind it."""
    longest, end = 0, int(span.end)
    for first, last in sorted(set(rows), reverse=True):
        longest, end = max(longest, end - first), min(end, last)
    return max(longest, end - (span.start - 1))


def gap(span: Span, sure: Iterable[tuple[int, int]], possible: Iterable[Day], now: Iterable[Day]) -> Bounds:
    """The longest gap: the more days there are, the shorter it is. `sure`: the first and last day that each certain row
    may be on; `possible`: all days that any row may be on; `now`: those on which a certain one has begun."""
    every, begun = ([(day, day) for day in days] for days in (possible, now))
    return Bounds(longest_gap(span, every), longest_gap(span, sure), longest_gap(span, begun))


class Reading(Struct, frozen=True):
    """A value that was read at some instant from `earliest` to `latest`; it lies in `low..high`.

    A value that nobody can tell has None for its `point`.
    """

    earliest: int
    latest: int
    sure: bool
    low: Number
    high: Number
    point: Number | None


class Newest(Struct, frozen=True):
    """What is known of the newest reading: whether there is one, and where its value lies (None: cannot be told)."""

    number_low: int
    number_high: int
    low: Number | None
    high: Number | None
    now: Number | None
    since: int | None = None
    """The instant before which it certainly was not read; None where that cannot be told."""

    @property
    def certain(self) -> bool:
        """Whether it is known what the newest value is, or that there is none."""
        if self.number_low != self.number_high:
            return False
        return not self.number_high or (self.low is not None and self.low == self.high)


def newest(readings: Collection[Reading]) -> Newest:
    """The newest of the readings: one that may be newer than all sure ones may be it."""
    begun = max((one.earliest for one in readings if one.sure), default=None)
    candidates = [one for one in readings if begun is None or one.latest >= begun]
    sure = [one for one in candidates if one.sure]
    now = max(sure, key=_age, default=None)
    told = bool(candidates) and all(one.point is not None for one in candidates)
    return Newest(
        number_low=int(bool(sure)),
        number_high=int(bool(candidates)),
        low=min(one.low for one in candidates) if told else None,
        high=max(one.high for one in candidates) if told else None,
        now=None if now is None else now.point,
        since=begun,
    )


def _age(reading: Reading) -> tuple[int, int, bool, Number]:
    """What the newest sure reading is chosen by; of those of the same instants the greatest value."""
    return reading.earliest, reading.latest, reading.point is not None, reading.point or 0


def compared(
    latest: Newest,
    baseline: Newest | Number | None,
    how: Literal["difference", "percent"],
    *,
    open_: bool,
    before: bool,
) -> tuple[Bounds, Bounds]:
    """The newest value against its baseline, and how many values there are to compare: none for certain where it cannot
    be told what they are. `open_` and `before`: whether there may be readings that nobody knows of, in the window and
    among those of the baseline."""
    base = _constant(baseline) if baseline is None or isinstance(baseline, (int, Fraction)) else baseline
    none = (not open_ and not latest.number_high) or (not before and not base.number_high)
    percent = baseline is not None and how == "percent"
    certain = latest.number_low and base.number_low and not before
    if not certain or latest.low is None or latest.high is None or base.low is None or base.high is None:
        return UNTOLD, Bounds(0, 0 if none else _number(latest, open_), 0)
    if percent and base.low <= 0:
        return UNTOLD, Bounds(0, _number(latest, open_), 0)
    against = _percent if percent else _difference
    now = None if latest.now is None or base.now is None else against(latest.now, latest.now, base.now, base.now)[0]
    low, high = against(latest.low, latest.high, base.low, base.high)
    return Bounds(exact(low), exact(high), exact(now or 0)), Bounds(1, _number(latest, open_), int(now is not None))


UNTOLD = Bounds(0, None, 0)
"""A value of which nothing is known."""


def _constant(value: Number | None) -> Newest:
    """A baseline that is told as a number; nothing to compare with is 0."""
    return Newest(1, 1, value or 0, value or 0, value or 0)


def _number(latest: Newest, open_: bool) -> int | None:
    return None if open_ else latest.number_high


def _difference(low: Number, high: Number, base_low: Number, base_high: Number) -> tuple[Number, Number]:
    return low - base_high, high - base_low


def _percent(low: Number, high: Number, base_low: Number, base_high: Number) -> tuple[Number, Number]:
    """What was added to a baseline above 0, in per cent of it."""
    least = Fraction(low) / (base_high if low >= 0 else base_low)
    most = Fraction(high) / (base_low if high >= 0 else base_high)
    return 100 * (least - 1), 100 * (most - 1)


def parts_of(above: Number | None, below: Number | None) -> tuple[Range, Range, Range]:
    """What a row of a quotient adds for certain and at most: to the part, to the rest, to both together.

    A part that is larger than the whole, or a number below 0, is taken for one that is not told.
    """
    whole = below if below is not None and below >= 0 else None
    part = above if above is not None and above >= 0 and (whole is None or above <= whole) else None
    if part is None or whole is None:
        return Range(part or 0, whole), Range(0, whole), Range(whole or 0, whole)
    return Range(part, part), Range(whole - part, whole - part), Range(whole, whole)


class Range(Struct, frozen=True):
    """What one row adds: `low` at least, `high` at most (None is unbounded)."""

    low: Number
    high: Number | None


def amount(value: object) -> Number | None:
    """The number in a cell; None where it is empty or cannot be read."""
    return exact(value) if isinstance(value, Fraction) else None


def addend(value: object) -> Number | None:
    """The number in a cell that is added up. One below 0 is taken for one that is not told: were it subtracted, what is
    kept for certain could be broken by a row that comes later."""
    number = amount(value)
    return None if number is None or number < 0 else number


def exact(number: Number) -> Number:
    """The same number, as a whole one where it is whole: equal numbers look the same in every engine."""
    return number.numerator if number.denominator == 1 else number
