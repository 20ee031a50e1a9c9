"""Cells: what each type of column understands, and what it says of the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from promisekit.events import Value
from promisekit.log import Column, ColumnType
from promisekit.log.cells import BadCell, ids, memo_of
from promisekit.log.moments import Moments
from promisekit.windows import Zone, parse_moment
from promisekit.words import text

ZONE = Zone()


def cell(kind: ColumnType, written: str, split: str = ",") -> Value:
    return memo_of(Column("x", "Kolumn", kind, split), Moments(ZONE))[written]


def refusal(kind: ColumnType, written: str) -> str:
    with pytest.raises(BadCell) as refused:
        cell(kind, written)
    return text(refused.value.reason, "en")


@pytest.mark.parametrize("kind", ["text", "list", "number", "flag", "date"])
@pytest.mark.parametrize("written", ["", " ", "\u00a0", "\t"])
def test_a_cell_of_white_space_is_empty_in_every_type(kind: ColumnType, written: str) -> None:
    assert cell(kind, written) is None


@pytest.mark.parametrize("written", ["Torget", " torget ", "TORGET", "torget\u00a0"])
def test_texts_are_compared_trimmed_and_without_regard_to_case(written: str) -> None:
    assert cell("text", written) == "torget"


def test_composed_and_decomposed_letters_are_one() -> None:
    assert cell("text", "A\u030angelholm") == "ångelholm"


@pytest.mark.parametrize(
    ("written", "split", "items"),
    [
        ("Polisen", ",", ("polisen",)),
        ("Polisen, Kommunen ,", ",", ("polisen", "kommunen")),
        ("Polisen / Kommunen", "/", ("polisen", "kommunen")),
        ("Polisen\nKommunen", "\n", ("polisen", "kommunen")),
        (", ,", ",", None),
    ],
)
def test_lists_are_split_and_their_empty_items_dropped(written: str, split: str, items: tuple[str, ...] | None) -> None:
    assert cell("list", written, split) == items


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", Fraction(3)),
        ("0", Fraction(0)),
        ("007", Fraction(7)),
        ("-2,5", Fraction(-5, 2)),
        ("−2.5", Fraction(-5, 2)),
        ("+2", Fraction(2)),
        ("0,1", Fraction(1, 10)),
        ("1 000", Fraction(1000)),
        ("1\u00a0000,25", Fraction(100025, 100)),
        ("1\u202f234\u202f567.5", Fraction(12345675, 10)),
        ("1.000,25", Fraction(100025, 100)),
        ("1,000.25", Fraction(100025, 100)),
        ("1.000.000", Fraction(1000000)),
        ("1,000,000", Fraction(1000000)),
        (" 7 ", Fraction(7)),
    ],
)
def test_numbers_are_exact_with_decimal_comma_or_point_and_thousands_apart(written: str, number: Fraction) -> None:
    assert cell("number", written) == number


@pytest.mark.parametrize(("written", "number"), [("1,234", Fraction(1234, 1000)), ("1.234", Fraction(1234, 1000))])
def test_a_lone_comma_or_point_is_a_decimal_one(written: str, number: Fraction) -> None:
    assert cell("number", written) == number


@pytest.mark.parametrize(
    "written",
    ["tre", "1 00", "10 00 000", "1,2,3", "1.2.3", "1,23.4", "5 st", "5%", "1e3", "1E+05", "--1", ",5", "5,", "½", "٣",
     "0x10", "1_000", "inf", "nan", "9" * 61],
)  # fmt: skip
def test_what_is_no_number_says_so(written: str) -> None:
    shown = written if len(written) <= 60 else "9" * 59 + "…"
    assert refusal("number", written) == f"`{shown}` in column `Kolumn` is not a number"


@pytest.mark.parametrize("written", ["ja", "Ja", "JA", "j", "yes", "Y", "Sant", "SANT", "true", "TRUE", "x", "X", "1"])
def test_yes_is_written_in_many_ways(written: str) -> None:
    assert cell("flag", written) is True


@pytest.mark.parametrize("written", ["nej", "Nej", "N", "no", "Falskt", "FALSKT", "false", "0"])
def test_no_is_written_in_many_ways(written: str) -> None:
    assert cell("flag", written) is False


@pytest.mark.parametrize("written", ["kanske", "2", "-", "ja!"])
def test_what_is_neither_yes_nor_no_says_so(written: str) -> None:
    assert refusal("flag", written) == f"`{written}` in column `Kolumn` is neither yes nor no"


@pytest.mark.parametrize(
    "written",
    ["2022-03-01", "2022-03-01 14:00", "2022-03-01T14:00:30", "2022-03-01 14:00+02:00", "2022-03-01T14:00Z", "2022-03",
     "2022-W10", "2022", "2022-03-27", "2022-10-30 02:30", " 2022-03-01 "],
)  # fmt: skip
def test_dates_are_the_moments_that_windows_reads(written: str) -> None:
    assert cell("date", written) == parse_moment(written.strip(), ZONE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2022-02-30", "`2022-02-30` in column `Kolumn` is a date or time that does not exist"),
        ("2022-13", "`2022-13` in column `Kolumn` is a date or time that does not exist"),
        ("2022-W54", "`2022-W54` in column `Kolumn` is a date or time that does not exist"),
        ("2022-03-01 24:00", "`2022-03-01 24:00` in column `Kolumn` is a date or time that does not exist"),
        ("2022-03-27 02:30", "the clocks jump over `2022-03-27 02:30` in column `Kolumn`"),
        ("1/3 2022", "`1/3 2022` in column `Kolumn` is not a date such as `2022-03-01` or `2022-03-01 14:00`"),
        ("20220301", "`20220301` in column `Kolumn` is not a date such as `2022-03-01` or `2022-03-01 14:00`"),
        ("44621", "`44621` in column `Kolumn` is not a date such as `2022-03-01` or `2022-03-01 14:00`"),
        ("2022-3-1", "`2022-3-1` in column `Kolumn` is not a date such as `2022-03-01` or `2022-03-01 14:00`"),
    ],
)
def test_what_is_no_date_says_why(written: str, said: str) -> None:
    assert refusal("date", written) == said


@pytest.mark.parametrize("kind", ["text", "list", "number", "flag", "date"])
@pytest.mark.parametrize("lost", ["\ufffd", "\0"])
def test_a_cell_with_a_lost_character_cannot_be_read_in_any_type(kind: ColumnType, lost: str) -> None:
    assert refusal(kind, f"1{lost}") == f"a character of `1{lost}` in column `Kolumn` is lost"


def test_ids_keep_their_case() -> None:
    assert ids(Column("id", "Id"))[" h-1A\u030a "] == "h-1Å"


def test_a_long_value_is_shown_shortened_on_one_line() -> None:
    assert refusal("number", "a\n" * 50) == f"`{('a ' * 50)[:59]}…` in column `Kolumn` is not a number"
