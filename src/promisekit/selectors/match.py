"""Three-valued matching: True, False, or None where the row cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from promisekit.events import UNREADABLE, Event, Value, known_length
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    WEEKDAY,
    ClockIn,
    Condition,
    DateIn,
    Either,
    Every,
    Except,
    HasAll,
    HasAny,
    HasNone,
    InRange,
    IsFlag,
    Lasts,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    StartsWith,
    Test,
    WeekdayIn,
)
from promisekit.windows import AsOf, Day, Moment, days_of, weekday


def matches(selector: Selector, event: Event, as_of: AsOf | None = None, day_begins: int = 0) -> bool | None:
    """Whether the event is one of those that are meant, as far as is known at `as_of` (None: all that the row says).

    Its weekday and calendar are asked of days that begin at the second `day_begins`.
    """
    match selector:
        case Condition(test=Lasts() as test):
            return lasts(test, event.start, event.end, as_of)
        case Condition(column=column, test=test):
            value = event.start if column in (CLOCK, WEEKDAY, CALENDAR) else event.values.get(column)
            return holds(test, value, as_of, day_begins)
        case Every(parts):
            return every(matches(part, event, as_of, day_begins) for part in parts)
        case Either(parts):
            return either(matches(part, event, as_of, day_begins) for part in parts)
        case Except(inner):
            return matches(inner, event, as_of, day_begins) is not True


def timed(selector: Selector) -> bool:
    """Whether the answer may be another one at another as-of; where not, it need be asked only once."""
    match selector:
        case Condition(test=test):
            return _timed(test)
        case Except(inner):
            return timed(inner)
        case Every(parts) | Either(parts):
            return any(timed(part) for part in parts)


def columns_asked(selector: Selector) -> frozenset[str]:
    """The columns that a selector asks about, by their names, and what else it asks of a row (`time`, `duration` …)."""
    match selector:
        case Condition(column=column):
            return frozenset((column,))
        case Except(inner):
            return columns_asked(inner)
        case Every(parts) | Either(parts):
            return frozenset[str]().union(*map(columns_asked, parts))


def _timed(test: Test) -> bool:
    match test:
        case Not(inner):
            return _timed(inner)
        case Recorded(dated=dated):
            return dated
        case _:
            return isinstance(test, (DateIn, Lasts))


def every(truths: Iterable[bool | None]) -> bool | None:
    """Kleene's and: False wins, then None."""
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def either(truths: Iterable[bool | None]) -> bool | None:
    """Kleene's or: True wins, then None."""
    result: bool | None = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def lasts(test: Lasts, start: Moment, end: Moment | None, as_of: AsOf | None = None) -> bool | None:
    """Whether an event of these ends lasts as long as wanted, as far as is known at `as_of`."""
    shortest, longest = known_length(start, end, as_of)
    if (test.low is not None and longest < test.low) or (test.high is not None and shortest > test.high):
        return False
    enough = test.low is None or shortest >= test.low
    return True if enough and (test.high is None or longest <= test.high) else None


def holds(test: Test, value: Value, as_of: AsOf | None = None, day_begins: int = 0) -> bool | None:
    """Whether a test holds of a cell; None where the cell is empty or unreadable and the test needs it.

    A date in a cell that lies after `as_of` is not there yet. Weekdays and calendars are asked of days that begin at
    the second `day_begins`.
    """
    match test:
        case Not(inner):
            truth = holds(inner, value, as_of, day_begins)
            return None if truth is None else not truth
        case Recorded(something):
            there = _there(value, as_of)
            return None if there is None else there is something
    if value is None or value is UNREADABLE:
        return None
    match test, value:
        case OneOf(wanted), str():
            return value in wanted
        case StartsWith(prefix), str():
            return value.startswith(prefix)
        case HasAny(wanted), tuple():
            return any(item in value for item in wanted)
        case HasAll(wanted), tuple():
            return all(item in value for item in wanted)
        case HasNone(wanted), tuple():
            return not any(item in value for item in wanted)
        case InRange(low, high), Fraction():
            return (low is None or low <= value) and (high is None or value <= high)
        case IsFlag(flag), bool():
            return value is flag
        case _, Moment():
            return _holds_of_date(test, value, as_of, day_begins)
    raise _refused(test, value)


def _holds_of_date(test: Test, moment: Moment, as_of: AsOf | None, day_begins: int) -> bool | None:
    match test:
        case DateIn(first, last):
            return _date_in(first, last, moment) if _there(moment, as_of) else None
        case ClockIn():
            return _clock_in(test, moment.clock)
        case WeekdayIn(days):
            return _on_every_day(weekday(day) in days for day in _days(moment, day_begins))
        case OnDays(_, days):
            return _on_every_day(day in days for day in _days(moment, day_begins))
    raise _refused(test, moment)


def _refused(test: Test, value: Value) -> TypeError:
    return TypeError(f"{test!r} cannot be asked of {value!r}: the loader should have refused it")


def _there(value: Value, as_of: AsOf | None) -> bool | None:
    """Whether there is something in a cell at `as_of`; None where that cannot be told."""
    if value is UNREADABLE:
        return None
    if as_of is not None and isinstance(value, Moment) and value.latest >= as_of.until:
        return None if value.earliest < as_of.until else False
    return value is not None


def _date_in(first: Day | None, last: Day | None, moment: Moment) -> bool | None:
    if (first is not None and moment.last < first) or (last is not None and moment.first > last):
        return False
    begins = first is None or moment.first >= first
    return True if begins and (last is None or moment.last <= last) else None


def _clock_in(test: ClockIn, clock: int | None) -> bool | None:
    if clock is None:
        return None
    if test.start < test.end:
        return test.start <= clock < test.end
    return clock >= test.start or clock < test.end


def _days(moment: Moment, day_begins: int) -> Iterator[Day]:
    first, last = days_of(moment, day_begins)
    return (Day(day) for day in range(first, last + 1))


def _on_every_day(truths: Iterable[bool]) -> bool | None:
    """The answer that all possible days agree on."""
    answers = set(truths)
    return answers.pop() if len(answers) == 1 else None
