"""The same events in every format of logs: the same result, byte for byte, but for the facts about the file."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from tests.cli.runs import KNOWN, LOG, PROMISE, ask

FORMATS: list[tuple[str, Callable[[bytes], bytes], dict[str, object]]] = [
    ("log.csv.gz", gzip.compress, {"packed": "gzip"}),
    ("log.csv.zst", zstd.compress, {"packed": "zstd"}),
]
formats = pytest.mark.parametrize(("name", "made", "facts"), FORMATS)


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@formats
def test_the_format_of_a_log_changes_nothing_but_what_is_said_of_the_file(
    tmp_path: Path, name: str, made: Callable[[bytes], bytes], facts: dict[str, object], engine: str
) -> None:
    path = tmp_path / name
    path.write_bytes(made(LOG.read_bytes()))
    same = ("evaluate", PROMISE, "--format", "json", *KNOWN, "--engine", engine)
    expected, found = (ask(*same, f"export={log}").json() for log in (LOG, path))
    (source,) = found["log"]["sources"]
    (was,) = expected["log"]["sources"]
    assert source == {**was, **facts, "sha256": digest(path), "files": source["files"]}
    assert source["files"] == [{**was["files"][0], **facts, "name": name, "sha256": digest(path)}]
    assert was["packed"] is None
    found["log"]["sources"] = expected["log"]["sources"]
    assert renamed(found, name) == expected


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def renamed(value: object, name: str) -> object:
    """The document with the file called as the CSV is."""
    if isinstance(value, dict):
        return {key: renamed(item, name) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, name) for item in value]
    return value.replace(name, LOG.name) if isinstance(value, str) else value


def test_a_certificate_about_a_packed_log_says_that_it_cannot_be_checked(tmp_path: Path) -> None:
    log, certificate = tmp_path / "log.csv.gz", tmp_path / "c.json"
    log.write_bytes(gzip.compress(LOG.read_bytes()))
    assert ask("certify", PROMISE, log, *KNOWN, "-o", certificate).code == 0
    done = ask("check-certificate", certificate, log)
    assert done.code == 4
    assert "gzip" in done.err + done.out
