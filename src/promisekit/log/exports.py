"""Exports: from the files given to their sources, whichever way rows are read, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.events import Coverage
from promisekit.log.dialect import Decoded, Dialect, dialect_of, lines_of, twice_encoded
from promisekit.log.files import given_before, invalid, names
from promisekit.log.header import Header, bind, known
from promisekit.log.mapping import LogFile, Mapping, Sources
from promisekit.log.model import FileRead, SourceRead
from promisekit.log.records import Records, Unknown
from promisekit.log.rows import Row, rows_of
from promisekit.windows import Day, DaySet
from promisekit.words import Message, say


class Export(Struct, frozen=True):
    """One file that was read."""

    file: FileRead
    mapping: Mapping
    records: Records
    diagnostics: tuple[Diagnostic, ...]


class Joined(Struct, frozen=True):
    """The files of one source as one: the days on which its events start, and what was noticed."""

    days: tuple[Day, ...]
    superseded: int
    diagnostics: tuple[Diagnostic, ...]


E = TypeVar("E", bound=Export)


class Reader(Protocol[E]):
    """A way of reading rows. It keeps the events."""

    def export(self, file: LogFile, name: str, mapping: Mapping) -> E:
        """One file, read. Raises Invalid where it cannot be."""
        ...

    def join(self, source: str, exports: Sequence[E]) -> Joined:
        """The rows of all files of one source."""
        ...


def read_sources(
    reader: Reader[E], files: Sequence[LogFile], sources: Sources, covers: Dictionary[str | None, DaySet] | None
) -> tuple[tuple[SourceRead, ...], tuple[Diagnostic, ...]]:
    """Every source of the files, and what was noticed in them.

    `covers` (by source, None for all of them) goes before the coverage that the mappings declare. Raises Invalid with
    what is wrong with any of the files (exit code 4), or with a source in `covers` that has no log (exit code 2).
    """
    covers = covers or {}
    _check_covers(covers, files)
    read: list[SourceRead] = []
    diagnostics: list[Diagnostic] = []
    for source, exports in _exports(reader, files, sources).items():
        joined = reader.join(source, exports)
        declared = covers.get(source, covers.get(None, exports[0].mapping.covers))
        coverage = Coverage(declared, joined.days)
        undated = sum(export.records.undated for export in exports)
        read.append(SourceRead(source, tuple(one.file for one in exports), coverage, joined.superseded, undated))
        diagnostics += [found for one in exports for found in (*one.diagnostics, *one.records.rejections)]
        diagnostics += _unknown_statuses(exports)
        diagnostics += joined.diagnostics
    return tuple(read), tuple(diagnostics)


class Opening(Struct, frozen=True):
    """How an export begins: its dialect, its header and the line that it stands on, and the rows from there on."""

    dialect: Dialect
    header: Header
    line: int
    rows: Iterator[Row]


def opening_of(lines: Sequence[str], mapping: Mapping, file: LogFile) -> Opening:
    """How the lines of an export begin. Raises Invalid where there is no header, or where it does not fit."""
    dialect = dialect_of(lines, lambda cells: known(cells, mapping.columns))
    if dialect is None:
        raise invalid("log.empty", file.path, say("the file is empty"), say("an export has at least its header"))
    rows = rows_of(lines, dialect)
    line, cells, fault = next(rows)
    if fault is not None:
        raise invalid("log.header", file.path, say("the header cannot be read: {fault}", fault=fault))
    return Opening(dialect, bind(cells, mapping.columns, file.path, line), line, rows)


def _exports(reader: Reader[E], files: Sequence[LogFile], sources: Sources) -> dict[str, list[E]]:
    """All files by their source. Raises Invalid with what is wrong with any of them."""
    problems: list[Diagnostic] = []
    exports: dict[str, list[E]] = {}
    first_with: dict[str, LogFile] = {}
    for file, name, again in zip(files, names(files), given_before(files), strict=True):
        try:
            if again:
                raise invalid("log.file-twice", file.path, say("this log is given twice"), say("give it once"))
            mapping = sources.of(file.source)
            if mapping is None:
                raise _unknown_source(file, sources)
            export = reader.export(file, name, mapping)
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


def spoilt(decoded: Decoded, name: str) -> Iterator[Diagnostic]:
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


def _unknown_statuses(exports: Sequence[Export]) -> Iterator[Diagnostic]:
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
