"""Deadlines, and the clock that runs on weekdays only, against counting it out step by step."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from promisekit.windows import Day, Instant, Zone, due_day, due_instant, parse_day, parse_moment
from promisekit.windows.calendars import is_working_day
from promisekit.windows.civil import date_of, day_of
from tests.unit.windows.test_statute import named_days

ZONE = Zone()
MINUTE, HOUR = 60, 3600
DAYS = st.integers(day_of(date(1990, 1, 1)), day_of(date(2070, 12, 31))).map(Day)
EVENTFUL = [
    "1991-03-31", "1996-10-27", "2004-05-30", "2005-05-15", "2021-12-23", "2022-03-25", "2022-04-13", "2022-06-05",
    "2022-10-28", "2022-12-24", "2024-03-28", "2026-03-27", "2026-10-23", "2037-12-24", "2050-10-28",
]  # fmt: skip
"""Days just before and in the change of the clocks, Easter, Whitsun, the national day and Christmas."""
INSTANTS = st.builds(
    lambda day, minutes: Instant(ZONE.begin(parse_day(day)) + MINUTE * minutes),
    st.sampled_from(EVENTFUL),
    st.integers(0, 5 * 24 * 60),
)


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_days_and_weeks(day: Day, number: int) -> None:
    assert date_of(due_day(day, number, "days")) == date_of(day) + relativedelta(days=number)
    assert date_of(due_day(day, number, "weeks")) == date_of(day) + relativedelta(weeks=number)


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
@example(parse_day("2024-01-31"), 1)
@example(parse_day("2022-12-31"), 2)
@example(parse_day("2024-02-29"), 12)
def test_months_keep_the_day_or_take_the_last_one(day: Day, number: int) -> None:
    assert date_of(due_day(day, number, "months")) == date_of(day) + relativedelta(months=number)


@settings(deadline=None)
@given(DAYS, st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day: Day, number: int) -> None:
    due = due_day(day, number, "working_days")
    assert sum(is_working_day(Day(one)) for one in range(day + 1, due + 1)) == number
    assert number == 0 or is_working_day(due)
    assert number > 0 or due == day


@settings(deadline=None)
@given(DAYS, st.integers(0, 12), st.sampled_from(["days", "weeks", "months", "working_days"]))
def test_a_later_trigger_is_never_due_earlier(day: Day, number: int, unit: str) -> None:
    one, other = (due_day(each, number, unit) for each in (day, Day(day + 1)))  # type: ignore[arg-type]
    assert one <= other


def runs(instant: int) -> bool:
    """Whether the weekday clock runs in the minute that begins at an instant."""
    day, _ = ZONE.wall(Instant(instant))
    value = date_of(day)
    return value.weekday() < 5 and value not in named_days(value.year)


def minute_by_minute(trigger: int, minutes: int) -> int:
    """The end of so many minutes in which the clock runs; a minute that is reached at once ends when it runs again."""
    at = trigger
    while not runs(at):
        at += MINUTE
    while minutes:
        minutes -= runs(at)
        at += MINUTE
    return at


@settings(deadline=None)
@given(INSTANTS, st.integers(1, 60 * 60))
@example(Instant(parse_moment("2022-03-25 23:30", ZONE).earliest), 31)
@example(Instant(parse_moment("2022-03-25 23:30", ZONE).earliest), 30)
@example(Instant(parse_moment("2022-10-28 12:00", ZONE).earliest), 24 * 60)
def test_the_weekday_clock_against_one_that_steps_by_minutes(trigger: Instant, minutes: int) -> None:
    assert due_instant(trigger, minutes * MINUTE, "weekdays", ZONE) == minute_by_minute(trigger, minutes)


@settings(deadline=None)
@given(INSTANTS, st.integers(0, 30 * 24 * HOUR), st.integers(0, 3 * 24 * HOUR))
def test_a_later_instant_is_never_due_earlier(trigger: Instant, seconds: int, later: int) -> None:
    for clock in ("always", "weekdays"):
        dues = [due_instant(Instant(at), seconds, clock, ZONE) for at in (trigger, trigger + later)]  # type: ignore[arg-type]
        assert dues == sorted(dues)


@pytest.mark.parametrize(
    ("trigger", "hours", "clock", "due"),
    [
        ("2022-03-26 12:00", 24, "always", "2022-03-27 13:00"),  # a day of 23 hours
        ("2022-10-29 12:00", 24, "always", "2022-10-30 11:00"),  # a day of 25 hours
        ("2022-03-25 12:00", 24, "weekdays", "2022-03-28 12:00"),  # a Friday; the short Sunday does not count
        ("2022-03-26 12:00", 24, "weekdays", "2022-03-29 00:00"),  # a Saturday: all of Monday
        ("2022-04-14 12:00", 24, "weekdays", "2022-04-19 12:00"),  # Easter lies between
        ("2022-06-23 12:00", 24, "weekdays", "2022-06-24 12:00"),  # midsommarafton is no public holiday
        ("2022-12-23 12:00", 24, "weekdays", "2022-12-27 12:00"),  # julafton was a Saturday
    ],
)
def test_hours(trigger: str, hours: int, clock: str, due: str) -> None:
    begins, wanted = (parse_moment(text, ZONE).earliest for text in (trigger, due))
    assert due_instant(begins, hours * HOUR, clock, ZONE) == wanted  # type: ignore[arg-type]
