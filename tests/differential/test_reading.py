"""The database reads what Python does: the same rows to the same events, and the same diagnostics."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from backports import zstd

import promisekit as pk
from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.engine.relational.reading import read_stored
from promisekit.engine.relational.reading.stored import StoredEvents
from promisekit.log import read_logs
from promisekit.log.mapping import LogFile, Sources
from promisekit.pipeline import EngineName
from promisekit.windows import Zone
from tests.differential.dirty import HEADERS, Export, dirty_log

SHARES, EACH = 4, 10


@pytest.mark.parametrize("share", range(SHARES))
def test_dirty_files_are_read_alike(share: int, tmp_path: Path) -> None:
    for seed in range(share * EACH, (share + 1) * EACH):
        folder = tmp_path / str(seed)
        folder.mkdir()
        compare(*dirty_log(Random(seed), folder), f"seed {seed}")


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_dirty_files_are_read_alike_when_they_are_packed(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    read = []
    for seed in range(100, 100 + EACH):
        folder = tmp_path / str(seed)
        folder.mkdir()
        files, sources = dirty_log(Random(seed), folder)
        for path in {Path(file.path) for file in files}:
            path.write_bytes(pack(path.read_bytes()))
        read.append(compare(files, sources, f"seed {seed}"))
    assert "read" in read


def compare(files: list[LogFile], sources: Sources, told: str) -> str:
    """Reads files both ways; says how much there was to compare."""
    try:
        expected = read_logs(files, sources, Zone())
    except Invalid as refused:
        with pytest.raises(Invalid) as error:
            read_stored(files, sources, Zone())
        assert error.value.diagnostics == refused.diagnostics, told  # noqa: PT017
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


def said(found: Diagnostic) -> tuple[object, ...]:
    return found.code, found.severity, found.message, found.hint, found.file, found.place


PROMISE = """
format: 1
id: dirty
title: Dirty logs
period: {start: 2022-03-01, end: 2022-03-31}
log:
  columns:
    id: id
    start: start
    end: slut
    place: plats
    actors: {column: aktörer, type: list, split: ","}
    number: {column: antal, type: number}
    outdoors: {column: utomhus, type: flag}
    answered: {column: svar, type: date}
    status: status
    recorded_at: senast
  status: {held: [genomförd], planned: [planerad], cancelled: [inställd]}
activities:
  all: {}
  square: {place: torget, actors: {any: [polis]}}
  morning: {time: {from: "08:00", to: "12:00"}, weekday: [saturday, wednesday]}
  long: {duration: {at_least: 1 hour}, outdoors: true}
  answers: {place: [torget, x], dated: answered}
  answered: {answered: {recorded: true}}
commitments:
  - {id: all, kind: count, what: all, at_least: 3}
  - {id: weekly, kind: frequency, what: square, every: week, partial: whole_only, at_least: 1}
  - {id: morning, kind: count, what: morning, at_least: 2, unit: day}
  - {id: long, kind: duration, what: long, total: union, without_end: unknown, at_least: 2 hours}
  - {id: answers, kind: count, what: answers, at_least: 1}
  - {id: answered, kind: share, what: answered, of: all, base: actual, at_least: 50 %}
  - {id: in-time, kind: response, each: square, followed_by: answered, within: 3 days}
  - {id: together, kind: co_presence, what: square, with: morning, match: overlap, every: week, partial: whole_only,
     at_least: 1}
  - {id: places, kind: count, what: all, unit: place, at_least: 3}
"""


@pytest.mark.parametrize("seed", [0, 1, 5, 6, 9, 12])
def test_dirty_files_are_judged_alike(seed: int, tmp_path: Path) -> None:
    rnd = Random(seed)
    promise = tmp_path / "dirty.yaml"
    promise.write_text(PROMISE, encoding="utf-8")
    paths = [tmp_path / f"{number}.csv" for number in range(2)]
    for path in paths:
        path.write_bytes(Export(rnd, HEADERS).bytes())
    results = [judged(promise, paths, engine) for engine in ("reference", "duckdb")]
    assert results[0] == results[1]
    assert sum(source["rows"] for source in results[0]["log"]["sources"]) > 0


def judged(promise: Path, paths: list[Path], engine: EngineName) -> dict:
    """The whole result but for the engine's name."""
    logs = [f"polis={paths[0]}", f"kommun={paths[1]}"]
    result = pk.result_document(pk.evaluate(promise, logs, as_of="2022-03-20", engine=engine), "en")
    assert result["provenance"].pop("engine") == engine
    return result
