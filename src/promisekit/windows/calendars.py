"""Named calendars: which days are public holidays and which are working days in Sweden, and counting in the latter.

A public holiday is a day that the Swedish act on public holidays names; an ordinary Sunday is not called one here. A
working day is Monday to Friday, neither a public holiday nor one of the three eves on which hardly anybody works:
midsommarafton, julafton and nyårsafton.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal, get_args

from promisekit.windows.civil import Day, date_of, day_of, weekday
from promisekit.windows.span import DaySet, Span, day_set

Builtin = Literal["public_holidays", "working_days"]
BUILTIN: tuple[Builtin, ...] = get_args(Builtin)
"""The calendars that a promise need not declare."""

LIMIT = 3660
"""So many working days (some fourteen years) can be counted at most."""


def named(name: Builtin, span: Span) -> DaySet:
    """The days of a builtin calendar that lie in `span`."""
    return public_holidays(span) if name == "public_holidays" else working_days(span)


def public_holidays(span: Span) -> DaySet:
    """The public holidays in `span`, ordinary Sundays left out."""
    return day_set(Span(day, Day(day + 1)) for year in _years(span) for day in _holidays(year)).within(span)


def working_days(span: Span) -> DaySet:
    """The working days in `span`."""
    return day_set(Span(day, Day(day + 1)) for day in span.days() if is_working_day(day))


def is_working_day(day: Day) -> bool:
    """Whether people are at work: Monday to Friday, no public holiday, none of the three eves."""
    return weekday(day) < 5 and day not in _days_off(date_of(day).year)


def is_public_holiday(day: Day) -> bool:
    """Whether the act on public holidays names it; ordinary Sundays are not called so here."""
    return day in _holidays(date_of(day).year)


def add_working_days(day: Day, number: int) -> Day:
    """The `number`th working day after `day`, which is not counted itself; `day` where the number is 0.

    Raises ValueError for a negative number and for one above `LIMIT`.
    """
    if not 0 <= number <= LIMIT:
        raise ValueError(f"{number} working days cannot be counted")
    while number:
        day = Day(day + 1)
        number -= is_working_day(day)
    return day


def _years(span: Span) -> range:
    return range(date_of(span.start).year, date_of(span.last).year + 1) if len(span) else range(0)


@cache
def _holidays(year: int) -> frozenset[Day]:
    from holidays.countries.sweden import Sweden  # imported late: few promises ask

    return frozenset(day_of(value) for value in Sweden(years=year, include_sundays=False))


@cache
def _days_off(year: int) -> frozenset[Day]:
    eves = {_midsummer_eve(year), day_of(date(year, 12, 24)), day_of(date(year, 12, 31))}
    return _holidays(year) | eves


def _midsummer_eve(year: int) -> Day:
    """The Friday from 19 to 25 June."""
    first = day_of(date(year, 6, 19))
    return Day(first + (4 - weekday(first)) % 7)


def days_without_work(period: Span) -> tuple[Day, Day, dict[str, list[Day]]]:
    """From the year before a period to the third after it: the first and the last day, and the days from Monday to
    Friday that are no working days, and those on which the weekday clock stands still."""
    first = day_of(date(date_of(period.start).year - 1, 1, 1))
    last = day_of(date(date_of(period.last).year + 3, 12, 31))
    week = [Day(day) for day in range(first, last + 1) if weekday(Day(day)) < 5]
    return (
        first,
        last,
        {
            "working_days": [day for day in week if not is_working_day(day)],
            "weekdays": [day for day in week if is_public_holiday(day)],
        },
    )
