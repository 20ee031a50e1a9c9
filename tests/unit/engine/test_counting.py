"""Counting: by start day, by time, by different units and values, and the days between."""

from __future__ import annotations

from itertools import chain, combinations, combinations_with_replacement, pairwise, product

import pytest

from promisekit.engine.measures import longest_gap
from promisekit.engine.observations import Outcome, Phase, Reason
from promisekit.events import State
from promisekit.plan.nodes import Calendar, Count, Distinct, Gap, Overlap, Overlaps, SameDay, Semi
from promisekit.selectors.model import WEEKDAY, Condition, Every, Except, Lasts, OneOf, Recorded, WeekdayIn
from promisekit.windows import parse_day, parse_span
from promisekit.words import say
from tests.unit.engine.small import (
    MARCH,
    VISITS,
    cell,
    check,
    event,
    events,
    interval,
    misses,
    observations,
    observe,
    rows_of,
    single_days,
    slots,
)

UNTIL_15 = "2022-01-01/2022-03-15"
SIX = 6 * 3600


def test_a_count_by_start_day_is_as_it_was() -> None:
    rows = events(("2022-03-05",), ("2022-03",), ("2022-04-02",))
    assert interval(cell(check(Count(VISITS)), rows).count) == (2, 2, 2)
    assert interval(cell(check(Count(VISITS), span=parse_span("2022-03-05/2022-03-31")), rows).count) == (1, 2, 1)
    assert interval(cell(check(Count(VISITS)), rows, covers=UNTIL_15).count) == (2, None, 2)


def test_a_row_floats_between_windows_that_touch_but_not_between_those_with_gaps() -> None:
    rows = events(("2022-03",))
    weeks = observe(check(Count(VISITS), Calendar("week", "full_target")), rows)
    assert [(one.first, one.last, one.certain, one.number) for one in weeks.floating] == [(0, 4, True, 1)]
    assert observe(check(Count(VISITS), single_days("2022-03-02", "2022-03-09")), rows).floating == ()
    assert observe(check(Count(VISITS), attribution=Overlaps(60)), rows).floating == ()


def test_a_night_belongs_to_the_evening_on_which_its_day_began() -> None:
    nightly = rows_of("visit", day_begins=SIX)
    rows = events(("2022-03-05 02:00", "2022-03-05 03:00"), ("2022-03-06",), ("2022-04-01 05:00",))
    days = single_days("2022-03-04", "2022-03-05", "2022-03-06", "2022-03-31")
    found = observe(check(Count(nightly), days), rows)
    # A row without a clock time may belong to the night before.
    assert [interval(one.count) for one in found.cells] == [(1, 1, 1), (0, 1, 1), (0, 1, 0), (1, 1, 1)]


def test_a_day_that_begins_late_is_known_when_the_next_one_is_too() -> None:
    nightly = check(Count(rows_of("visit", day_begins=SIX)), single_days("2022-03-15"))
    assert cell(nightly, (), covers=UNTIL_15).phase is Phase.UNCOVERED
    assert cell(nightly, (), covers="2022-01-01/2022-03-16").phase is Phase.CLOSED
    assert cell(nightly, (), as_of="2022-03-15").phase is Phase.RUNNING
    assert cell(nightly, (), as_of="2022-03-15T05:30").phase is Phase.FUTURE


