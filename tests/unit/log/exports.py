"""Exports made in the test, and how they are read: one mapping that uses every reserved column and every type."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from io import BytesIO

from promisekit.diagnostics import Diagnostic
from promisekit.log import Column, Log, LogFile, Mapping, Sources, read_logs
from promisekit.windows import DaySet, Zone
from promisekit.words import text

ZONE = Zone()
HEADER = "Id;Start;Slut;Aktivitet;Plats;Medverkande;Antal;Med;Uppföljd;Status;Registrerad;Anteckning"
COLUMNS = (
    Column("id", "Id"),
    Column("start", "Start", "date"),
    Column("end", "Slut", "date"),
    Column("activity", "Aktivitet"),
    Column("place", "Plats"),
    Column("actors", "Medverkande", "list"),
    Column("number", "Antal", "number"),
    Column("with", "Med", "flag"),
    Column("followed", "Uppföljd", "date"),
    Column("status", "Status"),
    Column("recorded_at", "Registrerad", "date"),
)
"""Everything in HEADER but the note."""
MAPPING = Mapping(
    COLUMNS,
    held=frozenset({"genomförd", "klar"}),
    planned=frozenset({"planerad"}),
    cancelled=frozenset({"inställd", "avbokad"}),
)
PLAIN = Mapping((Column("id", "Id"), Column("start", "Start"), Column("activity", "Aktivitet")))


def row(**cells: str) -> str:
    """A row of HEADER's columns: held on 5 March 2022 unless `cells` say otherwise (by header)."""
    defaults = {"Id": "H-1", "Start": "2022-03-05 10:00", "Aktivitet": "Riktad insats", "Status": "Genomförd"}
    return ";".join({**defaults, **cells}.get(header, "") for header in HEADER.split(";"))


def export(*rows: str) -> bytes:
    """An export with HEADER and these rows, as UTF-8."""
    return "\n".join([HEADER, *rows, ""]).encode()


def read(
    data: bytes,
    mapping: Mapping = MAPPING,
    *,
    covers: Dictionary[str | None, DaySet] | None = None,
    zone: Zone = ZONE,
) -> Log:
    """The log in `data`, given on standard input as the source `log`."""
    return read_logs([LogFile("log", "-")], Sources(mapping, {}), zone, BytesIO(data), covers)


def found(log: Log) -> list[str]:
    """The diagnostics of a log: `CODE LINE MESSAGE`, in English."""
    return [told(one) for one in log.diagnostics]


def told(one: Diagnostic) -> str:
    """`CODE LINE MESSAGE`, in English; `-` where it is about no line."""
    return f"{one.code} {one.place.line if one.place else '-'} {text(one.message, 'en')}"
