"""A log as it was read: events, and per source what was read and what was not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from promisekit.diagnostics import Diagnostic
from promisekit.events import Coverage, Event
from promisekit.log.packed import Packing


class FileRead(Struct, frozen=True):
    """What reading one file showed."""

    name: str
    """The file's own name, without its folder."""
    sha256: str
    encoding: str
    delimiter: str
    rows: int
    rejected: int
    packed: Packing | None = None
    """How the bytes are packed that `sha256` is of; the encoding is that of the text inside."""


class SourceRead(Struct, frozen=True):
    """One source: its files, its coverage and the rows that are older versions of others."""

    name: str
    files: tuple[FileRead, ...]
    coverage: Coverage
    superseded: int = 0
    """Readable rows that a later row with the same id replaced, or that were merged into a row that stands for them."""
    undated: int = 0
    """Rejected rows without a readable date; the other rejected rows are events with a doubt."""


class Merged(Struct, frozen=True):
    """A row that by the promise's own rule tells of the same event as another one, which stands for both."""

    event: Event
    into: Event


class Log(Struct, frozen=True):
    """All sources of a run. Events are sorted by source (in the order given), file and row.

    None is left out but older versions of an event (`superseded`) and those in `merged`.
    """

    sources: tuple[SourceRead, ...]
    events: Sequence[Event]
    diagnostics: tuple[Diagnostic, ...]
    merged: tuple[Merged, ...] = ()
    """In the order of the rows."""
