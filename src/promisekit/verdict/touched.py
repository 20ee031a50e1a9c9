"""Which of the rows that people have set right matter to which checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from promisekit.engine.observations import Observation
from promisekit.events import RowKey
from promisekit.plan.assessment import Assessment
from promisekit.verdict.said import SetAside


def rows_touching(
    names: Iterable[str],
    now: Mapping[str, Observation],
    before: Mapping[str, Observation],
    rows: Sequence[SetAside],
    excused: Mapping[str, Mapping[RowKey, Assessment]],
) -> tuple[SetAside, ...]:
    """Of the rows those that are pointed at by a check whose numbers are not what they were; all, where none is (the
    lists are bounded), unless it is an excused case that changed them."""
    found: set[SetAside] = set()
    for name in names if rows else ():
        if now[name].cells != before[name].cells:
            keys = _pointed_at(now[name]) | _pointed_at(before[name])
            pointed = {row for row in rows if (row.event.source, row.event.file, row.event.row) in keys}
            found |= pointed or (set() if name in excused else set(rows))
    return tuple(row for row in rows if row in found)


def _pointed_at(seen: Observation) -> set[RowKey]:
    refs = [row.event for row in seen.counted] + [row.partner for row in seen.counted if row.partner is not None]
    refs += [miss.event for miss in seen.near_misses]
    return {(ref.source, ref.file, ref.row) for ref in refs}
