"""What counting kinds lower to, and what they say: count, frequency, milestone, max_gap."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from promisekit.plan.nodes import (
    All,
    AtLeast,
    Calendar,
    Check,
    Count,
    Distinct,
    Gap,
    Listed,
    Overlaps,
    ShareOf,
    Sum,
    Target,
    Until,
    When,
    Whole,
)
from promisekit.windows import Span, parse_day, parse_span
from promisekit.words import text
from tests.unit.kinds.worlds import SPRING, WORLD, X, lowered, said, taken, wrong

THREE = Target(3, None)


def check(node: object) -> Check:
    assert isinstance(node, Check)
    return node


def test_a_count_is_one_number_over_the_period() -> None:
    assert lowered("count", at_least=3) == Check(SPRING, Whole(), Count(X), THREE)


def test_during_cuts_the_period() -> None:
    april = {"start": "2022-04-01", "end": "2022-04-30"}
    assert check(lowered("count", at_least=3, during=april)).span == parse_span("2022-04-01/2022-04-30")


@pytest.mark.parametrize("unit", ["day", "week", "weekend", "month"])
def test_a_unit_counts_what_events_are_spread_over(unit: str) -> None:
    assert check(lowered("count", at_least=3, unit=unit)).measure == Distinct(X, unit)  # type: ignore[arg-type]


def test_a_text_column_counts_different_values() -> None:
    assert check(lowered("count", at_least=3, unit="place")).measure == Distinct(X, None, "place")


def test_a_sum_adds_up_a_column() -> None:
    assert check(lowered("count", at_least=3, sum="officers")).measure == Sum(X, "officers")


def test_overlap_counts_what_goes_on() -> None:
    assert check(lowered("count", at_least=3, attribute="overlap")).attribution == Overlaps(0)


def test_days_that_begin_in_the_morning() -> None:
    found = check(lowered("count", at_least=3, day_begins="06:00")).measure
    assert found == Count(replace(X, day_begins=6 * 3600))


def test_a_condition_has_the_windows_and_the_days_of_what_it_guards() -> None:
    node = lowered("frequency", every="month", at_least=3, when="y", day_begins="06:00")
    assert isinstance(node, When)
    trigger = Count(replace(WORLD.activities["y"], day_begins=6 * 3600))
    assert node.trigger == Check(SPRING, Calendar("month"), trigger, Target(1, None))
    assert check(node.then).target == THREE


@pytest.mark.parametrize(
    ("every", "partial", "partition"),
    [
        ("period", None, Whole()),
        ("month", None, Calendar("month")),
        ("week", "prorate", Calendar("week", "prorate")),
        ("2 weeks", "whole_only", Calendar("week", "whole_only", 2)),
        ("3 months", None, Calendar("month", None, 3)),
        ("1 month", None, Calendar("month")),
        ("half_year", "full_target", Calendar("half_year", "full_target")),
    ],
)
def test_windows_of_calendar_units(every: str, partial: str | None, partition: object) -> None:
    keys = {} if partial is None else {"partial": partial}
    assert check(lowered("frequency", every=every, at_least=3, **keys)).partition == partition


def test_windows_are_counted_from_an_anchor() -> None:
    found = lowered("frequency", every="2 weeks", anchor="2022-03-07", partial="whole_only", at_least=3)
    assert check(found).partition == Calendar("week", "whole_only", 2, parse_day("2022-03-07"))


def test_windows_that_are_chosen_days() -> None:
    """15 April 2022 is Good Friday."""
    april = {"start": "2022-04-08", "end": "2022-04-22"}
    found = check(lowered("frequency", every="day", on=["fre"], except_="public_holidays", at_least=1, during=april))
    assert isinstance(found.partition, Listed)
    assert [text(one.label, "en") for one in found.partition.windows] == ["Friday 8 April 2022", "Friday 22 April 2022"]
    assert all(len(one.span) == 1 and one.clock is None for one in found.partition.windows)


def test_windows_that_are_spans_of_a_calendar() -> None:
    for partial, labels in (
        ("whole_only", ["påsklov (11 April 2022 – 14 April 2022)"]),
        ("full_target", ["sportlov (1 March 2022 – 4 March 2022)", "påsklov (11 April 2022 – 14 April 2022)"]),
    ):
        found = check(lowered("frequency", every="lov", partial=partial, at_least=1)).partition
        assert isinstance(found, Listed)
        assert [text(one.label, "en") for one in found.windows] == labels


def test_windows_that_are_days_of_a_builtin_calendar() -> None:
    found = check(lowered("frequency", every="public_holidays", at_least=1)).partition
    assert isinstance(found, Listed)
    assert [one.span.start for one in found.windows] == [
        parse_day(day) for day in ("2022-04-15", "2022-04-17", "2022-04-18", "2022-05-01", "2022-05-26")
    ]


@pytest.mark.parametrize(
    ("need", "node"),
    [("all", All()), (2, AtLeast(2)), ("90 %", ShareOf(Fraction(9, 10))), ("1/3", ShareOf(Fraction(1, 3)))],
)
def test_in_how_many_windows(need: object, node: object) -> None:
    assert check(lowered("frequency", every="month", at_least=3, need=need)).need == node


def test_an_average_is_a_target_for_the_total() -> None:
    """92 days are 13 1/7 weeks; three a week are 39 3/7, and no fewer than 40 events reach that."""
    found = lowered("frequency", every="week", average=True, at_least=3)
    assert found == Check(SPRING, Whole(), Count(X), Target(40, None), average=Calendar("week"))
    at_most = check(lowered("frequency", every="week", average=True, at_most=3))
    assert at_most.target == Target(None, 39)


def test_an_average_of_a_sum_is_exact() -> None:
    found = check(lowered("frequency", every="week", average=True, at_least=3, sum="officers"))
    assert found.target == Target(Fraction(3 * 92, 7), None)


def test_a_milestone_ends_with_its_day() -> None:
    found = lowered("milestone", by="2022-04-30", at_least=2)
    span = Span(SPRING.start, parse_span("2022-04-30/2022-04-30").end)
    assert found == Check(span, Until(), Count(X), Target(2, None))


def test_the_condition_of_a_milestone_takes_place_by_its_day() -> None:
    node = lowered("milestone", by="2022-04-30", when="y")
    assert isinstance(node, When)
    assert (node.trigger.span, node.trigger.partition) == (check(node.then).span, Whole())


def test_the_longest_gap_is_in_days() -> None:
    assert lowered("max_gap", at_most="2 weeks") == Check(SPRING, Whole(), Gap(X), Target(None, 14))


@pytest.mark.parametrize(
    ("kind", "keys", "sentence"),
    [
        ("count", {"at_least": 3}, "`x` takes place at least 3 times during the period"),
        ("count", {"at_most": 0, "unit": "day"}, "`x` takes place at no time during the period"),
        ("count", {"between": [2, 4], "unit": "day"}, "`x` takes place on 2 to 4 days during the period"),
        ("count", {"at_least": 1, "unit": "week"}, "`x` takes place in at least 1 week during the period"),
        (
            "count",
            {"at_least": 4, "unit": "place", "day_begins": "06:00"},
            "`x` takes place with at least 4 different `place` during the period; a day begins at 06:00",
        ),
        (
            "count",
            {"exactly": 9, "sum": "officers"},
            "the numbers in `officers` of `x` add up to exactly 9 during the period",
        ),
        (
            "count",
            {"at_least": 3, "attribute": "overlap"},
            "`x` takes place or still goes on at least 3 times during the period",
        ),
        (
            "count",
            {"at_least": 3, "when": "y", "during": {"start": "2022-04-01", "end": "2022-04-30"}},
            "`x` takes place at least 3 times from 1 April 2022 to 30 April 2022, if `y` takes place in that time",
        ),
        (
            "frequency",
            {"every": "2 weeks", "at_least": 1, "partial": "whole_only", "need": 4, "when": "y"},
            "`x` takes place at least 1 time in every window of 2 weeks (only whole ones) (in at least 4 of them), "
            "but only in those in which `y` takes place",
        ),
        (
            "frequency",
            {"every": "day", "on": ["mon", "fri"], "except_": "public_holidays", "at_least": 1, "need": "90 %"},
            "`x` takes place at least 1 time every Monday and Friday except public holidays (in at least 90% of them)",
        ),
        (
            "frequency",
            {"every": "week", "average": True, "at_least": 3},
            "`x` takes place at least 3 times every week on average",
        ),
        (
            "frequency",
            {"every": "lov", "at_least": 1},
            "`x` takes place at least 1 time in every span of the calendar `lov`",
        ),
        ("frequency", {"every": "working_days", "at_least": 1}, "`x` takes place at least 1 time every working day"),
        ("milestone", {"by": "2022-04-30"}, "`x` takes place at least 1 time by 30 April 2022"),
        ("max_gap", {"at_most": "14 days"}, "from one `x` to the next, it takes at most 14 days during the period"),
    ],
)
def test_a_statement_has_every_modifier(kind: str, keys: dict[str, object], sentence: str) -> None:
    assert said(kind, **keys) == sentence


def test_readings_tell_what_the_words_leave_open() -> None:
    assert taken("count", at_least=3) == [
        "every occasion counts, also several on one day",
        "an event belongs to the day on which it starts",
        "the number is for all of that time together, not for each month",
    ]
    assert "every occasion counts, also several on one day" not in taken("count", at_least=3, unit="day")
    assert taken("frequency", every="2 weeks", at_least=1, partial="prorate", need=3) == [
        "an event belongs to the day on which it starts",
        "the windows are counted from the one that the first day lies in",
        "in cut windows a lower bound is rounded up and an upper one down",
    ]
    assert "weekends and public holidays are days like all others" in taken("frequency", every="day", at_least=1)
    assert "public holidays are days like all others" in taken("frequency", every="day", on="mon", at_least=1)
    assert "a day is meant where one of the names under `on` fits it" in taken(
        "frequency", every="day", on=["mon", "lov"], at_least=1
    )


@pytest.mark.parametrize(
    ("kind", "keys", "code"),
    [
        ("frequency", {"every": "week", "at_least": 1}, "window.partial-undeclared"),
        ("frequency", {"every": "lov", "at_least": 1}, "window.partial-undeclared"),
        ("frequency", {"every": "lov", "at_least": 1, "partial": "anchor_period"}, "window.partial-unfit"),
        ("frequency", {"every": "week", "average": True, "exactly": 3}, "average.empty"),
        ("frequency", {"every": "month", "at_least": 1, "need": 4}, "need.too-many"),
        ("frequency", {"every": "month", "at_least": 1, "except_": "lov"}, "window.touched-undeclared"),
        ("milestone", {"by": "2022-06-01"}, "milestone.outside"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, keys: dict[str, object], code: str) -> None:
    assert wrong(kind, **keys) == [code]


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("count", {"at_least": 92, "unit": "day"}),
        ("frequency", {"every": "month", "at_most": 30, "unit": "day"}),
        ("max_gap", {"at_most": "92 days"}),
        ("milestone", {"by": "2022-05-31"}),
        ("frequency", {"every": "month", "at_least": 1, "need": 3}),
    ],
)
def test_the_outermost_that_can_be(kind: str, keys: dict[str, object]) -> None:
    assert wrong(kind, **keys) == []
