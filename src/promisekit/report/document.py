"""Results as JSON documents: the stable interface. Keys may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from promisekit.diagnostics import Diagnostic
from promisekit.plan.nodes import AtLeast, Need, ShareOf
from promisekit.report import entries
from promisekit.report.entries import UNITS, Json, number
from promisekit.verdict.model import (
    CommitmentResult,
    Degree,
    Evaluation,
    SourceResult,
    TargetShown,
    TriggerResult,
    Verdict,
    WindowResult,
)
from promisekit.windows import Day, DaySet, Zone, show_clock, show_day
from promisekit.words import text

DAY = 86_400
MEASURED = ("value", "difference", "percent")
"""Units of values that are read, not counted: of them nothing may be told at all."""


def result_json(evaluations: Sequence[Evaluation], language: str | None = None) -> str:
    """One result, or `results` of several promises; texts in `language`, else in each promise's own."""
    documents = [result_document(one, language or one.plan.header.language) for one in evaluations]
    whole: Json = documents[0] if len(documents) == 1 else {"format": "promisekit/results/1", "results": documents}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def result_document(evaluation: Evaluation, language: str) -> Mapping[str, Json]:
    """The document `promisekit/result/1`."""
    header, result, period = evaluation.plan.header, evaluation.result, evaluation.plan.period
    return {
        "format": "promisekit/result/1",
        "promise": {
            "id": header.id,
            "title": header.title,
            "period": {"start": show_day(period.start), "end": show_day(period.last)},
        },
        "as_of": result.as_of.text,
        "verdict": result.verdict.value,
        "final": result.final,
        "status": result.status.value,
        "summary": {
            verdict.value: sum(one.verdict is verdict for one in result.commitments)
            for verdict in (Verdict.KEPT, Verdict.BROKEN, Verdict.OPEN, Verdict.NOT_APPLICABLE)
        },
        "commitments": [_commitment(one, evaluation.plan.zone, language) for one in result.commitments],
        "follow_up": dict(header.follow_up),
        "log": {
            "sources": [document for source in evaluation.sources for document in _source(source)],
            "set_aside": [entries.set_aside(said) for said in result.set_aside],
            "diagnostics": [_diagnostic(found, language) for found in evaluation.diagnostics],
        },
        "provenance": {
            "promisekit": evaluation.version,
            "promise_sha256": header.sha256,
            "document_sha256": header.document_sha256,
            "registers": [{"name": name, "sha256": sha256} for name, sha256 in header.registers],
            "assessments_sha256": evaluation.assessments_sha256,
            "engine": evaluation.engine,
        },
    }


def _commitment(one: CommitmentResult, zone: Zone, language: str) -> Mapping[str, Json]:
    unit = _unit(one)
    document: dict[str, Json] = {
        "id": one.id,
        "kind": one.kind,
        "owner": one.owner,
        "quote": one.quote,
        "statement": text(one.statement, language),
        "reading": one.reading,
        "readings": [text(told, language) for told in one.readings],
        "verdict": one.verdict.value,
        "final": one.final,
        "final_at": _day(one.final_at),
        "now": None if one.now is None else one.now.value,
        "status": one.status.value,
        "reasons": [reason.value for reason in one.reasons],
        "degree": _degree(one.degree),
        "target": _target(one.target),
        "need": _need(one.need),
        "outlook": None if one.outlook is None else one.outlook.value,
        "trigger": None if one.trigger is None else _trigger(one.trigger, zone, language),
        "windows": [_window(window, language) for window in one.windows],
        "evidence": entries.rows(one.evidence, unit, zone),
        "possible": entries.maybe(one.evidence, unit, zone),
        "near_misses": [entries.near_miss(miss, unit, language) for miss in one.near_misses],
        "near_misses_total": one.near_miss_total,
        "cases": [entries.case(case, zone) for case in one.cases],
        "cases_total": one.cases_total,
        "remaining": [entries.remaining(left, zone, language) for left in one.remaining],
        "criteria": list(one.criteria),
        "assessments": [entries.statement(said) for said in one.statements],
        "overdue": _day(one.overdue),
        "waived": entries.waiver(one.waived),
        "waivers": [entries.waiver(waiver) for waiver in one.waivers],
        "set_aside": [entries.set_aside(said) for said in one.set_aside],
        "without": None if one.without is None else one.without.value,
        "coverage_assumed": list(one.assumed),
        "parts": [_commitment(part, zone, language) for part in one.parts],
    }
    if one.baseline:
        document["baseline"] = entries.compared_with(one.baseline, unit, zone)
    return document if one.member is None else document | {"member": one.member}


