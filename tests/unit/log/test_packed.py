"""Packed logs: what is inside is read as ever, by both engines; what is damaged or a bomb is refused, not unpacked."""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from backports import zstd
from msgspec.structs import replace

from promisekit.diagnostics import Invalid
from promisekit.engine.relational.reading import read_stored
from promisekit.engine.relational.reading.stored import StoredEvents
from promisekit.log import Log, LogFile, Sources, packed, read_logs
from promisekit.log.files import UNPACKS, size_of
from promisekit.words import text
from tests.unit.log.exports import PLAIN, ZONE, found

TABLE = "Id;Start;Aktivitet\nH-1;2022-03-05 10:00;Gårdsvandring\nH-2;2022-02-30;Kontroll\nH-3;2022-03-07;Kontroll\n"


def zstandard(data: bytes) -> bytes:
    """With a checksum, as the program `zstd` writes it and the library does only when asked."""
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


PACKINGS: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("gzip", "a.csv.gz", gzip.compress),
    ("zstd", "a.csv.zst", zstandard),
]
packings = pytest.mark.parametrize(("packing", "name", "pack"), PACKINGS)
readers = pytest.mark.parametrize("reader", [read_logs, read_stored])
Reader = Callable[..., Log]


def read(reader: Reader, path: Path) -> Log:
    log = reader([LogFile("x", str(path))], Sources(PLAIN, {}), ZONE)
    if not isinstance(log.events, StoredEvents):
        return log
    with closing(log.events.session):
        return replace(log, events=tuple(log.events))


def refused(reader: Reader, path: Path) -> tuple[str, str, str | None]:
    with pytest.raises(Invalid) as invalid:
        read(reader, path)
    (one,) = invalid.value.diagnostics
    assert (invalid.value.exit_code, one.file) == (4, str(path))
    return one.code, text(one.message, "en"), None if one.hint is None else text(one.hint, "en")


@readers
@packings
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_packed_log_is_read_as_what_is_inside(
    tmp_path: Path, reader: Reader, packing: str, name: str, pack: Callable[[bytes], bytes], encoding: str
) -> None:
    bare, path = tmp_path / "bare.csv", tmp_path / name
    bare.write_bytes(TABLE.encode(encoding))
    path.write_bytes(pack(TABLE.encode(encoding)))
    expected, log = read(reader, bare), read(reader, path)
    assert [(event.row, event.id, event.values) for event in log.events] == [
        (event.row, event.id, event.values) for event in expected.events
    ]
    assert found(log) == found(expected)
    assert found(log)[0].startswith("log.row-rejected 3 ")
    (file,) = log.sources[0].files
    assert (file.name, file.encoding, file.delimiter, file.packed) == (name, encoding, ";", packing)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert expected.sources[0].files[0].packed is None


@readers
@packings
def test_how_it_is_packed_is_told_by_its_bytes_not_by_its_name(
    tmp_path: Path, reader: Reader, packing: str, name: str, pack: Callable[[bytes], bytes]
) -> None:
    misnamed, bare = tmp_path / "a.csv", tmp_path / name
    misnamed.write_bytes(pack(TABLE.encode()))
    assert read(reader, misnamed).sources[0].files[0].packed == packing
    bare.write_text(TABLE, encoding="utf-8")
    assert read(reader, bare).sources[0].files[0].packed is None


@readers
@packings
def test_several_packed_one_after_the_other_are_one_file(
    tmp_path: Path, reader: Reader, packing: str, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(TABLE[:40].encode()) + pack(TABLE[40:].encode()))
    assert [event.id for event in read(reader, path).events] == ["H-1", "H-3"]


@readers
@packings
def test_what_breaks_off_or_is_damaged_is_refused(
    tmp_path: Path, reader: Reader, packing: str, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    whole = pack("".join(f"{number};{number**3}\n" for number in range(2000)).encode())
    for length in (4, 9, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        code, said, hint = refused(reader, path)
        assert (code, hint) == ("log.damaged", "fetch or export it again")
        assert said == "the packed file breaks off before its end"
    middle = len(whole) // 2
    for damaged in (
        whole[:middle] + bytes([whole[middle] ^ 255]) * 40 + whole[middle + 40 :],
        whole[:4] + b"\xff" * 200,
        whole + b"no packed file",
    ):
        path.write_bytes(damaged)
        assert refused(reader, path)[:2] == ("log.damaged", "the packed file is damaged and cannot be unpacked")


@readers
@packings
def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reader: Reader,
    packing: str,
    name: str,
    pack: Callable[[bytes], bytes],
) -> None:
    monkeypatch.setattr(packed, "ALLOWED", 3 * packed.PIECE)
    path = tmp_path / name
    path.write_bytes(pack(TABLE.encode() + b"\n" * (3 * packed.PIECE - len(TABLE.encode()))))
    assert len(read(reader, path).events) == 2
    path.write_bytes(pack(bytes(40 * packed.PIECE)))
    size = path.stat().st_size
    code, said, hint = refused(reader, path)
    most = max(3, packed.TIMES * size // packed.PIECE)
    assert (code, said) == ("log.too-large", f"it unpacks to more than {most} MB from {size:,} bytes")
    assert hint == "if it is a log, unpack it and give the file inside"


@readers
@packings
def test_what_is_packed_twice_or_is_no_csv_inside_is_refused(
    tmp_path: Path, reader: Reader, packing: str, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(pack(TABLE.encode())))
    assert refused(reader, path) == (
        "log.unsupported", "this is not a CSV file, whatever its name", "unpack it and give the file inside",
    )  # fmt: skip
    path.write_bytes(pack(b"%PDF-1.7"))
    assert refused(reader, path)[0] == "log.unsupported"
    path.write_bytes(pack(b"format: 1\n"))
    assert refused(reader, path)[0] == "log.is-promise"
    path.write_bytes(pack(b""))
    assert refused(reader, path)[0] == "log.empty"


@readers
def test_without_the_library_zstandard_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    path = tmp_path / "a.csv.zst"
    path.write_bytes(zstd.compress(TABLE.encode()))
    monkeypatch.setitem(sys.modules, "backports.zstd" if sys.version_info < (3, 14) else "compression.zstd", None)
    monkeypatch.delattr("backports.zstd", raising=False)
    assert refused(reader, path) == (
        "log.needs-library",
        "to read Zstandard a library is needed that is not installed",
        "install it with `pip install 'promisekit[zstd]'`, or unpack the file",
    )


def test_a_copy_is_known_by_the_bytes_as_given(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv.gz", tmp_path / "b.csv.gz"
    for path in (first, second):
        path.write_bytes(gzip.compress(TABLE.encode(), mtime=0))
    with pytest.raises(Invalid) as invalid:
        read_logs([LogFile("a", str(first)), LogFile("b", str(second))], Sources(PLAIN, {}), ZONE)
    assert [one.code for one in invalid.value.diagnostics] == ["log.file-twice"]


def test_a_packed_log_is_taken_for_larger_than_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    assert size_of([LogFile("x", str(path))]) == UNPACKS * path.stat().st_size
