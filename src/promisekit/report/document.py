"""Results as JSON documents: the stable interface. Keys may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from promisekit.diagnostics import Diagnostic
from promisekit.engine.observations import Counted, EventRef
from promisekit.verdict.model import (
    CommitmentResult,
    Degree,
    Evaluation,
    NearMissResult,
    Remaining,
    SourceResult,
    Statement,
    TargetShown,
    Verdict,
    Waiver,
    WindowResult,
)
from promisekit.windows import DaySet, show_day
from promisekit.words import text

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


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
        "commitments": [_commitment(one, language) for one in result.commitments],
        "follow_up": dict(header.follow_up),
        "log": {
            "sources": [document for source in evaluation.sources for document in _source(source)],
            "diagnostics": [_diagnostic(found, language) for found in evaluation.diagnostics],
        },
        "provenance": {
            "promisekit": evaluation.version,
            "promise_sha256": header.sha256,
            "assessments_sha256": evaluation.assessments_sha256,
            "engine": evaluation.engine,
        },
    }


def _commitment(one: CommitmentResult, language: str) -> Mapping[str, Json]:
    return {
        "id": one.id,
        "kind": one.kind,
        "owner": one.owner,
        "quote": one.quote,
        "statement": text(one.statement, language),
        "reading": one.reading,
        "verdict": one.verdict.value,
        "final": one.final,
        "final_at": None if one.final_at is None else show_day(one.final_at),
        "now": None if one.now is None else one.now.value,
        "status": one.status.value,
        "reasons": [reason.value for reason in one.reasons],
        "degree": _degree(one.degree),
        "target": _target(one.target),
        "outlook": None if one.outlook is None else one.outlook.value,
        "windows": [_window(window, language) for window in one.windows],
        "evidence": {"total": one.evidence.total, "events": [_counted(row) for row in one.evidence.counted]},
        "possible": {
            "total": one.evidence.possible_total,
            "events": [_counted(row) for row in one.evidence.possible],
        },
        "near_misses": [_near_miss(miss, language) for miss in one.near_misses],
        "near_misses_total": one.near_miss_total,
        "remaining": [_remaining(left, language) for left in one.remaining],
        "criteria": list(one.criteria),
        "assessments": [_statement(said) for said in one.statements],
        "waived": _waiver(one.waived),
        "coverage_assumed": list(one.assumed),
        "parts": [],
    }


def _degree(degree: Degree | None) -> Json:
    return None if degree is None else {"low": _share(degree.low), "high": _share(degree.high)}


def _share(share: Fraction) -> float:
    return round(float(share), 3)


def _target(target: TargetShown | None) -> Json:
    if target is None:
        return None
    return {"min": _number(target.min), "max": _number(target.max), "unit": target.unit}


def _number(number: int | Fraction | None) -> Json:
    return float(number) if isinstance(number, Fraction) else number


def _window(window: WindowResult, language: str) -> Mapping[str, Json]:
    document: dict[str, Json] = {
        "start": show_day(window.span.start),
        "end": show_day(window.span.last),
        "label": text(window.label, language),
        "phase": window.phase.value,
        "low": window.low,
        "high": window.high,
        "target": _target(window.target),
        "verdict": window.verdict.value,
        "now": window.now.value,
        "reasons": [reason.value for reason in window.reasons],
    }
    if window.of is not None:
        document["of"] = {"low": window.of.low, "high": window.of.high}
    return document


def _event(event: EventRef) -> dict[str, Json]:
    return {
        "source": event.source,
        "file": event.file,
        "row": event.row,
        "id": event.id,
        "start": event.start,
        "label": event.label,
    }


def _counted(row: Counted) -> Mapping[str, Json]:
    document = _event(row.event) | {"outcome": row.outcome.value}
    if row.partner is not None:
        document["with"] = _event(row.partner)
    if row.due is not None:
        document["due"] = show_day(row.due)
    if row.late is not None:
        document["late"] = show_day(row.late)
    return document


def _near_miss(result: NearMissResult, language: str) -> Mapping[str, Json]:
    miss = result.miss
    return _event(miss.event) | {
        "failed": miss.failed,
        "found": text(miss.found, language),
        "wanted": text(miss.wanted, language),
        "window": miss.window,
        "pivotal": result.pivotal,
    }


def _remaining(left: Remaining, language: str) -> Mapping[str, Json]:
    return {"need": left.need, "by": show_day(left.by), "what": text(left.what, language)}


def _statement(said: Statement) -> Mapping[str, Json]:
    return {
        "by": said.by,
        "role": said.role,
        "date": show_day(said.date),
        "verdict": None if said.verdict is None else said.verdict.value,
        "note": said.note,
        "evidence": list(said.evidence),
        "replaced": said.replaced,
    }


def _waiver(waiver: Waiver | None) -> Json:
    if waiver is None:
        return None
    return {
        "by": waiver.by,
        "role": waiver.role,
        "date": show_day(waiver.date),
        "reason": waiver.reason,
        "without": waiver.without.value,
    }


def _source(source: SourceResult) -> list[Mapping[str, Json]]:
    """A source of several files is listed once; what belongs to a file stands under `files`."""
    first, tally = source.files[0], source.tally
    return [
        {
            "name": source.name,
            "sha256": first.sha256,
            "encoding": first.encoding,
            "delimiter": first.delimiter,
            "files": [
                {
                    "name": file.name,
                    "sha256": file.sha256,
                    "encoding": file.encoding,
                    "delimiter": file.delimiter,
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
