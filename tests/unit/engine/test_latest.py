"""The latest value: which one it is, how exactly it is known, and what it is compared with."""

from __future__ import annotations

from fractions import Fraction

import pytest

from promisekit.engine.observations import Phase, Reason
from promisekit.events import State
from promisekit.plan.nodes import Latest
from promisekit.windows import parse_span
from tests.unit.engine.small import VISITS, cell, check, event, interval, misses, observations, observe

VALUE = Latest(VISITS, "amount")
SURVEY = Latest(VISITS, "amount", "low", "high")
BEFORE = parse_span("2022-02-01/2022-02-28")


def test_the_newest_of_the_window_is_it() -> None:
    rows = (event(2, "2022-03-20", amount=7), event(3, "2022-03-05", amount=9), event(4, "2022-04-02", amount=1))
    found = observe(check(VALUE), rows)
    assert interval(found.cells[0].count) == (7, 7, 7)
    assert interval(found.cells[0].whole) == (1, 1, 1)
    assert found.cells[0].doubts == ()
    assert [one.amount for one in found.counted] == [9, 7]
    assert misses(found) == {4: ("period", None)}


def test_nothing_read_is_nothing_to_compare() -> None:
    assert interval(cell(check(VALUE), ()).whole) == (0, 0, 0)
    running = cell(check(VALUE), (), as_of="2022-03-15")
    assert interval(running.whole) == (0, None, 0)
    assert running.phase is Phase.RUNNING
    assert running.doubts == (Reason.RUNNING, Reason.NOT_TRIGGERED)


def test_while_the_window_runs_there_may_be_a_newer_one() -> None:
    found = cell(check(VALUE), (event(2, "2022-03-05", amount=7),), as_of="2022-03-15")
    assert interval(found.count) == (7, 7, 7)
    assert interval(found.whole) == (1, None, 1)


def test_one_that_may_be_newer_may_be_it() -> None:
    rows = (event(2, "2022-03-20", amount=7), event(3, "2022-03", amount=9), event(4, "2022-03-01", amount=1))
    found = cell(check(VALUE), rows)
    assert interval(found.count) == (7, 9, 7)
    assert interval(found.whole) == (1, 1, 1)
    assert found.doubts == (Reason.IMPRECISE,)


def test_a_newest_one_that_is_not_told_tells_nothing() -> None:
    rows = (event(2, "2022-03-05", amount=7), event(3, "2022-03-20"))
    found = cell(check(VALUE), rows)
    assert interval(found.count) == (0, None, 0)
    assert interval(found.whole) == (0, 1, 0)
    assert found.doubts == (Reason.NOT_TRIGGERED, Reason.IMPRECISE)
    older = cell(check(VALUE), (event(2, "2022-03-05"), event(3, "2022-03-20", amount=7)))
    assert interval(older.count) == (7, 7, 7)


def test_only_a_possible_one_is_none_for_certain() -> None:
    found = cell(check(VALUE), (event(2, "2022-03-05", state=State.POSSIBLE, amount=7),))
    assert interval(found.whole) == (0, 1, 0)


def test_a_survey_knows_an_interval_where_both_ends_are_told() -> None:
    found = cell(check(SURVEY), (event(2, "2022-03-05", amount=60, low=57, high=63),))
    assert interval(found.count) == (57, 63, 60)
    assert found.doubts == (Reason.IMPRECISE,)
    assert interval(cell(check(SURVEY), (event(2, "2022-03-05", amount=60, low=57),)).count) == (60, 60, 60)


@pytest.mark.parametrize(
    ("baseline", "compared", "expected"),
    [
        (50, "difference", (7, 13, 10)),
        (50, "percent", (14, 26, 20)),
        (Fraction(-10), "difference", (67, 73, 70)),
    ],
)
def test_a_baseline_can_be_a_number(baseline: int | Fraction, compared: str, expected: tuple[int, int, int]) -> None:
    against = Latest(VISITS, "amount", "low", "high", baseline, "percent" if compared == "percent" else "difference")
    assert interval(cell(check(against), (event(2, "2022-03-05", amount=60, low=57, high=63),)).count) == expected


def test_nothing_is_so_many_per_cent_of_nothing() -> None:
    against = Latest(VISITS, "amount", baseline=0, compared="percent")
    found = cell(check(against), (event(2, "2022-03-05", amount=60),))
    assert (interval(found.count), interval(found.whole)) == ((0, None, 0), (0, 1, 0))


def test_a_baseline_can_be_what_was_read_earlier() -> None:
    against = Latest(VISITS, "amount", "low", "high", BEFORE, "percent")
    earlier = event(2, "2022-02-10", amount=50, low=40, high=60)
    now = event(3, "2022-03-05", amount=60, low=48, high=72)
    found = observe(check(against), (earlier, now))
    assert interval(found.cells[0].count) == (-20, 80, 20)
    assert misses(found) == {}
    assert observations(check(against), (earlier, now)).sources["log"].used == 2


def test_a_baseline_that_is_not_all_known_tells_nothing() -> None:
    against = Latest(VISITS, "amount", baseline=BEFORE)
    rows = (event(2, "2022-02-10", amount=50), event(3, "2022-03-05", amount=60))
    assert interval(cell(check(against), rows).count) == (10, 10, 10)
    found = cell(check(against), rows, covers="2022-02-01/2022-02-14 2022-03-01/2022-04-30")
    assert interval(found.whole) == (0, 1, 0)
    assert found.doubts == (Reason.NOT_TRIGGERED, Reason.UNCOVERED)
    assert interval(cell(check(against), rows[1:]).whole) == (0, 0, 0)
