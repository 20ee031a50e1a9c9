"""Which rows are versions of one event, and which are only suspiciously alike."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from promisekit.events import Doubt, State
from promisekit.log import Log
from promisekit.log.identity import settle
from tests.unit.log.exports import COLUMNS, MAPPING, export, found, read, row

UNRECORDED = replace(MAPPING, columns=tuple(column for column in COLUMNS if column.name != "recorded_at"))
NAMELESS = replace(UNRECORDED, columns=UNRECORDED.columns[1:])


def lines(log: Log) -> list[int]:
    return [event.row for event in log.events]


def test_the_last_row_of_an_id_counts_and_the_others_are_superseded() -> None:
    log = read(export(row(Plats="A"), row(Id="H-2"), row(Plats="B"), row(Plats="C")), UNRECORDED)
    assert [(event.row, event.id) for event in log.events] == [(3, "H-2"), (5, "H-1")]
    assert (log.sources[0].superseded, log.sources[0].files[0].rows) == (2, 4)
    assert found(log) == ["log.id-repeated 5 the id `H-1` has different versions on lines 2, 4, 5; line 5 counts"]


def test_several_ids_with_versions_are_told_in_one_warning() -> None:
    log = read(export(*(row(Id=name, Plats=place) for name in "ab" for place in (name, "c" + name))), UNRECORDED)
    assert found(log) == [
        "log.id-repeated 3 2 ids have different versions, such as `a` on lines 2, 3; the last version of each counts"
    ]


def test_the_version_recorded_last_counts_wherever_it_stands() -> None:
    log = read(export(row(Registrerad="2022-03-09", Plats="B"), row(Registrerad="2022-03-08", Plats="A")))
    assert lines(log) == [2]
    assert found(log) == ["log.id-repeated 2 the id `H-1` has different versions on lines 2, 3; line 2 counts"]


def test_versions_recorded_at_once_count_by_their_rows() -> None:
    assert lines(read(export(*(row(Registrerad="2022-03-09", Plats=place) for place in "AB")))) == [3]


def test_one_version_that_does_not_say_when_it_was_recorded_leaves_it_to_the_rows() -> None:
    recorded = {"A": "2022-03-09", "B": "", "C": "2022-03-08"}
    assert lines(read(export(*(row(Plats=place, Registrerad=when) for place, when in recorded.items())))) == [4]


def test_a_repeated_row_is_superseded_without_a_warning() -> None:
    log = read(export(row(), row(), row(Registrerad="2022-03-09")))
    assert (lines(log), log.sources[0].superseded, log.diagnostics) == ([4], 2, ())


def test_a_later_cancelled_version_cancels() -> None:
    log = read(export(row(), row(Status="Inställd")))
    assert [event.state for event in log.events] == [State.CANCELLED]


def test_a_later_rejected_version_with_a_date_replaces_a_good_one() -> None:
    log = read(export(row(), row(Antal="tre")), UNRECORDED)
    assert [(event.row, event.doubts) for event in log.events] == [(3, (Doubt.REJECTED,))]
    assert log.sources[0].superseded == 1


def test_a_later_rejected_version_without_a_date_replaces_nothing() -> None:
    log = read(export(row(), row(Start="")), UNRECORDED)
    assert (lines(log), log.sources[0].superseded, log.sources[0].undated) == ([2], 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("H-1", " H-1 ", True), ("Å", "A\u030a", True), ("h-1", "H-1", False)]
)
def test_ids_are_compared_trimmed_and_composed_with_their_case(one: str, other: str, same: bool) -> None:
    log = read(export(row(Id=one, Plats="x"), row(Id=other, Plats="y")), UNRECORDED)
    assert lines(log) == ([3] if same else [2, 3])


def test_ids_that_were_said_to_be_unique_are_told_where_they_repeat() -> None:
    log = read(export(row(), row()), replace(UNRECORDED, unique_ids=True))
    assert lines(log) == [3]
    assert found(log) == [
        "log.id-not-unique 3 the ids were said to be unique, but `H-1` stands on lines 2, 3; line 3 counts"
    ]


def test_rows_alike_but_for_the_id_stay_two_events_with_a_warning() -> None:
    log = read(export(row(), row(Id="H-2"), row(Id="H-3", Plats="x"), row(Id="H-4")), UNRECORDED)
    assert [event.state for event in log.events] == [State.HELD] * 4
    assert found(log) == [
        "log.rows-alike 3 2 rows are like earlier ones in every mapped column but the id "
        "and count as events of their own: lines 2 = 3 = 5"
    ]


def test_rows_recorded_at_different_times_are_not_alike() -> None:
    log = read(export(row(Registrerad="2022-03-08"), row(Id="H-2", Registrerad="2022-03-09")))
    assert log.diagnostics == ()


def test_columns_that_are_not_mapped_make_no_difference() -> None:
    log = read(export(row(Anteckning="en"), row(Id="H-2", Anteckning="två")))
    assert [one.code for one in log.diagnostics] == ["log.rows-alike"]


def test_equal_rows_without_an_id_are_one_event_for_certain_and_others_perhaps() -> None:
    log = read(export(row(), row(Aktivitet="RIKTAD INSATS "), row(Plats="x"), row()), NAMELESS)
    assert [(event.row, event.state, event.doubts) for event in log.events] == [
        (2, State.HELD, ()),
        (3, State.POSSIBLE, (Doubt.DUPLICATE,)),
        (4, State.HELD, ()),
        (5, State.POSSIBLE, (Doubt.DUPLICATE,)),
    ]
    assert found(log) == [
        "log.rows-equal 3 2 rows without an id equal earlier ones and are only possible: lines 2 = 3 = 5"
    ]
    assert log.diagnostics[0].severity.value == "warning"


def test_an_empty_id_is_no_id() -> None:
    log = read(export(row(Id=""), row(Id=" ")))
    assert [event.state for event in log.events] == [State.HELD, State.POSSIBLE]


def test_a_row_without_an_id_is_not_equal_to_one_with_an_id_but_alike() -> None:
    log = read(export(row(Id=""), row()))
    assert [event.state for event in log.events] == [State.HELD, State.HELD]
    assert [one.code for one in log.diagnostics] == ["log.rows-alike"]


def test_the_same_moment_written_in_two_ways_is_equal() -> None:
    log = read(export(row(Start="2022-03-05 10:00"), row(Start="2022-03-05T09:00:00Z")), NAMELESS)
    assert [event.state for event in log.events] == [State.HELD, State.POSSIBLE]


@pytest.mark.parametrize("start", ["2022-03-05", "2022-03", "2022-W10"])
def test_equal_rows_without_a_clock_time_are_events_of_their_own_with_a_piece_of_advice(start: str) -> None:
    log = read(export(row(Start=start), row(Start=start)), NAMELESS)
    assert [event.state for event in log.events] == [State.HELD, State.HELD]
    assert found(log) == [
        "log.rows-equal 3 1 row without an id or a clock time equals an earlier one "
        "and counts as an event of its own: lines 2 = 3"
    ]
    assert log.diagnostics[0].severity.value == "advice"


def test_equal_planned_rows_keep_their_first_doubt() -> None:
    log = read(export(row(Status="planerad"), row(Status="planerad")), NAMELESS)
    assert [event.doubts for event in log.events] == [(Doubt.PLANNED,), (Doubt.PLANNED, Doubt.DUPLICATE)]


def test_equal_cancelled_rows_stay_cancelled() -> None:
    log = read(export(row(Status="inställd"), row(Status="inställd")), NAMELESS)
    assert [event.state for event in log.events] == [State.CANCELLED, State.CANCELLED]


def test_rejected_rows_are_compared_with_nothing() -> None:
    log = read(export(row(Antal="tre"), row(Antal="tre")), NAMELESS)
    assert [event.doubts for event in log.events] == [(Doubt.REJECTED,), (Doubt.REJECTED,)]


def test_a_long_list_of_rows_is_cut() -> None:
    log = read(export(*(row(Id=str(number)) for number in range(30))))
    assert found(log)[0].endswith("lines 2 = 3 = 4 = 5 = 6 = 7 = 8 = 9 = 10 = 11 …")


def test_no_rows_are_no_events() -> None:
    assert settle([], unique_ids=False) == settle((), unique_ids=True)
    assert settle([], unique_ids=False).events == ()
