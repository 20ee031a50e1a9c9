"""Which rows there can be: what selectors ask of each column, and values that meet all of it.

A selector is taken apart into alternatives, each of which asks a few tests of each column. Whether some value meets
them is found by trying: the values that the tests name, those just beside them, one that nobody names, and none at all.
That is every case there is, since two values on the same side of every test are the same to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import islice, pairwise, product

from msgspec import Struct

from promisekit.events import Value
from promisekit.selectors.match import holds, lasts
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    LENGTH,
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
    OneOf,
    Recorded,
    Selector,
    StartsWith,
    Test,
)
from promisekit.windows import Day, Instant, Moment

NAMELESS = "exempel"
"""A text that no test names, in the columns of invented rows."""
MORNING, HOUR = 10 * 3600, 3600
STEPS = 20_000
"""So many steps are taken to take selectors apart, and no more."""
CHOICES = 4096


class TooMany(Exception):
    """The alternatives are too many to be looked at: nothing is known of them."""


class Want(Enum):
    """What must hold of a test or a selector: that it does, that it does not, or only that it is not certain to."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "not_true"

    def met(self, truth: bool | None) -> bool:
        """Whether a three-valued answer is as wanted."""
        if self is Want.NOT_TRUE:
            return truth is not True
        return truth is (self is Want.TRUE)


Goal = tuple[Selector, Want]
Asked = tuple[Test, Want]


class Facts(Struct, frozen=True):
    """One alternative: what is asked of each column, of the time of day, the day and the length of a row."""

    asked: Mapping[str, tuple[Asked, ...]]

    def fits(self, day: Day) -> bool:
        """Whether a row of this alternative may lie on that day (of the days that its activity counts in)."""
        moment = Moment(day, day, Instant(0), Instant(0), None)
        return all(want.met(holds(test, moment)) for name in (WEEKDAY, CALENDAR) for test, want in self.of(name))

    @property
    def any_day(self) -> bool:
        """Whether nothing is asked of the day."""
        return not self.of(WEEKDAY) and not self.of(CALENDAR)

    def of(self, column: str) -> tuple[Asked, ...]:
        """What is asked of a column."""
        return self.asked.get(column, ())

    def clocks(self) -> list[int | None]:
        """Seconds of the day at which a row may start, the most ordinary one first; None where none need be told."""
        asked = self.of(CLOCK)
        ends = {end for test, _ in asked for end in _clock_ends(test)}
        candidates: list[int | None] = [MORNING, *sorted(ends - {MORNING}), None]
        return [one for one in candidates if _clock_met(asked, one)]

    def lengths(self) -> list[int | None]:
        """How many seconds a row may last, None being an end that is not told."""
        asked = self.of(LENGTH)
        ends = {end for test, _ in asked for end in _length_ends(test)}
        candidates: list[int | None] = [HOUR, *sorted({0, *ends} - {HOUR}), None]
        return [one for one in candidates if self.may_last(one)]

    def may_last(self, seconds: int | None) -> bool:
        """Whether a row of that length is one of these."""
        return _length_met(self.of(LENGTH), seconds)

    def may_start(self, clock: int | None) -> bool:
        """Whether a row that starts at that second of the day is one of these."""
        return _clock_met(self.of(CLOCK), clock)

    def values(self, column: str) -> list[Value]:
        """Values that a column may have, the most ordinary one first: one for each case there is."""
        return values_for(self.of(column))

    def allows(self, column: str, value: Value) -> bool:
        """Whether a column may have a value."""
        return _met(self.of(column), value)


def alternatives(goals: Iterable[Goal]) -> Iterator[Facts]:
    """Every alternative of rows that meet all goals at once; none where there is no such row. Raises TooMany."""
    budget = [STEPS]
    return _expanded(tuple(goals), {}, budget)


def _expanded(agenda: tuple[Goal, ...], asked: Mapping[str, tuple[Asked, ...]], budget: list[int]) -> Iterator[Facts]:
    budget[0] -= 1
    if budget[0] < 0:
        raise TooMany
    if not agenda:
        yield Facts(asked)
        return
    (selector, want), rest = agenda[0], agenda[1:]
    match selector:
        case Condition(column=column, test=test):
            more = (*asked.get(column, ()), (test, want))
            if _possible(column, more):
                yield from _expanded(rest, {**asked, column: more}, budget)
        case Except(inner):
            inside = Want.NOT_TRUE if want is Want.TRUE else Want.TRUE
            yield from _expanded(((inner, inside), *rest), asked, budget)
        case Every(parts) | Either(parts):
            if isinstance(selector, Every) is (want is Want.TRUE):  # all of the parts are as wanted
                yield from _expanded((*((part, want) for part in parts), *rest), asked, budget)
            else:
                for part in parts:
                    yield from _expanded(((part, want), *rest), asked, budget)


def _possible(column: str, asked: tuple[Asked, ...]) -> bool:
    """Whether anything meets what is asked of one column; the days are for later."""
    if column in (WEEKDAY, CALENDAR):
        return True
    if column == CLOCK:
        return bool(Facts({CLOCK: asked}).clocks())
    return bool(Facts({LENGTH: asked}).lengths() if column == LENGTH else values_for(asked))


