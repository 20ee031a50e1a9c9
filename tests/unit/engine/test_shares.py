"""Shares: of rows, of what they weigh, of two columns, and within so many hours."""

from __future__ import annotations

import pytest

from promisekit.engine.observations import Observation, Outcome, Reason
from promisekit.events import Event, State
from promisekit.plan.nodes import ALL, Hours, InTime, Quotient, Ratio, SameRow, Semi, Target
from promisekit.windows import parse_day
from promisekit.words import Date, say
from tests.unit.engine.small import VISITS, ZONE, cell, check, event, interval, observe, rows_of

OUTDOORS = Semi(VISITS, rows_of("visit"), (SameRow(),))
REPORT, ANSWER = rows_of("report"), rows_of("answer")


def within(seconds: int, clock: str = "always", latest: str | None = None, column: str | None = None) -> Ratio:
    deadline = Hours(seconds, "weekdays" if clock == "weekdays" else "always", latest and parse_day(latest))
    return Ratio(Semi(REPORT, ANSWER, (InTime("case", deadline, column),)), REPORT)


def report(row: int, start: str, case: str = "A", **more: object) -> Event:
    return event(row, start, activity="report", case=case, **more)


def answer(row: int, start: str, case: str = "A") -> Event:
    return event(row, start, activity="answer", case=case)


def four_hours(*rows: Event, as_of: str = "2022-04-30") -> Observation:
    return observe(check(within(4 * 3600), target=Target(ALL, None)), rows, as_of=as_of)


def test_hours_are_counted_from_instant_to_instant() -> None:
    found = four_hours(
        report(2, "2022-03-07 10:00"),
        answer(3, "2022-03-07 14:00"),
        report(4, "2022-03-07 10:00", "B"),
        answer(5, "2022-03-07 14:01", "B"),
        report(6, "2022-03-07 10:00", "C"),
        answer(7, "2022-03-07 09:50", "C"),
    )
    assert interval(found.cells[0].count) == (1, 1, 1)
    assert interval(found.cells[0].missed) == (2, 2, 2)
    assert [one.outcome for one in found.counted] == [Outcome.COUNTED, Outcome.MISSED, Outcome.MISSED]
    due = ZONE.at(parse_day("2022-03-07"), 14 * 3600)
    assert {(one.due, one.due_at) for one in found.counted} == {(parse_day("2022-03-07"), due)}
    assert [one.late for one in found.counted] == [None, parse_day("2022-03-07"), None]
    assert found.late_total == 1
    told = {miss.event.row: (miss.failed, miss.found, miss.wanted, miss.gains) for miss in found.near_misses}
    assert told[5] == (
        "deadline",
        say("{n} minute late", "{n} minutes late", n=1),
        say("by {day}", day=Date("2022-03-07T14:00")),
        False,
    )
    assert told[7][:2] == ("order", say("{n} minute before", "{n} minutes before", n=10))


def test_a_day_late_is_told_as_a_date() -> None:
    found = four_hours(report(2, "2022-03-07 10:00"), answer(3, "2022-03-09 14:00"))
    (miss,) = found.near_misses
    assert miss.found == say("{date}", date=Date("2022-03-09"))


def test_a_clock_time_that_is_not_told_leaves_it_open() -> None:
    found = four_hours(report(2, "2022-03-07"), answer(3, "2022-03-07 14:00"))
    assert interval(found.cells[0].count) == (0, 1, 0)
    assert found.cells[0].doubts == (Reason.IMPRECISE,)


def test_an_answer_is_awaited_until_the_deadline_has_passed() -> None:
    asked = report(2, "2022-03-07 22:00")
    found = four_hours(asked, as_of="2022-03-08T01:59")
    assert [one.outcome for one in found.counted] == [Outcome.PENDING]
    assert four_hours(asked, as_of="2022-03-08T02:00").cells[0].missed.low == 1
    assert four_hours(asked, as_of="2022-03-08").cells[0].missed.low == 1


