"""Checks and what was measured of them, written by hand."""

from __future__ import annotations

from fractions import Fraction

from promisekit.engine.observations import Bounds, Cell, EventRef, NearMiss, Observation, Phase, Reason
from promisekit.plan.nodes import (
    All,
    Calendar,
    Check,
    Count,
    Duration,
    Latest,
    Measure,
    Need,
    Number,
    Part,
    Select,
    Sum,
    Target,
    Whole,
)
from promisekit.plan.windows import windows_of
from promisekit.selectors.model import EVERYTHING
from promisekit.windows import Span, Zone, end_of, parse_day, parse_span
from promisekit.words import say

PERIOD = parse_span("2022-03-01/2022-05-31")
ANYTHING = Select("anything", EVERYTHING)
COUNT = Count(ANYTHING)
SUM = Sum(ANYTHING, "people")
HOURS = Duration(ANYTHING, "union", None, "unknown")
VALUE = Latest(ANYTHING, "value")
CLOSED, RUNNING, FUTURE = Phase.CLOSED, Phase.RUNNING, Phase.FUTURE
MAY = end_of(parse_day("2022-05-10"), Zone())
AFTER = end_of(parse_day("2022-06-01"), Zone())


def monthly(low: Number | None, measure: Measure = COUNT, need: Need = All(), high: Number | None = None) -> Check:  # noqa: B008
    return Check(PERIOD, Calendar("month"), measure, Target(low, high), need)


def overall(low: Number | None, measure: Measure = COUNT, span: Span = PERIOD) -> Check:
    return Check(span, Whole(), measure, Target(low, None))


def cell(check: Check, number: int, bounds: tuple[Number, Number | None], phase: Phase = CLOSED) -> Cell:
    doubts = {RUNNING: (Reason.RUNNING,), FUTURE: (Reason.NOT_STARTED,)}.get(phase, ())
    low, high = bounds
    if low != high and not doubts:
        doubts = (Reason.IMPRECISE,)
    return Cell(windows_of(check)[number], phase, Bounds(low, high, low), None, None, doubts)


def seen(check: Check, *cells: tuple[Number, Number | None, Phase], misses: tuple[NearMiss, ...] = ()) -> Observation:
    """What was measured: low, high and phase of every window."""
    told = tuple(cell(check, number, (low, high), phase) for number, (low, high, phase) in enumerate(cells))
    return Observation(told, (), 0, 0, 0, misses, len(misses), (), ())


def miss(window: int | None, amount: Number | None = 1, row: int = 2) -> NearMiss:
    event = EventRef("log.csv", "log.csv", row, None, "2022-03-05", "")
    return NearMiss(event, "place", say("here"), say("there"), window, amount=amount)


def part(name: str, check: Check, member: str | None = None) -> Part:
    return Part(name, "count", None, None, say("rule"), None, check, member)


HALF = Fraction(1, 2)
