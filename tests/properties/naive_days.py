"""Days, windows and deadlines by the book, counted with `datetime`, one day or hour after the other.

Nothing here is taken from the package but the numbers that stand for days and instants, and the nodes as data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from promisekit.plan.nodes import By, Calendar, Check, Hours, Listed, Number, Within

ZONE = ZoneInfo("Europe/Stockholm")
EPOCH = date(1970, 1, 1)
HOUR, DAY = 3600, 86_400
RED_DAYS = {date(2022, 4, 15), date(2022, 4, 18)}
"""The public holidays on weekdays among the days of the tiny worlds: Good Friday and Easter Monday."""
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Frame:
    """A window: its days `start..end` (the latter not in it), the instants around it, and how much of it is left."""

    start: int
    end: int
    begins: int
    ends: int
    portion: Fraction = Fraction(1)


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)


def number_of(value: date) -> int:
    """The day number of a date."""
    return (value - EPOCH).days


@cache
def instant(day: int, second: int) -> int:
    """The instant at which the wall shows `second` of a day."""
    wall = datetime.combine(date_of(day), datetime.min.time()) + timedelta(seconds=second)
    return int(wall.replace(tzinfo=ZONE).timestamp())


@cache
def wall(at: int) -> tuple[int, int]:
    """The day and its second at an instant."""
    local = datetime.fromtimestamp(at, ZONE)
    return number_of(local.date()), local.hour * HOUR + local.minute * 60 + local.second


def day_at(at: int, day_begins: int) -> int:
    """The day that an instant belongs to, where days begin at that second."""
    day, second = wall(at)
    return day - (second < day_begins)


def frames(check: Check, day_begins: int) -> list[Frame]:
    """The windows of a check."""
    span = check.span
    match check.partition:
        case Listed(windows):
            return [_listed(one.span.start, one.span.end, one.clock, day_begins) for one in windows]
        case Calendar() as tiling:
            return [_frame(first, end, day_begins, left) for first, end, left in tiles(span.start, span.end, tiling)]
        case _:
            return [_frame(span.start, span.end, day_begins)]


def _frame(start: int, end: int, day_begins: int, portion: Fraction = Fraction(1)) -> Frame:
    return Frame(start, end, instant(start, day_begins), instant(end, day_begins), portion)


def _listed(start: int, end: int, clock: tuple[int, int] | None, day_begins: int) -> Frame:
    if clock is None:
        return _frame(start, end, day_begins)
    return Frame(start, end, instant(start, clock[0]), instant(start, clock[1]))


def tiles(start: int, end: int, tiling: Calendar) -> list[tuple[int, int, Fraction]]:
    """The calendar windows in which something is owed: where each begins and ends, and what is left of it."""
    return [tile for tile in _all_tiles(start, end, tiling) if not any(one.start == tile[0] for one in tiling.left_out)]


def _all_tiles(start: int, end: int, tiling: Calendar) -> list[tuple[int, int, Fraction]]:
    if tiling.partial == "anchor_period":
        return _from_the_first(start, end, tiling)
    anchor = start if tiling.anchor is None else tiling.anchor
    found: dict[int, list[int]] = {}
    whole: dict[int, int] = {}
    for day in range(start - 800, end + 800):
        place = (_unit(tiling.unit, day) - _unit(tiling.unit, anchor)) // tiling.number
        whole[place] = whole.get(place, 0) + 1
        if start <= day < end:
            found.setdefault(place, []).append(day)
    tiles = [(days[0], days[-1] + 1, Fraction(len(days), whole[place])) for place, days in sorted(found.items())]
    return [tile for tile in tiles if tiling.partial != "whole_only" or tile[2] == 1]


def _unit(unit: str, day: int) -> int:
    """A number that is the same for all days of a calendar unit, and one more for those of the next."""
    value = date_of(day)
    if unit == "day":
        return day
    if unit == "week":
        return number_of(value - timedelta(days=value.weekday())) // 7
    return (value.year * 12 + value.month - 1) // MONTHS[unit]


def _from_the_first(start: int, end: int, tiling: Calendar) -> list[tuple[int, int, Fraction]]:
    tiles, steps = [], 0
    while True:
        first, after = (_stepped(start, tiling.unit, number) for number in (steps, steps + tiling.number))
        if after > end:
            return tiles
        tiles.append((first, after, Fraction(1)))
        steps += tiling.number


def _stepped(day: int, unit: str, number: int) -> int:
    if unit in MONTHS:
        return months_later(day, MONTHS[unit] * number)
    return day + number * (7 if unit == "week" else 1)


def months_later(day: int, number: int) -> int:
    """The same day number in that month, else its last day."""
    value = date_of(day)
    year, month = divmod(value.year * 12 + value.month - 1 + number, 12)
    for last in range(value.day, 0, -1):
        try:
            return number_of(date(year, month + 1, last))
        except ValueError:
            continue
    raise ValueError(value)


def works(day: int) -> bool:
    """Whether it is a working day."""
    value = date_of(day)
    return value.weekday() < 5 and value not in RED_DAYS


def last_day(deadline: Within | By, trigger: int) -> int:
    """The last day in time."""
    if isinstance(deadline, By):
        return deadline.day
    match deadline.unit:
        case "days":
            day = trigger + deadline.number
        case "weeks":
            day = trigger + 7 * deadline.number
        case "months":
            day = months_later(trigger, deadline.number)
        case "working_days":
            day, left = trigger, deadline.number
            while left:
                day += 1
                left -= works(day)
    return day if deadline.latest is None else min(day, deadline.latest)


@cache
def last_instant(deadline: Hours, trigger: int, day_begins: int) -> int:
    """The last instant in time: hour by hour, of those in which the clock runs."""
    at, left = trigger, deadline.seconds
    while left > 0:
        if deadline.clock == "always" or works(wall(at)[0]):
            left -= HOUR
        at += HOUR
    return at if deadline.latest is None else min(at, instant(deadline.latest + 1, day_begins) - 1)


def in_proportion(bound: Number | None, portion: Fraction, *, low: bool) -> Number | None:
    """A bound for what is left of a window: never more than was promised."""
    if bound is None:
        return None
    return math.ceil(bound * portion) if low else math.floor(bound * portion)
