"""One home of time: days, instants, spans, windows, deadlines, calendars. The only importer of date arithmetic."""

from promisekit.windows.civil import Day, Instant, Zone, parse_day, show_clock, show_day, weekday, zone_named
from promisekit.windows.deadlines import due_day
from promisekit.windows.moment import AsOf, Moment, end_of, parse_as_of, parse_moment, whole_days
from promisekit.windows.span import DaySet, Span, day_set, parse_span
from promisekit.windows.window import UNITS, Partial, Unit, Window, add_months, is_whole, tile, whole

__all__ = [
    "UNITS",
    "AsOf",
    "Day",
    "DaySet",
    "Instant",
    "Moment",
    "Partial",
    "Span",
    "Unit",
    "Window",
    "Zone",
    "add_months",
    "day_set",
    "due_day",
    "end_of",
    "is_whole",
    "parse_as_of",
    "parse_day",
    "parse_moment",
    "parse_span",
    "show_clock",
    "show_day",
    "tile",
    "weekday",
    "whole",
    "whole_days",
    "zone_named",
]