def test_a_weekday_is_asked_of_the_day_that_begins_late() -> None:
    fridays = Condition(WEEKDAY, WeekdayIn((4,)), say("Friday"))
    rows = events(("2022-03-05 02:00",), ("2022-03-04 02:00",))  # the nights after a Friday and a Thursday
    found = observe(check(Count(rows_of("visit", fridays, day_begins=SIX))), rows)
    assert [one.event.row for one in found.counted] == [2]
    assert misses(found) == {3: ("weekday", 1)}


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        ("2022-03-07 08:00", "2022-03-07 09:29", (0, 0)),
        ("2022-03-07 08:00", "2022-03-07 09:30", (1, 1)),
        ("2022-03-07 08:00", "", (0, 1)),  # up to 24 hours, or none
        ("2022-03-06 08:00", "", (0, 0)),
        ("2022-03-06 12:00", "", (0, 1)),
        ("2022-03-06", "2022-03-08", (1, 1)),
        ("2022-03-07", "2022-03-07", (0, 1)),
        ("2022-03-07 14:45", "2022-03-07 18:00", (0, 0)),
    ],
)
def test_a_row_belongs_to_a_slot_in_which_it_goes_on_for_long_enough(
    start: str, end: str, counts: tuple[int, int]
) -> None:
    half_hour = check(Count(VISITS), slots("2022-03-07"), attribution=Overlaps(1800))
    low, high, now = interval(cell(half_hour, events((start, end))).count)
    assert (low, high, now) == (*counts, counts[0])


def test_a_slot_shorter_than_what_is_asked_must_be_filled() -> None:
    longer = check(Count(VISITS), slots("2022-03-07"), attribution=Overlaps(10 * 3600))
    assert interval(cell(longer, events(("2022-03-07 09:00", "2022-03-07 15:00"))).count) == (1, 1, 1)
    assert interval(cell(longer, events(("2022-03-07 09:01", "2022-03-07 15:00"))).count) == (0, 0, 0)


def test_a_slot_lies_ahead_until_its_hours_begin() -> None:
    one = check(Count(VISITS), slots("2022-03-07"), attribution=Overlaps(1800))
    assert cell(one, (), as_of="2022-03-07T08:59:59").phase is Phase.FUTURE
    assert cell(one, (), as_of="2022-03-07T09:00").phase is Phase.RUNNING
    assert cell(one, (), as_of="2022-03-07").phase is Phase.CLOSED


def test_a_slot_past_midnight_is_over_when_both_of_its_days_are() -> None:
    night = check(Count(VISITS), slots("2022-03-07", begin=22, end=28), attribution=Overlaps(1800))
    rows = events(("2022-03-08 02:00", "2022-03-08 03:00"))
    assert interval(cell(night, rows).count) == (1, 1, 1)
    assert cell(night, (), as_of="2022-03-07").phase is Phase.RUNNING
    assert cell(night, (), covers="2022-03-01/2022-03-07").phase is Phase.UNCOVERED


def test_rows_beside_the_slots_are_near_misses() -> None:
    rows = events(
        ("2022-03-07 07:00", "2022-03-07 08:50"),
        ("2022-03-07 14:50", "2022-03-07 16:00"),
        ("2022-03-08 10:00", "2022-03-08 12:00"),
        ("2022-04-08 10:00", "2022-04-08 12:00"),
    )
    found = observe(check(Count(VISITS), slots("2022-03-07", "2022-03-14"), attribution=Overlaps(1800)), rows)
    assert misses(found) == {2: ("time", 1), 3: ("time", 1), 4: ("window", 1), 5: ("period", 1)}
    told = {miss.event.row: (miss.found, miss.window) for miss in found.near_misses}
    assert told[2] == (say("ended {n} minute before", "ended {n} minutes before", n=10), 0)
    assert told[3] == (say("overlapped too briefly"), 0)
    assert (told[4][1], told[5][1]) == (0, 1)


def test_different_days_weeks_weekends_and_months() -> None:
    rows = events(("2022-03-05 10:00",), ("2022-03-05 15:00",), ("2022-03-06",), ("2022-03-09",), ("2022-03-31",))
    found = {unit: interval(cell(check(Distinct(VISITS, unit)), rows).count)[:2] for unit in ("day", "week")}
    assert found == {"day": (4, 4), "week": (3, 3)}
    assert interval(cell(check(Distinct(VISITS, "weekend")), rows).count) == (1, 1, 1)
    assert interval(cell(check(Distinct(VISITS, "month")), rows).count) == (1, 1, 1)


