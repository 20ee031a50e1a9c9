"""Windows: the spans of civil days in which a target applies, generated from the calendar, empty ones included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal, get_args

from msgspec import Struct

from promisekit.windows.civil import Day, Instant, Zone, date_of, day_of, show_day, weekday
from promisekit.windows.span import Span
from promisekit.words import Date, Message, say

Unit = Literal["day", "week", "month", "quarter", "half_year", "year"]
Partial = Literal["whole_only", "full_target", "prorate", "anchor_period"]
UNITS: tuple[Unit, ...] = get_args(Unit)
MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Window(Struct, frozen=True):
    """A span in which a target applies, and how much of a whole calendar window it is."""

    span: Span
    label: Message
    portion: Fraction = Fraction(1)
    """Its days over the days of the whole window that it was cut from."""
    clock: tuple[int, int] | None = None
    """Where set, only the time between these seconds of its first day; the second may lie beyond midnight."""

    def instants(self, zone: Zone, day_begins: int = 0) -> tuple[Instant, Instant]:
        """The instant at which it begins, and the one before which it ends. Days begin at the second `day_begins`."""
        if self.clock is not None:
            begin, end = self.clock
            return zone.at(self.span.start, begin), zone.over(self.span.start, end)
        return zone.at(self.span.start, day_begins), zone.at(self.span.end, day_begins)

    @property
    def reach(self) -> Span:
        """The days that it lies on: its own, and the next one where its clock passes midnight."""
        if self.clock is None:
            return self.span
        return Span(self.span.start, Day(self.span.start + -(-self.clock[1] // 86_400)))


def whole(period: Span) -> Window:
    """The period as one window."""
    label = say("{first} – {last}", first=Date(show_day(period.start)), last=Date(show_day(period.last)))
    return Window(period, label)


@lru_cache(maxsize=64)  # commitments of one promise ask for the same windows again and again
def tile(
    period: Span, unit: Unit, partial: Partial | None, number: int = 1, anchor: Day | None = None
) -> tuple[Window, ...]:
    """The calendar windows of `period`, `number` units each, in order, without gap or overlap.

    They are counted from the calendar unit that `anchor` (the first day of the period, where None) lies in. Windows
    that the period cuts are left out (`whole_only`), or kept with the portion that is left of them.
    `anchor_period` counts from the first day of the period instead of from the calendar; what is left over at the end,
    less than a window, is left out.
    """
    if partial == "anchor_period":
        return tuple(_anchored(period, unit, number))
    windows = []
    start = period.start
    while start < period.end:
        full = counted_window(start, unit, number, period.start if anchor is None else anchor)
        cut = full.cut(period)
        if cut == full or partial != "whole_only":
            label = _label(full, cut, unit) if number == 1 else span_label(cut)
            windows.append(Window(cut, label, Fraction(len(cut), len(full))))
        start = full.end
    return tuple(windows)


def is_whole(period: Span, unit: Unit, number: int = 1, anchor: Day | None = None) -> bool:
    """Whether the period is a whole number of calendar windows, counted as `tile` counts them."""
    counted_from = period.start if anchor is None else anchor
    first = counted_window(period.start, unit, number, counted_from)
    last = counted_window(period.last, unit, number, counted_from)
    return first.start == period.start and last.end == period.end


def counted_window(day: Day, unit: Unit, number: int, anchor: Day) -> Span:
    """The window of `number` calendar units that `day` lies in, counted from the unit that `anchor` lies in."""
    if unit in MONTHS:
        months = MONTHS[unit] * number
        first = month_of(anchor) // MONTHS[unit] * MONTHS[unit]
        index = first + (month_of(day) - first) // months * months
        return Span(_month_start(index), _month_start(index + months))
    days = number * (7 if unit == "week" else 1)
    start = calendar_window(anchor, unit).start
    begin = start + (day - start) // days * days
    return Span(Day(begin), Day(begin + days))


def calendar_window(day: Day, unit: Unit) -> Span:
    """The calendar day, ISO week, month, quarter, half-year or year that `day` lies in."""
    if unit == "day":
        return Span(day, Day(day + 1))
    if unit == "week":
        monday = Day(day - weekday(day))
        return Span(monday, Day(monday + 7))
    months = MONTHS[unit]
    index = month_of(day) // months * months
    return Span(_month_start(index), _month_start(index + months))


def add_months(day: Day, months: int) -> Day:
    """The same day number so many months later, else the last day of that month."""
    value = date_of(day)
    start = _month_start(value.year * 12 + value.month - 1 + months)
    last = Day(_month_start(value.year * 12 + value.month + months) - 1)
    return min(Day(start + value.day - 1), last)


def month_of(day: Day) -> int:
    """The number of the month that a day lies in, counted from the year 0."""
    value = date_of(day)
    return value.year * 12 + value.month - 1


def _month_start(index: int) -> Day:
    year, month = divmod(index, 12)
    return day_of(date(year, month + 1, 1))


def _anchored(period: Span, unit: Unit, units: int) -> Iterator[Window]:
    number = 0
    while (end := _step(period.start, unit, number + units)) <= period.end:
        span = Span(_step(period.start, unit, number), end)
        yield Window(span, span_label(span))
        number += units


def _step(start: Day, unit: Unit, number: int) -> Day:
    """The first day of window `number`, counted from `start`."""
    if unit in MONTHS:
        return add_months(start, MONTHS[unit] * number)
    return Day(start + number * (7 if unit == "week" else 1))


def _label(full: Span, cut: Span, unit: Unit) -> Message:
    if cut != full:
        return span_label(cut)
    if unit == "half_year":
        year = Date(show_day(full.start), "year")
        first_half = date_of(full.start).month == 1
        return say("first half of {year}", year=year) if first_half else say("second half of {year}", year=year)
    style = "long" if unit == "day" else unit
    return say("{date}", date=Date(show_day(full.start), style))


def span_label(span: Span) -> Message:
    """A span in words: its day, or its first and last one."""
    if len(span) == 1:
        return say("{date}", date=Date(show_day(span.start)))
    return say("{first} – {last}", first=Date(show_day(span.start)), last=Date(show_day(span.last)))
