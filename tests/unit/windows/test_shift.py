"""Days that begin at another hour, slots of the clock, and the nights on which the clocks change: all tried out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil import tz
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from promisekit.windows import (
    AsOf,
    Day,
    DaySet,
    Instant,
    Span,
    Window,
    Zone,
    as_of_in_days,
    day_set,
    days_of,
    known_days,
    parse_as_of,
    parse_day,
    parse_moment,
    show_day,
)
from promisekit.windows.civil import day_of
from promisekit.words import say

ZONE = Zone()
MINUTE, HOUR, FULL_DAY = 60, 3600, 86_400
STOCKHOLM = tz.gettz("Europe/Stockholm")
SPRING = ["1996-03-31", "2022-03-27", "2026-03-29", "2036-03-30"]
AUTUMN = ["1996-10-27", "2022-10-30", "2026-10-25", "2036-10-26"]
BEGINS = st.sampled_from([0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, 23 * HOUR])
DAYS = st.integers(day_of(date(1991, 1, 1)), day_of(date(2036, 12, 31))).map(Day)
"""dateutil knows the changes of the clocks up to 2037."""


def wall(instant: int) -> tuple[int, int]:
    """The day and second that the wall shows, by another library."""
    local = datetime.fromtimestamp(instant, UTC).astimezone(STOCKHOLM)
    return day_of(local.date()), local.hour * HOUR + local.minute * MINUTE + local.second


def shifted(instant: int, day_begins: int) -> int:
    """The shifted day that an instant lies on: the clock on the wall decides."""
    day, second = wall(instant)
    return day - (second < day_begins)


@pytest.mark.parametrize("day", [*SPRING, *AUTUMN, "2022-06-01"])
def test_every_half_hour_on_the_wall_against_all_instants_around_it(day: str) -> None:
    number = parse_day(day)
    begin = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) - 4 * HOUR
    shown = [(wall(instant), instant) for instant in range(begin, begin + 34 * HOUR, 10 * MINUTE)]
    for second in range(0, FULL_DAY, 30 * MINUTE):
        assert ZONE.at(number, second) == min(instant for seen, instant in shown if seen >= (number, second))
        before = max(instant for seen, instant in shown if seen < (number, second))
        assert ZONE.over(number, second) == before + 10 * MINUTE


@pytest.mark.parametrize("day", SPRING)
def test_all_times_that_the_clocks_jump_over_are_the_instant_of_the_jump(day: str) -> None:
    jump = parse_moment(f"{day}T01:00:00Z", ZONE).earliest
    assert {ZONE.at(parse_day(day), second) for second in range(2 * HOUR, 3 * HOUR + 1, 7)} == {jump}
    assert {ZONE.over(parse_day(day), second) for second in range(2 * HOUR, 3 * HOUR + 1, 7)} == {jump}
    assert ZONE.at(parse_day(day), 3 * HOUR) == jump


@settings(deadline=None)
@given(DAYS, st.integers(0, 3 * FULL_DAY), st.integers(0, 3 * HOUR))
@example(parse_day("2022-03-27"), 2 * HOUR + 1800, 1800)
def test_a_later_time_is_never_an_earlier_instant(day: Day, second: int, later: int) -> None:
    assert ZONE.at(day, second) <= ZONE.at(day, second + later)
    assert ZONE.over(day, second) <= ZONE.over(day, second + later)
    assert ZONE.at(day, second) <= ZONE.over(day, second)


def test_the_repeated_hour_has_a_first_and_a_second_time() -> None:
    day = parse_day("2022-10-30")
    assert [ZONE.at(day, 9000), ZONE.over(day, 9000)] == [
        parse_moment(text, ZONE).earliest for text in ("2022-10-30T02:30+02:00", "2022-10-30T02:30+01:00")
    ]


@settings(deadline=None)
@given(DAYS, st.integers(0, FULL_DAY // MINUTE - 1), BEGINS)
def test_a_moment_with_a_clock_lies_on_the_day_that_the_wall_shows(day: Day, minute: int, day_begins: int) -> None:
    text = f"{show_day(day)}T{minute // 60:02}:{minute % 60:02}"
    try:
        moment = parse_moment(text, ZONE)
    except ValueError:
        assume(False)
    expected = day_of((datetime.fromisoformat(text) - timedelta(seconds=day_begins)).date())
    assert days_of(moment, day_begins) == (expected, expected)
    assert {shifted(instant, day_begins) for instant in (moment.earliest, moment.latest)} == {expected}


@settings(deadline=None)
@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%G-W%V", "%Y"]), BEGINS)
def test_a_moment_without_a_clock_may_lie_on_the_day_before(day: Day, form: str, day_begins: int) -> None:
    moment = parse_moment(date.fromordinal(day + date(1970, 1, 1).toordinal()).strftime(form), ZONE)
    ends = {shifted(instant, day_begins) for instant in (moment.earliest, moment.latest)}
    assert days_of(moment, day_begins) == (min(ends), max(ends))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=5), BEGINS)
def test_a_day_is_known_where_all_of_its_instants_are(pieces: list[tuple[int, int]], day_begins: int) -> None:
    start = parse_day("2022-03-15")
    known = day_set(Span(Day(start + at), Day(start + at + length)) for at, length in pieces)
    found = known_days(known, day_begins)
    for day in range(start - 3, start + 55):
        instants = (ZONE.at(Day(day), day_begins), ZONE.at(Day(day + 1), day_begins) - 1)
        assert (day in found) == all(Day(wall(instant)[0]) in known for instant in instants)


def test_nothing_known_stays_nothing() -> None:
    assert known_days(DaySet(), 6 * HOUR) == DaySet()
    assert known_days(DaySet((Span(Day(3), Day(4)),)), 6 * HOUR) == DaySet()


AS_OFS = st.builds(
    lambda day, hour, minute: parse_as_of(f"{day}T{hour:02}:{minute:02}:59", ZONE),
    st.sampled_from(["2022-03-26", "2022-03-28", "2022-10-29", "2022-10-31", "2022-06-01"]),
    st.integers(0, 23),
    st.sampled_from([0, 30, 59]),
)


@settings(deadline=None)
@given(AS_OFS | DAYS.map(lambda day: parse_as_of(show_day(day), ZONE)), BEGINS)
@example(parse_as_of("2022-03-27", ZONE), 6 * HOUR)
@example(parse_as_of("2022-03-26T23:59:59", ZONE), 3 * HOUR)
@example(parse_as_of("2022-03-27T01:59:59", ZONE), 3 * HOUR)
@example(parse_as_of("2022-03-27T01:59:59", ZONE), 9000)
@example(parse_as_of("2022-10-30T02:59:59", ZONE), 3 * HOUR)
@example(parse_as_of("2022-10-30T01:59:59", ZONE), 2 * HOUR)
def test_the_as_of_in_days_that_begin_later(as_of: AsOf, day_begins: int) -> None:
    found = as_of_in_days(as_of, day_begins, ZONE)
    past = [shifted(as_of.until - 1 - back, day_begins) for back in range(0, 4 * HOUR, 10 * MINUTE)]
    to_come = [shifted(as_of.until + on, day_begins) for on in range(0, 4 * HOUR, 10 * MINUTE)]
    assert found.until == as_of.until
    assert found.day == max(past)
    assert found.whole_day == (min(to_come) > found.day)


@pytest.mark.parametrize(
    ("day", "clock", "hours"),
    [
        ("2022-03-26", (22 * HOUR, 28 * HOUR), 5),
        ("2022-10-29", (22 * HOUR, 28 * HOUR), 7),
        ("2022-06-01", (22 * HOUR, 28 * HOUR), 6),
        ("2022-03-27", (0, 24 * HOUR), 23),
        ("2022-10-30", (0, 24 * HOUR), 25),
        ("2022-10-30", (HOUR, 2 * HOUR), 1),
        ("2022-10-30", (3 * HOUR, 4 * HOUR), 1),
        ("2022-10-30", (2 * HOUR, 3 * HOUR), 2),
        ("2022-03-27", (2 * HOUR, 3 * HOUR), 0),
        ("2022-03-27", (2 * HOUR + 1800, 4 * HOUR), 1),
    ],
)
def test_a_slot_lasts_as_long_as_the_clocks_let_it(day: str, clock: tuple[int, int], hours: int) -> None:
    number = parse_day(day)
    begin, end = Window(Span(number, Day(number + 1)), say("slot"), clock=clock).instants(ZONE)
    assert end - begin == hours * HOUR
    inside = [wall(instant) for instant in range(begin, end, 5 * MINUTE)]
    assert all(clock[0] <= (at - number) * FULL_DAY + second < clock[1] for at, second in inside)


def test_a_slot_that_ends_in_the_repeated_hour_is_one_piece() -> None:
    day = parse_day("2022-10-30")
    begin, end = Window(Span(day, Day(day + 1)), say("slot"), clock=(HOUR, 2 * HOUR + 1800)).instants(ZONE)
    assert end - begin == 2.5 * HOUR  # 02:30 to 03:00 lies between 02:00 and 02:30


@pytest.mark.parametrize(("clock", "days"), [((0, 24 * HOUR), 1), ((0, 24 * HOUR + 1), 2), ((22 * HOUR, 28 * HOUR), 2)])
def test_a_slot_reaches_as_many_days_as_it_touches(clock: tuple[int, int], days: int) -> None:
    window = Window(Span(Day(19_000), Day(19_001)), say("slot"), clock=clock)
    assert window.reach == Span(Day(19_000), Day(19_000 + days))


@settings(deadline=None)
@given(DAYS, st.integers(1, 40), BEGINS)
def test_a_window_holds_the_instants_of_its_days(day: Day, length: int, day_begins: int) -> None:
    begin, end = Window(Span(day, Day(day + length)), say("window")).instants(ZONE, day_begins)
    found = [shifted(Instant(instant), day_begins) for instant in (begin - 1, begin, end - 1, end)]
    assert found == [day - 1, day, day + length - 1, day + length]