def test_imprecise_rows_are_on_as_few_and_as_many_days_as_can_be() -> None:
    rows = events(("2022-03-05",), ("2022-W09",), ("2022-03",))  # the week is 28 February – 6 March
    assert interval(cell(check(Distinct(VISITS, "day")), rows).count) == (1, 3, 2)
    assert cell(check(Distinct(VISITS, "day")), rows).doubts == (Reason.IMPRECISE,)


def test_days_that_nobody_knows_of_can_be_different_ones() -> None:
    rows = events(("2022-03-05",))
    found = cell(check(Distinct(VISITS, "day")), rows, covers="2022-03-01/2022-03-29")
    assert interval(found.count) == (1, 3, 1)
    assert interval(cell(check(Distinct(VISITS, "week")), rows, covers="2022-03-01/2022-03-29").count) == (1, 2, 1)


def test_different_values_of_a_column() -> None:
    rows = (
        event(2, "2022-03-05", school="Ek"),
        event(3, "2022-03-06", school="ek "),
        event(4, "2022-03-07", school="Alm"),
        event(5, "2022-03-08"),
        event(6, "2022-03-08", state=State.POSSIBLE, school="Bok"),
    )
    found = cell(check(Distinct(VISITS, None, "school")), rows)
    assert interval(found.count) == (2, 4, 2)
    assert found.doubts == (Reason.IMPRECISE,)
    assert interval(cell(check(Distinct(VISITS, None, "school")), (rows[3],)).count) == (1, 1, 1)
    assert interval(cell(check(Distinct(VISITS, None, "school")), rows, covers=UNTIL_15).count) == (2, None, 2)


def test_a_near_miss_adds_nothing_where_its_unit_or_value_is_there_already() -> None:
    wet = rows_of("visit", Condition("weather", OneOf(("rain",)), say("rain")))
    rows = (
        event(2, "2022-03-05", weather="rain", school="Ek"),
        event(3, "2022-03-05", weather="sun", school="Ek"),
        event(4, "2022-03-06", weather="sun", school="Alm"),
        event(5, "2022-03-07", weather="sun"),
    )
    assert {row: adds for row, (_, adds) in misses(observe(check(Distinct(wet, "day")), rows)).items()} == {
        3: 0,
        4: 1,
        5: 1,
    }
    values = misses(observe(check(Distinct(wet, None, "school")), rows))
    assert {row: adds for row, (_, adds) in values.items()} == {3: 0, 4: 1, 5: None}


def test_the_longest_gap_counts_from_the_day_before_to_the_day_after() -> None:
    rows = events(("2022-03-10",), ("2022-03-20",))
    assert interval(cell(check(Gap(VISITS)), rows).count) == (12, 12, 12)  # 20 March – 1 April
    assert interval(cell(check(Gap(VISITS)), ()).count) == (32, 32, 32)
    running = cell(check(Gap(VISITS)), rows, as_of="2022-03-22")
    assert interval(running.count) == (10, 12, 12)
    assert (running.phase, running.doubts) == (Phase.RUNNING, (Reason.RUNNING,))


def test_an_imprecise_row_may_close_a_gap() -> None:
    found = cell(check(Gap(VISITS)), events(("2022-03-10",), ("2022-W12",)))  # 21 – 27 March
    assert interval(found.count) == (11, 17, 11)  # at the latest on the 27th, and 11 days from the 21st
    assert found.doubts == (Reason.IMPRECISE,)


def test_the_longest_gap_is_that_of_the_worst_days_that_rows_may_be_on() -> None:
    span = parse_span("2022-03-01/2022-03-05")
    spans = list(combinations_with_replacement(span.days(), 2))
    for rows in chain.from_iterable(combinations(spans, number) for number in range(4)):
        placed = product(*(range(first, last + 1) for first, last in rows))
        marks = (sorted([span.start - 1, *days, span.end]) for days in placed)
        assert longest_gap(span, rows) == max(later - one for days in marks for one, later in pairwise(days))


