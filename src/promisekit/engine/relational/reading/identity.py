"""Identity: the rows of a source that share an id, or all they say, are settled as in any log; no other needs to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from promisekit.engine.relational.reading.stored import StoredFile
from promisekit.engine.relational.reading.typed import NO_ID
from promisekit.engine.relational.session import Session
from promisekit.events import Doubt
from promisekit.log.exports import Joined
from promisekit.log.identity import Version, settle
from promisekit.windows import Day


def settle_stored(files: Sequence[StoredFile], unique_ids: bool, session: Session) -> Joined:
    """Takes older versions of events out of the tables, and says which rows may be another one told twice."""
    _make_alike(files, session)
    settled = settle(list(_versions(files, session)), unique_ids)
    kept = {event.key: event for event in settled.events}
    for number, file in enumerate(files):
        lines = [line for (line,) in session.read(f"SELECT line FROM alike WHERE file = {number}")]
        older = [line for line in lines if (file.source, file.name, line) not in kept]
        session.load("older", ("line",), ((line,) for line in older))
        session.delete(file.table, "line IN (SELECT line FROM older)")
        events = [kept[file.source, file.name, line] for line in set(lines) - set(older)]
        file.doubled = {event.row for event in events if Doubt.DUPLICATE in event.doubts}
        session.load("doubled", ("line",), ((line,) for line in file.doubled))
        session.update(file.table, "state = LEAST(state, 1)", "line IN (SELECT line FROM doubled)")
        held = (kept.get((file.source, file.name, line)) for line in file.held)
        file.held = {event.row: Version(event, None, None) for event in held if event is not None}
    return Joined(_days(files, session), settled.superseded, settled.diagnostics)


def _make_alike(files: Sequence[StoredFile], session: Session) -> None:
    """Makes `alike`: the rows in tables whose id, or all that they say, another row of the source has, too."""
    rows = " UNION ALL ".join(
        f"SELECT {number} AS file, line, id_hash, alike FROM {file.table}" for number, file in enumerate(files)
    )
    names = {version.event.id for file in files for version in file.held.values()} - {None}
    session.load("held_id", ("id_hash",), ((session.hash_of(name),) for name in names if name is not None))
    session.view("rows_of_source", rows)
    session.make(
        "alike",
        f"""
        SELECT DISTINCT r.file, r.line FROM rows_of_source r
        JOIN (SELECT id_hash AS hash FROM rows_of_source WHERE id_hash <> {NO_ID} GROUP BY id_hash HAVING COUNT(*) > 1
              UNION SELECT id_hash FROM held_id) d ON d.hash = r.id_hash
        UNION
        SELECT r.file, r.line FROM rows_of_source r
        JOIN (SELECT alike AS hash FROM rows_of_source GROUP BY alike HAVING COUNT(*) > 1) d ON d.hash = r.alike""",
    )


def _versions(files: Sequence[StoredFile], session: Session) -> Iterable[Version]:
    """Those rows, and all that are not in tables, in order."""
    for number, file in enumerate(files):
        lines = [line for (line,) in session.read(f"SELECT line FROM alike WHERE file = {number}")]
        versions = file.versions([*lines, *file.held], session)
        yield from (versions[line] for line in sorted(versions))


def _days(files: Sequence[StoredFile], session: Session) -> tuple[Day, ...]:
    """The days on which the events that were not rejected start."""
    events = (version.event for file in files for version in file.held.values())
    days = {event.start.first for event in events if Doubt.REJECTED not in event.doubts}
    for file in files:
        days |= {Day(day) for (day,) in session.read(f"SELECT DISTINCT start_first FROM {file.table}")}
    return tuple(sorted(days))
