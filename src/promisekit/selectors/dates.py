"""Dates in columns: what conditions on them say at an as-of, and what they may yet say.

A date is asked about at a definite moment, or an answer that is final today could be another one when something is
dated later: a condition knows what is dated by the end of the period. Until that is over and covered, an empty cell may
still be filled.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from promisekit.events import UNREADABLE, Value
from promisekit.selectors.model import Condition, DateIn, Either, Every, Except, Recorded, Selector
from promisekit.windows import AsOf, Day, Moment

Truth = bool | None
ANY: Final[frozenset[Truth]] = frozenset({True, False, None})


class Dates(Struct, frozen=True):
    """What is known of the dates in the columns of some rows."""

    as_of: AsOf
    last: Day
    """The last day of the period."""
    settled: bool
    """Whether the period is over and all of it is covered: no more dates in it will become known."""

    def reached(self, moment: Moment) -> bool:
        """Whether something is known of the date."""
        return moment.earliest < self.as_of.until

    def passed(self, moment: Moment) -> bool:
        """Whether all is known of the date that the row says."""
        return moment.latest < self.as_of.until


def recorded(value: Value, dates: Dates | None) -> Truth:
    """Whether there is a date by the end of the period (with `dates` None: one at all); None where that cannot be told,
    or not yet."""
    if value is UNREADABLE:
        return None
    if dates is None:
        return value is not None
    if not isinstance(value, Moment) or not dates.reached(value):
        return False if dates.settled else None
    if value.first > dates.last:
        return False
    return True if dates.passed(value) and value.last <= dates.last else None


def date_in(test: DateIn, moment: Moment, dates: Dates | None) -> Truth:
    """Whether a date lies on the days that are asked for; None where it is not known yet, or not to the day."""
    if dates is not None and not dates.passed(moment):
        return None
    if (test.first is not None and moment.last < test.first) or (test.last is not None and moment.first > test.last):
        return False
    begins = test.first is None or moment.first >= test.first
    return True if begins and (test.last is None or moment.last <= test.last) else None


def in_the_end(test: Recorded | DateIn, value: Value, dates: Dates) -> frozenset[Truth]:
    """All that a test may turn out to say of a date by the end of the period."""
    if value is UNREADABLE:
        return frozenset({None})
    known = isinstance(value, Moment) and dates.reached(value)
    if isinstance(value, Moment) and known and value.first <= dates.last:
        if not dates.passed(value):
            return ANY
        inside = value.last <= dates.last
        found = date_in(test, value, dates) if isinstance(test, DateIn) else test.value
        return frozenset({found if inside else None})
    if not known and not dates.settled:
        return ANY
    return frozenset({None if isinstance(test, DateIn) else not test.value})


def asks_dates(selector: Selector) -> bool:
    """Whether a selector asks about a date in a column."""
    match selector:
        case Condition(test=DateIn() | Recorded(dated=True)):
            return True
        case Condition():
            return False
        case Except(inner):
            return asks_dates(inner)
        case Every(parts) | Either(parts):
            return any(asks_dates(part) for part in parts)


def recorded_dates(selector: Selector) -> tuple[tuple[Selector, ...], tuple[str, ...]]:
    """The alternatives of a selector: those that ask for more or for something else, and the columns of those that only
    ask whether there is a date."""
    others: list[Selector] = []
    columns: list[str] = []
    for one in _alternatives(selector):
        match one:
            case Condition(column=column, test=Recorded(value=True, dated=True)):
                columns.append(column)
            case _:
                others.append(one)
    return tuple(others), tuple(dict.fromkeys(columns))


def _alternatives(selector: Selector) -> tuple[Selector, ...]:
    match selector:
        case Every((one,)):
            return _alternatives(one)
        case Either(parts):
            return tuple(inner for part in parts for inner in _alternatives(part))
        case _:
            return (selector,)
