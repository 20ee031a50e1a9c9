"""What is no promise file is refused with a reason, and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.diagnostics import Invalid
from promisekit.spec import load, promises_in


def refused(path: Path) -> list[str]:
    with pytest.raises(Invalid) as caught:
        load(path)
    assert caught.value.exit_code == 3
    assert all(found.place is not None and found.file for found in caught.value.diagnostics)
    return [found.code for found in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "spec.no-promise"),
        (b"\n  \n", "spec.no-promise"),
        (b"# only a remark\n", "spec.no-promise"),
        (b"- a\n- b\n", "spec.no-promise"),
        (b"hello\n", "spec.no-promise"),
        (b"null\n", "spec.no-promise"),
        (b"id;start\n1;2022-03-01: a\n", "spec.no-promise"),
        (b"id,start\n1,2022-03-01\n", "spec.no-promise"),
        ("Händelse;Start\n1;2\n".encode("cp1252"), "spec.no-promise"),
        ("title: Örkelljunga\n".encode("latin-1"), "file.encoding"),
        ("title: Örkelljunga\n".encode("utf-16"), "file.encoding"),
        (b"PK\x03\x04 a spreadsheet", "file.not-text"),
        (b"%PDF-1.7", "file.not-text"),
        (b"\x7fELF\x02\x00\x00", "file.not-text"),
        (b"title: \x1b[31m\n", "yaml.control-character"),
    ],
)
def test_what_is_no_promise(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    assert refused(path) == [code]


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.yaml") == ["file.missing"]


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["file.folder"]


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_a_name_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / name) == ["file.unreadable"]


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    assert refused(path) == ["yaml.too-large"]


def test_a_place_in_latin_1_is_where_the_first_strange_letter_is(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"format: 1\ntitle: Medborgarl\xf6fte\n")
    with pytest.raises(Invalid) as caught:
        load(path)
    place = caught.value.diagnostics[0].place
    assert place is not None
    assert (place.line, place.column) == (2, 18)


def test_a_folder_is_its_promises(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "a.assessments.yaml", "assessments.yaml", "c.yml", "d.csv"):
        (tmp_path / name).write_text("x")
    (tmp_path / "e.yaml").mkdir()
    assert [path.name for path in promises_in(tmp_path)] == ["a.yaml", "b.yaml"]
    assert promises_in(tmp_path / "nix.yaml") == (tmp_path / "nix.yaml",)
