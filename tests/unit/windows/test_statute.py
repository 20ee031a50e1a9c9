"""Public holidays and working days against the acts themselves, worked out anew for every year from 1990 to 2070.

Public holidays: lag (1989:253) om allmänna helgdagar, §§ 1 and 2; annandag pingst was one until lag (2004:1320) put
the national day in its place from 2005 on. The eves are those of § 2 lag (1930:173) om beräkning av lagstadgad tid.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import accumulate

import pytest
from dateutil.easter import easter as easter_of

from promisekit.windows import Day, Span
from promisekit.windows.calendars import add_working_days, is_public_holiday, is_working_day, public_holidays
from promisekit.windows.civil import date_of, day_of

YEARS = range(1990, 2071)
DAY = timedelta(1)
ALL_DAYS = [Day(day) for day in range(day_of(date(1990, 1, 1)), day_of(date(2071, 1, 1)))]
MONDAY_TO_FRIDAY = range(5)
SATURDAY = 5


def easter_day(year: int) -> date:
    """The first Sunday after the full moon that falls on 21 March or next after it (Meeus, Jones and Butcher)."""
    golden, century = year % 19, year // 100
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    full = (19 * golden + century - leaps - moon + 15) % 30
    quarter, in_century = divmod(year % 100, 4)
    to_sunday = (32 + 2 * rest + 2 * quarter - full - in_century) % 7
    late = (golden + 11 * full + 22 * to_sunday) // 451
    month, before = divmod(full + to_sunday - 7 * late + 114, 31)
    return date(year, month, before + 1)


def saturday_from(year: int, month: int, day: int) -> date:
    """The Saturday that falls on this date or one of the six days after it."""
    first = date(year, month, day)
    return next(found for found in (first + number * DAY for number in range(7)) if found.weekday() == SATURDAY)


@cache
def named_days(year: int) -> frozenset[date]:
    """What the act names in the year, but for the ordinary Sundays."""
    easter = easter_day(year)
    days = {
        date(year, 1, 1),  # nyårsdagen
        date(year, 1, 6),  # trettondedag jul
        easter - 2 * DAY,  # långfredagen
        easter,  # påskdagen
        easter + DAY,  # annandag påsk
        date(year, 5, 1),  # första maj
        easter + 39 * DAY,  # Kristi himmelsfärdsdag, the sixth Thursday after Easter
        easter + 49 * DAY,  # pingstdagen, the seventh Sunday after Easter
        saturday_from(year, 6, 20),  # midsommardagen
        saturday_from(year, 10, 31),  # alla helgons dag
        date(year, 12, 25),  # juldagen
        date(year, 12, 26),  # annandag jul
    }
    return frozenset(days | ({date(year, 6, 6)} if year >= 2005 else {easter + 50 * DAY}))


@cache
def eves(year: int) -> frozenset[date]:
    """Midsommarafton, julafton and nyårsafton."""
    return frozenset({saturday_from(year, 6, 20) - DAY, date(year, 12, 24), date(year, 12, 31)})


def works(day: Day) -> bool:
    """Monday to Friday, no public holiday, no such eve."""
    value = date_of(day)
    return value.weekday() in MONDAY_TO_FRIDAY and value not in named_days(value.year) | eves(value.year)


@pytest.mark.parametrize("year", YEARS)
def test_easter_is_where_another_computation_has_it(year: int) -> None:
    assert easter_day(year) == easter_of(year)
    assert easter_day(year).weekday() == 6


@pytest.mark.parametrize("year", YEARS)
def test_the_public_holidays_of_a_year_are_those_of_the_act(year: int) -> None:
    whole_year = Span(day_of(date(year, 1, 1)), day_of(date(year + 1, 1, 1)))
    found = {date_of(day) for span in public_holidays(whole_year).spans for day in span.days()}
    assert found == named_days(year)
    assert {date_of(day) for day in whole_year.days() if is_public_holiday(day)} == named_days(year)


def test_whit_monday_gave_way_to_the_national_day() -> None:
    names = [date(2004, 5, 31), date(2004, 6, 6), date(2005, 5, 16), date(2005, 6, 6)]
    assert [is_public_holiday(day_of(day)) for day in names] == [True, False, False, True]


def test_every_day_is_a_working_day_or_not_as_the_acts_say() -> None:
    assert [is_working_day(day) for day in ALL_DAYS] == [works(day) for day in ALL_DAYS]


def test_counting_in_working_days_from_every_day() -> None:
    """Against the running number of working days: the n-th after a day is the first with n more."""
    number = list(accumulate((works(day) for day in ALL_DAYS), initial=0))[1:]
    on = [day for day in ALL_DAYS if works(day)]
    for step in (1, 3, 10):
        for position in range(0, len(ALL_DAYS) - 40, 3):
            assert add_working_days(ALL_DAYS[position], step) == on[number[position] + step - 1]
    for position in range(0, len(ALL_DAYS) - 800, 211):
        assert add_working_days(ALL_DAYS[position], 500) == on[number[position] + 499]