def test_pairs_are_on_days_that_begin_late() -> None:
    left, right = rows_of("visit", day_begins=SIX), rows_of("talk", day_begins=SIX)
    rows = (
        event(2, "2022-03-05 22:00", place="square"),
        event(3, "2022-03-06 01:00", activity="talk", place="square"),
    )
    together = check(Count(Semi(left, right, (SameDay(),))))
    assert interval(cell(together, rows).count) == (1, 1, 1)
    civil = check(Count(Semi(VISITS, rows_of("talk"), (SameDay(),))))
    assert interval(cell(civil, rows).count) == (0, 0, 0)


def test_a_row_that_only_an_exception_takes_away_is_a_near_miss() -> None:
    but = Except(Every((Condition("weather", OneOf(("rain",)), say("rain")),)))
    rows = (event(2, "2022-03-05", weather="rain"), event(3, "2022-03-06", weather="sun"), event(4, "2022-03-07"))
    found = observe(check(Count(rows_of("visit", but))), rows)
    assert [one.event.row for one in found.counted] == [3, 4]
    assert misses(found) == {2: ("except", 1)}


def test_a_row_of_another_member_of_a_register_is_no_near_miss() -> None:
    member = Every((Condition("school", OneOf(("ek",)), say("Ek")),))
    rows = (
        event(2, "2022-03-05", school="Ek"),
        event(3, "2022-03-06", school="Alm"),
        event(4, "2022-04-02", school="Ek"),
    )
    chosen = rows_of("visit")
    select = type(chosen)("visit", Every((member, *chosen.selector.parts)))
    found = observe(check(Count(select)), rows)
    assert [one.event.row for one in found.counted] == [2]
    assert misses(found) == {4: ("period", 1)}


def test_what_the_as_of_does_not_know_is_asked_anew() -> None:
    answered = rows_of("visit", Condition("answered", Recorded(True, dated=True), say("recorded")))
    rows = (event(2, "2022-03-05", answered="2022-03-20"),)
    one = check(Count(answered))
    assert interval(cell(one, rows, as_of="2022-03-19").count) == (0, None, 0)
    assert interval(cell(one, rows, as_of="2022-03-20").count) == (1, None, 1)
    before = observe(one, rows, as_of="2022-03-19")
    assert [row.outcome for row in before.counted] == [Outcome.POSSIBLE]
    assert before.near_misses == ()


def test_how_long_something_lasted_is_a_condition_too() -> None:
    long = rows_of("visit", Condition("duration", Lasts(1800, None), say("at least 30 minutes")))
    rows = events(
        ("2022-03-05 10:00", "2022-03-05 10:30"), ("2022-03-05 10:00", "2022-03-05 10:29"), ("2022-03-05 10:00",)
    )
    found = observe(check(Count(long)), rows)
    assert interval(found.cells[0].count) == (1, 2, 1)
    (miss,) = found.near_misses
    assert (miss.event.row, miss.failed) == (3, "duration")
    assert miss.found == say("{n} minute", "{n} minutes", n=29)


def test_every_row_is_in_one_heap() -> None:
    rows = (*events(("2022-03-05",), ("2022-04-05",), ("2022-06-05",)), event(5, "2022-03-06", state=State.CANCELLED))
    found = observations(check(Count(VISITS)), rows).sources["log"]
    assert (found.used, found.unused, found.later, found.cancelled) == (1, 1, 1, 1)


def test_overlapping_partners_on_the_spot_are_found_by_instants() -> None:
    together = Semi(VISITS, rows_of("talk"), (Overlap(1800),))
    rows = (
        event(2, "2022-03-07 10:00", "2022-03-07 12:00", place="square"),
        event(3, "2022-03-07 11:00", "2022-03-07 13:00", activity="talk", place="square"),
    )
    found = observe(check(Count(together), slots("2022-03-07"), attribution=Overlaps(1800)), rows)
    assert interval(found.cells[0].count) == (1, 1, 1)
    (one,) = found.counted
    assert (one.outcome, one.partner and one.partner.row) == (Outcome.COUNTED, 3)
    assert parse_day("2022-03-07") in MARCH
