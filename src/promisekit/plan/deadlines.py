"""The last day, or the last instant, that is in time."""

from __future__ import annotations

from promisekit.plan.nodes import By, Hours, Within
from promisekit.windows import Day, Instant, Zone, due_day, due_instant


def due(deadline: Within | By, trigger: Day) -> Day:
    """The last day that is in time for a trigger on that day."""
    match deadline:
        case By(day):
            return day
        case Within(number, unit, latest):
            day = due_day(trigger, number, unit)
            return day if latest is None else min(day, latest)


def due_at(deadline: Hours, trigger: Instant, zone: Zone, day_begins: int = 0) -> Instant:
    """The last instant that is in time for a trigger at that instant; days begin at the second `day_begins`."""
    last = due_instant(trigger, deadline.seconds, deadline.clock, zone)
    if deadline.latest is None:
        return last
    return min(last, Instant(zone.at(Day(deadline.latest + 1), day_begins) - 1))
