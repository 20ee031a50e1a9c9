"""Reading: every export of a run into one log, or everything that stands in the way of it."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.events import Coverage, Doubt, Event
from promisekit.log.columns import columns_of
from promisekit.log.dialect import Decoded, Undecodable, decode, dialect_of, lines_of, twice_encoded
from promisekit.log.files import contents, given_before, invalid, names
from promisekit.log.header import bind, known
from promisekit.log.identity import settle
from promisekit.log.mapping import Duplicates, LogFile, Mapping, Sources
from promisekit.log.model import FileRead, Log, SourceRead
from promisekit.log.records import Records, Unknown, records_of
from promisekit.log.rows import rows_of
from promisekit.windows import DaySet, Zone
from promisekit.words import Message, say


class _Export(Struct, frozen=True):
    """One file that was read."""

    file: FileRead
    mapping: Mapping
    records: Records
    diagnostics: tuple[Diagnostic, ...]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Holds the cycle collector back: rows make no cycles, and looking for them took more than half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_no_collection()
def read_logs(
    files: Sequence[LogFile],
    sources: Sources,
    zone: Zone,
    stdin: BinaryIO | None = None,
    covers: Dictionary[str | None, DaySet] | None = None,
) -> Log:
    """All files as one log: each opened once, those of one source joined in the order given.

    `covers` (by source, None for all of them) goes before the coverage that the mappings declare. Raises Invalid with
    what is wrong with any of the files (exit code 4), or with a source in `covers` that has no log (exit code 2).
    """
    covers = covers or {}
    _check_covers(covers, files)
    read = [_joined(source, exports, covers) for source, exports in _exports(files, sources, zone, stdin).items()]
    log = Log(
        sources=tuple(source for source, _, _ in read),
        events=tuple(chain.from_iterable(events for _, events, _ in read)),
        diagnostics=tuple(chain.from_iterable(diagnostics for _, _, diagnostics in read)),
    )
    return log if sources.duplicates is None else _merged(log, sources.duplicates)


def _merged(log: Log, rule: Duplicates) -> Log:
    """The log once more, with the rows merged that the promise says are one event. What is covered stays as it was."""
    from promisekit.log.duplicates import merge  # imported late: few promises declare it

    merging = merge(log.events, rule)
    gone = Counter(merged.event.source for merged in merging.merged)
    return Log(
        sources=tuple(replace(source, superseded=source.superseded + gone[source.name]) for source in log.sources),
        events=merging.events,
        diagnostics=(*log.diagnostics, *merging.diagnostics),
        merged=merging.merged,
    )


def _exports(
    files: Sequence[LogFile], sources: Sources, zone: Zone, stdin: BinaryIO | None
) -> dict[str, list[_Export]]:
    """All files by their source. Raises Invalid with what is wrong with any of them."""
    problems: list[Diagnostic] = []
    exports: dict[str, list[_Export]] = {}
    first_with: dict[str, LogFile] = {}
    for file, name, again in zip(files, names(files), given_before(files), strict=True):
        try:
            if again:
                raise invalid("log.file-twice", file.path, say("this log is given twice"), say("give it once"))
            export = _export(file, name, sources, zone, stdin)
            first = first_with.setdefault(export.file.sha256, file)
            if first is not file and export.file.rows and file.content is None:  # only files are exported twice
                raise _copy(file, first)
        except Invalid as error:
            problems += error.diagnostics
        else:
            exports.setdefault(file.source, []).append(export)
    if problems:
        raise Invalid(tuple(problems), 4)
    return exports


def _export(file: LogFile, name: str, sources: Sources, zone: Zone, stdin: BinaryIO | None) -> _Export:
    """One file, read. Raises Invalid where it cannot be."""
    mapping = sources.of(file.source)
    if mapping is None:
        raise _unknown_source(file, sources)
    data = contents(file, stdin)
    digest = hashlib.sha256(data).hexdigest()
    try:
        decoded = decode(data)
    except Undecodable as error:
        raise invalid("log.encoding", file.path, error.reason, say("save it as `CSV UTF-8`")) from None
    lines = lines_of(decoded.text)
    dialect = dialect_of(lines, lambda cells: known(cells, mapping.columns))
    if dialect is None:
        raise invalid("log.empty", file.path, say("the file is empty"), say("an export has at least its header"))
    rows = rows_of(lines, dialect)
    line, cells, fault = next(rows)
    if fault is not None:
        raise invalid("log.header", file.path, say("the header cannot be read: {fault}", fault=fault))
    header = bind(cells, mapping.columns, file.path, line)
    records = records_of(rows, file.source, name, header, columns_of(header, mapping, zone))
    rejected = len(records.rejections)
    read = FileRead(name, digest, decoded.encoding, dialect.delimiter, records.rows, rejected)
    return _Export(read, mapping, records, tuple(_spoilt(decoded, name)))


def _joined(
    source: str, exports: Sequence[_Export], covers: Dictionary[str | None, DaySet]
) -> tuple[SourceRead, tuple[Event, ...], list[Diagnostic]]:
    """The files of one source as one: its events, its coverage and what was noticed."""
    mapping = exports[0].mapping
    versions = list(chain.from_iterable(export.records.versions for export in exports))
    settled = settle(versions, mapping.unique_ids)
    declared = covers.get(source, covers.get(None, mapping.covers))
    days = {event.start.first for event in settled.events if Doubt.REJECTED not in event.doubts}
    read = SourceRead(
        name=source,
        files=tuple(export.file for export in exports),
        coverage=Coverage(declared, tuple(sorted(days))),
        superseded=settled.superseded,
        undated=sum(export.records.undated for export in exports),
    )
    diagnostics = [found for export in exports for found in (*export.diagnostics, *export.records.rejections)]
    diagnostics += _unknown_statuses(exports)
    return read, settled.events, diagnostics + list(settled.diagnostics)


def _check_covers(covers: Dictionary[str | None, DaySet], files: Sequence[LogFile]) -> None:
    given = {file.source for file in files}
    problems = []
    for source in covers:
        if source is not None and source not in given:
            said = say("no log of this run comes from `{source}`, whose coverage is declared", source=source)
            problems.append(Diagnostic("covers.unknown-source", Severity.ERROR, said, _meant(source, given)))
    if problems:
        raise Invalid(tuple(problems), 2)


def _unknown_source(file: LogFile, sources: Sources) -> Invalid:
    said = say("the promise knows no source `{source}`", source=file.source)
    own = Path(file.path).stem
    if own in sources.named:
        hint = say("write `{argument}`", argument=f"{own}={file.path}")
    else:
        hint = _meant(file.source, sources.named)
    return invalid("log.unknown-source", file.path, said, hint)


def _meant(source: str, names: Iterable[str]) -> Message:
    return did_you_mean(source, names, say("the sources are {listed}", listed=listed(names)))


def _copy(file: LogFile, first: LogFile) -> Invalid:
    said = say("this log is byte for byte the same as `{other}`", other=first.path)
    return invalid("log.file-twice", file.path, said, say("give it once: every event in it would count twice"))


def _spoilt(decoded: Decoded, name: str) -> Iterator[Diagnostic]:
    """Warnings about characters that were lost or garbled before or on the way."""
    if decoded.lost:
        said = say(
            "{n} character is lost: the file is UTF-8 but broken there",
            "{n} characters are lost: the file is UTF-8 but broken there",
            n=decoded.lost,
        )
        hint = say("rows with a lost character in a column that is read are rejected; export the file again")
        yield _warning("log.lost-characters", said, hint, name, None)
    at = twice_encoded(decoded.text)
    if at is not None:
        line = len(lines_of(decoded.text[: at + 1]))
        said = say("the text was garbled before it was saved: `Ã¥` stands for `å`, `Ã¤` for `ä`")
        yield _warning("log.garbled", said, say("open and save it once, as UTF-8"), name, line)


def _unknown_statuses(exports: Sequence[_Export]) -> Iterator[Diagnostic]:
    """One warning for every status that the mapping does not know, over all files of a source."""
    found: dict[str | None, tuple[str, Unknown, int]] = {}
    for export in exports:
        for status, unknown in export.records.unknown.items():
            name, first, number = found.get(status, (export.file.name, unknown, 0))
            found[status] = name, first, number + unknown.number
    for status, (name, first, number) in found.items():
        if status is None:
            said = say(
                "{n} row has no status and is only possible", "{n} rows have no status and are only possible", n=number
            )
            yield _warning("log.status-unknown", said, None, name, first.row)
        else:
            said = say(
                "{n} row has the status `{status}`, which the promise does not explain, and is only possible",
                "{n} rows have the status `{status}`, which the promise does not explain, and are only possible",
                n=number,
                status=first.text,
            )
            hint = say("name it under `held`, `planned` or `cancelled` in the promise's `status`")
            yield _warning("log.status-unknown", said, hint, name, first.row)


def _warning(code: str, said: Message, hint: Message | None, file: str, line: int | None) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, said, hint, file, place=None if line is None else Place(line))
