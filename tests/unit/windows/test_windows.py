"""Windows tile the period, and agree with an independent calendar (dateutil) over eighty years."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from promisekit.windows import UNITS, Day, Span, Unit, add_months, is_whole, parse_span, show_day, tile
from promisekit.windows.civil import date_of, day_of

FREQUENCIES: dict[Unit, tuple[int, int, dict[str, int]]] = {
    "day": (rrule.DAILY, 1, {}),
    "week": (rrule.WEEKLY, 1, {"byweekday": 0}),
    "month": (rrule.MONTHLY, 1, {"bymonthday": 1}),
    "quarter": (rrule.MONTHLY, 3, {"bymonthday": 1}),
    "half_year": (rrule.MONTHLY, 6, {"bymonthday": 1}),
    "year": (rrule.YEARLY, 1, {"byyearday": 1}),
}
DAYS = st.integers(day_of(date(1990, 1, 1)), day_of(date(2070, 12, 31))).map(Day)
PERIODS = st.builds(lambda start, length: Span(start, Day(start + length)), DAYS, st.integers(1, 900))


@pytest.mark.parametrize("unit", UNITS)
def test_whole_windows_begin_where_an_independent_calendar_says(unit: Unit) -> None:
    period = parse_span("1990-01-01/2069-12-31")
    frequency, interval, where = FREQUENCIES[unit]
    begins = rrule.rrule(frequency, interval=interval, dtstart=date(1990, 1, 1), until=date(2069, 12, 31), **where)
    expected = [day_of(moment.date()) for moment in begins]
    assert [window.span.start for window in tile(period, unit, "whole_only")] == [
        day for day in expected if day + 7 <= period.end or unit != "week"
    ]


@given(PERIODS, st.sampled_from(UNITS), st.sampled_from(["full_target", "prorate"]))
def test_windows_tile_the_period_without_gap_or_overlap(period: Span, unit: Unit, partial: str) -> None:
    windows = tile(period, unit, partial)  # type: ignore[arg-type]  # the strategy draws plain strings
    assert windows[0].span.start == period.start
    assert windows[-1].span.end == period.end
    assert all(one.span.end == other.span.start for one, other in pairwise(windows))
    assert all(0 < window.portion <= 1 for window in windows)


@given(PERIODS, st.sampled_from(UNITS))
def test_only_whole_windows_are_left_of_a_cut_period(period: Span, unit: Unit) -> None:
    kept, all_of_them = tile(period, unit, "whole_only"), tile(period, unit, "full_target")
    assert [window.span for window in kept] == [window.span for window in all_of_them if window.portion == 1]
    assert is_whole(period, unit) == (len(kept) == len(all_of_them))


@given(DAYS, st.integers(0, 400))
def test_months_later_keep_the_day_number_or_take_the_last_day(day: Day, months: int) -> None:
    before, after = date_of(day), date_of(add_months(day, months))
    assert (after.year - before.year) * 12 + after.month - before.month == months
    assert after.day == before.day or (after.day < before.day and date_of(Day(day_of(after) + 1)).day == 1)


def test_the_portion_of_a_cut_month_is_its_days() -> None:
    windows = tile(parse_span("2022-03-15/2022-05-31"), "month", "prorate")
    assert [window.portion for window in windows] == [Fraction(17, 31), 1, 1]


def test_anchored_months_count_from_the_first_day() -> None:
    windows = tile(parse_span("2022-03-15/2022-06-14"), "month", "anchor_period")
    assert [show_day(window.span.start) for window in windows] == ["2022-03-15", "2022-04-15", "2022-05-15"]


@given(PERIODS, st.sampled_from(UNITS))
def test_anchored_windows_are_whole_and_leave_less_than_one_over(period: Span, unit: Unit) -> None:
    windows = tile(period, unit, "anchor_period")
    ends = [period.start, *(window.span.end for window in windows)]
    assert [window.span.start for window in windows] == ends[:-1]
    assert (
        ends[-1]
        <= period.end
        < tile(Span(period.start, Day(period.end + 400)), unit, "anchor_period")[len(windows)].span.end
    )


def test_the_last_week_of_2026_is_week_53() -> None:
    (window,) = tile(parse_span("2026-12-28/2027-01-03"), "week", None)
    assert window.label.fields[0][1].style == "week"  # type: ignore[union-attr]
    assert window.portion == 1
