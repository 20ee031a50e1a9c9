"""Windows of every unit and number over 1990–2070 against dateutil, which counts in another way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import count, groupby, pairwise

import pytest
from dateutil import rrule
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from promisekit.windows import UNITS, Day, Span, Unit, Zone, is_whole, parse_moment, tile
from promisekit.windows.civil import date_of, day_of
from promisekit.windows.window import counted_window

FIRST, LAST = date(1990, 1, 1), date(2070, 12, 31)
NUMBERS = range(1, 7)
STEPS: dict[Unit, relativedelta] = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "half_year": relativedelta(months=6),
    "year": relativedelta(years=1),
}
RULES: dict[Unit, tuple[int, int]] = {
    "day": (rrule.DAILY, 1),
    "week": (rrule.WEEKLY, 1),
    "month": (rrule.MONTHLY, 1),
    "quarter": (rrule.MONTHLY, 3),
    "half_year": (rrule.MONTHLY, 6),
    "year": (rrule.YEARLY, 1),
}
DAYS = st.dates(FIRST, LAST)
AWAY = st.integers(-1200, 1200).map(timedelta)
"""How far from a period its anchor lies; the oracle goes there step by step."""
PERIODS = st.builds(lambda start, length: (start, start + timedelta(length)), DAYS, st.integers(0, 1500))


def unit_start(day: date, unit: Unit) -> date:
    """The first day of the calendar unit that a day lies in."""
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "half_year":
            return date(day.year, 1 if day.month <= 6 else 7, 1)
        case "year":
            return date(day.year, 1, 1)


def counted(first: date, last: date, unit: Unit, number: int, anchor: date) -> list[tuple[date, date]]:
    """The windows that touch `first..last`, whole, as their first days and the first days after them."""
    step, base = STEPS[unit] * number, unit_start(anchor, unit)
    begin = base
    while begin > first:
        begin -= step
    while begin + step <= first:
        begin += step
    windows = []
    while begin <= last:
        windows.append((begin, begin + step))
        begin += step
    return windows


def span_of(first: date, last: date) -> Span:
    return Span(day_of(first), Day(day_of(last) + 1))


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("unit", UNITS)
def test_windows_begin_where_a_recurrence_rule_says(unit: Unit, number: int) -> None:
    start = date(2000, 1, 3) if unit == "week" else FIRST
    frequency, interval = RULES[unit]
    rule = rrule.rrule(frequency, interval=interval * number, dtstart=start, until=LAST)
    begins = [day_of(moment.date()) for moment in rule]
    windows = tile(span_of(start, LAST), unit, "full_target", number)
    assert [window.span.start for window in windows] == begins
    assert windows[-1].span.end == day_of(LAST) + 1


@settings(deadline=None)
@given(PERIODS, AWAY, st.sampled_from(UNITS), st.sampled_from(NUMBERS))
def test_windows_are_counted_from_their_anchor(
    period: tuple[date, date], away: timedelta, unit: Unit, number: int
) -> None:
    first, last = period
    anchor = first + away
    span = span_of(first, last)
    expected = [(day_of(begin), day_of(end)) for begin, end in counted(first, last, unit, number, anchor)]
    cut = [(max(begin, span.start), min(end, span.end)) for begin, end in expected]
    found = tile(span, unit, "full_target", number, day_of(anchor))
    assert [(window.span.start, window.span.end) for window in found] == cut
    portions = [
        Fraction(end - begin, whole_end - whole_begin)
        for (begin, end), (whole_begin, whole_end) in zip(cut, expected, strict=True)
    ]
    assert [window.portion for window in found] == portions
    whole = [one for one, portion in zip(cut, portions, strict=True) if portion == 1]
    kept = tile(span, unit, "whole_only", number, day_of(anchor))
    assert [(window.span.start, window.span.end) for window in kept] == whole
    assert is_whole(span, unit, number, day_of(anchor)) == (cut == expected)


@settings(deadline=None)
@given(PERIODS, st.sampled_from(UNITS), st.sampled_from(NUMBERS))
def test_without_an_anchor_windows_are_counted_from_the_first_one(
    period: tuple[date, date], unit: Unit, number: int
) -> None:
    span = span_of(*period)
    assert tile(span, unit, "full_target", number) == tile(span, unit, "full_target", number, span.start)


@settings(deadline=None)
@given(DAYS, AWAY, st.sampled_from(UNITS), st.sampled_from(NUMBERS))
def test_the_window_of_any_day(day: date, away: timedelta, unit: Unit, number: int) -> None:
    anchor = day + away
    ((begin, end),) = counted(day, day, unit, number, anchor)
    assert counted_window(day_of(day), unit, number, day_of(anchor)) == Span(day_of(begin), day_of(end))


def anchored(first: date, last: date, unit: Unit, number: int) -> Iterator[tuple[date, date]]:
    """Whole windows from the first day on; every one is counted from there, so that no 31st is lost."""
    begins = (first + STEPS[unit] * (number * index) for index in count())
    for begin, end in pairwise(begins):
        if end - timedelta(1) > last:
            return
        yield begin, end


@settings(deadline=None)
@given(PERIODS, st.sampled_from(UNITS), st.sampled_from(NUMBERS))
def test_windows_from_the_first_day_of_the_period(period: tuple[date, date], unit: Unit, number: int) -> None:
    expected = [(day_of(begin), day_of(end)) for begin, end in anchored(*period, unit, number)]
    found = tile(span_of(*period), unit, "anchor_period", number)
    assert [(window.span.start, window.span.end) for window in found] == expected
    assert all(window.portion == 1 for window in found)


def test_weeks_are_those_of_iso_8601_in_all_years() -> None:
    period = span_of(FIRST, LAST)
    groups = [list(days) for _, days in groupby(period.days(), key=lambda day: date_of(day).isocalendar()[:2])]
    weeks = tile(period, "week", "full_target")
    assert [window.span for window in weeks] == [Span(days[0], Day(days[-1] + 1)) for days in groups]
    zone = Zone()
    for days in groups[1:-1]:
        year, week, _ = date_of(days[0]).isocalendar()
        moment = parse_moment(f"{year}-W{week:02}", zone)
        assert (moment.first, moment.last) == (days[0], days[-1])
