"""Changes as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from promisekit.events import Event, Value
from promisekit.plan.assessment import Assessment
from promisekit.proof.changes.model import (
    Change,
    Dated,
    Delivered,
    Ended,
    Filled,
    Happened,
    Held,
    Judged,
    NotHeld,
    Passed,
    Turn,
    Turned,
    Withdrawn,
)
from promisekit.proof.changes.telling import Teller
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Moment, show_clock, show_day
from promisekit.words import text

FORMAT = "promisekit/changes/1"
NAMES = {
    Held: "held",
    NotHeld: "not_held",
    Dated: "dated",
    Ended: "ended",
    Filled: "filled",
    Happened: "happened",
    Delivered: "delivered",
    Passed: "passed",
    Judged: "judged",
    Withdrawn: "withdrawn",
}


def changes_json(found: Sequence[Turned], teller: Teller, promise: str, as_of: str, lang: str) -> str:
    """Each commitment with what would turn its verdict, every change as data and as a sentence."""
    commitments = [
        {
            "id": one.commitment.id,
            "kind": one.commitment.kind,
            "statement": text(one.commitment.statement, lang),
            "verdict": one.verdict.value,
            "final": one.verdict is not Verdict.OPEN,
            "singles_tried": one.singles,
            "all_singles_tried": one.all_tried,
            "turns": {turn.verdict.value: _turn(turn, teller, lang) for turn in one.turns},
        }
        for one in found
    ]
    document = {"format": FORMAT, "promise": promise, "as_of": as_of, "commitments": commitments}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _turn(turn: Turn, teller: Teller, lang: str) -> dict[str, object]:
    return {
        "found": bool(turn.changes),
        "corrections": turn.corrections,
        "every_part_tried": turn.smallest,
        "changes": [
            {"change": NAMES[type(one)], "text": text(teller.sentence(one), lang), **_fields(one)}
            for one in turn.changes
        ],
    }


def _fields(change: Change) -> dict[str, object]:
    match change:
        case Held(row) | NotHeld(row):
            return _row(row)
        case Dated(row, day, clock):
            return _row(row) | {"date": show_day(day), "time": _time(clock)}
        case Ended(row, seconds):
            return _row(row) | {"seconds": seconds}
        case Filled(row, column, value):
            return _row(row) | {"column": column, "value": _value(value)}
        case Happened(row):
            cells = {name: _value(value) for name, value in row.cells.items()}
            when = {"date": show_day(row.day), "time": _time(row.clock)}
            return {"source": row.source, **when, "seconds": row.length, "values": cells}
        case Delivered(source, days):
            return {"source": source, "days": days.show()}
        case Passed(until):
            return {"until": show_day(until)}
        case Judged(said) | Withdrawn(said):
            return _said(said)


def _time(clock: int | None) -> str | None:
    return None if clock is None else show_clock(clock)


def _row(row: Event) -> dict[str, object]:
    return {"source": row.source, "file": row.file, "row": row.row, "id": row.id}


def _said(said: Assessment) -> dict[str, object]:
    return {"about": said.about, "role": said.role, "verdict": said.verdict}


def _value(value: Value) -> object:
    match value:
        case bool() | str() | None:
            return value
        case tuple():
            return list(value)
        case Moment():
            return value.show()
        case _:
            return str(value)
