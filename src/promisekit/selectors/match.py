"""Three-valued matching: True, False, or None where the row cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from promisekit.events import UNREADABLE, Event, Value
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    WEEKDAY,
    ClockIn,
    Condition,
    Either,
    Every,
    HasAll,
    HasAny,
    HasNone,
    InRange,
    IsFlag,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    StartsWith,
    Test,
    WeekdayIn,
)
from promisekit.windows import Day, Moment, weekday


def matches(selector: Selector, event: Event) -> bool | None:
    """Whether the event is one of those that are meant."""
    match selector:
        case Condition(column=column, test=test):
            return holds(test, event.start if column in (CLOCK, WEEKDAY, CALENDAR) else event.values.get(column))
        case Every(parts):
            return every(matches(part, event) for part in parts)
        case Either(parts):
            return either(matches(part, event) for part in parts)


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


def holds(test: Test, value: Value) -> bool | None:
    """Whether a test holds of a cell; None where the cell is empty or unreadable and the test needs it."""
    match test:
        case Not(inner):
            truth = holds(inner, value)
            return None if truth is None else not truth
        case Recorded(something):
            return None if value is UNREADABLE else (value is not None) == something
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
        case ClockIn(), Moment():
            return _clock_in(test, value.clock)
        case WeekdayIn(days), Moment():
            return _on_every_day(weekday(day) in days for day in _days(value))
        case OnDays(_, days), Moment():
            return _on_every_day(day in days for day in _days(value))
    raise TypeError(f"{test!r} cannot be asked of {value!r}: the loader should have refused it")


def _clock_in(test: ClockIn, clock: int | None) -> bool | None:
    if clock is None:
        return None
    if test.start < test.end:
        return test.start <= clock < test.end
    return clock >= test.start or clock < test.end


def _days(moment: Moment) -> Iterator[Day]:
    return (Day(day) for day in range(moment.first, moment.last + 1))


def _on_every_day(truths: Iterable[bool]) -> bool | None:
    """The answer that all possible days agree on."""
    answers = set(truths)
    return answers.pop() if len(answers) == 1 else None
