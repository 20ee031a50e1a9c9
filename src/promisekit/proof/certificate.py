"""Certificates: a verdict with everything that it follows from, to be checked without promisekit (`checker`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing

from promisekit.engine.base import Engine
from promisekit.log.mapping import Sources
from promisekit.log.model import Log
from promisekit.pipeline import EngineName, Inputs, engine_for
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import TRIGGER
from promisekit.plan.nodes import Assess, Check, KOfN, Node, Plan, When
from promisekit.proof.ledger import Ledger
from promisekit.proof.premises import Json, activity, calendar, days, merging, need, source
from promisekit.verdict.amend import amend
from promisekit.verdict.check import Judged
from promisekit.verdict.said import SetAside
from promisekit.verdict.tree import Known, judge_node
from promisekit.verdict.truth import every
from promisekit.windows import AsOf, show_day

FORMAT = "promisekit/certificate/1"
ALL_ROWS = 2**62


def certify(inputs: Inputs, name: EngineName = "auto") -> dict[str, Json]:
    """The certificate of a run: what people said is worked into the plan and the log before they are measured."""
    loaded, log, said = inputs.loaded, inputs.log, inputs.said
    amended = None
    if said is not None:
        from promisekit.spec.assessed_log import stand_in  # imported late: most runs name no assessments

        stand_in(said, loaded.plan, log)
        amended = amend(loaded.plan, log, said.assessments, inputs.as_of)
    plan, measured, edits = (loaded.plan, log, ()) if amended is None else (amended.plan, amended.log, amended.rows)
    with closing(engine_for(name, plan, measured)) as engine:
        assessments = () if said is None else said.assessments
        document = certificate(plan, log, loaded.sources, engine, inputs.as_of, assessments, edits)
    return {**document, "assessments": None if said is None else said.sha256}


def certificate(
    plan: Plan,
    log: Log,
    sources: Sources,
    engine: Engine,
    as_of: AsOf,
    said: Sequence[Assessment] = (),
    edits: Sequence[SetAside] = (),
) -> dict[str, Json]:
    """The certificate of a plan's verdicts. `plan` and `engine` are those that people's statements have been worked
    into; `log` is as it was read, and `edits` are the rows that were set right."""
    observed = engine.observe(as_of, most=ALL_ROWS)
    ledger = Ledger(observed, {(event.file, event.row): event for event in log.events}, log, plan.period, plan.zone)
    known = Known(as_of, observed.checks, tuple(said))
    outcomes = [judge_node(one.id, one.node, known).may for one in plan.commitments]
    commitments = [{"id": one.id, **_node(one.id, one.node, known, ledger)} for one in plan.commitments]
    readings = {read.name: sources.of(read.name) for read in log.sources}
    return {
        "format": FORMAT,
        "promise": {"id": plan.header.id, "file": plan.header.file, "sha256": plan.header.sha256},
        "as_of": {"text": as_of.text, "until": plan.zone.show(as_of.until)},
        "zone": plan.zone.name,
        "period": days(plan.period),
        "calendar": calendar(plan),
        "sources": [source(read, reading) for read in log.sources if (reading := readings[read.name]) is not None],
        "merging": merging(log, sources),
        "set_aside": [
            {"file": one.event.file, "row": one.event.row, "what": one.what, "by": one.by, "reason": one.reason}
            for one in edits
        ],
        "activities": {name: activity(select) for select, name in ledger.activities.items()},
        "commitments": commitments,
        "verdict": str(every(outcomes)),
    }


def certificate_json(document: dict[str, Json]) -> str:
    """The certificate as text: sorted, so that the same inputs give the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _node(name: str, node: Node, known: Known, ledger: Ledger) -> dict[str, Json]:
    found = judge_node(name, node, known)
    before = found.verdict if found.waiver is None else found.waiver.without
    waived = known.waived(name)
    return {
        "verdict": str(found.verdict),
        "before_waiver": str(before),
        "waived": None if waived is None else {"by": waived.by, "date": show_day(waived.date), "reason": waived.note},
        **_inside(name, node, found, known, ledger),
    }


def _inside(name: str, node: Node, found: Judged, known: Known, ledger: Ledger) -> dict[str, Json]:
    match node:
        case Check():
            return {"check": ledger.check(name, node, found)}
        case KOfN(wanted, parts):
            inside = [{"id": one.id, **_node(f"{name}/{one.id}", one.node, known, ledger)} for one in parts]
            return {"k_of_n": {"need": need(wanted), "parts": inside}}
        case When(trigger, then):
            assert found.trigger is not None, "what waits for a trigger is found with it"
            asked = f"{name}{TRIGGER}"
            told = {"verdict": str(found.trigger.verdict), "check": ledger.check(asked, trigger, found.trigger)}
            return {"when": {"trigger": told, "then": _owed(name, then, found, known, ledger)}}
        case Assess():
            return {"assess": _assess(name, node, known)}


def _owed(name: str, then: Check | KOfN | Assess, found: Judged, known: Known, ledger: Ledger) -> dict[str, Json]:
    """What a trigger makes owed: a check with the verdicts that its windows have beside the trigger's, or a node of its
    own, whose waiver stands above."""
    if isinstance(then, Check):
        return {"check": ledger.check(name, then, found)}
    inner = judge_node(name, then, known)
    own = inner.verdict if inner.waiver is None else inner.waiver.without
    inside = _inside(name, then, inner, known, ledger)
    return {"verdict": str(own), "before_waiver": str(own), "waived": None, **inside}


def _assess(name: str, node: Assess, known: Known) -> Json:
    statements = [
        {"role": one.role, "by": one.by, "date": show_day(one.date), "verdict": one.verdict}
        for one in known.said
        if one.about == name and one.verdict is not None
    ]
    return {"criteria": list(node.criteria), "by": list(node.by), "quorum": node.quorum, "statements": statements}
