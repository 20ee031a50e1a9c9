"""A log of any size: every file into tables, and the rows that count."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from itertools import accumulate, chain
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from promisekit.engine.relational.reading.identity import settle_stored
from promisekit.engine.relational.reading.opening import Text
from promisekit.engine.relational.reading.stored import StoredEvents, StoredFile
from promisekit.engine.relational.reading.survey import PIECE, Survey, survey
from promisekit.engine.relational.reading.typed import Typing, Values
from promisekit.engine.relational.session import Session
from promisekit.log.columns import columns_of
from promisekit.log.exports import Export, Joined, read_sources
from promisekit.log.files import STDIN, opened, refuse_other_formats
from promisekit.log.mapping import LogFile, Mapping, Sources
from promisekit.log.model import FileRead, Log
from promisekit.log.moments import Moments
from promisekit.log.packed import Packing, packing_of, unpacked
from promisekit.log.records import Records, Unknown, records_of
from promisekit.log.rows import Row
from promisekit.windows import DaySet, Zone


class StoredExport(Export, frozen=True):
    """One file whose rows are in tables."""

    stored: StoredFile


def read_stored(
    files: Sequence[LogFile],
    sources: Sources,
    zone: Zone,
    stdin: BinaryIO | None = None,
    covers: Dictionary[str | None, DaySet] | None = None,
    memory_limit: str | None = None,
) -> Log:
    """What `log.read_logs` reads, with the events in a database, which is their own. Raises Invalid as it does."""
    session = Session(memory_limit)
    try:
        reader = _Stored(zone, stdin, session)
        read, diagnostics = read_sources(reader, files, sources, covers)
        stored = [file for source in read for file in reader.joined[source.name]]
        _number(stored)
        return Log(read, StoredEvents(stored, session, reader.values), diagnostics)
    except BaseException:
        session.close()
        raise


def _number(files: Sequence[StoredFile]) -> None:
    """Says from where on the rows of each file are numbered."""
    by_name = sorted(files, key=lambda file: (file.source, file.name))
    for file, before in zip(by_name, accumulate((one.lines + 1 for one in by_name), initial=0), strict=False):
        file.number = before
    for file, before in zip(files, accumulate((one.lines + 1 for one in files), initial=0), strict=False):
        file.place = before


class _Stored:
    """Reads rows into tables."""

    def __init__(self, zone: Zone, stdin: BinaryIO | None, session: Session) -> None:
        self.joined: dict[str, list[StoredFile]] = {}
        self.values = Values()
        self._zone, self._stdin, self._session = zone, stdin, session
        self._files = 0

    def export(self, file: LogFile, name: str, mapping: Mapping) -> StoredExport:
        """One file, read. Raises Invalid where it cannot be."""
        table = f"text_{self._files}"
        self._files += 1
        path = Path(file.path)
        if file.path == STDIN or file.content is not None:
            path = self._session.folder / f"{table}.given"
            with opened(file, self._stdin) as stream, path.open("wb") as spool:
                shutil.copyfileobj(stream, spool, PIECE)
        with opened(LogFile(file.source, str(path)), None) as stream:
            found = survey(stream)
        given, packing = found.sha256, packing_of(found.beginning)
        if packing is not None:
            path = self._unpacked(file, path, packing, table)
            with path.open("rb") as stream:
                found = survey(stream)
        export = self._read(file, name, mapping, table, path, found)
        return export if packing is None else replace(export, file=replace(export.file, sha256=given, packed=packing))

    def _unpacked(self, file: LogFile, path: Path, packing: Packing, table: str) -> Path:
        """Where a copy lies that is not packed; it is gone with the session."""
        copy = self._session.folder / f"{table}.unpacked"
        with path.open("rb") as stream, copy.open("wb") as spool:
            spool.writelines(unpacked(stream, path.stat().st_size, packing, file))
        return copy

    def _read(self, file: LogFile, name: str, mapping: Mapping, table: str, path: Path, found: Survey) -> StoredExport:
        refuse_other_formats(file, found.beginning)
        part = Text(table, file, name, path, found).rows(mapping, self._session)
        rows, opening = part.rows, part.opening
        columns = columns_of(rows.columns, mapping, self._zone)
        typing = Typing(
            f"typed{table.removeprefix('text')}", rows, columns, Moments(self._zone), self.values, self._session
        )
        typing.make()
        uneven = records_of(
            rows.uneven, file.source, name, opening.header, columns_of(opening.header, mapping, self._zone)
        )
        odd = records_of(self._unsound(typing), file.source, name, rows.columns, columns)
        self._session.delete(typing.name, "sound = 0")
        records = _together([uneven, odd], typing.unknown())
        held = {version.event.row: version for version in records.versions}
        number = self._session.count(typing.name) + records.rows
        read = FileRead(name, found.sha256, part.encoding, opening.dialect.delimiter, number, len(records.rejections))
        stored = StoredFile(file.source, name, typing, part.lines, held)
        return StoredExport(read, mapping, records, part.diagnostics, stored)

    def _unsound(self, typing: Typing) -> Iterator[Row]:
        """The rows that cannot be read as they should, as they stand in the table."""
        width = typing.rows.columns.width - 1
        cells = ", ".join(f"r.t{number}" for number in range(width))
        rows = self._session.texts(f"""
            SELECT r.line, {cells}, r.other FROM {typing.rows.table} r
            JOIN (SELECT line FROM {typing.name} WHERE sound = 0) y ON y.line = r.line ORDER BY r.line""")
        return ((int(line), texts, None) for line, *texts in rows)

    def join(self, source: str, exports: Sequence[StoredExport]) -> Joined:
        """The rows of all files of one source."""
        files = [export.stored for export in exports]
        self.joined[source] = files
        return settle_stored(files, exports[0].mapping.unique_ids, self._session)


def _together(several: Sequence[Records], unknown: Iterable[tuple[str | None, Unknown]]) -> Records:
    """Records of one file, in the order of its rows."""
    noted = chain(unknown, *(records.unknown.items() for records in several))
    found = Records(undated=sum(records.undated for records in several))
    found.versions = sorted(chain(*(one.versions for one in several)), key=lambda version: version.event.row)
    found.rejections = sorted(
        chain(*(one.rejections for one in several)), key=lambda one: one.place.line if one.place else 0
    )
    for status, one in sorted(noted, key=lambda pair: pair[1].row):
        found.unknown.setdefault(status, Unknown(one.text, one.row)).number += one.number
    return found
