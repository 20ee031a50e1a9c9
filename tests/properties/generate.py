"""Random tiny worlds of each kind, and batches of them as one plan and one log for an engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from promisekit.events import Coverage, Event, State, Value
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import (
    By,
    Calendar,
    Check,
    Commitment,
    Count,
    Header,
    InTime,
    On,
    Overlap,
    Partition,
    Plan,
    Ratio,
    SameDay,
    Select,
    Semi,
    Target,
    Whole,
    Within,
)
from promisekit.selectors.model import Condition, OneOf
from promisekit.windows import AsOf, Day, DaySet, Instant, Moment, Span, Zone, day_set, end_of, parse_day, whole_days
from promisekit.words import say
from tests.properties.tiny import FIRST, HALVES, LAST, PERIOD, Row, Shape, TinyWorld

Bounds = tuple[Fraction | None, Fraction | None]

WHOLE = (PERIOD,)
WEEKS = (range(2), range(2, 4))
DAYS = tuple(range(day, day + 1) for day in PERIOD)

ZONE = Zone("UTC")
DAY_ZERO = parse_day("2022-03-12")
"""A Saturday, so that the four days of the period are the end of one week and the beginning of another."""
HALF_DAY = 43_200
PERIOD_SPAN = Span(DAY_ZERO, Day(DAY_ZERO + len(PERIOD)))
HEADER = Header("tiny", "Tiny worlds", "en", (), (), (), None, "tiny.yaml", "")


def generate(rnd: random.Random, kind: str, as_of: int) -> TinyWorld:
    """A random world of a kind, at an as-of that a whole batch shares."""
    shape = KINDS[kind](rnd)
    imprecise = rnd.random() < 0.5
    left = tuple(_row(rnd, shape, imprecise) for _ in range(rnd.randrange(3 if shape.how else 4)))
    right = tuple(_row(rnd, shape, imprecise) for _ in range(rnd.randrange(4))) if shape.how else ()
    return TinyWorld(shape, left, right, _covered(rnd), _covered(rnd), as_of)


def _row(rnd: random.Random, shape: Shape, imprecise: bool) -> Row:
    first = rnd.randrange(FIRST, 5)
    last = rnd.randrange(first, min(first + 4, LAST)) if imprecise and rnd.random() < 0.5 else first
    exact = first == last
    length = rnd.choice([None, 0, 1, 1, 2, 3]) if exact else None
    mark = rnd.choice(["p", "p", "p", "q", None]) if shape.how else "p"
    return Row(first, last, rnd.randrange(HALVES) if exact else 0, length, rnd.random() < 0.8, mark)


def _covered(rnd: random.Random) -> frozenset[int]:
    everything = range(FIRST, LAST + 1)
    gaps = rnd.random() < 0.5
    return frozenset(day for day in everything if not (gaps and rnd.random() < 0.25))


def _bounds(rnd: random.Random, most: int) -> Bounds:
    low = rnd.randrange(most + 1)
    at_least, at_most = Fraction(max(1, low)), Fraction(low)
    return rnd.choice([(at_least, None), (None, at_most), (at_most, at_most), (at_most, at_most + 1)])


def _count(rnd: random.Random) -> Shape:
    return Shape(False, None, WHOLE, *_bounds(rnd, 2))


def _frequency(rnd: random.Random) -> Shape:
    windows = rnd.choice([WEEKS, DAYS])
    return Shape(False, None, windows, *_bounds(rnd, 2 if windows is WEEKS else 1))


def _presence(rnd: random.Random) -> Shape:
    windows = rnd.choice([WHOLE, WEEKS])
    return Shape(False, rnd.choice(["same_day", "overlap"]), windows, *_bounds(rnd, 2 if windows is WHOLE else 1))


def _answered(rnd: random.Random) -> Shape:
    windows = rnd.choice([WHOLE, WEEKS])
    low, high = _bounds(rnd, 2 if windows is WHOLE else 1)
    return replace(_response(rnd), ratio=False, windows=windows, low=low, high=high)


def _every_occasion(rnd: random.Random) -> Shape:
    return Shape(True, rnd.choice(["same_day", "overlap"]), WHOLE, Fraction(1), Fraction(1))


def _response(rnd: random.Random) -> Shape:
    shape = Shape(True, "in_time", WHOLE, Fraction(1), Fraction(1), keyed=rnd.random() < 0.6)
    if rnd.random() < 0.3:
        return replace(shape, latest=rnd.randrange(1, 5))
    return replace(shape, within=rnd.randrange(3), latest=3 if rnd.random() < 0.3 else None)


def _share(rnd: random.Random) -> Shape:
    low, high = rnd.choice([(Fraction(1, 2), None), (None, Fraction(1, 2)), (Fraction(1, 2), Fraction(1, 2))])
    return replace(rnd.choice([_response, _every_occasion])(rnd), low=low, high=high)


KINDS: dict[str, Callable[[random.Random], Shape]] = {
    "count": _count,
    "frequency": _frequency,
    "co_presence": _presence,
    "answered": _answered,
    "every_occasion": _every_occasion,
    "response": _response,
    "share": _share,
}


@dataclass(frozen=True)
class Batch:
    """Many worlds in one: each has its own activities and its own sources."""

    plan: Plan
    log: Log
    as_of: AsOf


def batch(worlds: Sequence[TinyWorld]) -> Batch:
    """Worlds that share their as-of as one plan and one log; the commitment of world 3 is `w3`."""
    commitments, sources, events = [], [], []
    for number, world in enumerate(worlds):
        check = _check(world.shape, *(_activity(f"{side}{number}") for side in "lr"))
        commitments.append(Commitment(f"w{number}", "tiny", None, None, say("a rule"), None, check))
        for side, rows, covered in (("l", world.left, world.left_covered), ("r", world.right, world.right_covered)):
            name = f"{side}{number}"
            events += [_event(name, place, row) for place, row in enumerate(rows)]
            sources.append(SourceRead(name, (), Coverage(_days(covered))))
    plan = Plan(HEADER, PERIOD_SPAN, ZONE, tuple(commitments))
    return Batch(plan, Log(tuple(sources), tuple(events), ()), end_of(_day(worlds[0].as_of), ZONE))


def _day(day: int) -> Day:
    return Day(DAY_ZERO + day)


def _days(days: Iterable[int]) -> DaySet:
    return day_set(Span(_day(day), _day(day + 1)) for day in days)


def _activity(name: str) -> Select:
    return Select(name, Condition("activity", OneOf((name,)), say("{name}", name=name)), (name,))


def _check(shape: Shape, left: Select, right: Select) -> Check:
    partition: Partition = Whole()
    if shape.windows in (WEEKS, DAYS):
        partition = Calendar("week", "full_target") if shape.windows == WEEKS else Calendar("day")
    target = Target(shape.low, shape.high)
    if shape.how is None:
        return Check(PERIOD_SPAN, partition, Count(left), target)
    semi = Semi(left, right, (_way(shape),))
    return Check(PERIOD_SPAN, partition, Ratio(semi, left) if shape.ratio else Count(semi), target)


def _way(shape: Shape) -> On:
    if shape.how == "same_day":
        return SameDay()
    if shape.how == "overlap":
        return Overlap(60)
    latest = None if shape.latest is None else _day(shape.latest)
    if shape.within is None:
        if latest is None:
            raise ValueError("a response has a deadline")
        return InTime("place" if shape.keyed else None, By(latest))
    return InTime("place" if shape.keyed else None, Within(shape.within, "days", latest))


def _event(name: str, place: int, row: Row) -> Event:
    exact = row.first == row.last
    start = _moment(row.first, row.half) if exact else whole_days(_day(row.first), _day(row.last), ZONE)
    end = None if row.length is None else _moment(*divmod(row.first * HALVES + row.half + row.length, HALVES))
    state = State.HELD if row.certain else State.POSSIBLE
    values: dict[str, Value] = {"activity": name, "place": row.mark}
    return Event(name, name, place + 2, None, start, end, state, values, {})


def _moment(day: int, half: int) -> Moment:
    instant = Instant(ZONE.begin(_day(day)) + half * HALF_DAY)
    return Moment(_day(day), _day(day), instant, instant, half * HALF_DAY)
