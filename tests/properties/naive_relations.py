"""Which events are meant and which belong together, in complete worlds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from promisekit.plan.nodes import Hours, InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.model import (
    ClockIn,
    Condition,
    DateIn,
    Either,
    Every,
    Except,
    InRange,
    Lasts,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    WeekdayIn,
)
from tests.properties.complete import Cell, Happened
from tests.properties.naive_days import date_of, day_at, last_day, last_instant, wall


def holds(selector: Selector, row: Happened, shift: int, last: int) -> bool:
    """Whether an event is one of those that are meant. Of dates in columns only those up to the day `last` count."""
    match selector:
        case Every(parts):
            return all(holds(part, row, shift, last) for part in parts)
        case Either(parts):
            return any(holds(part, row, shift, last) for part in parts)
        case Except(inner):
            return not holds(inner, row, shift, last)
        case Condition(column, Recorded(something, dated=True)):
            return (_dated(row.values.get(column)) <= last) is something
        case Condition(column, DateIn(first, until)):
            day = _dated(row.values.get(column))
            return day <= last and (first is None or first <= day) and (until is None or day <= until)
        case Condition(column, test):
            return _passes(test, row, row.values.get(column), shift)


NEVER = 10**9


def _dated(value: Cell) -> int:
    """The day of a date in a column; never where there is none."""
    return wall(value)[0] if isinstance(value, int) else NEVER


def _passes(test: object, row: Happened, value: Cell, shift: int) -> bool:
    day = day_at(row.begin, shift)
    match test:
        case Not(inner):
            return not _passes(inner, row, value, shift)
        case OneOf(wanted):
            return value in wanted
        case InRange(low, high):
            return (
                isinstance(value, int | Fraction) and (low is None or low <= value) and (high is None or value <= high)
            )
        case Recorded(something):
            return (value is not None) is something
        case WeekdayIn(days):
            return date_of(day).weekday() in days
        case OnDays(days=days):
            return day in days
        case ClockIn(start, end):
            clock = wall(row.begin)[1]
            return start <= clock < end if start < end else clock >= start or clock < end
        case Lasts(low, high):
            length = row.end - row.begin
            return (low is None or low <= length) and (high is None or length <= high)
    raise TypeError(test)


def excused(way: On, columns: Sequence[str], row: Happened, others: Sequence[Happened], shift: int) -> bool:
    """Whether a date in one of the columns comes by the row's deadline, and no answer in time by then."""
    if not isinstance(way, InTime):
        return False
    answers = [one.begin for one in others if pair(way, row, one, shift)]
    if way.column is not None and answered(way, row, shift):
        own = row.values[way.column]
        answers += [own] if isinstance(own, int) else []
    dates = [value for value in (row.values.get(column) for column in columns) if isinstance(value, int)]
    if isinstance(way.deadline, Hours):
        due = last_instant(way.deadline, row.begin, shift)
        return any(date <= due and all(answer > date for answer in answers) for date in dates)
    last, days = last_day(way.deadline, day_at(row.begin, shift)), [day_at(date, shift) for date in dates]
    return any(day <= last and all(day_at(answer, shift) > day for answer in answers) for day in days)


def answered(way: On, row: Happened, shift: int) -> bool:
    """Whether the date in a column of the row itself is in time."""
    if not (isinstance(way, InTime) and way.column is not None):
        return False
    answer = row.values[way.column]
    return isinstance(answer, int) and _in_time(way, row.begin, answer, shift)


def pair(way: On, left: Happened, right: Happened, shift: int) -> bool:
    """Whether two events belong together."""
    if isinstance(way, SameRow):
        return left is right
    if left is right or (isinstance(way, InTime) and way.column is not None):
        return False
    match way:
        case SameDay():
            same = day_at(left.begin, shift) == day_at(right.begin, shift)
            return same and left.values["place"] == right.values["place"]
        case Overlap(seconds):
            together = min(left.end, right.end) - max(left.begin, right.begin)
            return together >= seconds and left.values["place"] == right.values["place"]
        case InTime(key=key):
            keyed = key is None or left.values[key] == right.values[key]
            return keyed and _in_time(way, left.begin, right.begin, shift)
    raise TypeError(way)


def _in_time(way: InTime, trigger: int, answer: int, shift: int) -> bool:
    if isinstance(way.deadline, Hours):
        return trigger <= answer <= last_instant(way.deadline, trigger, shift)
    day = day_at(trigger, shift)
    return day <= day_at(answer, shift) <= last_day(way.deadline, day)
