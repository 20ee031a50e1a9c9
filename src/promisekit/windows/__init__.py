"""One home of time: days, instants, spans, windows, deadlines, calendars. The only importer of date arithmetic."""

from promisekit.windows.civil import Day, Instant, Zone, parse_day, show_clock, show_day, weekday, zone_named
from promisekit.windows.deadlines import due_day, due_instant
from promisekit.windows.length import length_words, parse_length
from promisekit.windows.moment import AsOf, Moment, end_of, parse_as_of, parse_moment, whole_days
from promisekit.windows.shift import as_of_in_days, days_of, known_days
from promisekit.windows.span import DaySet, Span, day_set, parse_span
from promisekit.windows.window import (
    UNITS,
    Partial,
    Unit,
    Window,
    add_months,
    is_whole,
    month_of,
    span_label,
    tile,
    whole,
)

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
    "as_of_in_days",
    "day_set",
    "days_of",
    "due_day",
    "due_instant",
    "end_of",
    "is_whole",
    "known_days",
    "length_words",
    "month_of",
    "parse_as_of",
    "parse_day",
    "parse_length",
    "parse_moment",
    "parse_span",
    "show_clock",
    "show_day",
    "span_label",
    "tile",
    "weekday",
    "whole",
    "whole_days",
    "zone_named",
]
