"""Several files and sources, standard input, and everything that is no log at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Dictionary
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.events import State
from promisekit.log import Column, Log, LogFile, Mapping, Sources, read_logs
from promisekit.windows import DaySet, day_set, parse_day, parse_span
from promisekit.words import text
from tests.unit.log.exports import PLAIN, ZONE, found

TABLE = "Id;Start;Aktivitet\nH-1;2022-03-05 10:00;Kontroll\nH-2;2022-03-07;Kontroll\n"
MAY = day_set([parse_span("2022-05-01/2022-05-31")])
APRIL = day_set([parse_span("2022-04-01/2022-04-30")])


def logs(
    *files: tuple[str, Path | str],
    sources: Sources | None = None,
    stdin: bytes | None = None,
    covers: Dictionary[str | None, DaySet] | None = None,
) -> Log:
    given = [LogFile(source, str(path)) for source, path in files]
    return read_logs(given, sources or Sources(PLAIN, {}), ZONE, None if stdin is None else BytesIO(stdin), covers)


def problems(*files: tuple[str, Path | str], sources: Sources | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(Invalid) as invalid:
        logs(*files, sources=sources)
    assert invalid.value.exit_code == 4
    return invalid.value.diagnostics


def said(one: Diagnostic) -> tuple[str, str, str | None]:
    return one.code, text(one.message, "en"), None if one.hint is None else text(one.hint, "en")


def written(folder: Path, name: str, content: str | bytes = TABLE) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_what_was_read_of_a_file_is_recorded(tmp_path: Path) -> None:
    log = logs(("polisen", written(tmp_path, "mars.csv")))
    (source,) = log.sources
    (file,) = source.files
    assert source.name == "polisen"
    assert (file.name, file.encoding, file.delimiter, file.rows, file.rejected) == ("mars.csv", "utf-8", ";", 2, 0)
    assert file.sha256 == hashlib.sha256(TABLE.encode()).hexdigest()


def test_standard_input_is_a_file_called_stdin() -> None:
    log = logs(("polisen", "-"), stdin=TABLE.encode())
    assert [(event.source, event.file, event.row) for event in log.events] == [
        ("polisen", "stdin", 2),
        ("polisen", "stdin", 3),
    ]


def test_files_of_one_source_are_one_source_in_the_order_given(tmp_path: Path) -> None:
    later = written(tmp_path, "b.csv", "Start;Id;Aktivitet\n2022-04-05;H-1;Kontroll\n")
    log = logs(("polisen", written(tmp_path, "a.csv")), ("polisen", later))
    assert [(event.file, event.row, event.id) for event in log.events] == [("a.csv", 3, "H-2"), ("b.csv", 2, "H-1")]
    assert [file.name for file in log.sources[0].files] == ["a.csv", "b.csv"]
    assert log.sources[0].superseded == 1
    assert found(log) == [
        "log.id-repeated 2 the id `H-1` has different versions on lines a.csv:2, b.csv:2; line b.csv:2 counts"
    ]


def test_ids_of_different_sources_are_different_events(tmp_path: Path) -> None:
    log = logs(("polisen", written(tmp_path, "a.csv")), ("kommunen", written(tmp_path, "b.csv", TABLE + "\n")))
    assert [(event.source, event.id) for event in log.events] == [
        ("polisen", "H-1"), ("polisen", "H-2"), ("kommunen", "H-1"), ("kommunen", "H-2"),
    ]  # fmt: skip


def test_events_are_sorted_by_source_in_the_order_given_then_file_and_row(tmp_path: Path) -> None:
    names = [("b", "1.csv"), ("a", "2.csv"), ("b", "3.csv")]
    log = logs(*((source, written(tmp_path, name, TABLE.replace("H", name))) for source, name in names))
    assert [(event.source, event.file, event.row) for event in log.events] == [
        ("b", "1.csv", 2), ("b", "1.csv", 3), ("b", "3.csv", 2), ("b", "3.csv", 3),
        ("a", "2.csv", 2), ("a", "2.csv", 3),
    ]  # fmt: skip


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{folder}/mars.csv", TABLE.replace("H", folder)) for folder in ("x", "y")]
    log = logs(*(("polisen", path) for path in paths), ("polisen", written(tmp_path, "april.csv", TABLE)))
    assert [file.name for file in log.sources[0].files] == ["x/mars.csv", "y/mars.csv", "april.csv"]
    assert len({event.key for event in log.events}) == 6


def test_every_source_is_read_by_its_own_mapping(tmp_path: Path) -> None:
    kommunen = Mapping((Column("start", "Datum"), Column("activity", "Typ")))
    log = logs(
        ("polisen", written(tmp_path, "a.csv")),
        ("kommunen", written(tmp_path, "b.csv", "Datum,Typ\n2022-03-05,Vandring\n")),
        sources=Sources(None, {"polisen": PLAIN, "kommunen": kommunen}),
    )
    assert [(event.source, event.id, event.values["activity"]) for event in log.events] == [
        ("polisen", "H-1", "kontroll"), ("polisen", "H-2", "kontroll"), ("kommunen", None, "vandring"),
    ]  # fmt: skip


def test_every_source_has_its_own_types_words_and_coverage(tmp_path: Path) -> None:
    number, status = Column("number", "Antal", "number"), Column("status", "Status")
    polisen = Mapping((Column("start", "Start"), number, status), held=frozenset({"klar"}), covers=MAY)
    kommunen = Mapping((Column("start", "Start"), Column("number", "Antal"), status), planned=frozenset({"klar"}))
    table = "Start;Antal;Status\n2022-03-05;-2,50;Klar\n"
    log = logs(
        ("polisen", written(tmp_path, "a.csv", table)),
        ("kommunen", written(tmp_path, "b.csv", table + "\n")),
        sources=Sources(None, {"polisen": polisen, "kommunen": kommunen}),
    )
    assert [event.values["number"] for event in log.events] == [Fraction(-5, 2), "-2,50"]
    assert [event.state for event in log.events] == [State.HELD, State.POSSIBLE]
    assert [source.coverage.declared for source in log.sources] == [MAY, None]
    assert [source.coverage.days for source in log.sources] == [(parse_day("2022-03-05"),)] * 2


@pytest.mark.parametrize(
    ("source", "path", "hint"),
    [
        ("polsien", "-", "did you mean `polisen`?"),
        ("skolan", "-", "the sources are `kommunen`, `polisen`"),
        ("polisen.csv", "exp/polisen.csv", "write `polisen=exp/polisen.csv`"),
    ],
)
def test_a_source_that_the_promise_does_not_know_is_an_error(source: str, path: str, hint: str) -> None:
    sources = Sources(None, {"polisen": PLAIN, "kommunen": PLAIN})
    (one,) = problems((source, path), sources=sources)
    assert said(one) == ("log.unknown-source", f"the promise knows no source `{source}`", hint)


@pytest.mark.parametrize("name", ["", " ", "\n\n", ";;;\r\n", "sep=;\n", "\ufeff"])
def test_an_empty_file_is_an_error(tmp_path: Path, name: str) -> None:
    (one,) = problems(("x", written(tmp_path, "a.csv", name)))
    assert said(one) == ("log.empty", "the file is empty", "an export has at least its header")


def test_a_missing_file_is_an_error_with_what_was_probably_meant(tmp_path: Path) -> None:
    written(tmp_path, "handelser.csv")
    (one,) = problems(("x", tmp_path / "handelsar.csv"))
    assert said(one) == ("log.missing", "there is no such file", "did you mean `handelser.csv`?")
    (one,) = problems(("x", tmp_path / "mars" / "a.csv"))
    assert said(one) == ("log.missing", "there is no such file", f"there is no folder `{tmp_path / 'mars'}` either")
    (one,) = problems(("x", tmp_path / "handelser.csv" / "a.csv"))
    assert one.code == "log.missing"
    (one,) = problems(("x", "a\0b"))
    assert said(one) == ("log.missing", "no file can have this name", None)
    assert one.file == "a\0b"


def test_a_missing_standard_input_is_an_error() -> None:
    (one,) = problems(("x", "-"))
    assert said(one) == ("log.missing", "there is no standard input to read", None)


def test_a_folder_is_an_error(tmp_path: Path) -> None:
    (one,) = problems(("x", tmp_path))
    assert said(one) == ("log.folder", "this is a folder, not a log", "name the files in it")


def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read whatever its mode says
    (one,) = problems(("x", tmp_path / "a.csv"))
    assert said(one) == ("log.unreadable", "the file may not be read", None)


def test_a_name_too_long_for_the_system_is_an_error(tmp_path: Path) -> None:
    (one,) = problems(("x", tmp_path / ("a" * 5000)))
    assert one.code == "log.unreadable"


@pytest.mark.parametrize("name", ["2022-03.yaml", "2022-03.YML"])
def test_a_promise_given_as_a_log_is_an_error_by_its_name(tmp_path: Path, name: str) -> None:
    (one,) = problems(("x", tmp_path / name))
    assert said(one)[:2] == ("log.is-promise", "this is a promise, not a log")


def test_a_promise_given_as_a_log_is_an_error_by_its_content(tmp_path: Path) -> None:
    promise = "# yaml-language-server: $schema=x\n\nformat: 1\nid: a\n"
    (one,) = problems(("x", written(tmp_path, "a.csv", promise)))
    assert said(one) == (
        "log.is-promise", "this is a promise, not a log", "a promise comes first on the command line, then its logs",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.xlsx", "save the sheet in Excel as `CSV UTF-8` and give that file"),
        ("a.XLS", "save the sheet in Excel as `CSV UTF-8` and give that file"),
        ("a.csv.zip", "unpack it and give the file inside"),
        ("a.parquet", "export it as CSV"),
        ("a.jsonl", "export it as CSV"),
    ],
)
def test_formats_that_cannot_be_read_say_what_to_do(tmp_path: Path, name: str, hint: str) -> None:
    path = written(tmp_path, name)
    (one,) = problems(("x", path))
    assert said(one) == ("log.unsupported", f"logs of the format `{path.suffix.lower()}` cannot be read", hint)


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"BZh9", b"PAR1", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_other_formats_under_a_false_name_are_told(tmp_path: Path, beginning: bytes) -> None:
    (one,) = problems(("x", written(tmp_path, "a.csv", beginning + b"rest")))
    assert said(one)[:2] == ("log.unsupported", "this is not a CSV file, whatever its name")


def test_a_log_given_twice_is_an_error_whatever_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv")
    link = tmp_path / "b.csv"
    link.symlink_to(path)
    found = problems(("x", path), ("x", tmp_path / "." / "a.csv"), ("y", link), ("z", "-"), ("z", "-"))
    assert [one.code for one in found] == ["log.file-twice", "log.file-twice", "log.missing", "log.file-twice"]
    assert said(found[0]) == ("log.file-twice", "this log is given twice", "give it once")


def test_a_copy_of_a_log_is_an_error(tmp_path: Path) -> None:
    first, copy = written(tmp_path, "a.csv"), written(tmp_path, "a (1).csv")
    (one,) = problems(("a.csv", first), ("a (1).csv", copy))
    assert said(one)[1] == f"this log is byte for byte the same as `{first}`"
    assert one.file == str(copy)


def test_two_equal_logs_without_a_row_are_no_copies(tmp_path: Path) -> None:
    header = "Id;Start;Aktivitet\n"
    log = logs(("a", written(tmp_path, "a.csv", header)), ("b", written(tmp_path, "b.csv", header)))
    assert [source.name for source in log.sources] == ["a", "b"]


def test_everything_wrong_with_any_file_is_told_in_one_run(tmp_path: Path) -> None:
    found = problems(
        ("a", written(tmp_path, "a.csv", "Id;Start\n")),
        ("b", tmp_path / "b.csv"),
        ("c", written(tmp_path, "c.csv")),
        ("d", written(tmp_path, "d.csv", bytes(range(256)))),
    )
    assert [(one.code, Path(one.file or "").name) for one in found] == [
        ("log.no-such-column", "a.csv"), ("log.missing", "b.csv"), ("log.encoding", "d.csv"),
    ]  # fmt: skip


def test_coverage_that_nobody_declared_is_the_days_of_readable_events(tmp_path: Path) -> None:
    rows = (
        "H-1;2022-03-09;a\nH-2;2022-03-05 10:00;a\nH-3;2022-03-05;a\nH-4;2022-04;a\nH-1;2022-03-07;a\nH-5;2022-05-01\n"
    )
    (source,) = logs(("x", written(tmp_path, "a.csv", "Id;Start;Aktivitet\n" + rows))).sources
    assert source.coverage.declared is None
    assert source.coverage.days == tuple(
        parse_span(f"{day}/{day}").start for day in ("2022-03-05", "2022-03-07", "2022-04-01")
    )


def test_rejected_rows_cover_nothing_and_cancelled_ones_do(tmp_path: Path) -> None:
    mapping = Mapping(
        (Column("start", "Start"), Column("status", "Status"), Column("number", "Antal", "number")),
        held=frozenset({"ja"}), cancelled=frozenset({"nej"}),
    )  # fmt: skip
    rows = "Start;Status;Antal\n2022-03-05;ja;1\n2022-03-06;nej;1\n2022-03-07;ja;x\n2022-03-08;nej;x\n"
    log = logs(("x", written(tmp_path, "a.csv", rows)), sources=Sources(mapping, {}))
    assert [event.state for event in log.events] == [State.HELD, State.CANCELLED, State.POSSIBLE, State.CANCELLED]
    assert len(log.sources[0].coverage.days) == 2


@pytest.mark.parametrize(
    ("covers", "declared"),
    [({}, APRIL), ({None: MAY}, MAY), ({"a": MAY}, MAY), ({None: APRIL, "a": MAY}, MAY), ({"b": MAY}, APRIL)],
)
def test_coverage_given_on_the_command_line_goes_before_the_mapping(
    tmp_path: Path, covers: dict[str | None, DaySet], declared: DaySet
) -> None:
    sources = Sources(Mapping(PLAIN.columns, covers=APRIL), {})
    files = ("a", written(tmp_path, "a.csv")), ("b", written(tmp_path, "b.csv", TABLE + "\n"))
    assert logs(*files, sources=sources, covers=covers).sources[0].coverage.declared == declared


@pytest.mark.parametrize(
    ("source", "hint"), [("polsien", "did you mean `polisen`?"), ("x", "the sources are `polisen`")]
)
def test_coverage_of_a_source_without_a_log_is_wrong_usage(tmp_path: Path, source: str, hint: str) -> None:
    with pytest.raises(Invalid) as invalid:
        logs(("polisen", written(tmp_path, "a.csv")), covers={source: MAY})
    assert invalid.value.exit_code == 2
    (one,) = invalid.value.diagnostics
    assert said(one) == (
        "covers.unknown-source", f"no log of this run comes from `{source}`, whose coverage is declared", hint,
    )  # fmt: skip


def test_an_unknown_status_is_counted_over_all_files_of_its_source(tmp_path: Path) -> None:
    mapping = Mapping((Column("start", "Start"), Column("status", "Status")), held=frozenset({"ja"}))
    paths = [written(tmp_path, f"{name}.csv", f"Start;Status\n2022-03-0{at};?\n") for at, name in enumerate("ab", 1)]
    log = logs(*(("x", path) for path in paths), sources=Sources(mapping, {}))
    assert [(one.file, text(one.message, "en")) for one in log.diagnostics] == [
        ("a.csv", "2 rows have the status `?`, which the promise does not explain, and are only possible")
    ]


def test_no_file_is_no_log() -> None:
    assert logs() == Log((), (), ())
