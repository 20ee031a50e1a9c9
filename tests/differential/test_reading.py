"""The database reads what Python does: the same rows to the same events, and the same diagnostics."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.engine.relational.reading import read_stored
from promisekit.engine.relational.reading.stored import StoredEvents
from promisekit.log import read_logs
from promisekit.log.mapping import LogFile, Sources
from promisekit.windows import Zone
from tests.differential.dirty import dirty_log

SHARES, EACH = 6, 15


@pytest.mark.parametrize("share", range(SHARES))
def test_dirty_files_are_read_alike(share: int, tmp_path: Path) -> None:
    for seed in range(share * EACH, (share + 1) * EACH):
        folder = tmp_path / str(seed)
        folder.mkdir()
        compare(*dirty_log(Random(seed), folder), f"seed {seed}")


def compare(files: list[LogFile], sources: Sources, told: str) -> str:
    """Reads files both ways; says how much there was to compare."""
    try:
        expected = read_logs(files, sources, Zone())
    except Invalid as error:
        assert errors(files, sources) == error.diagnostics, told
        return "refused"
    found = read_stored(files, sources, Zone())
    assert isinstance(found.events, StoredEvents)
    try:
        assert found.sources == expected.sources, told
        assert list(map(said, found.diagnostics)) == list(map(said, expected.diagnostics)), told
        assert tuple(found.events) == expected.events, told
        if expected.events:
            assert found.events[-1] == expected.events[-1], told
        assert len(found.events) == len(expected.events), told
    finally:
        found.events.session.close()
    return "read"


def errors(files: list[LogFile], sources: Sources) -> tuple[Diagnostic, ...]:
    with pytest.raises(Invalid) as error:
        read_stored(files, sources, Zone())
    return error.value.diagnostics


def said(found: Diagnostic) -> tuple[object, ...]:
    return found.code, found.severity, found.message, found.hint, found.file, found.place
