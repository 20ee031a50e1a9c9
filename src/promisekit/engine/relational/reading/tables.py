"""The rows of one file in a table of texts.

    text_i(line, t0, t1 …, other)   the rows of the width of the header: the line each begins on, its cells in the
                                    mapped columns, and, where its start is empty, what stands in all other columns

A plain file is read by the database from where it lies. Any other goes through `log.rows` into a copy of plain rows,
each with its line. Both give the same rows; the copy takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from promisekit.engine.relational.reading.survey import Survey
from promisekit.engine.relational.session import Session
from promisekit.log.dialect import Dialect
from promisekit.log.exports import Opening
from promisekit.log.header import Header
from promisekit.log.rows import Row, rows_of

WIDTHS = ("MISSING COLUMNS", "TOO MANY COLUMNS")
"""The faults of rows of another width, which is all that a plain file may have."""
UNIT, FEED, RETURN = "\x1f", "\x1e", "\x1d"
"""What stands in a copy between cells, and for the ends of lines in them, so that nothing has to be quoted."""
_OURS = re.compile(f"[{UNIT}{FEED}{RETURN}]")
_DIGIT = re.compile("[0-9]")
_PATTERN = re.compile(r"[*?\[\]{}]")
"""What the database takes for a pattern of names."""


class Rows(Struct, frozen=True):
    """The rows of a file: those in the table, and the others."""

    table: str
    columns: Header
    """Where the mapped columns stand in the table."""
    uneven: tuple[Row, ...]
    """Rows of another width, or broken, in order."""


class Layout:
    """Which cells of a row are kept, and where they go."""

    def __init__(self, header: Header) -> None:
        self.header = header

    @cached_property
    def kept(self) -> list[int]:
        """The cells of the mapped columns, in the order of the columns; each once."""
        return list(dict.fromkeys(at for _, at in self.header.positions))

    @cached_property
    def others(self) -> list[int]:
        """All other cells."""
        kept = set(self.kept)
        return [at for at in range(self.header.widest) if at not in kept]

    @cached_property
    def start(self) -> int:
        """The cell that the start stands in."""
        return next(at for column, at in self.header.positions if column.name == "start")

    @property
    def in_table(self) -> Header:
        """The header as it is in the table, whose last column is no mapped one."""
        place = {at: number for number, at in enumerate(self.kept)}
        positions = tuple((column, place[at]) for column, at in self.header.positions)
        return Header(positions, len(place) + 1, len(place) + 1)


def directly(table: str, path: Path, found: Survey, opening: Opening, session: Session) -> Rows | None:
    """The rows of a plain file; None where it turns out not to be plain."""
    layout = Layout(opening.header)
    # In a file of one column an empty line could be a row.
    if layout.header.widest < 2 or _PATTERN.search(str(path)):
        return None
    names = [f"c{at}" for at in range(layout.header.widest)]
    kept = ", ".join(f"c{at} AS t{number}" for number, at in enumerate(layout.kept))
    others = " || ".join(["''", *(f"c{at}" for at in layout.others)])
    other = f"CASE WHEN regexp_matches(c{layout.start}, '[0-9]') THEN '' ELSE {others} END AS other"
    rows = session.csv(str(path.absolute()), names, opening.dialect.delimiter, opening.dialect.header + 1)
    session.keep(f"{table}_read", f"SELECT {kept}, {other} FROM {rows}")
    rejects = session.rejects()
    uneven = None if any(fault not in WIDTHS for _, fault in rejects) else _uneven(path, found, opening, rejects)
    read = session.count(f"{table}_read")
    blank = [line for line in found.blank if line > opening.line]
    if uneven is None or opening.line + read + len(uneven) + len(blank) != found.lines:
        session.drop(f"{table}_read")
        return None
    missing = sorted([*blank, *(line for line, _, _ in uneven)])
    session.view(table, _with_lines(f"{table}_read", opening.line + 1, missing, session))
    return Rows(table, layout.in_table, tuple(uneven))


def _uneven(path: Path, found: Survey, opening: Opening, rejects: Iterable[tuple[int, str]]) -> list[Row] | None:
    """The rows that the database refused, as Python reads them; None where one is more than a line, or broken."""
    uneven: dict[int, Row] = {}
    alone = Dialect(opening.dialect.delimiter, 0)
    with path.open("rb") as stream:
        for position in sorted({position - 1 for position, _ in rejects}):
            line = found.line_at(position, stream)
            rows = [] if line is None else list(rows_of([line[1].decode("utf-8")], alone))
            if line is None or len(rows) != 1 or rows[0][2] is not None:
                return None
            uneven[line[0]] = line[0], rows[0][1], None
    return list(uneven.values())


def _with_lines(table: str, first: int, missing: Sequence[int], session: Session) -> str:
    """The rows of a table with their lines: they stand one on each line from the first on, but for those missing."""
    if not missing:
        return f"SELECT rowid + {first} AS line, * FROM {table}"
    # Before the row at `since` there are so many lines that are no rows.
    passed = {line - first - number: number + 1 for number, line in enumerate(missing)}
    session.load(f"{table}_passed", ("since", "passed"), passed.items())
    return f"""
        SELECT r.rowid + {first} + COALESCE(p.passed, 0) AS line, r.*
        FROM {table} r ASOF LEFT JOIN {table}_passed p ON r.rowid >= p.since"""


def by_copy(table: str, opening: Opening, session: Session) -> Rows:
    """The rows of any file, by way of a copy."""
    layout = Layout(opening.header)
    uneven: list[Row] = []
    path = session.folder / f"{table}.csv"
    names = ["line", *(f"t{number}" for number in range(len(layout.kept))), "other"]
    with path.open("w", encoding="utf-8", newline="") as copy:
        copy.writelines(f"{UNIT.join(cells)}\n" for cells in _even(opening, layout, uneven))
    cells = ", ".join(f"REPLACE(REPLACE({name}, '{FEED}', '\n'), '{RETURN}', '\r') AS {name}" for name in names[1:])
    rows = session.csv(str(path), names, UNIT, 0, quote="")
    session.keep(f"{table}_read", f"SELECT CAST(line AS BIGINT) AS line, {cells} FROM {rows}")
    path.unlink()
    session.view(table, f"SELECT * FROM {table}_read")
    return Rows(table, layout.in_table, tuple(uneven))


def _even(opening: Opening, layout: Layout, uneven: list[Row]) -> Iterator[Iterable[str]]:
    """The rows of the width of the header, as they are copied; all others go into `uneven`."""
    header, kept, others = layout.header, layout.kept, layout.others
    for row in opening.rows:
        line, cells, fault = row
        if fault is not None or not header.width <= len(cells) <= header.widest:
            uneven.append(row)
            continue
        told = _DIGIT.search(cells[layout.start])
        copied = [cells[at] for at in kept]
        copied.append("" if told else "".join(cells[at] for at in others if at < len(cells)))
        text = "".join(copied)
        if _OURS.search(text):
            uneven.append(row)
        elif "\n" in text or "\r" in text:
            yield str(line), *(cell.replace("\n", FEED).replace("\r", RETURN) for cell in copied)
        else:
            yield str(line), *copied
