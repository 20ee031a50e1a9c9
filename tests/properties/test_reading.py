"""Whatever an export looks like: what was written is read, what is broken invents nothing, every row is accounted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promisekit.diagnostics import Invalid
from promisekit.events import Event, State, fold
from promisekit.log import Column, Log, LogFile, Mapping, Sources, read_logs
from promisekit.log.cells import read_number
from promisekit.log.moments import Moments
from promisekit.windows import Zone, parse_moment

ZONE = Zone()
COLUMNS = (
    Column("id", "Id"),
    Column("start", "Start", "date"),
    Column("place", "Plats"),
    Column("actors", "Medverkande", "list"),
    Column("number", "Antal", "number"),
    Column("status", "Status"),
)
MAPPING = Mapping(COLUMNS, held=frozenset({"genomförd"}), cancelled=frozenset({"inställd"}))
LINE_BREAK = re.compile("\r\n|\r|\n")
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}


@dataclass(frozen=True)
class Dialect:
    """How a generated export is written."""

    encoding: str
    delimiter: str
    line_end: str
    quote_all: bool

    def export(self, rows: list[list[str]]) -> bytes:
        """The rows as bytes, the mark of the encoding before them."""
        written = "".join(self.delimiter.join(map(self._cell, row)) + self.line_end for row in rows)
        return ENCODINGS[self.encoding] + written.encode(self.encoding)

    def _cell(self, cell: str) -> str:
        if self.quote_all or re.search(f'[{re.escape(self.delimiter)}"\r\n]', cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell


def read(data: bytes) -> Log:
    return read_logs([LogFile("log", "-")], Sources(MAPPING, {}), ZONE, BytesIO(data))


def read_or_refused(data: bytes) -> Log | Invalid:
    """The log, or what stands in the way of it."""
    try:
        return read(data)
    except Invalid as refused:
        return refused


def rows_of(log: Log) -> int:
    """Every row of the log as its events and counters account for it."""
    (source,) = log.sources
    assert source.files[0].rows == len(log.events) + source.superseded + source.undated
    return source.files[0].rows


dialects = st.builds(
    Dialect,
    encoding=st.sampled_from(sorted(ENCODINGS)),
    delimiter=st.sampled_from(";,\t"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
)
LETTERS = "abcåäöÅÄÖé ;,\t\"'\n\r=+-()/€–"
"""What both UTF-8 and cp1252 can write; enough to need quotes, and to look like other delimiters."""
texts = st.text(LETTERS, max_size=12)
dates = st.dates(min_value=date(2022, 1, 1), max_value=date(2023, 12, 31))
starts = st.builds(
    lambda day, clock: f"{day:%Y-%m-%d}{clock}",
    dates,
    st.sampled_from(["", " 10:00", " 23:59", "T00:00:01", " 12:30Z"]),
)
numbers = st.integers(-(10**9), 10**9).map(lambda number: f"{number // 100},{number % 100:02}")
contents = st.tuples(
    starts, texts, st.lists(texts, max_size=3).map(",".join), numbers, st.sampled_from(["Genomförd", "Inställd", "?"])
)


@given(st.lists(contents, max_size=8), dialects)
@settings(max_examples=300)
def test_what_is_written_in_any_dialect_is_read_back_with_its_lines(
    written: list[tuple[str, str, str, str, str]], dialect: Dialect
) -> None:
    table = [[f"H-{number}", *cells] for number, cells in enumerate(written)]
    data = dialect.export([["Id", "Start", "Plats", "Medverkande", "Antal", "Status"], *table])
    if dialect.encoding == "cp1252" and data.isascii():
        dialect = Dialect("utf-8", dialect.delimiter, dialect.line_end, dialect.quote_all)
    log = read(data)
    states = {"Genomförd": State.HELD, "Inställd": State.CANCELLED, "?": State.POSSIBLE}
    line = 2
    assert len(log.events) == len(table) == rows_of(log)
    for event, (name, start, place, actors, number, status) in zip(log.events, table, strict=True):
        assert (event.row, event.id, event.start, event.state) == (
            line, name, parse_moment(start, ZONE), states[status],
        )  # fmt: skip
        assert event.values == {
            "place": fold(place) or None,
            "actors": tuple(filter(None, map(fold, actors.split(",")))) or None,
            "number": Fraction(number.replace(",", ".")),
        }
        assert event.texts["place"] == place.strip()
        line += 1 + sum(len(LINE_BREAK.findall(cell)) for cell in (place, actors))
    (file,) = log.sources[0].files
    assert (file.encoding, file.delimiter, file.rejected) == (dialect.encoding, dialect.delimiter, 0)


SAMPLE = [
    ["Id", "Start", "Plats", "Medverkande", "Antal", "Status"],
    ["H-1", "2022-03-05 10:00", "Torget nedanför\r\nSystembolaget", "Polisen, kommunen", "1 000,5", "Genomförd"],
    ["H-2", "2022-03-06T12:00:30+01:00", 'Kvarteret ”Örnen" i Å', "", "", "Inställd"],
    ["H-3", "2022-03", "", "Polisen", "3", "Genomförd"],
    ["H-1", "2022-03-27 01:59", "Väg 24; söder", "Räddningstjänsten", "-2", "Genomförd"],
]


@pytest.mark.parametrize("quote_all", [False, True])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_a_file_cut_at_any_byte_invents_nothing(encoding: str, line_end: str, *, quote_all: bool) -> None:
    data = Dialect(encoding, ";", line_end, quote_all).export(SAMPLE)
    # Without ids no row is superseded, so that each can be compared.
    nameless = data.replace("H-1".encode(encoding.removesuffix("-sig")), b"")
    rows = {event.row: event for event in read(nameless).events}
    assert len(rows) == len(SAMPLE) - 1
    readable = 0
    for length in range(len(data)):
        log = read_or_refused(data[:length])
        if not isinstance(log, Log):
            assert {one.code for one in log.diagnostics} <= {"log.empty", "log.no-such-column", "log.header"}
            continue
        readable += 1
        rows_of(log)
        for event in log.events:
            assert_is_part_of(event, rows[event.row])
    assert readable > len(data) / 2


def assert_is_part_of(event: Event, whole: Event) -> None:
    """An event of a cut file says no more than the same row of the whole file does."""
    assert event.start == whole.start
    if event.certain:
        assert (event.state, event.values) == (whole.state, whole.values)


@given(st.binary(max_size=200))
@settings(max_examples=500)
def test_bytes_of_any_kind_are_a_log_or_an_error(data: bytes) -> None:
    log = read_or_refused(data)
    assert rows_of(log) == 0 if isinstance(log, Log) else log.exit_code == 4


@given(st.text('H-12;,\t"\n\r 2022-03-05:å\0\ufffd', max_size=120).filter(lambda rest: rest.count("\0") < 20))
@settings(max_examples=500)
def test_every_row_after_a_good_header_is_an_event_or_told(rest: str) -> None:
    log = read(("Id;Start;Plats;Medverkande;Antal;Status\n" + rest).encode())
    rejected = [one for one in log.diagnostics if one.code == "log.row-rejected"]
    assert rows_of(log) >= len(rejected) == log.sources[0].files[0].rejected
    assert len({event.row for event in log.events}) == len(log.events)


@given(st.data())
@settings(max_examples=200)
def test_one_stray_quote_costs_one_row_at_most(data: st.DataObject) -> None:
    lines = ["Id;Start;Plats;Medverkande;Antal;Status"]
    lines += [f"H-{number};2022-03-0{number + 1} 10:00;Torget;Polisen;1;Genomförd" for number in range(6)]
    whole = read("\n".join(lines).encode()).events
    hit = data.draw(st.integers(1, 6), "line")
    at = data.draw(st.integers(0, len(lines[hit])), "column")
    lines[hit] = lines[hit][:at] + '"' + lines[hit][at:]
    log = read("\n".join(lines).encode())
    others = [event for event in whole if event.row != hit + 1]
    assert [event for event in log.events if event.row != hit + 1] == others
    assert rows_of(log) == 6


ZONES = [Zone(name) for name in ("Europe/Stockholm", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "UTC",
                                 "Australia/Lord_Howe", "America/Scoresbysund", "Asia/Tehran")]  # fmt: skip
READERS = {zone.name: Moments(zone) for zone in ZONES}


@given(
    st.sampled_from(ZONES),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31)),
    st.times(),
    st.sampled_from(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%MZ", "%Y-%m-%d", "%Y-%m-%d 24:%M", "%Y-%m"]),
)
@settings(max_examples=2000)
def test_moments_are_read_quickly_to_what_they_are(zone: Zone, day: date, clock: time, form: str) -> None:
    text = datetime.combine(day, clock).strftime(form)
    try:
        expected = parse_moment(text, zone)
    except ValueError:
        with pytest.raises(ValueError):
            READERS[zone.name].read(text)
    else:
        assert READERS[zone.name].read(text) == expected


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.name)
@pytest.mark.parametrize("day", ["2022-03-27", "2022-10-30", "2018-11-04", "2011-12-30", "2023-04-28", "2023-10-26"])
def test_nights_on_which_clocks_change_are_read_to_what_they_are(zone: Zone, day: str) -> None:
    for hour in range(24):
        for minute in ("00", "29", "30", "59"):
            text = f"{day} {hour:02}:{minute}"
            try:
                expected = parse_moment(text, zone)
            except ValueError:
                with pytest.raises(ValueError):
                    READERS[zone.name].read(text)
            else:
                assert READERS[zone.name].read(text) == expected


@given(
    st.integers(-(10**15), 10**15),
    st.integers(0, 4),
    st.sampled_from([" ", "\u00a0", "\u202f", ""]),
    st.sampled_from(".,"),
)
@settings(max_examples=500)
def test_numbers_are_read_back_exactly(number: int, decimals: int, group: str, point: str) -> None:
    whole, part = divmod(abs(number), 10**decimals)
    text = f"{whole:,}".replace(",", group) + (f"{point}{part:0{decimals}}" if decimals else "")
    sign = "-" if number < 0 else ""
    assert read_number(sign + text, "Antal") == Fraction(number, 10**decimals)
