"""What a selector says of an event: yes, no, or that the row cannot tell; and how that depends on the as-of."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from promisekit.events import UNREADABLE, Event, State, Value, known_end, known_length
from promisekit.selectors.dates import Dates
from promisekit.selectors.match import holds, matches, timed
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
    InRange,
    Lasts,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    Test,
    WeekdayIn,
)
from promisekit.selectors.telling import exception_words, selector_words
from promisekit.windows import Moment, Zone, day_set, parse_as_of, parse_day, parse_moment, parse_span
from promisekit.words import say, text

ZONE = Zone()
HOUR = 3600


def moment(written: str) -> Moment:
    return parse_moment(written, ZONE)


def event(start: str = "2022-03-05 10:00", end: str | None = None, values: Mapping[str, Value] | None = None) -> Event:
    finish = None if end is None else moment(end)
    return Event("log", "log.csv", 2, None, moment(start), finish, State.HELD, values or {})


def condition(column: str, test: Test, wanted: str = "…") -> Condition:
    return Condition(column, test, say("{text}", text=wanted))


def asked(selector: Selector, of: Event, as_of: str | None = None, day_begins: int = 0) -> bool | None:
    return matches(selector, of, None if as_of is None else dates(as_of), day_begins)


def dates(as_of: str, *, settled: bool = False) -> Dates:
    """What is known then of dates in a period that ends in May."""
    return Dates(parse_as_of(as_of, ZONE), parse_day("2022-05-31"), settled)


AT_A = condition("place", OneOf(("a",)), "A")


@pytest.mark.parametrize(("place", "excepted"), [("a", True), ("b", False), (None, False), (UNREADABLE, False)])
def test_an_exception_takes_away_what_is_certainly_meant(place: Value, excepted: bool) -> None:
    assert asked(Except(AT_A), event(values={"place": place})) is not excepted


def test_an_exception_from_an_exception_comes_back_only_for_certain() -> None:
    selector = Except(Every((AT_A, Except(condition("case", OneOf(("x",)))))))
    found = [asked(selector, event(values={"place": "a", "case": case})) for case in ("x", "y", None)]
    assert found == [True, False, False]


@pytest.mark.parametrize(
    ("test", "value", "holding"),
    [
        (InRange(Fraction(-3, 2), None), Fraction(-3, 2), True),
        (InRange(Fraction(-3, 2), None), Fraction(-2), False),
        (InRange(None, Fraction(-1)), Fraction(-1), True),
        (InRange(None, Fraction(-1)), Fraction(-1, 2), False),
        (Not(InRange(Fraction(0), Fraction(0))), Fraction(-1, 10), True),
        (InRange(Fraction(0), None), None, None),
    ],
)
def test_numbers_may_be_negative_and_have_decimals(test: Test, value: Value, holding: bool | None) -> None:
    assert holds(test, value) is holding


@pytest.mark.parametrize(
    ("start", "end", "low", "high", "as_of", "lasting"),
    [
        ("2022-03-05 10:00", "2022-03-05 10:30", 1800, 1800, None, True),
        ("2022-03-05 10:00", "2022-03-05 10:29", 1800, None, None, False),
        ("2022-03-05 10:00", "2022-03-05 10:31", None, 1800, None, False),
        # 29 hours on the wall clocks, 28 elapsed
        ("2022-03-26 10:00", "2022-03-27 15:00", None, 28 * HOUR, None, True),
        # without an end: up to a day and a night, also where the start is imprecise
        ("2022-03-05 10:00", None, 1, None, None, None),
        ("2022-03-05 10:00", None, None, 24 * HOUR, None, True),
        ("2022-03", None, None, 24 * HOUR, None, True),
        ("2022-03-05 10:00", None, 24 * HOUR + 1, None, None, False),
        # an end without a clock time is some time on that day
        ("2022-03-05 22:00", "2022-03-05", 2 * HOUR + 1, None, None, False),
        ("2022-03-05 22:00", "2022-03-05", 1, 2 * HOUR, None, None),
        ("2022-03-05 22:00", "2022-03-06", 2 * HOUR, 26 * HOUR, None, True),
        # still going on: at least up to the as-of
        ("2022-03-05 10:00", "2022-03-07 10:00", 38 * HOUR, None, "2022-03-06", True),
        ("2022-03-05 10:00", "2022-03-07 10:00", 38 * HOUR + 1, None, "2022-03-06", None),
        ("2022-03-05 10:00", "2022-03-07 10:00", None, 38 * HOUR, "2022-03-06", None),
        ("2022-03-05 10:00", "2022-03-07 10:00", None, 38 * HOUR - 1, "2022-03-06", False),
        # the end is known from its own instant on
        ("2022-03-05 10:00", "2022-03-05 12:00", None, HOUR, "2022-03-05T10:59", None),
        ("2022-03-05 10:00", "2022-03-05 12:00", None, HOUR, "2022-03-05T12:00", False),
        ("2022-03-05 10:00", "2022-03-06", HOUR, None, "2022-03-06T12:00", True),
        ("2022-03-05 10:00", "2022-03-06", None, 38 * HOUR, "2022-03-06T12:00", None),
        ("2022-03-05 10:00", "2022-03-06", None, 38 * HOUR, "2022-03-06", True),
    ],
)
def test_how_long_an_event_lasts(
    start: str, end: str | None, low: int | None, high: int | None, as_of: str | None, lasting: bool | None
) -> None:
    assert asked(condition(LENGTH, Lasts(low, high)), event(start, end), as_of) is lasting


def test_the_length_lies_between_what_start_and_end_allow() -> None:
    start, end = moment("2022-03-05"), moment("2022-03-05 18:00")
    assert known_length(start, end) == (0, 18 * HOUR)
    assert known_end(start, end) == (end.earliest, end.latest)
    assert known_end(start, None) == (start.earliest, start.latest + 24 * HOUR)


@pytest.mark.parametrize(
    ("answered", "as_of", "recorded"),
    [
        ("2022-03-05", None, True),
        ("2022-03-05", "2022-03-05", True),
        ("2022-03-05", "2022-03-04", None),
        ("2022-03-05 12:00", "2022-03-05T11:59", None),
        ("2022-03-05 12:00", "2022-03-05T12:00", True),
        ("2022-03", "2022-03-15", None),
        ("2022-03", "2022-03-31", True),
        (None, "2022-03-15", None),
        (None, None, False),
        ("2022-06-01", "2022-06-01", False),
        ("2022-W22", "2022-06-30", None),
    ],
)
def test_a_date_after_the_as_of_is_not_recorded_yet(answered: str | None, as_of: str | None, recorded: bool) -> None:
    of = event(values={"answered": None if answered is None else moment(answered)})
    assert asked(condition("answered", Recorded(True, dated=True)), of, as_of) is recorded
    other = None if recorded is None else not recorded
    assert asked(condition("answered", Recorded(False, dated=True)), of, as_of) is other
    spared = Except(condition("answered", Recorded(True, dated=True)))
    assert as_of is None or answered == "2022-W22" or asked(spared, of, as_of) is other


@pytest.mark.parametrize(
    ("selector", "answered", "spared"),
    [
        (condition("answered", Recorded(True, dated=True)), None, True),
        (condition("answered", Recorded(True, dated=True)), "2022-05-31", False),
        (condition("answered", Recorded(True, dated=True)), "2022-06-01", True),
        (condition("answered", Recorded(False, dated=True)), None, False),
        (condition("answered", DateIn(parse_day("2022-04-01"), None)), None, True),
        (condition("answered", DateIn(parse_day("2022-04-01"), None)), "2022-06-01", True),
        (condition("answered", DateIn(parse_day("2022-04-01"), None)), "2022-04-01", False),
    ],
)
def test_an_exception_by_a_date_is_settled_with_the_period(
    selector: Condition, answered: str | None, spared: bool
) -> None:
    of = event(values={"answered": None if answered is None else moment(answered)})
    assert matches(Except(selector), of, dates("2022-06-30", settled=True)) is spared
    if answered != "2022-05-31" and answered != "2022-04-01":
        assert matches(Except(selector), of, dates("2022-05-30")) is None


def test_an_exception_by_length_waits_for_what_goes_on() -> None:
    long = Except(condition(LENGTH, Lasts(2 * HOUR, None)))
    of = event("2022-03-05 10:00", "2022-03-05 13:00")
    assert asked(long, of, "2022-03-05T11:00") is None
    assert asked(long, of, "2022-03-05T13:00") is False


@pytest.mark.parametrize(
    ("answered", "as_of", "inside"),
    [
        ("2022-03-01", None, True),
        ("2022-03-31 23:59", None, True),
        ("2022-04-01", None, False),
        ("2022-02-28", None, False),
        ("2022-W09", None, None),
        ("2022", None, None),
        ("2022-03", None, True),
        ("2022-03-10", "2022-03-09", None),
        ("2022-04-10", "2022-03-09", None),
        ("2022-03", "2022-03-09", None),
    ],
)
def test_a_date_in_a_span_of_days(answered: str, as_of: str | None, inside: bool | None) -> None:
    march = DateIn(parse_day("2022-03-01"), parse_day("2022-03-31"))
    assert asked(condition("answered", march), event(values={"answered": moment(answered)}), as_of) is inside


SATURDAY = condition(WEEKDAY, WeekdayIn((5,)))
HOLIDAY = condition(CALENDAR, OnDays("lov", day_set([parse_span("2022-03-05/2022-03-05")])))


@pytest.mark.parametrize(
    ("start", "on"),
    [
        ("2022-03-05 05:59", False),
        ("2022-03-05 06:00", True),
        ("2022-03-06 05:59", True),
        ("2022-03-06 06:00", False),
        ("2022-03-05", None),
        ("2022-03-04", False),
        ("2022-03-06", None),
    ],
)
def test_weekday_and_calendar_are_asked_of_days_that_begin_later(start: str, on: bool | None) -> None:
    assert asked(SATURDAY, event(start), day_begins=6 * HOUR) is on
    assert asked(HOLIDAY, event(start), day_begins=6 * HOUR) is on


def test_the_clock_is_the_one_on_the_wall_whenever_the_day_begins() -> None:
    night = condition(CLOCK, ClockIn(22 * HOUR, 4 * HOUR))
    assert [asked(night, event(f"2022-03-05 {clock}"), day_begins=6 * HOUR) for clock in ("03:00", "05:00")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("selector", "depends"),
    [
        (AT_A, False),
        (condition("place", Not(OneOf(("a",)))), False),
        (condition("case", Recorded(True)), False),
        (condition("answered", Recorded(True, dated=True)), True),
        (condition("answered", DateIn(None, parse_day("2022-03-01"))), True),
        (Every((AT_A, condition(LENGTH, Lasts(1, None)))), True),
        (Either((AT_A, SATURDAY)), False),
        (Except(AT_A), False),
        (Except(condition(LENGTH, Lasts(1, None))), True),
    ],
)
def test_whether_a_selector_depends_on_the_as_of(selector: Selector, depends: bool) -> None:
    assert timed(selector) is depends


def test_exceptions_in_words() -> None:
    at_b = condition("place", OneOf(("b",)), "B")
    of_x = condition("activity", OneOf(("x",)), "X")
    assert text(selector_words(Every((of_x, Except(AT_A)))), "en") == "activity: X, except where place: A"
    assert text(selector_words(Except(AT_A)), "en") == "every row, except where place: A"
    both = Every((of_x, Except(AT_A), Except(Every((at_b, of_x)))))
    assert text(selector_words(both), "en") == ("activity: X, except where place: A or (place: B and activity: X)")
    either = Either((of_x, Except(AT_A)))
    assert text(selector_words(either), "en") == "activity: X or (every row, except where place: A)"
    assert text(exception_words(Except(AT_A)), "en") == "not place: A"
    assert text(exception_words(Except(Every((at_b, of_x)))), "en") == "not (place: B and activity: X)"
