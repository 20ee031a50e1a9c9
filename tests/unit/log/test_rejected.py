"""Rejected rows: each is told with its line and reason, and what can be read of it still counts as possible."""

from __future__ import annotations

import pytest

from promisekit.events import UNREADABLE, Doubt, Event, State
from promisekit.log import Log
from promisekit.words import text
from tests.unit.log.exports import HEADER, export, found, read, row

POSSIBLE = "its date can be read: it is possible wherever the cells that can be read allow it"
NOWHERE = "without a date that can be read it counts nowhere"
READABLE_VALUES = ["activity", "place", "actors", "number", "with", "followed"]


def only(log: Log) -> Event:
    (event,) = log.events
    return event


def hints(log: Log) -> list[str]:
    return [text(one.hint, "en") for one in log.diagnostics if one.hint]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Start": "i mars"}, "`i mars` in column `Start` is not a date such as `2022-03-01` or `2022-03-01 14:00`"),
        ({"Start": "2022-02-30"}, "`2022-02-30` in column `Start` is a date or time that does not exist"),
        ({"Start": ""}, "the column `Start` is empty"),
    ],
)
def test_a_row_without_a_readable_date_is_reported_and_counted_only(cells: dict[str, str], reason: str) -> None:
    log = read(export(row(), row(**{"Id": "H-2", **cells})))
    assert found(log) == [f"log.row-rejected 3 row rejected: {reason}"]
    assert hints(log) == [NOWHERE]
    assert [event.id for event in log.events] == ["H-1"]
    assert (log.sources[0].undated, log.sources[0].files[0].rows, log.sources[0].files[0].rejected) == (1, 2, 1)


def test_a_day_that_can_be_read_without_its_clock_is_possible() -> None:
    log = read(export(row(), row(Id="H-2", Start="2022-03-27 02:30", Slut="")))
    assert found(log) == ["log.row-rejected 3 row rejected: the clocks jump over `2022-03-27 02:30` in column `Start`"]
    _, event = log.events
    assert (event.state, event.doubts, event.start.show()) == (State.POSSIBLE, (Doubt.REJECTED,), "2022-03-27")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Antal": "tre"}, "number", "`tre` in column `Antal` is not a number"),
        ({"Med": "kanske"}, "with", "`kanske` in column `Med` is neither yes nor no"),
        ({"Uppföljd": "2022-13"}, "followed", "`2022-13` in column `Uppföljd` is a date or time that does not exist"),
        ({"Plats": "torg\0et"}, "place", "a character of `torg\0et` in column `Plats` is lost"),
        ({"Medverkande": "pol\ufffdsen"}, "actors", "a character of `pol\ufffdsen` in column `Medverkande` is lost"),
    ],
)
def test_an_unreadable_cell_leaves_a_possible_event(cells: dict[str, str], column: str, reason: str) -> None:
    log = read(export(row(**cells)))
    event = only(log)
    assert found(log) == [f"log.row-rejected 2 row rejected: {reason}"]
    assert hints(log) == [POSSIBLE]
    assert (event.state, event.doubts) == (State.POSSIBLE, (Doubt.REJECTED,))
    assert [name for name, value in event.values.items() if value is UNREADABLE] == [column]
    assert event.texts[column] == next(iter(cells.values()))
    assert (event.id, event.start.show(), log.sources[0].undated) == ("H-1", "2022-03-05T10:00", 0)


def test_everything_wrong_with_a_row_is_one_diagnostic() -> None:
    log = read(export(row(Antal="tre", Med="kanske", Slut="sent")))
    assert found(log) == [
        "log.row-rejected 2 row rejected: `sent` in column `Slut` is not a date such as `2022-03-01` or "
        "`2022-03-01 14:00`, `tre` in column `Antal` is not a number and `kanske` in column `Med` is neither yes nor no"
    ]


def test_an_unreadable_end_is_no_end() -> None:
    event = only(read(export(row(Slut="2022-03-05 25:00"))))
    assert (event.end, event.state, event.doubts) == (None, State.POSSIBLE, (Doubt.REJECTED,))


@pytest.mark.parametrize(("start", "end"), [("2022-03-05 10:00", "2022-03-05 09:59"), ("2022-03-05", "2022-03-04")])
def test_an_end_before_the_start_rejects_the_row(start: str, end: str) -> None:
    log = read(export(row(Start=start, Slut=end)))
    written = start.replace(" ", "T"), end.replace(" ", "T")
    assert found(log) == [f"log.row-rejected 2 row rejected: it ends ({written[1]}) before it starts ({written[0]})"]
    assert (only(log).end, only(log).state) == (None, State.POSSIBLE)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2022-03-05 10:00", "2022-03-05 10:00"),
        ("2022-03-05 10:00", "2022-03-05"),
        ("2022-03-05", "2022-03-05"),
        ("2022-03", "2022-03-05"),
        ("2022-03-05", "2022-03"),
    ],
)
def test_an_end_that_may_lie_after_the_start_is_accepted(start: str, end: str) -> None:
    log = read(export(row(Start=start, Slut=end)))
    assert log.diagnostics == ()
    assert only(log).end is not None
    assert only(log).state is State.HELD


