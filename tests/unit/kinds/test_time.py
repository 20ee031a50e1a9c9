"""What the kinds about time and values lower to, and what they say: schedule, duration, measure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from promisekit.plan.nodes import (
    Calendar,
    Check,
    Count,
    Duration,
    Latest,
    Listed,
    Number,
    Overlaps,
    Starts,
    Target,
    When,
    Whole,
)
from promisekit.windows import Span, parse_day, parse_span
from tests.unit.kinds.worlds import SPRING, X, lowered, said, taken, wrong

HOUR = 3600
DAY = {"from_": "09:00", "to": "15:00"}
NIGHT = {"from_": "22:00", "to": "04:00"}


def check(node: object) -> Check:
    assert isinstance(node, Check)
    return node


def slots(found: Check) -> Listed:
    assert isinstance(found.partition, Listed)
    return found.partition


def test_a_schedule_has_one_window_a_slot() -> None:
    week = {"start": "2022-04-11", "end": "2022-04-17"}
    found = check(lowered("schedule", **DAY, presence="any", on="working_days", during=week))
    assert [one.span.start for one in slots(found).windows] == [parse_day(f"2022-04-{day}") for day in (11, 12, 13, 14)]
    assert {one.clock for one in slots(found).windows} == {(9 * HOUR, 15 * HOUR)}
    assert (found.measure, found.target, found.attribution) == (Count(X), Target(1, None), Overlaps(0))


@pytest.mark.parametrize(("presence", "seconds"), [("any", 0), ("30 minutes", 1800), ("throughout", 48 * HOUR)])
def test_one_event_fills_a_slot(presence: str, seconds: int) -> None:
    assert check(lowered("schedule", **DAY, presence=presence)).attribution == Overlaps(seconds)


@pytest.mark.parametrize(("presence", "seconds"), [("90 minutes", 5400), ("throughout", 6 * HOUR)])
def test_several_events_fill_a_slot_together(presence: str, seconds: int) -> None:
    found = check(lowered("schedule", **DAY, presence=presence, together=True))
    assert found.measure == Duration(X, "union", None, "unknown")
    assert (found.target, found.attribution) == (Target(seconds, None), Starts())


def test_a_slot_may_pass_midnight() -> None:
    found = check(lowered("schedule", **NIGHT, presence="any", on=["fri", "sat"]))
    assert {one.clock for one in slots(found).windows} == {(22 * HOUR, 28 * HOUR)}


def test_the_condition_of_a_slot_may_take_place_at_any_hour_of_its_day() -> None:
    node = lowered("schedule", **DAY, presence="any", when="y")
    assert isinstance(node, When)
    assert {one.clock for one in slots(node.trigger).windows} == {None}
    assert len(slots(node.trigger).windows) == len(slots(check(node.then)).windows) == len(SPRING)


def test_a_duration_is_in_seconds() -> None:
    found = lowered("duration", at_least="40 hours", every="month", total="union", without_end="not_counted")
    measure = Duration(X, "union", None, "not_counted")
    assert found == Check(SPRING, Calendar("month"), measure, Target(40 * HOUR, None))


def test_a_duration_without_every_is_over_the_period() -> None:
    keys = {"total": "sum", "weight": "officers", "without_end": "unknown"}
    found = check(lowered("duration", between=["1 hour", "1.5 hours"], **keys))
    assert (found.partition, found.target) == (Whole(), Target(HOUR, 5400))
    assert found.measure == Duration(X, "sum", "officers", "unknown")


def test_the_latest_value() -> None:
    found = lowered("measure", value="officers", at_least=75, if_none="not_applicable", low="lower", high="upper")
    assert found == Check(SPRING, Whole(), Latest(X, "officers", "lower", "upper"), Target(75, None))


@pytest.mark.parametrize(
    ("direction", "target"),
    [("increase", Target(0, None, strict=True)), ("decrease", Target(None, 0, strict=True))],
)
@pytest.mark.parametrize(
    ("written", "baseline"),
    [
        (Decimal("71.5"), Fraction(143, 2)),
        (70, 70),
        ({"start": "2021-01-01", "end": "2021-12-31"}, parse_span("2021-01-01/2021-12-31")),
    ],
)
def test_a_direction_is_strict(direction: str, target: Target, written: object, baseline: Number | Span) -> None:
    keys = {"value": "officers", "if_none": "not_applicable"}
    found = check(lowered("measure", baseline=written, direction=direction, **keys))
    assert found.measure == Latest(X, "officers", baseline=baseline)
    assert found.target == target


def test_a_change_in_per_cent() -> None:
    keys = {"value": "officers", "if_none": "not_applicable"}
    found = check(lowered("measure", baseline=70, compared="percent", at_most=-10, **keys))
    assert found.measure == Latest(X, "officers", baseline=70, compared="percent")
    assert found.target == Target(None, -10)


def test_where_measuring_is_owed_too() -> None:
    found = check(lowered("measure", value="officers", at_least=75, if_none="broken"))
    assert found.measure == Latest(X, "officers", without="broken")


@pytest.mark.parametrize(
    ("kind", "keys", "sentence"),
    [
        (
            "schedule",
            {**DAY, "presence": "throughout", "on": "working_days", "except_": "lov"},
            "`x` goes on all the time from 09:00 to 15:00 every working day except days of `lov`",
        ),
        (
            "schedule",
            {**NIGHT, "presence": "2 hours", "together": True, "on": ["fri", "sat"], "need": "90 %", "when": "y"},
            "`x` goes on for at least 2 hours from 22:00 to 04:00 (the day after) every Friday and Saturday "
            "(in at least 90% of them), but only in those in which `y` takes place; several may fill the time together",
        ),
        ("schedule", {**DAY, "presence": "any"}, "`x` goes on at some time from 09:00 to 15:00 every day"),
        (
            "duration",
            {"at_least": "40 hours", "every": "month", "total": "union", "without_end": "unknown"},
            "`x` goes on for at least 40 hours every month; time with several of them counts once",
        ),
        (
            "duration",
            {"at_least": "90 minutes", "total": "sum", "without_end": "unknown"},
            "the time of every `x` adds up to at least 1.5 hours during the period",
        ),
        (
            "duration",
            {"at_least": "1 h", "total": "sum", "weight": "officers", "without_end": "unknown"},
            "the time of `x`, times `officers`, adds up to at least 1 hour during the period",
        ),
        (
            "measure",
            {"value": "officers", "at_least": 75, "if_none": "broken"},
            "the latest `officers` of `x` during the period is at least 75; where nothing was measured, it is broken",
        ),
        (
            "measure",
            {"value": "officers", "baseline": Decimal("71.5"), "direction": "increase", "if_none": "not_applicable"},
            "the latest `officers` of `x` during the period is higher than 71.5; "
            "where nothing was measured, it is not applicable",
        ),
        (
            "measure",
            {
                "value": "officers",
                "baseline": {"start": "2021-01-01", "end": "2021-12-31"},
                "compared": "percent",
                "at_most": -10,
                "if_none": "broken",
            },
            "the latest `officers` of `x` during the period, compared with the latest one from 1 January 2021 to "
            "31 December 2021, has fallen by at least 10 per cent; where nothing was measured, it is broken",
        ),
    ],
)
def test_a_statement_has_every_modifier(kind: str, keys: dict[str, object], sentence: str) -> None:
    assert said(kind, **keys) == sentence


def test_readings_tell_what_the_words_leave_open() -> None:
    assert taken("schedule", **NIGHT, presence="2 hours") == [
        "what passes midnight belongs to the day on which it begins",
        "one event must fill the time by itself",
        "weekends and public holidays are days like all others",
    ]
    assert taken("schedule", **DAY, presence="any", on="working_days") == []
    assert taken("duration", at_least="1 h", total="sum", without_end="not_counted") == [
        "of an event, the time counts that lies in the window, whenever it began",
        "an event without a recorded end adds nothing",
    ]


@pytest.mark.parametrize(
    ("kind", "keys", "codes"),
    [
        ("schedule", DAY, ["schedule.presence-undeclared"]),
        ("schedule", {**DAY, "presence": "7 hours"}, ["schedule.presence-length"]),
        ("schedule", {**DAY, "presence": "0 minutes"}, ["schedule.presence-length"]),
        ("schedule", {**NIGHT, "presence": "throughout", "together": True}, ["schedule.clock-change"]),
        ("schedule", {**NIGHT, "presence": "301 minutes", "together": True}, ["schedule.clock-change"]),
        (
            "schedule",
            {**DAY, "presence": "any", "on": "mon", "except_": ["working_days"], "need": 2},
            ["need.too-many"],
        ),
        ("duration", {"at_least": "1 h"}, ["duration.total-undeclared", "duration.without-end-undeclared"]),
        (
            "measure",
            {"value": "place", "baseline": 3, "direction": "increase", "compared": "percent", "at_least": 1},
            ["target.several", "column.unknown", "measure.if-none-undeclared", "measure.compared-needless"],
        ),
    ],
)
def test_what_cannot_be_is_refused(kind: str, keys: dict[str, object], codes: list[str]) -> None:
    assert sorted(wrong(kind, **keys)) == sorted(codes)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("schedule", {**DAY, "presence": "6 hours"}),
        ("schedule", {**NIGHT, "presence": "5 hours", "together": True}),
        ("schedule", {**NIGHT, "presence": "6 hours"}),
        ("schedule", {"from_": "03:00", "to": "24:00", "presence": "throughout", "together": True}),
        ("duration", {"at_least": "24 h", "every": "day", "total": "union", "without_end": "unknown"}),
        ("duration", {"at_least": "48 h", "every": "day", "total": "sum", "without_end": "unknown"}),
    ],
)
def test_the_outermost_that_can_be(kind: str, keys: dict[str, object]) -> None:
    assert wrong(kind, **keys) == []
