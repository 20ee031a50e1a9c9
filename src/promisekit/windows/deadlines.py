"""Deadlines: the last day that is in time."""

from __future__ import annotations

from typing import Literal

from promisekit.windows.civil import Day
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
