"""Reading: every export of a run into one log, or everything that stands in the way of it."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from msgspec.structs import replace

from promisekit.events import Doubt, Event
from promisekit.log.columns import columns_of
from promisekit.log.dialect import Undecodable, decode, lines_of
from promisekit.log.exports import Export, Joined, opening_of, read_sources, spoilt
from promisekit.log.files import contents, invalid, refuse_other_formats
from promisekit.log.identity import settle
from promisekit.log.mapping import Duplicates, LogFile, Mapping, Sources
from promisekit.log.model import FileRead, Log
from promisekit.log.packed import packing_of, unpacked
from promisekit.log.records import records_of
from promisekit.windows import DaySet, Zone
from promisekit.words import say


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
    reader = _InMemory(zone, stdin)
    read, diagnostics = read_sources(reader, files, sources, covers)
    log = Log(read, tuple(reader.events), diagnostics)
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


class _InMemory:
    """Reads every row into an event."""

    def __init__(self, zone: Zone, stdin: BinaryIO | None) -> None:
        self.events: list[Event] = []
        self._zone, self._stdin = zone, stdin

    def export(self, file: LogFile, name: str, mapping: Mapping) -> Export:
        """One file, read. Raises Invalid where it cannot be."""
        data = contents(file, self._stdin)
        digest = hashlib.sha256(data).hexdigest()
        packing = packing_of(data)
        if packing is not None:
            data = b"".join(unpacked(BytesIO(data), len(data), packing, file))
        refuse_other_formats(file, data)
        try:
            decoded = decode(data)
        except Undecodable as error:
            raise invalid("log.encoding", file.path, error.reason, say("save it as `CSV UTF-8`")) from None
        opening = opening_of(lines_of(decoded.text), mapping, file)
        header = opening.header
        records = records_of(opening.rows, file.source, name, header, columns_of(header, mapping, self._zone))
        rejected = len(records.rejections)
        read = FileRead(name, digest, decoded.encoding, opening.dialect.delimiter, records.rows, rejected, packing)
        return Export(read, mapping, records, tuple(spoilt(decoded, name)))

    def join(self, source: str, exports: Sequence[Export]) -> Joined:
        """The rows of all files of one source."""
        versions = list(chain.from_iterable(export.records.versions for export in exports))
        settled = settle(versions, exports[0].mapping.unique_ids)
        self.events += settled.events
        days = {event.start.first for event in settled.events if Doubt.REJECTED not in event.doubts}
        return Joined(tuple(sorted(days)), settled.superseded, settled.diagnostics)
