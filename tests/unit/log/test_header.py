"""The header: columns are found by name, wherever they stand, and what is missing is said all at once."""

from __future__ import annotations

import pytest

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.log import Column, Mapping
from promisekit.words import text
from tests.unit.log.exports import PLAIN, read, told


def problems(data: str, mapping: Mapping = PLAIN) -> tuple[Diagnostic, ...]:
    with pytest.raises(Invalid) as invalid:
        read(data.encode(), mapping)
    assert invalid.value.exit_code == 4
    return invalid.value.diagnostics


def test_columns_are_found_by_name_whatever_their_order() -> None:
    log = read(b"Aktivitet;X;Start;Id\nKontroll;x;2022-03-05;H-1\n", PLAIN)
    assert [(event.id, event.start.show(), event.values) for event in log.events] == [
        ("H-1", "2022-03-05", {"activity": "kontroll"})
    ]


@pytest.mark.parametrize("header", [" Id ;\u00a0Start;Aktivitet ", '"Id";"Start";"Aktivitet"', "ID;START;aktivitet"])
def test_white_space_quotes_and_case_around_a_header_do_not_matter(header: str) -> None:
    assert len(read(f"{header}\nH-1;2022-03-05;Kontroll\n".encode(), PLAIN).events) == 1


def test_composed_and_decomposed_headers_are_one() -> None:
    mapping = Mapping((Column("start", "Påbörjad"),))
    assert len(read("Pa\u030abo\u0308rjad\n2022-03-05\n".encode(), mapping).events) == 1


def test_an_exact_header_beats_one_in_other_case() -> None:
    log = read(b"START;Id;Start;Aktivitet\nx;H-1;2022-03-05;a\n", PLAIN)
    assert [event.start.show() for event in log.events] == ["2022-03-05"]


def test_every_missing_column_is_named_with_what_was_probably_meant() -> None:
    found = problems("Ident;Star;Activity\nH-1;2022-03-05;a\n")
    assert [(told(one), text(one.hint, "en")) for one in found if one.hint] == [
        ("log.no-such-column 1 there is no column `Id`, which the promise reads as `id`; "
         "the columns are `Activity`, `Ident`, `Star`", "correct the header in the promise, or in the export"),
        ("log.no-such-column 1 there is no column `Start`, which the promise reads as `start`; "
         "the columns are `Activity`, `Ident`, `Star`", "did you mean `Star`?"),
        ("log.no-such-column 1 there is no column `Aktivitet`, which the promise reads as `activity`; "
         "the columns are `Activity`, `Ident`, `Star`", "did you mean `Activity`?"),
    ]  # fmt: skip


def test_a_mapped_column_that_is_there_twice_is_an_error() -> None:
    found = problems("Id;Start;Aktivitet;Start\nH-1;2022-03-05;a;2022-03-06\n")
    assert [told(one) for one in found] == ["log.column-twice 1 the column `Start` is there 2 times"]


def test_two_columns_that_differ_from_the_mapped_one_in_case_only_are_ambiguous() -> None:
    found = problems("Id;START;start;Aktivitet\nH-1;2022-03-05;2022-03-06;a\n")
    assert [told(one) for one in found] == ["log.column-twice 1 the column `Start` is there 2 times"]


def test_columns_that_are_not_mapped_may_be_there_twice_or_without_a_name() -> None:
    log = read(b"Id;Start;Aktivitet;x;x;;\nH-1;2022-03-05;a;1;2;3;4\n", PLAIN)
    assert (len(log.events), log.diagnostics) == (1, ())


def test_one_column_may_be_mapped_under_two_names() -> None:
    mapping = Mapping((Column("start", "Datum"), Column("followed", "Datum", "date")))
    event = read(b"Datum\n2022-03-05\n", mapping).events[0]
    assert event.values["followed"] == event.start


def test_a_header_with_line_breaks_is_one_header() -> None:
    log = read(b'"Id";"Start";"Aktivitet";"En\nlang\nrubrik"\nH-1;2022-03-05;a;b\n', PLAIN)
    assert [event.row for event in log.events] == [4]


def test_a_header_whose_quotes_are_broken_cannot_be_read() -> None:
    found = problems('Id;Start;Aktivitet;"Anteckning\n')
    assert [told(one) for one in found] == [
        "log.header - the header cannot be read: a quote in it is not closed, or not doubled"
    ]


def test_a_header_alone_is_a_log_without_events() -> None:
    log = read(b"Id;Start;Aktivitet\n", PLAIN)
    assert (log.events, log.sources[0].files[0].rows, log.sources[0].coverage.days) == ((), 0, ())


def test_a_title_above_the_header_is_taken_for_the_header() -> None:
    found = problems("Uttag ur systemet\nId;Start;Aktivitet\n")
    assert {one.code for one in found} == {"log.no-such-column"}
    assert "the columns are `Uttag ur systemet`" in told(found[0])