@pytest.mark.parametrize(
    ("answered", "met"), [("2022-03-07 23:59", 1), ("2022-03-08 00:00", 1), ("2022-03-08 00:01", 0)]
)
def test_the_weekday_clock_stands_still_at_the_weekend(answered: str, met: int) -> None:
    one = check(within(24 * 3600, "weekdays"))
    found = cell(one, (report(2, "2022-03-05 09:00"), answer(3, answered)))  # a Saturday
    assert interval(found.count)[0] == met


def test_hours_can_end_with_the_period() -> None:
    one = check(within(48 * 3600, latest="2022-03-31"))
    asked = report(2, "2022-03-31 10:00")
    assert interval(cell(one, (asked, answer(3, "2022-03-31 23:59"))).count)[0] == 1
    assert interval(cell(one, (asked, answer(3, "2022-04-01 00:00"))).count)[0] == 0


def test_a_date_on_the_row_itself_can_be_the_answer_in_hours() -> None:
    one = check(within(24 * 3600, column="answered"))
    rows = (
        report(2, "2022-03-07 10:00", answered="2022-03-08 10:00"),
        report(3, "2022-03-07 10:00", answered="2022-03-08 10:01"),
        report(4, "2022-03-07 10:00"),
    )
    found = observe(one, rows)
    assert [one.outcome for one in found.counted] == [Outcome.COUNTED, Outcome.MISSED, Outcome.MISSED]
    assert found.late_total == 1


def test_a_weight_counts_rows_as_many_as_it_says() -> None:
    wet = Ratio(Semi(VISITS, rows_of("visit"), (InTime("case", Hours(3600)),)), VISITS, "weight")
    rows = (
        event(2, "2022-03-05 10:00", case="A", weight=3),
        event(3, "2022-03-05 10:30", case="A", weight="2.5"),
        event(4, "2022-03-07 10:00", case="B", state=State.POSSIBLE, weight=4),
    )
    found = cell(check(wet), rows)  # row 3 follows on row 2, nothing follows on row 3 but row 2, which comes before
    assert interval(found.count) == (3, 3, 3)
    assert interval(found.missed)[:2] == (2.5, 6.5)
    assert interval(found.whole) == (5.5, 9.5, 5.5)


def test_a_weight_that_is_not_told_may_be_anything() -> None:
    one = check(Ratio(OUTDOORS, VISITS, "weight"))
    found = cell(one, (event(2, "2022-03-05", weight=2), event(3, "2022-03-06")))
    assert interval(found.count) == (2, None, 2)
    assert interval(found.missed) == (0, 0, 0)
    assert interval(found.whole) == (2, None, 2)
    assert found.doubts == (Reason.IMPRECISE,)
    assert cell(one, ()).doubts == (Reason.NOT_TRIGGERED,)


@pytest.mark.parametrize(
    ("above", "below", "met", "missed", "whole"),
    [
        ("3", "10", (3, 3), (7, 7), (10, 10)),
        (None, "10", (0, 10), (0, 10), (10, 10)),
        ("3", None, (3, None), (0, None), (0, None)),
        (None, None, (0, None), (0, None), (0, None)),
        ("12", "10", (0, 10), (0, 10), (10, 10)),
        ("-1", "10", (0, 10), (0, 10), (10, 10)),
    ],
)
def test_a_quotient_adds_up_parts_and_wholes(
    above: str | None,
    below: str | None,
    met: tuple[int, int | None],
    missed: tuple[int, int | None],
    whole: tuple[int, int | None],
) -> None:
    found = cell(check(Quotient(VISITS, "above", "below")), (event(2, "2022-03-05", above=above, below=below),))
    assert [interval(one)[:2] for one in (found.count, found.missed, found.whole)] == [met, missed, whole]


def test_a_quotient_of_a_possible_row_may_be_of_nothing() -> None:
    rows = (
        event(2, "2022-03-05", above=3, below=10),
        event(3, "2022-03-06", state=State.POSSIBLE, above=2, below=4),
    )
    found = cell(check(Quotient(VISITS, "above", "below")), rows, covers="2022-03-01/2022-03-30")
    assert interval(found.count) == (3, None, 3)
    assert interval(found.missed) == (7, None, 7)
    assert interval(found.whole) == (10, None, 10)
