"""Adding up: numbers of a column, and time."""

from __future__ import annotations

from fractions import Fraction

from promisekit.engine.observations import Outcome, Reason
from promisekit.events import State
from promisekit.plan.nodes import Calendar, Duration, Overlap, SameDay, Semi, Sum
from promisekit.windows import parse_span
from tests.unit.engine.small import (
    VISITS,
    cell,
    check,
    event,
    events,
    interval,
    misses,
    observe,
    rows_of,
    single_days,
    slots,
)

HOUR = 3600
UNION = Duration(VISITS, "union", None, "unknown")
SUM = Duration(VISITS, "sum", None, "unknown")


def test_a_sum_adds_what_is_told() -> None:
    rows = (
        event(2, "2022-03-05", amount="2.5"),
        event(3, "2022-03-06", amount="1.5"),
        event(4, "2022-04-05", amount=9),
    )
    found = observe(check(Sum(VISITS, "amount")), rows)
    assert interval(found.cells[0].count) == (4, 4, 4)
    assert isinstance(found.cells[0].count.low, int)
    assert [one.amount for one in found.counted] == [Fraction("2.5"), Fraction("1.5")]
    assert misses(found) == {4: ("period", 9)}


def test_an_amount_that_is_not_told_may_be_anything() -> None:
    rows = (event(2, "2022-03-05", amount=3), event(3, "2022-03-06"), event(4, "2022-03-07", amount="?"))
    found = cell(check(Sum(VISITS, "amount")), rows)
    assert interval(found.count) == (3, None, 3)
    assert found.doubts == (Reason.IMPRECISE,)


def test_a_possible_row_adds_all_or_nothing() -> None:
    rows = (
        event(2, "2022-03-05", amount=3),
        event(3, "2022-03-06", state=State.POSSIBLE, amount=5),
        event(4, "2022-03", amount=1),
    )
    first_half = check(Sum(VISITS, "amount"), span=parse_span("2022-03-01/2022-03-15"))
    assert interval(cell(first_half, rows).count) == (3, 9, 4)
    assert interval(cell(first_half, rows, covers="2022-03-02/2022-03-31").count) == (3, None, 4)


def test_a_number_below_nought_is_not_told_so_that_no_later_row_takes_away_what_is_certain() -> None:
    rows = (event(2, "2022-03-05", amount=3), event(3, "2022-03-06", amount=-2))
    found = observe(check(Sum(VISITS, "amount")), rows)
    assert interval(found.cells[0].count) == (3, None, 3)
    assert found.cells[0].doubts == (Reason.IMPRECISE,)
    assert [one.amount for one in found.counted] == [3, None]


def test_time_at_which_several_go_on_counts_once_in_a_union_and_each_time_in_a_sum() -> None:
    rows = events(("2022-03-05 10:00", "2022-03-05 12:00"), ("2022-03-05 11:00", "2022-03-05 14:00"))
    assert interval(cell(check(UNION), rows).count) == (4 * HOUR, 4 * HOUR, 4 * HOUR)
    assert interval(cell(check(SUM), rows).count) == (5 * HOUR, 5 * HOUR, 5 * HOUR)


def test_time_is_cut_to_the_window_whatever_the_start_day() -> None:
    rows = events(("2022-03-05 22:00", "2022-03-06 03:00"))
    found = observe(check(UNION, single_days("2022-03-05", "2022-03-06", "2022-03-07")), rows)
    assert [interval(one.count)[:2] for one in found.cells] == [(2 * HOUR, 2 * HOUR), (3 * HOUR, 3 * HOUR), (0, 0)]
    (one,) = found.counted
    assert (one.outcome, one.window, one.amount) == (Outcome.COUNTED, 0, 2 * HOUR)


def test_the_day_on_which_the_clocks_jump_has_an_hour_less() -> None:
    rows = events(("2022-03-26 12:00", "2022-03-27 12:00"))
    assert interval(cell(check(UNION), rows).count)[0] == 23 * HOUR