def _unit(one: CommitmentResult) -> str:
    """What the numbers of a commitment's rows count."""
    return one.windows[0].target.unit if one.windows else "event"


def _day(day: Day | None) -> Json:
    return None if day is None else show_day(day)


def _degree(degree: Degree | None) -> Json:
    return None if degree is None else {"low": _share(degree.low), "high": _share(degree.high)}


def _share(share: Fraction) -> float:
    return round(float(share), 3)


def _target(target: TargetShown | None) -> Json:
    if target is None:
        return None
    document: dict[str, Json] = {
        "min": number(target.min, target.unit),
        "max": number(target.max, target.unit),
        "unit": UNITS.get(target.unit, target.unit),
    }
    return document | {"strict": True} if target.strict else document


def _need(need: Need) -> Json:
    """How many windows or parts are needed; None where all are."""
    match need:
        case AtLeast(least):
            return {"at_least": least}
        case ShareOf(share):
            return {"share": number(share)}
        case _:
            return None


def _trigger(trigger: TriggerResult, zone: Zone, language: str) -> Json:
    return {
        "what": text(trigger.what, language),
        "verdict": trigger.verdict.value,
        "target": _target(trigger.target),
        "windows": [_window(window, language) for window in trigger.windows],
        "evidence": entries.rows(trigger.evidence, trigger.target.unit, zone),
        "possible": entries.maybe(trigger.evidence, trigger.target.unit, zone),
    }


def _window(window: WindowResult, language: str) -> Mapping[str, Json]:
    unit = window.target.unit
    untold = unit in MEASURED and window.of is not None and not window.of.low
    document: dict[str, Json] = {
        "start": show_day(window.span.start),
        "end": show_day(window.span.last),
        "label": text(window.label, language),
        "phase": window.phase.value,
        "low": None if untold else number(window.low, unit),
        "high": None if untold else number(window.high, unit),
        "target": _target(window.target),
        "verdict": window.verdict.value,
        "now": window.now.value,
        "reasons": [reason.value for reason in window.reasons],
    }
    if window.of is not None:
        of: Json = {"low": number(window.of.low), "high": number(window.of.high)}
        document["values" if unit in MEASURED else "of"] = of
    if window.member is not None:
        document["member"] = window.member
    if window.clock is not None:
        begin, end = window.clock
        document["clock"] = {"start": show_clock(begin), "end": show_clock(end - DAY if end > DAY else end)}
    if window.waived is not None:
        document["waived"] = entries.waiver(window.waived)
    return document


def _source(source: SourceResult) -> list[Mapping[str, Json]]:
    """A source of several files is listed once; what belongs to a file stands under `files`."""
    first, tally = source.files[0], source.tally
    return [
        {
            "name": source.name,
            "sha256": first.sha256,
            "encoding": first.encoding,
            "delimiter": first.delimiter,
            "packed": first.packed,
            "files": [
                {
                    "name": file.name,
                    "sha256": file.sha256,
                    "encoding": file.encoding,
                    "delimiter": file.delimiter,
                    "packed": file.packed,
                    "rows": file.rows,
                    "rejected": file.rejected,
                }
                for file in source.files
            ],
            "coverage": spans(tally.coverage),
            "declared": source.declared,
            "rows": tally.rows,
            "used": tally.used,
            "unused": tally.unused,
            "cancelled": tally.cancelled,
            "later": tally.later,
            "rejected": tally.rejected,
        }
    ]


def spans(days: DaySet) -> list[Json]:
    """Coverage as spans, both days included."""
    return [{"start": show_day(span.start), "end": show_day(span.last)} for span in days.spans]


def _diagnostic(found: Diagnostic, language: str) -> Mapping[str, Json]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.file,
        "line": None if found.place is None else found.place.line,
        "column": None if found.place is None else found.place.column,
        "message": text(found.message, language),
        "hint": None if found.hint is None else text(found.hint, language),
    }
