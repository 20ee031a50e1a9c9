"""The windows of a check, its target in each of them, and the units of the calendar that are counted in them."""

from __future__ import annotations

import math
from fractions import Fraction

from promisekit.plan.nodes import Calendar, Check, CountingUnit, Listed, Target, Until, Whole
from promisekit.windows import Day, Window, month_of, tile, weekday, whole


def windows_of(check: Check) -> tuple[Window, ...]:
    """The windows of a check, generated from the calendar alone."""
    match check.partition:
        case Whole() | Until():
            return (whole(check.span),)
        case Calendar(unit, partial, number, anchor, left_out):
            windows = tile(check.span, unit, partial, number, anchor)
            return tuple(one for one in windows if one.span not in left_out) if left_out else windows
        case Listed(windows):
            return windows


def averaged(check: Check) -> Fraction | None:
    """Over how many windows a check's target is an average, cut ones by their days; None where it is none."""
    if check.average is None:
        return None
    windows = tile(check.span, check.average.unit, None, check.average.number, check.average.anchor)
    return sum((window.portion for window in windows), Fraction(0))


def target_in(check: Check, window: Window) -> Target:
    """The target of a check in a window: in proportion to what the period leaves of it, where that was chosen."""
    prorated = isinstance(check.partition, Calendar) and check.partition.partial == "prorate"
    return in_proportion(check.target, window) if prorated else check.target


def in_proportion(target: Target, window: Window) -> Target:
    """A target for the part of a calendar window that the period leaves.

    A lower bound is rounded up and an upper one down, so that less is never asked for than was promised.
    """
    low, high = target.low, target.high
    return Target(
        None if low is None else math.ceil(low * window.portion),
        None if high is None else math.floor(high * window.portion),
    )


def unit_of(unit: CountingUnit, day: Day) -> int | None:
    """The number of the day, week, weekend or month that a day lies in; a weekday lies in no weekend."""
    match unit:
        case "day":
            return day
        case "week":
            return (day - weekday(day)) // 7
        case "weekend":
            return (day - weekday(day)) // 7 if weekday(day) >= 5 else None
        case "month":
            return month_of(day)