def test_a_row_that_breaks_off_keeps_what_is_whole_before_the_break() -> None:
    log = read(export(row(), "H-2;2022-03-06 10:00;2022-03-06 12:00;Mobilt poliskontor;Torg"))
    event = log.events[1]
    assert found(log) == ["log.row-rejected 3 row rejected: it has 5 cells where the header has 12"]
    assert (event.id, event.start.show(), event.end and event.end.show()) == (
        "H-2", "2022-03-06T10:00", "2022-03-06T12:00",
    )  # fmt: skip
    assert event.values == {"activity": "mobilt poliskontor", **dict.fromkeys(READABLE_VALUES[1:], UNREADABLE)}
    assert (event.state, event.doubts) == (State.POSSIBLE, (Doubt.REJECTED,))
    assert event.texts["place"] == ""


@pytest.mark.parametrize("torn", ["H-2;2022-03-06 10", "H-2;2022-03-06", "H-2", "Totalt: 34 rader"])
def test_a_row_that_breaks_off_in_or_before_its_date_has_none(torn: str) -> None:
    log = read(export(row(), torn))
    assert (len(log.events), log.sources[0].undated) == (1, 1)


def test_a_row_with_a_cell_too_many_is_trusted_for_its_date_only() -> None:
    log = read(export(row(Anteckning="en; två")))
    event = only(log)
    assert found(log) == ["log.row-rejected 2 row rejected: it has 13 cells where the header has 12"]
    assert (event.id, event.start.show(), event.end) == (None, "2022-03-05T10:00", None)
    assert event.values == dict.fromkeys(READABLE_VALUES, UNREADABLE)
    assert set(event.texts.values()) == {""}


def test_a_cell_too_many_before_the_date_leaves_no_date() -> None:
    log = read(export("H;" + row(Anteckning="x")))
    assert (log.events, log.sources[0].undated) == ((), 1)


@pytest.mark.parametrize("extra", [";", ";;;;;", "; ;\u00a0;"])
def test_empty_cells_after_the_last_column_are_harmless(extra: str) -> None:
    log = read(export(row() + extra))
    assert (only(log).state, log.diagnostics) == (State.HELD, ())


def test_empty_columns_after_the_last_named_one_are_harmless() -> None:
    data = f"{HEADER};;\n{row()};;\n{row(Id='H-2')};x;\n{row(Id='H-3')}\n".encode()
    log = read(data)
    assert [event.state for event in log.events] == [State.HELD] * 3


@pytest.mark.parametrize("empty", ["", ";;;;", ";" * 11, ";" * 20, " ; ;\t", '"";""'])
def test_wholly_empty_rows_are_no_rows_but_lines(empty: str) -> None:
    log = read(export(row(), empty, row(Id="H-2", Plats="x")))
    assert [event.row for event in log.events] == [2, 4]
    assert (log.sources[0].files[0].rows, log.diagnostics) == (2, ())


def test_a_quote_that_is_never_closed_keeps_what_is_whole_before_it() -> None:
    log = read(export(row(), 'H-2;2022-03-06 10:00;;Kontroll;"Torget;;;;;;;', row(Id="H-3", Plats="x")))
    event = log.events[1]
    assert found(log) == ["log.row-rejected 3 row rejected: a quote in it is not closed, or not doubled"]
    assert (event.id, event.values["activity"], event.values["place"]) == ("H-2", "kontroll", UNREADABLE)
    assert (log.events[2].id, log.events[2].state) == ("H-3", State.HELD)


def test_a_rejected_row_whose_readable_status_says_cancelled_is_cancelled() -> None:
    event = only(read(export(row(Antal="tre", Status="Inställd"))))
    assert (event.state, event.doubts) == (State.CANCELLED, (Doubt.REJECTED,))


@pytest.mark.parametrize("status", ["Genomförd", "Planerad", "okänd", ""])
def test_a_rejected_row_with_any_other_status_is_possible(status: str) -> None:
    log = read(export(row(Antal="tre", Status=status)))
    assert (only(log).state, only(log).doubts) == (State.POSSIBLE, (Doubt.REJECTED,))
    assert [one.code for one in log.diagnostics] == ["log.row-rejected"]


def test_what_is_wrong_in_columns_that_are_not_mapped_rejects_nothing() -> None:
    log = read(export(row(Anteckning="\ufffd 2022-02-30 \0")))
    assert (only(log).state, log.diagnostics) == (State.HELD, ())


def test_every_rejected_row_has_its_own_diagnostic() -> None:
    log = read(export(*(row(Id=f"H-{number}", Antal="tre") for number in range(500))))
    assert [one.place.line for one in log.diagnostics if one.place] == list(range(2, 502))
    assert {one.severity.value for one in log.diagnostics} == {"warning"}
