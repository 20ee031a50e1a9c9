"""The logs of a test: tables in the promise itself or files beside it, and where a row of a table stands there.

A table in the promise may leave columns out: what is not told of any row is left out of the mapping too, so that a
log without `status` is one of things that were held. What it names must be a column of the mapping: in a few lines
written by hand an unknown header is a slip, not something that the export happens to have.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Place, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.diagnostics.source import Source, split_lines
from promisekit.events import fold
from promisekit.log import Mapping as LogMapping
from promisekit.log import Sources
from promisekit.log.cells import shown
from promisekit.log.dialect import dialect_of, lines_of
from promisekit.log.header import known
from promisekit.log.rows import rows_of
from promisekit.spec.shapes import lies_beside
from promisekit.spec.tests import WHOLE
from promisekit.words import say

ONLY = "log"
"""What a source is called that neither the promise nor the test gives a name."""
DELIMITER = ";"


class Table(Struct, frozen=True):
    """One log of a test: what it holds as CSV, or the name of the file beside the promise that it lies in."""

    source: str
    mapping: LogMapping
    """How it is read: of a table in the promise only the columns that it names."""
    route: Route
    """Where it is written, from the root of the promise."""
    content: str | None = None
    file: str | None = None
    items: bool = False
    """Whether it is a list of rows: row 2 of the table is then its first item."""

    def places(self, rows: Iterable[int], source: Source) -> list[Place]:
        """Where rows of the table, whose header is row 1, stand in the promise; of a file where its name does."""
        if self.items:
            return [source.place((*self.route, row - 2) if row > 1 else self.route) for row in rows]
        block, lines = source.place(self.route), split_lines(source.text)
        return [_line_of_block(row, block, lines) for row in rows]


def _line_of_block(row: int, block: Place, lines: list[str]) -> Place:
    """The place of a line of a text that begins with `|`; any other text is not written line by line."""
    line = block.line + row
    if row < 1 or line > len(lines) or _sign_at(block, lines) != "|":
        return block
    text = lines[line - 1]
    return Place(line, len(text) - len(text.lstrip(" ")) + 1, line, len(text) + 1)


def _sign_at(place: Place, lines: list[str]) -> str:
    return lines[place.line - 1][place.column - 1 : place.column]


def _first_sign(route: Route, source: Source) -> str:
    """What the text at a route begins with, as it is written: `|`, `>`, a quotation mark, or a sign of its own."""
    return _sign_at(source.place(route), split_lines(source.text))


def tables_of(
    log: Mapping[str, object], sources: Sources, route: Route, source: Source
) -> tuple[list[Table], list[Diagnostic]]:
    """The tables under a test's `log:`, which stands at `route` of `source`, and what is wrong with them.

    Every source of the promise has one: what a test does not tell did not happen, so that where it names no log of a
    source, there is one without rows.
    """
    tables: list[Table] = []
    found: list[Diagnostic] = []
    for name, written in log.items():
        here = route if name == WHOLE else (*route, name)
        try:
            if _first_sign(here, source) == ">":
                message = say("after `>` the lines of a table are joined into one")
                raise Refused("test.log-not-understood", message, say("write `log: |`"))
            owner = name or _only_source(sources)
            table = _table(written, owner, _mapping(owner, sources), here)
        except Refused as refused:
            found.append(refused.at(here))
        else:
            tables.append(table)
            found += () if table.file else _located(table, _flaws(written, _mapping(owner, sources)), source)
    named = {table.source for table in tables}
    expected = sources.named or ([] if tables else [ONLY])
    missing = () if found else (name for name in expected if name not in named)
    return [*tables, *(_without_rows(name, _mapping(name, sources), route) for name in missing)], found


def _only_source(sources: Sources) -> str:
    if len(sources.named) <= 1:
        return next(iter(sources.named), ONLY)
    message = say("the promise has several sources: {names}", names=listed(sources.named))
    hint = say("write the name of each under `log:`, and its table under it: `{name}: |`", name=min(sources.named))
    raise Refused("test.source-unnamed", message, hint)


def _mapping(source: str, sources: Sources) -> LogMapping:
    mapping = sources.of(source)
    if mapping is None:
        message = say("the promise knows no source `{source}`", source=source)
        hint = did_you_mean(source, sources.named, say("the sources are {listed}", listed=listed(sources.named)))
        raise Refused("test.unknown-source", message, hint, at_key=True)
    return mapping


def _without_rows(source: str, mapping: LogMapping, route: Route) -> Table:
    return Table(source, mapping, route, _csv([[column.header for column in mapping.columns]]))


def _table(written: object, source: str, mapping: LogMapping, route: Route) -> Table:
    if isinstance(written, str):
        if "\n" in written:
            return _of_text(written, source, mapping, route)
        if written.strip() and not any(mark in written for mark in ";\t,") and lies_beside(written):
            return Table(source, mapping, route, file=written.strip())
    elif isinstance(written, list):
        return _of_rows(written, source, mapping, route)
    message = say("a log is a table, a list of rows, or the name of a CSV file beside the promise")
    raise Refused("test.log-not-understood", message, say("write `log: |` and below it the table, its header first"))


def _of_text(written: str, source: str, mapping: LogMapping, route: Route) -> Table:
    header = _header(written, mapping)
    if header is None:
        return _without_rows(source, mapping, route)
    return Table(source, _narrowed(mapping, header[1]), route, written)


def _header(written: str, mapping: LogMapping) -> tuple[int, list[str]] | None:
    """On which line of a table its header stands, and its cells; None where there is no line but empty ones."""
    lines = lines_of(written)
    dialect = dialect_of(lines, lambda cells: known(cells, mapping.columns))
    if dialect is None:
        return None
    line, cells, _ = next(rows_of(lines, dialect))
    return line, [cell.strip() for cell in cells if cell.strip()]


def _of_rows(written: list[object], source: str, mapping: LogMapping, route: Route) -> Table:
    rows = [row if isinstance(row, dict) else {} for row in written]
    header = list(dict.fromkeys(str(key) for row in rows for key in row))
    if not header:
        return replace(_without_rows(source, mapping, route), items=True)
    cells = [[_cell(row.get(key)) for key in header] for row in rows]
    return Table(source, _narrowed(mapping, header), route, _csv([header, *cells]), items=True)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _csv(rows: Iterable[list[str]]) -> str:
    text = StringIO()
    csv.writer(text, delimiter=DELIMITER, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _narrowed(mapping: LogMapping, header: Iterable[str]) -> LogMapping:
    named = {fold(cell) for cell in header}
    return replace(mapping, columns=tuple(column for column in mapping.columns if fold(column.header) in named))


def _flaws(written: object, mapping: LogMapping) -> Iterator[Refused]:
    """What is wrong with a table in the promise; the route is an item and its key, of a text the line and the cell."""
    if isinstance(written, list):
        yield from _of_items(written, mapping)
        header = [str(key) for row in written if isinstance(row, dict) for key in row]
    else:
        line, header = (isinstance(written, str) and _header(written, mapping)) or (1, [])
        yield from (_unknown(cell, mapping, (line, cell)) for cell in header if not _known(cell, mapping))
    start = next(column for column in mapping.columns if column.name == "start")
    if header and all(_known(cell, mapping) and fold(cell) != fold(start.header) for cell in header):
        message = say("the table has no column `{column}`, by which its rows are dated", column=start.header)
        yield Refused("test.no-start", message, say("add it: every row says when it began"))


def _of_items(written: list[object], mapping: LogMapping) -> Iterator[Refused]:
    hint = say("write `{example}`, with the headers of the export", example="- {Start: 2022-03-05 10:00}")
    for position, row in enumerate(written):
        if not isinstance(row, dict):
            yield Refused("test.row-not-understood", say("a row is a mapping of headers to cells"), hint, (position,))
            continue
        for key, cell in row.items():
            if not _known(key, mapping):
                yield _unknown(key, mapping, (position, key))
            elif isinstance(cell, (list, dict)) or len(_cell(cell).splitlines()) > 1:
                message = say("the cell `{column}` is not a text on one line", column=key)
                told = say("write it as it stands in the export, in quotation marks")
                yield Refused("test.row-not-understood", message, told, (position, key))


def _known(cell: str, mapping: LogMapping) -> bool:
    return any(fold(cell) == fold(column.header) for column in mapping.columns)


def _unknown(cell: str, mapping: LogMapping, route: Route) -> Refused:
    message = say("the promise reads no column `{column}`", column=shown(cell))
    own = mapping.column(cell)  # the promise's name for it, where the export's was meant
    headers = [column.header for column in mapping.columns]
    if own is not None:
        hint = say("write the header that the export has: `{header}`", header=own.header)
    else:
        hint = did_you_mean(cell, headers, say("its columns are {names}", names=listed(headers)))
    return Refused("test.unknown-column", message, hint, route, at_key=True)


def _located(table: Table, flaws: Iterable[Refused], source: Source) -> Iterator[Diagnostic]:
    """The flaws where they stand; a cell of the header in its line."""
    for flaw in flaws:
        if table.items or not flaw.route:
            yield flaw.at(table.route)
            continue
        row, cell = flaw.route
        (line,) = table.places([int(row)], source)
        text = split_lines(source.text)[line.line - 1]
        at = text.find(str(cell)) + 1 or line.column
        place = (
            Place(line.line, at, line.line, at + len(str(cell))) if line.line > source.place(table.route).line else line
        )
        yield replace(flaw.at(table.route), place=place)
