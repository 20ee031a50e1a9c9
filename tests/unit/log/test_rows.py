"""Rows: on which physical line each begins, and what a broken one takes with it."""

from __future__ import annotations

import csv

import pytest

from promisekit.log.dialect import Dialect, lines_of
from promisekit.log.rows import LONGEST_CELL, TOO_LONG, UNCLOSED, Row, rows_of

LIMIT = csv.field_size_limit()


def rows(table: str) -> list[Row]:
    return list(rows_of(lines_of(table), Dialect(";", 0)))


def test_a_row_begins_on_its_first_physical_line_whatever_line_breaks_its_quotes_hold() -> None:
    table = 'a;b\n1;"x\ny"\n2;"\r\r\n\n"\n3;z\n'
    assert [(line, cells) for line, cells, _ in rows(table)] == [
        (1, ["a", "b"]),
        (2, ["1", "x\ny"]),
        (4, ["2", "\r\r\n\n"]),
        (8, ["3", "z"]),
    ]


def test_doubled_quotes_are_one() -> None:
    assert rows('"sa ""hej""";b')[0][1] == ['sa "hej"', "b"]


def test_a_quote_inside_an_unquoted_cell_is_only_a_character() -> None:
    assert rows('5" skärm;b\n1;2')[0] == (1, ['5" skärm', "b"], None)


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    table = 'a;b;c\n1;2;3\n4;"5;6\n7;8;9\n10;11;12\n'
    assert rows(table) == [
        (1, ["a", "b", "c"], None),
        (2, ["1", "2", "3"], None),
        (3, ["4", ""], UNCLOSED),
        (4, ["7", "8", "9"], None),
        (5, ["10", "11", "12"], None),
    ]


def test_a_quote_that_is_not_doubled_costs_its_own_line_only() -> None:
    table = 'a;b\n"1";"Torget "stora""\n2;3\n'
    assert rows(table) == [(1, ["a", "b"], None), (2, ["1", ""], UNCLOSED), (3, ["2", "3"], None)]


def test_an_unclosed_quote_before_a_quoted_row_costs_its_own_line_only() -> None:
    table = 'a;b\n1;"x\n"2";"y"\n3;z\n'
    assert rows(table)[1:] == [(2, ["1", ""], UNCLOSED), (3, ["2", "y"], None), (4, ["3", "z"], None)]


def test_unclosed_quotes_on_every_line_are_followed_only_so_far() -> None:
    table = "a;b\n" + 'x";"\n' * 3000
    found = rows(table)
    assert len(found) == 3001
    assert {fault for _, _, fault in found[1:]} == {UNCLOSED}


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_very_long_cell_is_read(quote: str) -> None:
    long = "x" * 300_000
    assert rows(f"a;b\n1;{quote}{long}{quote}\n2;3\n") == [
        (1, ["a", "b"], None),
        (2, ["1", long], None),
        (3, ["2", "3"], None),
    ]
    assert csv.field_size_limit() == LIMIT


def test_a_cell_longer_than_any_text_is_a_fault_of_its_row() -> None:
    found = rows("a;b;c\n1;" + "x" * (LONGEST_CELL + 1) + ";2\n2;3;4\n")
    assert [(line, fault) for line, _, fault in found] == [(1, None), (2, TOO_LONG), (3, None)]
    assert csv.field_size_limit() == LIMIT


def test_blank_lines_are_rows_without_cells() -> None:
    assert rows("a;b\n\n1;2\n") == [(1, ["a", "b"], None), (2, [], None), (3, ["1", "2"], None)]


def test_nothing_is_nothing() -> None:
    assert rows("") == []