def values_for(asked: Sequence[Asked]) -> list[Value]:
    """Values that meet all that is asked of a column."""
    tests = [_plain(test) for test, _ in asked]
    found: list[Value] = []
    if any(isinstance(test, InRange) for test in tests):
        found += _numbers(tests)
    elif any(isinstance(test, IsFlag) for test in tests):
        found += [True, False]
    elif any(isinstance(test, HasAny | HasAll | HasNone) for test in tests):
        found += _lists(asked)
    elif any(isinstance(test, DateIn) or (isinstance(test, Recorded) and test.dated) for test in tests):
        found += _dates(tests)
    else:
        found += _texts(tests)
    return [value for value in [*found, None] if _met(asked, value)]


def unlimited(asked: Sequence[Asked]) -> bool:
    """Whether any number of different texts meet what is asked of a text column."""
    named = {value for test, _ in asked for value in _named(_plain(test))}
    return any(value not in named for value in values_for(asked) if isinstance(value, str))


def _met(asked: Sequence[Asked], value: Value) -> bool:
    return all(want.met(holds(test, value)) for test, want in asked)


def _plain(test: Test) -> Test:
    return _plain(test.test) if isinstance(test, Not) else test


def _named(test: Test) -> tuple[str, ...]:
    return test.values if isinstance(test, OneOf) else (test.prefix,) if isinstance(test, StartsWith) else ()


def _texts(tests: Sequence[Test]) -> list[Value]:
    """The named texts, each prefix with something after it that continues no other, and a text that nobody names."""
    named = [text for test in tests for text in _named(test)]
    prefixes = ["", *(test.prefix for test in tests if isinstance(test, StartsWith))]
    ordered = sorted(set(named), key=named.index)
    return [*ordered, *(_unnamed(prefix, named) for prefix in prefixes)]


def _unnamed(prefix: str, named: Sequence[str]) -> str:
    number, text = 1, f"{prefix} {NAMELESS}".strip() if prefix else NAMELESS
    while any(text.startswith(name) and not prefix.startswith(name) for name in named):
        number, text = number + 1, f"{prefix}{'x' * number}{NAMELESS}"
    return text


def _numbers(tests: Sequence[Test]) -> list[Value]:
    ends = (end for test in tests if isinstance(test, InRange) for end in (test.low, test.high))
    bounds = sorted({end for end in ends if end is not None})
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    return [*bounds, *between, bounds[-1] + 1, bounds[0] - 1] if bounds else [Fraction(1)]


def _dates(tests: Sequence[Test]) -> list[Value]:
    ends = {end for test in tests if isinstance(test, DateIn) for end in (test.first, test.last) if end is not None}
    days = sorted({day + beside for day in ends for beside in (-1, 0, 1)}) or [0]
    return [Moment(Day(day), Day(day), Instant(0), Instant(0), None) for day in days]


def _lists(asked: Sequence[Asked]) -> Iterator[Value]:
    """Sets of items by what must be among them and what must not: one choice for each test that leaves one."""
    choices: list[list[tuple[bool, frozenset[str]]]] = []
    for test, want in asked:
        positive = want is Want.TRUE
        while isinstance(test, Not):
            test, positive = test.test, not positive
        match test:
            case HasAny(items) | HasNone(items):
                some = isinstance(test, HasAny) is positive
                choices.append([(True, frozenset({one})) for one in items] if some else [(False, frozenset(items))])
            case HasAll(items) if positive:
                choices.append([(True, frozenset(items))])
            case HasAll(items):
                choices.append([(False, frozenset({one})) for one in items])
    for chosen in islice(product(*choices), CHOICES):
        inside = frozenset().union(*(items for there, items in chosen if there))
        outside = frozenset().union(*(items for there, items in chosen if not there))
        if not inside & outside:
            yield tuple(sorted(inside)) or (NAMELESS,)


def _clock_ends(test: Test) -> Iterator[int]:
    plain = _plain(test)
    if isinstance(plain, ClockIn):
        yield plain.start % 86_400
        yield plain.end % 86_400


def _clock_met(asked: Sequence[Asked], clock: int | None) -> bool:
    moment = Moment(Day(0), Day(0), Instant(0), Instant(0), clock)
    return all(want.met(holds(test, moment)) for test, want in asked)


def _length_ends(test: Test) -> Iterator[int]:
    plain = _plain(test)
    if isinstance(plain, Lasts):
        for end in (plain.low, plain.high):
            if end is not None:
                yield from (end, end + 1, max(0, end - 1))


def _length_met(asked: Sequence[Asked], seconds: int | None) -> bool:
    start = Moment(Day(0), Day(0), Instant(0), Instant(0), 0)
    end = None if seconds is None else Moment(Day(0), Day(0), Instant(seconds), Instant(seconds), 0)
    return all(want.met(lasts(test, start, end)) for test, want in asked if isinstance(test, Lasts))
