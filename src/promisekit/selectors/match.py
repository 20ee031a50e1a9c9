"""Three-valued matching: True, False, or None where the row cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product

from promisekit.events import UNREADABLE, Event, Value, known_length
from promisekit.selectors.dates import ANY, Dates, Truth, date_in, in_the_end, recorded
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
from promisekit.windows import Day, Moment, days_of, weekday


def matches(selector: Selector, event: Event, dates: Dates | None = None, day_begins: int = 0) -> Truth:
    """Whether the event is one of those that are meant, as far as is known then (None: all that the row says).

    Its weekday and calendar are asked of days that begin at the second `day_begins`.
    """
    match selector:
        case Condition(test=Lasts() as test):
            return lasts(test, event.start, event.end, dates)
        case Condition(column=column, test=test):
            return holds(test, _cell(column, event), dates, day_begins)
        case Every(parts):
            return every(matches(part, event, dates, day_begins) for part in parts)
        case Either(parts):
            return either(matches(part, event, dates, day_begins) for part in parts)
        case Except(inner) if dates is None:
            return matches(inner, event, None, day_begins) is not True
        case Except(inner):
            return spares(inner, lambda condition: _in_the_end(condition, event, dates, day_begins))


def _cell(column: str, event: Event) -> Value:
    return event.start if column in (CLOCK, WEEKDAY, CALENDAR) else event.values.get(column)


def _in_the_end(condition: Condition, event: Event, dates: Dates, day_begins: int) -> frozenset[Truth]:
    if isinstance(condition.test, Lasts):
        return lasts_in_the_end(condition.test, event.start, event.end, dates)
    return holds_in_the_end(condition.test, _cell(condition.column, event), dates, day_begins)


def spares(inner: Selector, ask: Callable[[Condition], frozenset[Truth]]) -> Truth:
    """What an exception says: True where its inner selector does not hold for certain, None where that may change.

    `ask` gives all that a condition may turn out to say.
    """
    spared = {truth is not True for truth in _ends(inner, ask)}
    return spared.pop() if len(spared) == 1 else None


def _ends(selector: Selector, ask: Callable[[Condition], frozenset[Truth]]) -> frozenset[Truth]:
    match selector:
        case Condition():
            return ask(selector)
        case Except(inner):
            return frozenset(truth is not True for truth in _ends(inner, ask))
        case Every(parts):
            return frozenset(every(chosen) for chosen in product(*(_ends(part, ask) for part in parts)))
        case Either(parts):
            return frozenset(either(chosen) for chosen in product(*(_ends(part, ask) for part in parts)))


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


def every(truths: Iterable[Truth]) -> Truth:
    """Kleene's and: False wins, then None."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def either(truths: Iterable[Truth]) -> Truth:
    """Kleene's or: True wins, then None."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def lasts(test: Lasts, start: Moment, end: Moment | None, dates: Dates | None = None) -> Truth:
    """Whether an event of these ends lasts as long as wanted, as far as is known then."""
    shortest, longest = known_length(start, end, None if dates is None else dates.as_of)
    if (test.low is not None and longest < test.low) or (test.high is not None and shortest > test.high):
        return False
    enough = test.low is None or shortest >= test.low
    return True if enough and (test.high is None or longest <= test.high) else None


def lasts_in_the_end(test: Lasts, start: Moment, end: Moment | None, dates: Dates) -> frozenset[Truth]:
    """All that may turn out of how long an event lasts: anything that is not certain of one that has not ended yet."""
    found = lasts(test, start, end, dates)
    going_on = end is not None and not dates.passed(end)
    return ANY if found is None and going_on else frozenset({found})


def holds_in_the_end(test: Test, value: Value, dates: Dates, day_begins: int = 0) -> frozenset[Truth]:
    """All that a test may turn out to say of a cell."""
    match test:
        case DateIn() | Recorded(dated=True):
            return in_the_end(test, value, dates)
        case _:
            return frozenset({holds(test, value, dates, day_begins)})


def holds(test: Test, value: Value, dates: Dates | None = None, day_begins: int = 0) -> Truth:
    """Whether a test holds of a cell; None where the cell is empty or unreadable and the test needs it.

    A date in a cell that lies after the as-of is not known yet. Weekdays and calendars are asked of days that begin at
    the second `day_begins`.
    """
    match test:
        case Not(inner):
            truth = holds(inner, value, dates, day_begins)
            return None if truth is None else not truth
        case Recorded(something, dated):
            there = recorded(value, dates if dated else None)
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
            return _holds_of_date(test, value, dates, day_begins)
    raise _refused(test, value)


def _holds_of_date(test: Test, moment: Moment, dates: Dates | None, day_begins: int) -> Truth:
    match test:
        case DateIn():
            return date_in(test, moment, dates)
        case ClockIn():
            return _clock_in(test, moment.clock)
        case WeekdayIn(days):
            return _on_every_day(weekday(day) in days for day in _days(moment, day_begins))
        case OnDays(_, days):
            return _on_every_day(day in days for day in _days(moment, day_begins))
    raise _refused(test, moment)


def _refused(test: Test, value: Value) -> TypeError:
    return TypeError(f"{test!r} cannot be asked of {value!r}: the loader should have refused it")


def _clock_in(test: ClockIn, clock: int | None) -> Truth:
    if clock is None:
        return None
    if test.start < test.end:
        return test.start <= clock < test.end
    return clock >= test.start or clock < test.end


def _days(moment: Moment, day_begins: int) -> Iterator[Day]:
    first, last = days_of(moment, day_begins)
    return (Day(day) for day in range(first, last + 1))


def _on_every_day(truths: Iterable[bool]) -> Truth:
    """The answer that all possible days agree on."""
    answers = set(truths)
    return answers.pop() if len(answers) == 1 else None
