"""Days that begin at another hour than midnight: a night belongs to the evening on which it began.

Such a day `d` runs from `day_begins` on the civil day `d` up to the same hour of the next one. Windows, weekdays and
calendars are then sets of such days; these functions move what is known in civil days over to them.
"""

from __future__ import annotations

from msgspec.structs import replace

from promisekit.windows.civil import Day, Zone
from promisekit.windows.moment import AsOf, Moment
from promisekit.windows.span import DaySet, Span, day_set


def days_of(moment: Moment, day_begins: int) -> tuple[Day, Day]:
    """The first and the last day that a moment may lie on. Without a clock time, it may belong to the day before."""
    if not day_begins:
        return moment.first, moment.last
    if moment.clock is not None:
        day = Day(moment.first - (moment.clock < day_begins))
        return day, day
    return Day(moment.first - 1), moment.last


def known_days(known: DaySet, day_begins: int) -> DaySet:
    """Of known civil days, the days that are wholly known."""
    return day_set(Span(span.start, Day(span.end - 1)) for span in known.spans) if day_begins else known


def as_of_in_days(as_of: AsOf, day_begins: int, zone: Zone) -> AsOf:
    """The same as-of, with the last day of which anything is known, and whether all of it is."""
    if not day_begins:
        return as_of
    day = Day(as_of.day + 1)
    while zone.at(day, day_begins) >= as_of.until:
        day = Day(day - 1)
    return replace(as_of, day=day, whole_day=zone.at(Day(day + 1), day_begins) == as_of.until)
