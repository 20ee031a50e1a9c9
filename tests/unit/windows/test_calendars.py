"""Working days and public holidays in Sweden."""

from __future__ import annotations

import pytest

from promisekit.windows import parse_day, parse_span, show_day
from promisekit.windows.calendars import LIMIT, add_working_days, is_working_day, named, public_holidays, working_days


@pytest.mark.parametrize(
    ("day", "number", "result"),
    [
        ("2022-03-01", 0, "2022-03-01"),
        ("2022-03-01", 1, "2022-03-02"),
        ("2022-03-04", 1, "2022-03-07"),
        ("2022-03-05", 1, "2022-03-07"),
        ("2022-04-13", 1, "2022-04-14"),
        ("2022-04-14", 1, "2022-04-19"),
        ("2022-06-22", 2, "2022-06-27"),
        ("2022-12-23", 1, "2022-12-27"),
        ("2020-12-23", 1, "2020-12-28"),
        ("2020-12-30", 1, "2021-01-04"),
    ],
)
def test_counting_in_working_days(day: str, number: int, result: str) -> None:
    assert show_day(add_working_days(parse_day(day), number)) == result


@pytest.mark.parametrize("number", [-1, LIMIT + 1])
def test_a_number_that_cannot_be_counted(number: int) -> None:
    with pytest.raises(ValueError):
        add_working_days(parse_day("2022-03-01"), number)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2022-04-15", False),  # långfredagen
        ("2022-05-26", False),  # Kristi himmelsfärdsdag
        ("2022-05-27", True),  # klämdag
        ("2022-06-06", False),  # nationaldagen
        ("2022-06-24", False),  # midsommarafton
        ("2024-12-24", False),  # julafton
        ("2024-12-31", False),  # nyårsafton
        ("2022-03-05", False),  # lördag
        ("2022-01-05", True),  # trettondagsafton
        ("2022-04-14", True),  # skärtorsdagen
    ],
)
def test_a_working_day(day: str, works: bool) -> None:
    assert is_working_day(parse_day(day)) is works


def test_public_holidays_are_the_named_ones_only() -> None:
    days = [show_day(day) for span in public_holidays(parse_span("2022-03-01/2022-06-30")).spans for day in span.days()]
    assert days == [
        "2022-04-15", "2022-04-17", "2022-04-18", "2022-05-01", "2022-05-26", "2022-06-05", "2022-06-06", "2022-06-25",
    ]  # fmt: skip


def test_a_year_has_so_many_working_days() -> None:
    year = parse_span("2022-01-01/2022-12-31")
    assert sum(map(len, working_days(year).spans)) == 253
    assert named("working_days", year) == working_days(year)
    assert named("public_holidays", year) == public_holidays(year)
