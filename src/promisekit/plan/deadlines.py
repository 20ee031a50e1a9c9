"""The last day that is in time."""

from __future__ import annotations

from promisekit.plan.nodes import By, Deadline, Within
from promisekit.windows import Day, due_day


def due(deadline: Deadline, trigger: Day) -> Day:
    """The last day that is in time for a trigger on that day."""
    match deadline:
        case By(day):
            return day
        case Within(number, unit, latest):
            day = due_day(trigger, number, unit)
            return day if latest is None else min(day, latest)