def test_a_row_without_an_end_lasts_up_to_a_day_or_is_not_counted() -> None:
    rows = events(("2022-03-05 10:00", "2022-03-05 11:00"), ("2022-03-10 10:00",))
    found = cell(check(UNION), rows)
    assert interval(found.count) == (HOUR, 25 * HOUR, HOUR)
    assert found.doubts == (Reason.IMPRECISE,)
    without = observe(check(Duration(VISITS, "union", None, "not_counted")), rows)
    assert interval(without.cells[0].count) == (HOUR, HOUR, HOUR)
    assert without.cells[0].doubts == ()
    assert misses(without) == {3: ("end", None)}
    assert [one.event.row for one in without.counted] == [2]


def test_what_still_goes_on_counts_up_to_the_as_of_and_may_go_on() -> None:
    rows = events(("2022-03-05 10:00", "2022-03-05 18:00"))
    found = cell(
        check(UNION, single_days("2022-03-05")), rows, as_of="2022-03-05T12:00:01", covers="2022-03-01/2022-03-04"
    )
    assert interval(found.count) == (2 * HOUR + 2, 24 * HOUR, 2 * HOUR + 2)
    assert found.doubts == (Reason.RUNNING,)


def test_days_that_nobody_knows_of_may_be_filled() -> None:
    rows = events(("2022-03-05 10:00", "2022-03-05 11:00"))
    days = check(UNION, span=parse_span("2022-03-05/2022-03-06"))
    assert interval(cell(days, rows, covers="2022-03-05/2022-03-05").count) == (HOUR, 25 * HOUR, HOUR)
    total = check(SUM, span=parse_span("2022-03-05/2022-03-06"))
    assert interval(cell(total, rows, covers="2022-03-05/2022-03-05").count) == (HOUR, None, HOUR)


def test_a_weight_multiplies_and_one_that_is_not_told_may_be_anything() -> None:
    weighted = check(Duration(VISITS, "sum", "weight", "unknown"))
    two = event(2, "2022-03-05 10:00", "2022-03-05 12:00", weight=3)
    blank = event(3, "2022-03-06 10:00", "2022-03-06 12:00")
    assert interval(cell(weighted, (two,)).count) == (6 * HOUR, 6 * HOUR, 6 * HOUR)
    found = observe(weighted, (two, blank))
    assert interval(found.cells[0].count) == (6 * HOUR, None, 6 * HOUR)
    assert [one.amount for one in found.counted] == [6 * HOUR, None]


def test_several_fill_a_slot_together() -> None:
    rows = events(
        ("2022-03-07 08:00", "2022-03-07 11:00"),
        ("2022-03-07 11:00", "2022-03-07 13:00"),
        ("2022-03-07 15:30", "2022-03-07 16:00"),
    )
    found = observe(check(UNION, slots("2022-03-07")), rows)
    assert interval(found.cells[0].count) == (4 * HOUR, 4 * HOUR, 4 * HOUR)
    assert misses(found) == {4: ("time", HOUR // 2)}


def test_time_of_rows_that_may_have_no_partner_is_possible_time() -> None:
    together = Semi(VISITS, rows_of("talk"), (SameDay(),))
    rows = (
        event(2, "2022-03-05 10:00", "2022-03-05 12:00", place="square"),
        event(3, "2022-03-06 10:00", "2022-03-06 12:00"),
        event(4, "2022-03-05 15:00", activity="talk", place="square"),
        event(5, "2022-03-06 15:00", activity="talk", place="square"),
    )
    found = cell(check(Duration(together, "union", None, "unknown")), rows)
    assert interval(found.count) == (2 * HOUR, 4 * HOUR, 2 * HOUR)
    assert found.doubts == (Reason.IMPRECISE,)


def test_the_partner_that_is_missing_would_add_what_the_lonely_row_has() -> None:
    together = Semi(VISITS, rows_of("talk"), (Overlap(60),))
    rows = (
        event(2, "2022-03-05 10:00", "2022-03-05 12:00", place="square"),
        event(3, "2022-03-05 14:00", "2022-03-05 15:00", activity="talk", place="square"),
    )
    found = observe(check(Duration(together, "union", None, "unknown")), rows)
    assert misses(found) == {3: ("time", 2 * HOUR)}


def test_a_window_by_window_sum() -> None:
    rows = (event(2, "2022-03-01", amount=1), event(3, "2022-03-08", amount=2), event(4, "2022-03-08", amount=3))
    found = observe(check(Sum(VISITS, "amount"), Calendar("week", "whole_only")), rows)
    assert [interval(one.count)[0] for one in found.cells] == [5, 0, 0]
