"""What the JSON of a result holds of rows, cases and people's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from promisekit.engine.observations import Counted, EventRef
from promisekit.plan.nodes import Number
from promisekit.verdict.model import (
    CaseResult,
    Evidence,
    NearMissResult,
    Remaining,
    SetAside,
    Statement,
    Waiver,
)
from promisekit.windows import Instant, Span, Zone, show_clock, show_day
from promisekit.words import text

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
HOUR = 3600
UNITS = {"second": "hour"}
"""Units that have another name outside."""


def number(value: Number | None, unit: str = "event") -> Json:
    """A number: whole where it is whole, else with at most six decimals. Seconds are told in hours."""
    if value is None:
        return None
    exact = Fraction(value, HOUR) if unit == "second" else Fraction(value)
    return exact.numerator if exact.denominator == 1 else round(float(exact), 6)


def moment(instant: Instant, zone: Zone) -> str:
    """What the wall shows at an instant: `2022-03-05T10:00`."""
    day, second = zone.wall(instant)
    return f"{show_day(day)}T{show_clock(second)}"


def days(span: Span | None) -> Json:
    """A span, both days included."""
    return None if span is None else {"start": show_day(span.start), "end": show_day(span.last)}


def event(ref: EventRef) -> dict[str, Json]:
    """A row to point at."""
    return {
        "source": ref.source,
        "file": ref.file,
        "row": ref.row,
        "id": ref.id,
        "start": ref.start,
        "label": ref.label,
    }


def rows(evidence: Evidence, unit: str, zone: Zone) -> Json:
    """The rows that count."""
    return {"total": evidence.total, "events": [_counted(row, unit, zone) for row in evidence.counted]}


def maybe(evidence: Evidence, unit: str, zone: Zone) -> Json:
    """The rows that may count."""
    return {"total": evidence.possible_total, "events": [_counted(row, unit, zone) for row in evidence.possible]}


def compared_with(baseline: Sequence[Counted], unit: str, zone: Zone) -> Json:
    """The rows that a value is compared with."""
    return [_counted(row, unit, zone) for row in baseline]


def _counted(row: Counted, unit: str, zone: Zone) -> Mapping[str, Json]:
    document = event(row.event) | {"outcome": row.outcome.value}
    if row.partner is not None:
        document["with"] = event(row.partner)
    if row.due is not None:
        document["due"] = show_day(row.due)
    if row.due_at is not None:
        document["due_at"] = moment(row.due_at, zone)
    if row.late is not None:
        document["late"] = show_day(row.late)
    if row.late_at is not None:
        document["late_at"] = moment(row.late_at, zone)
    if row.amount is not None:
        document["amount"] = number(row.amount, unit)
    return document


def near_miss(result: NearMissResult, unit: str, language: str) -> Mapping[str, Json]:
    """A row that nearly counted."""
    miss = result.miss
    document = event(miss.event) | {
        "failed": miss.failed,
        "found": text(miss.found, language),
        "wanted": text(miss.wanted, language),
        "window": miss.window,
        "pivotal": result.pivotal,
    }
    if unit == "event" or miss.amount is None:
        return document
    return document | {"amount": number(miss.amount, unit)}


def case(one: CaseResult, zone: Zone) -> Mapping[str, Json]:
    """One obligation, or one row of a share's whole."""
    return event(one.event) | {
        "window": one.window,
        "due": None if one.due is None else show_day(one.due),
        "due_at": None if one.due_at is None else moment(one.due_at, zone),
        "answered": None if one.answered is None else show_day(one.answered),
        "late": None if one.late is None else show_day(one.late),
        "late_at": None if one.late_at is None else moment(one.late_at, zone),
        "with": None if one.partner is None else event(one.partner),
        "low": one.low,
        "high": one.high,
        "verdict": one.verdict.value,
        "reasons": [reason.value for reason in one.reasons],
        "member": one.member,
        "waived": waiver(one.waived),
    }


def remaining(left: Remaining, zone: Zone, language: str) -> Mapping[str, Json]:
    """What is still owed."""
    document: dict[str, Json] = {
        "need": number(left.need, left.unit),
        "by": show_day(left.by),
        "what": text(left.what, language),
        "unit": UNITS.get(left.unit, left.unit),
    }
    if left.member is not None:
        document["member"] = left.member
    if left.due_at is not None:
        document["due_at"] = moment(left.due_at, zone)
    return document


def statement(said: Statement) -> Mapping[str, Json]:
    """A person's judgement."""
    return {
        "by": said.by,
        "role": said.role,
        "date": show_day(said.date),
        "verdict": None if said.verdict is None else said.verdict.value,
        "note": said.note,
        "evidence": list(said.evidence),
        "replaced": said.replaced,
    }


def waiver(one: Waiver | None) -> Json:
    """What people have waived."""
    if one is None:
        return None
    return {
        "by": one.by,
        "role": one.role,
        "date": show_day(one.date),
        "reason": one.reason,
        "without": one.without.value,
        "what": one.what,
        "part": one.part,
        "member": one.member,
        "window": days(one.window),
        "case": one.case,
        "evidence": list(one.evidence),
    }


def set_aside(one: SetAside) -> Mapping[str, Json]:
    """A row that people have set right."""
    return event(one.event) | {
        "what": one.what,
        "by": one.by,
        "role": one.role,
        "date": show_day(one.date),
        "reason": one.reason,
        "evidence": list(one.evidence),
    }
