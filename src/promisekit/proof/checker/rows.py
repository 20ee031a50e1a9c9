"""Rows: from the bytes of a log to what each row says, and which rows are versions of one event."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .clock import Clock
from .terms import (
    BAD,
    Moment,
    Row,
    Unreadable,
    agree,
    fold,
)

GROUPED = (("[ \u00a0\u202f]", "[.,]"), (r"\.", ","), (",", r"\."))


YES = {"ja", "j", "yes", "y", "sant", "true", "x", "1"}


NO = {"nej", "n", "no", "falskt", "false", "0"}


def decimal(text: str) -> Fraction:
    """The number in a cell."""
    text = text.replace("−", "-")
    for mark, point in (("", "[.,]"), *GROUPED):
        groups = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+" if mark else "[0-9]+"
        if len(text) <= 60 and re.fullmatch(rf"[+-]?{groups}(?:{point}[0-9]+)?", text):
            return Fraction(re.sub(mark, "", text).replace(",", ".") if mark else text.replace(",", "."))
    raise ValueError("no number")


def cell(text: str, column: dict[str, Any], clock: Clock) -> Any:
    """What a cell says; None where it is empty. Raises ValueError where it cannot be read."""
    text = text.strip()
    if "\ufffd" in text or "\0" in text:
        raise ValueError("a lost character")
    if not text:
        return None
    match column["type"]:
        case "text":
            return fold(text) or None
        case "id":
            return unicodedata.normalize("NFC", text)
        case "list":
            return tuple(filter(None, map(fold, text.split(column["split"])))) or None
        case "number":
            return decimal(text)
        case "date":
            return clock.moment(text)
        case "flag" if fold(text) in YES | NO:
            return fold(text) in YES
    raise ValueError("cannot be read")


def rows_of(source: dict[str, Any], file: dict[str, Any], data: bytes, clock: Clock) -> Iterator[Row]:
    """The rows of a file that have a readable date."""
    if file["encoding"] == "cp1252" and not data.isascii():
        agree(file["name"], "encoding", "cp1252", "utf-8" if _is_utf8(data) else "cp1252")
    text = data.decode(file["encoding"], errors="replace").removeprefix("\ufeff").removesuffix("\x1a")
    lines = list(io.StringIO(text, newline=""))
    said = [line for line in lines[:1] if line.strip('"').lower().startswith("sep=")]
    top = next(at for at in range(len(said), len(lines)) if lines[at].strip(" \t\r\n;,"))
    reader = csv.reader(lines[top:], delimiter=file["delimiter"], strict=True)
    line = top + 1
    try:
        header = [unicodedata.normalize("NFC", name).strip() for name in next(reader)]
        columns = {name: (_place(header, column["header"]), column) for name, column in source["columns"].items()}
        widths = (max(at + 1 for at, name in enumerate(header) if name), len(header))
        line += reader.line_num
        for cells in reader:
            if any(map(str.strip, cells)):
                found = row_of(source, file["name"], line, cells, columns, widths, clock)
                if found is not None:
                    yield found
            line = top + 1 + reader.line_num
    except csv.Error as error:
        raise Unreadable(f"{file['name']}:{line}: {error}") from None


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _place(header: list[str], name: str) -> int:
    name = unicodedata.normalize("NFC", name).strip()
    return header.index(name) if name in header else [fold(one) for one in header].index(fold(name))


def row_of(
    source: dict[str, Any],
    file: str,
    line: int,
    cells: list[str],
    columns: dict[str, tuple[int, dict[str, Any]]],
    widths: tuple[int, int],
    clock: Clock,
) -> Row | None:
    """A row. Of one that is too short the last cell may be torn; in one that is too long all but its date, shifted."""
    if not any(map(str.strip, cells[widths[1] :])):
        del cells[widths[1] :]
    ragged = not widths[0] <= len(cells) <= widths[1]
    short = len(cells) < widths[0]
    got: dict[str, Any] = {}
    for name, (at, column) in columns.items():
        trusted = at < len(cells) - short and (name == "start" or len(cells) <= widths[1])
        try:
            got[name] = cell(cells[at], column, clock) if trusted else BAD
        except (ValueError, OverflowError):
            got[name] = BAD
    if not isinstance(start := got.pop("start"), Moment):
        got["start"] = BAD
        start = _day_alone(cells, columns["start"][0], short, clock)
        if start is None:
            return None
    close = got.pop("end", None)
    backwards = isinstance(close, Moment) and close.end < start.begin
    rejected = ragged or backwards or BAD in (close, *got.values())
    got.pop("start", None)
    apart = [got.pop(name, None) for name in ("id", "status", "recorded_at")]
    known, status, recorded = (None if one is BAD else one for one in apart)
    words = source["status"]
    held = 2 if words is None or status in words["held"] else 0 if status in words["cancelled"] else 1
    ended = close if isinstance(close, Moment) and not backwards else None
    held = min(held, 1) if rejected else held
    return Row(source["name"], file, line, known, start, ended, held, got, status, recorded, rejected)


def _day_alone(cells: list[str], at: int, short: bool, clock: Clock) -> Moment | None:
    """The day of a date whose clock cannot be read."""
    text = cells[at].strip() if at < len(cells) - short else ""
    try:
        return clock.moment(text[:10]) if text[10:11] in ("T", " ") else None
    except ValueError:
        return None


def settled(rows: list[Row]) -> list[Row]:
    """The last version of every id; of equal rows with a clock time and without an id, all but one are possible."""
    versions: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        versions[(at,) if row.id is None else row.id].append(at)
    kept = []
    for group in versions.values():
        dates = [recorded.begin for at in group if (recorded := rows[at].recorded) is not None]
        kept.append(group[-1] if len(dates) < len(group) else max(zip(dates, group, strict=True))[1])
    alike: dict[object, list[int]] = defaultdict(list)
    for at in sorted(kept):
        row = rows[at]
        said = (row.start, row.close, row.status, tuple(row.values.values()), row.recorded)
        alike[(at,) if row.rejected else said].append(at)
    doubled = {
        at
        for group in alike.values()
        if rows[group[0]].start.clock is not None
        for at in [at for at in group if rows[at].id is None][1:]
    }
    return [rows[at]._replace(held=min(1, rows[at].held)) if at in doubled else rows[at] for at in sorted(kept)]
