"""From one file to its rows, whatever it is written in."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from promisekit.diagnostics import Diagnostic
from promisekit.engine.relational.reading.survey import Survey
from promisekit.engine.relational.reading.tables import Rows, by_copy, directly
from promisekit.engine.relational.session import Session
from promisekit.log.dialect import Undecodable, decode, lines_of
from promisekit.log.exports import Opening, opening_of, spoilt
from promisekit.log.files import invalid
from promisekit.log.mapping import LogFile, Mapping
from promisekit.words import say


class Opened(Struct, frozen=True):
    """The rows of a file, and how it is written."""

    rows: Rows
    opening: Opening
    encoding: str
    lines: int
    diagnostics: tuple[Diagnostic, ...]


class Text(Struct, frozen=True):
    """A file that was surveyed, and the table that its rows go into."""

    table: str
    file: LogFile
    name: str
    path: Path
    found: Survey

    def rows(self, mapping: Mapping, session: Session) -> Opened:
        """Its rows, in the quickest way. Raises Invalid where the file cannot be read or has another header."""
        return self._plain(mapping, session) or self._copied(mapping, session)

    def _plain(self, mapping: Mapping, session: Session) -> Opened | None:
        found = self.found
        if not found.plain:
            return None
        lines = lines_of(found.beginning.decode("utf-8-sig"))
        if not any(line.strip(" \t\r\n;,") for line in lines):
            return None
        opening = opening_of(lines, mapping, self.file)
        if lines[opening.dialect.header].count('"') % 2:  # it goes on on the next line
            return None
        rows = directly(self.table, self.path, found, opening, session)
        return (
            None if rows is None else Opened(rows, opening, "utf-8-sig" if found.marked else "utf-8", found.lines, ())
        )

    def _copied(self, mapping: Mapping, session: Session) -> Opened:
        try:
            decoded = decode(self.path.read_bytes())
        except Undecodable as error:
            raise invalid("log.encoding", self.file.path, error.reason, say("save it as `CSV UTF-8`")) from None
        lines = lines_of(decoded.text)
        opening = opening_of(lines, mapping, self.file)
        rows = by_copy(self.table, opening, session)
        return Opened(rows, opening, decoded.encoding, len(lines), tuple(spoilt(decoded, self.name)))
