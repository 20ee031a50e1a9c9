"""How exports are written: encodings, byte order marks, delimiters and line ends."""

from __future__ import annotations

import codecs

import pytest

from promisekit.diagnostics import Invalid
from promisekit.log import Log
from promisekit.log.dialect import Undecodable, decode, dialect_of, lines_of
from promisekit.words import text
from tests.unit.log.exports import PLAIN, found, read

TABLE = "Id;Start;Aktivitet\r\nH-1;2022-03-05 10:00;Mobilt poliskontor på torget\r\nH-2;2022-03-06;Ölkontroll\r\n"


def activities(log: Log) -> list[object]:
    return [event.values["activity"] for event in log.events]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode("utf-8"), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("latin-1"), "cp1252"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    log = read(data, PLAIN)
    assert activities(log) == ["mobilt poliskontor på torget", "ölkontroll"]
    assert [file.encoding for file in log.sources[0].files] == [encoding]
    assert log.diagnostics == ()


def test_the_euro_sign_and_typographic_quotes_of_windows_are_text() -> None:
    data = "Id;Start;Aktivitet\nH-1;2022-03-05;Böter 500 € – ”torget”\n".encode("cp1252")
    assert activities(read(data, PLAIN)) == ["böter 500 € – ”torget”"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Id;Ålder".encode("mac_roman"), "it is neither UTF-8 nor Windows-1252: the byte 0x81 is undefined"),
        (TABLE.encode("cp850"), "it is in an encoding that cannot be told, perhaps one of DOS or an old Mac"),
        (TABLE.encode("mac_roman"), "it is in an encoding that cannot be told, perhaps one of DOS or an old Mac"),
        (TABLE.encode("utf-16-le"), "it is not text, or text in an encoding that cannot be told"),
        (bytes(range(256)), "it is neither UTF-8 nor Windows-1252: the byte 0x81 is undefined"),
        (b"SQLite format 3\0" + bytes(80), "it is not text, or text in an encoding that cannot be told"),
        ("å\x07".encode("cp1252"), "it is not text, or text in an encoding that cannot be told"),
    ],
)  # fmt: skip
def test_what_is_no_text_of_a_known_encoding_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable) as refused:
        decode(data)
    assert text(refused.value.reason, "en") == reason
    with pytest.raises(Invalid) as invalid:
        read(data, PLAIN)
    assert [(one.code, one.file) for one in invalid.value.diagnostics] == [("log.encoding", "-")]
    assert invalid.value.exit_code == 4


def test_utf_8_with_one_broken_byte_stays_utf_8_and_rejects_the_row_with_it() -> None:
    data = (TABLE + "H-3;2022-03-07;På torget\r\n").encode().replace("Ö".encode(), b"\xd6")
    log = read(data, PLAIN)
    assert log.sources[0].files[0].encoding == "utf-8"
    assert [event.certain for event in log.events] == [True, False, True]
    assert found(log) == [
        "log.lost-characters - 1 character is lost: the file is UTF-8 but broken there",
        "log.row-rejected 3 row rejected: a character of `\ufffdlkontroll` in column `Aktivitet` is lost",
    ]


@pytest.mark.parametrize(("tail", "encoding"), [(b"Pr\xc3", "utf-8"), (b"Pr\xe5", "cp1252"), (b"Pr\xc5", "cp1252")])
def test_a_file_cut_inside_its_only_swedish_letter_is_told_from_one_that_ends_with_it(
    tail: bytes, encoding: str
) -> None:
    assert decode(b"Id;Start;Aktivitet\nH-1;2022-03-05;" + tail).encoding == encoding


def test_text_that_was_garbled_before_it_was_saved_is_told_with_its_first_line() -> None:
    garbled = TABLE.replace("Ölkontroll", "Ölkontroll på torget".encode().decode("cp1252"))
    assert found(read(garbled.encode(), PLAIN)) == [
        "log.garbled 3 the text was garbled before it was saved: `Ã¥` stands for `å`, `Ã¤` for `ä`"
    ]


def test_a_control_z_at_the_end_is_passed_over() -> None:
    assert len(read(TABLE.encode("cp1252") + b"\x1a", PLAIN).events) == 2
    assert len(read(TABLE.encode() + b"\x1a", PLAIN).events) == 2


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_told_by_the_header(delimiter: str) -> None:
    log = read(TABLE.replace(";", delimiter).encode(), PLAIN)
    assert (log.sources[0].files[0].delimiter, len(log.events)) == (delimiter, 2)


def test_the_delimiter_that_finds_the_mapped_columns_beats_the_more_frequent_one() -> None:
    data = b"Id;Start;Aktivitet;Antal unga, vuxna, \xc3\xa4ldre, totalt\nH-1;2022-03-05;Kontroll;1, 2, 3, 6\n"
    log = read(data, PLAIN)
    assert (log.sources[0].files[0].delimiter, activities(log)) == (";", ["kontroll"])


def test_delimiters_inside_quotes_are_not_counted() -> None:
    data = b'"a;b;c;d;e;f",Id,Start,Aktivitet\nx,H-1,2022-03-05,Kontroll\n'
    assert read(data, PLAIN).sources[0].files[0].delimiter == ","


@pytest.mark.parametrize("said", ["sep=|", '"sep=|"', "SEP=|"])
def test_a_first_line_that_says_the_delimiter_is_believed_and_counted_as_a_line(said: str) -> None:
    log = read(f"{said}\r\n{TABLE.replace(';', '|')}".encode(), PLAIN)
    assert log.sources[0].files[0].delimiter == "|"
    assert [event.row for event in log.events] == [3, 4]


def test_a_log_of_one_column_needs_no_delimiter() -> None:
    log = read(b"Start\n2022-03-05\n2022-03-06\n", type(PLAIN)(PLAIN.columns[1:2]))
    assert len(log.events) == 2
    assert log.events[0].values == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one_line(end: str) -> None:
    assert [event.row for event in read(TABLE.replace("\r\n", end).encode(), PLAIN).events] == [2, 3]


def test_mixed_line_ends_are_one_line_each() -> None:
    data = b"Id;Start;Aktivitet\rH-1;2022-03-05;a\nH-2;2022-03-06;b\r\nH-3;2022-03-07;c"
    assert [event.row for event in read(data, PLAIN).events] == [2, 3, 4]


def test_separators_of_other_scripts_end_no_line() -> None:
    data = "Id;Start;Aktivitet\nH-1;2022-03-05;a\u2028b\x85c\nH-2;2022-03-06;d\n".encode()
    assert [event.row for event in read(data, PLAIN).events] == [2, 3]


def test_empty_lines_before_the_header_are_passed_over_but_counted() -> None:
    log = read(b"\n;;;\n" + TABLE.encode(), PLAIN)
    assert [event.row for event in log.events] == [4, 5]


def test_a_file_without_a_line_that_says_something_has_no_dialect() -> None:
    assert dialect_of(lines_of("sep=;\n\n;;\n"), len) is None
