"""Deadlines: the last day that is in time."""

from __future__ import annotations

from typing import Literal

from promisekit.windows.civil import Day, Instant, Zone, weekday
from promisekit.windows.window import add_months


def due_day(trigger: Day, number: int, unit: Literal["days", "weeks", "months", "working_days"]) -> Day:
    """The last day of a deadline of so many units; the trigger's own day is not counted.

    Never earlier for a later trigger, so that an imprecise trigger has its earliest deadline with its earliest day.
    """
    match unit:
        case "days":
            return Day(trigger + number)
        case "weeks":
            return Day(trigger + 7 * number)
        case "months":
            return add_months(trigger, number)
        case "working_days":
            # Imported late: the public holidays come from a library that most promises never need.
            from promisekit.windows.calendars import add_working_days

            return add_working_days(trigger, number)


def due_instant(trigger: Instant, seconds: int, clock: Literal["always", "weekdays"], zone: Zone) -> Instant:
    """The last instant of a deadline of so many seconds, by a clock that may stand still.

    The clock `weekdays` runs Monday to Friday but on public holidays, 24 hours a day: a trigger on a Saturday has all
    of its time from Monday on. Never earlier for a later trigger.
    """
    if clock == "always":
        return Instant(trigger + seconds)
    day, _ = zone.wall(trigger)
    start = trigger
    while True:
        end = zone.begin(Day(day + 1))
        if _runs(day):
            if start + seconds <= end:
                return Instant(start + seconds)
            seconds -= end - start
        day, start = Day(day + 1), end


def _runs(day: Day) -> bool:
    from promisekit.windows.calendars import is_public_holiday  # imported late: few promises ask

    return weekday(day) < 5 and not is_public_holiday(day)
