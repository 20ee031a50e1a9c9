"""Moments as people write them, and the two nights on which the clocks change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promisekit.windows import Day, Zone, end_of, parse_as_of, parse_day, parse_moment, show_day

ZONE = Zone()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-03-01", "2022-03-01", "2022-03-01"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-W10", "2022-03-07", "2022-03-13"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-03-31T22:30:00Z", "2022-04-01", "2022-04-01"),
        ("2022-03-31 23:30+01:00", "2022-04-01", "2022-04-01"),
        ("2022-03-01 14:00", "2022-03-01", "2022-03-01"),
    ],
)
def test_a_moment_lies_on_its_civil_days(text: str, first: str, last: str) -> None:
    moment = parse_moment(text, ZONE)
    assert (show_day(moment.first), show_day(moment.last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2022-3-1",
     "20220301", "1/3 2022", "2022-02-30", "2022-13", "2022-W54", "2022-03-01 24:00", "2022-03-01 14:60",
     "1640995200", "2022-03-01 14", "0022-03-01", "9999-01-01", "i mars"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_moment(text, ZONE)
    assert str(refused.value)


def test_the_hour_that_the_clocks_jump_over_does_not_exist() -> None:
    with pytest.raises(ValueError, match="jump over 02:30"):
        parse_moment("2022-03-27 02:30", ZONE)


def test_the_night_of_the_change_has_23_hours() -> None:
    assert ZONE.begin(parse_day("2022-03-28")) - ZONE.begin(parse_day("2022-03-27")) == 23 * 3600


def test_the_repeated_hour_is_imprecise_by_an_hour() -> None:
    moment = parse_moment("2022-10-30 02:30", ZONE)
    assert moment.latest - moment.earliest == 3600


def test_as_of_a_day_means_its_end() -> None:
    as_of = parse_as_of("2022-04-15", ZONE)
    assert as_of.until == ZONE.begin(parse_day("2022-04-16"))
    assert as_of == end_of(parse_day("2022-04-15"), ZONE)
    assert show_day(as_of.closed_before) == "2022-04-16"


def test_as_of_an_instant_leaves_its_day_open() -> None:
    as_of = parse_as_of("2022-04-15T12:00", ZONE)
    assert as_of.until == parse_moment("2022-04-15 12:00", ZONE).latest + 1
    assert show_day(as_of.closed_before) == "2022-04-15"


def test_as_of_the_last_second_of_a_day_knows_all_of_it() -> None:
    as_of = parse_as_of("2022-04-15T23:59:59", ZONE)
    assert (as_of.whole_day, as_of.until) == (True, end_of(parse_day("2022-04-15"), ZONE).until)


@given(st.integers(-20_000, 60_000).map(Day), st.integers(0, 86_399))
def test_wall_and_instant_are_inverse_where_the_wall_is_clear(day: Day, second: int) -> None:
    try:
        first, last = ZONE.instants(day, second)
    except ValueError:
        return
    assert ZONE.wall(first) == ZONE.wall(last) == (day, second)
