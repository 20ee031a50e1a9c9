"""Which values a measure can have in a window, over all complete logs: the room that a target has to lie in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from promisekit.plan.eligible import Eligible, rows_apart, rows_of
from promisekit.plan.nodes import (
    Check,
    Count,
    CountingUnit,
    Distinct,
    Duration,
    Gap,
    Latest,
    Number,
    Overlaps,
    Quotient,
    Ratio,
    Relation,
    SameRow,
    Select,
    Semi,
    Sum,
    Target,
)
from promisekit.plan.windows import unit_of
from promisekit.selectors.solving import Facts, unlimited
from promisekit.windows import Day, Span, Window, Zone


class Room(Struct, frozen=True):
    """A measure lies in `low..high` (None is unbounded) in every complete log, if it has a value there at all."""

    low: Number | None
    high: Number | None
    valued: bool = True
    """Whether there can be a value: a share of nothing has none."""
    silent: bool = False
    """Whether there can be none."""
    whole: bool = True
    """Whether only whole numbers are possible."""

    def meets(self, target: Target) -> bool:
        """Whether a value of the room lies in the target."""
        low, high = _higher(self.low, target.low), _lower(self.high, target.high)
        if not self.valued:
            return False
        if low is None or high is None:
            return True
        if self.whole and not target.strict:
            return math.ceil(low) <= math.floor(high)
        return low < high or (low == high and not (target.strict and self._at_end(target, low)))

    def leaves(self, target: Target) -> bool:
        """Whether a value of the room lies outside the target."""
        if not self.valued:
            return False
        below = target.low is not None and (self.low is None or self.low < target.low)
        above = target.high is not None and (self.high is None or self.high > target.high)
        at_end = target.strict and any(_within(end, self) for end in (target.low, target.high) if end is not None)
        return below or above or at_end

    def _at_end(self, target: Target, value: Number) -> bool:
        return value in (target.low, target.high)


NOTHING = Room(0, 0)
UNBOUNDED = Room(0, None)


def _within(value: Number, room: Room) -> bool:
    return (room.low is None or room.low <= value) and (room.high is None or value <= room.high)


def _higher(one: Number | None, other: Number | None) -> Number | None:
    return max((end for end in (one, other) if end is not None), default=None)


def _lower(one: Number | None, other: Number | None) -> Number | None:
    return min((end for end in (one, other) if end is not None), default=None)


def room_in(check: Check, window: Window, zone: Zone) -> Room:
    """The room of a check in one of its windows."""
    match check.measure:
        case Count(relation):
            return UNBOUNDED if _starts(relation, check, window) else NOTHING
        case Distinct(relation, unit, column):
            return _distinct(relation, unit, column or "", window)
        case Sum(relation, column):
            reached = _eligible(relation).on_some(window.span) and _above_nothing(relation, column)
            return Room(0, None if reached else 0, whole=False)
        case Duration() as duration:
            return _duration(duration, window, zone)
        case Gap(relation):
            days = _eligible(relation).days(window.span)
            return Room(_longest(window.span, days), _longest(window.span, ()))
        case Latest() as latest:
            return _latest(latest, window)
        case Ratio() as ratio:
            return _ratio(ratio, window)
        case Quotient(relation, _, below):
            base = _eligible(relation).on_some(window.span) and _above_nothing(relation, below)
            return Room(0, 1, valued=base, silent=True, whole=False)


@lru_cache(maxsize=4096)
def _eligible(relation: Relation) -> Eligible:
    return Eligible(relation)


def _starts(relation: Relation, check: Check, window: Window) -> bool:
    """Whether a row can count in a window: begin on its days, or go on there for long enough."""
    if isinstance(check.attribution, Overlaps):
        begin, end = window.clock or (0, len(window.span) * 86_400)
        needed = min(check.attribution.seconds, end - begin - 3600)  # clocks may be changed in it
        return any(_lasting(pairing.left, needed) for pairing in _eligible(relation).pairings)
    return _eligible(relation).on_some(window.span)


def _lasting(facts: Facts, seconds: int) -> bool:
    lengths = [length for length in facts.lengths() if length is not None]
    return seconds <= 0 or facts.may_last(10**9) or any(length >= seconds for length in lengths)


def _distinct(relation: Relation, unit: CountingUnit | None, column: str, window: Window) -> Room:
    if unit is not None:
        return Room(0, len({unit_of(unit, day) for day in _eligible(relation).days(window.span)} - {None}))
    if not _eligible(relation).on_some(window.span):
        return NOTHING
    pairings = _eligible(relation).pairings
    if any(unlimited(pairing.left.of(column)) for pairing in pairings):
        return UNBOUNDED
    values = {value for pairing in pairings for value in pairing.left.values(column)}
    return Room(0, max(1, len(values - {None})))


def _above_nothing(relation: Relation, column: str | None) -> bool:
    """Whether a row of the relation can have a number above 0 in a column; without a column, whether there is a row."""
    if column is None:
        return _eligible(relation).any_row
    rows = [pairing.left for pairing in _eligible(relation).pairings]
    return any(not facts.of(column) or _most(facts, column) > 0 for facts in rows)


def _most(facts: Facts, column: str) -> Fraction:
    return max((value for value in facts.values(column) if isinstance(value, Fraction)), default=Fraction(0))


def _duration(measure: Duration, window: Window, zone: Zone) -> Room:
    """How long something can go on in a window, also what began before it."""
    facts = [pairing.left for pairing in _eligible(measure.relation).pairings]
    goes_on = any(_lasting(one, 1) for one in facts) and _above_nothing(measure.relation, measure.weight)
    select = measure.relation.left if isinstance(measure.relation, Semi) else measure.relation
    if not goes_on or select.dated is not None:
        return NOTHING
    if measure.total == "sum":
        return Room(0, None, whole=False)
    begin, end = window.instants(zone, select.day_begins)
    return Room(0, end - begin, whole=False)


def _longest(span: Span, days: Iterable[Day]) -> int:
    marks = [span.start - 1, *days, span.end]
    return max(later - earlier for earlier, later in pairwise(marks))


def _latest(measure: Latest, window: Window) -> Room:
    """Any value that the column can have; against a baseline any at all, but none where there can be none before."""
    eligible, baseline = _eligible(measure.relation), measure.baseline
    there = eligible.on_some(window.span)
    if isinstance(baseline, Span):
        there = there and eligible.on_some(baseline)
    elif measure.compared == "percent" and baseline is not None and baseline <= 0:
        there = False
    rooms = [] if isinstance(baseline, Span) else [_ends(one.left, measure) for one in eligible.pairings]
    lows, highs = [low for low, _ in rooms], [high for _, high in rooms]
    low = None if not lows or None in lows else min(end for end in lows if end is not None)
    high = None if not highs or None in highs else max(end for end in highs if end is not None)
    if baseline is not None and not isinstance(baseline, Span):
        low, high = (None if end is None else _against(measure, end, baseline) for end in (low, high))
    return Room(low, high, valued=there, silent=True, whole=False)


def _ends(facts: Facts, measure: Latest) -> tuple[Number | None, Number | None]:
    """The ends of what a column can hold; unbounded where the values beside the named ones may be had."""
    values = [value for value in facts.values(measure.column) if isinstance(value, Fraction)]
    if not facts.of(measure.column) or not values:
        return None, None
    low = None if facts.allows(measure.column, Fraction(-(10**12))) else min(values)
    return low, None if facts.allows(measure.column, Fraction(10**12)) else max(values)


def _against(measure: Latest, value: Number, baseline: Number) -> Number:
    if measure.compared == "difference":
        return value - baseline
    return 100 * (Fraction(value) / baseline - 1) if baseline > 0 else value


def _ratio(measure: Ratio, window: Window) -> Room:
    """From 0 to 1, less where no row can be in the part, or none outside it."""
    whole = _eligible(measure.whole)
    if not whole.on_some(window.span) or not _above_nothing(measure.whole, measure.weight):
        return Room(0, 1, valued=False, silent=True, whole=False)
    part = _eligible(measure.part).on_some(window.span) and _above_nothing(measure.part, measure.weight)
    rest = _can_be_apart(measure.part, window)
    return Room(0 if rest else 1, 1 if part else 0, valued=part or rest, silent=True, whole=False)


def _can_be_apart(part: Semi, window: Window) -> bool:
    """Whether a row of the whole can be without a partner."""
    if not any(isinstance(way, SameRow) for way in part.on) or part.left.dated != part.right.dated:
        return True
    apart = rows_apart(part.left.selector, part.right.selector)
    return any(facts.any_day or any(map(facts.fits, window.span.days())) for facts in apart)


def is_empty(select: Select) -> bool:
    """Whether no row can be meant by an activity."""
    return not rows_of(select.selector)
