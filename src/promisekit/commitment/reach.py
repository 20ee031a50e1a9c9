"""Targets that no log can reach, or that every log meets, because a window has only so many days, weeks or hours."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.commitment.base import Flaw
from promisekit.plan.amounts import amount, unit_of
from promisekit.plan.nodes import Check, CountingUnit, Distinct, Duration
from promisekit.plan.windows import target_in, windows_of
from promisekit.windows import Day, Window, month_of, weekday
from promisekit.words import say

DAY, HOUR = 86_400, 3600


def unreachable(check: Check, keys: list[str]) -> Iterator[Flaw]:
    """What is wrong with a target, seen from what its windows can hold; `keys` are those of the target."""
    unit = unit_of(check)
    room = [(window, target_in(check, window), _most(check, window)) for window in windows_of(check)]
    for window, target, most in room:
        if most is not None and target.low is not None and target.low > most:
            message = say(
                "{wanted} cannot be reached in {window}, which has at most {most}",
                wanted=amount(target.low, unit),
                window=window.label,
                most=amount(most, unit),
            )
            hint = say("lower the number, or choose longer windows")
            yield Flaw("target.unreachable", (keys[0],), message, hint)
            return
    if room and all(not target.low and _no_less(target.high, most) for _, target, most in room):
        message = say("no window has more than that: this is kept by every log")
        yield Flaw("target.always-met", (keys[0],), message, say("lower the number, or choose longer windows"))


def _no_less(high: object, most: int | None) -> bool:
    return most is not None and isinstance(high, int) and high >= most


def _most(check: Check, window: Window) -> int | None:
    """The most that a window can hold; None where there is no bound."""
    match check.measure:
        case Distinct(unit=unit) if unit is not None:
            return len({_unit(unit, day) for day in window.span.days()} - {None})
        case Duration(total="union"):
            begin, end = window.clock or (0, len(window.span) * DAY)
            return end - begin + HOUR  # a day may have 25 hours
        case _:
            return None


def _unit(unit: CountingUnit, day: Day) -> int | None:
    match unit:
        case "day":
            return day
        case "month":
            return month_of(day)
        case _:
            return None if unit == "weekend" and weekday(day) < 5 else day - weekday(day)
