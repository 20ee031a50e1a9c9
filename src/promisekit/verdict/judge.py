"""Judging: observations and assessments into results, one for every commitment, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from promisekit.engine.base import Engine
from promisekit.engine.observations import Counted, Observation, Outcome, Phase
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Assess, Check, Commitment, Plan, Ratio, Relation, Select
from promisekit.verdict.assess import judge_assess, statements_on
from promisekit.verdict.check import Judged, judge_check, shown, would_change
from promisekit.verdict.model import (
    CommitmentResult,
    Evidence,
    NearMissResult,
    Remaining,
    Result,
    Verdict,
    Waiver,
)
from promisekit.verdict.outlook import outlook_of
from promisekit.verdict.status import status_of, status_of_promise
from promisekit.verdict.truth import every
from promisekit.windows import AsOf, Day, end_of
from promisekit.words import Message, say

NOTHING = Evidence((), 0, (), 0)


def judge(plan: Plan, engine: Engine, as_of: AsOf, assessments: Sequence[Assessment] = ()) -> Result:
    """The verdicts on a plan. The engine is asked again for earlier days to find when each became final."""
    observed = engine.observe(as_of)
    results = []
    for commitment in plan.commitments:
        said = [one for one in assessments if one.commitment == commitment.id]
        if isinstance(commitment.node, Check):
            seen = observed.checks[commitment.id]
            result = _of_check(plan, commitment, commitment.node, seen, as_of)
            result = replace(result, final_at=_final_at(engine, commitment.id, commitment.node, result.verdict, as_of))
        else:
            result = _of_assess(plan, commitment, commitment.node, said, as_of)
        results.append(_waived(result, said, as_of))
    if len(results) != len(plan.commitments):
        raise AssertionError("commitments in must equal commitments out")
    verdict = every([result.verdict for result in results])
    return Result(as_of, verdict, status_of_promise(verdict, results), tuple(results), observed.sources)


def _of_check(plan: Plan, commitment: Commitment, check: Check, seen: Observation, as_of: AsOf) -> CommitmentResult:
    judged = judge_check(check, seen)
    misses = tuple(NearMissResult(miss, would_change(check, seen, miss, judged.verdict)) for miss in seen.near_misses)
    missed = sum(cell.missed.low for cell in seen.cells if cell.missed is not None)
    result = _result(plan, commitment, judged, as_of, seen.counted, late=0 < missed == seen.late_total)
    return replace(
        result,
        target=shown(check, check.target),
        evidence=_evidence(seen),
        near_misses=misses,
        near_miss_total=seen.near_miss_total,
        remaining=tuple(_remaining(check, judged, seen)) if judged.verdict is Verdict.OPEN else (),
        assumed=seen.assumed,
    )


def _result(
    plan: Plan, commitment: Commitment, judged: Judged, as_of: AsOf, counted: tuple[Counted, ...], *, late: bool
) -> CommitmentResult:
    outlook = outlook_of(judged.windows, counted, as_of) if judged.verdict is Verdict.OPEN else None
    status = status_of(
        judged.verdict,
        judged.reasons,
        judged.windows,
        outlook,
        late=late,
        degree=judged.degree,
        partial_from=plan.partial_from,
    )
    return CommitmentResult(
        id=commitment.id,
        kind=commitment.kind,
        owner=commitment.owner,
        quote=commitment.quote,
        statement=commitment.statement,
        reading=commitment.reading,
        verdict=judged.verdict,
        now=judged.now,
        final_at=None,
        status=status,
        reasons=judged.reasons,
        degree=judged.degree,
        target=None,
        outlook=outlook,
        windows=judged.windows,
        evidence=NOTHING,
        near_misses=(),
        near_miss_total=0,
        remaining=(),
        criteria=(),
        statements=(),
        waived=None,
        assumed=(),
    )


def _of_assess(
    plan: Plan, commitment: Commitment, node: Assess, said: Sequence[Assessment], as_of: AsOf
) -> CommitmentResult:
    statements = statements_on(said, as_of)
    judged = judge_assess(node, statements, as_of)
    result = _result(plan, commitment, judged, as_of, (), late=False)
    remaining = (Remaining(1, node.span.last, say("an assessment")),) if judged.verdict is Verdict.OPEN else ()
    return replace(
        result,
        now=None if judged.verdict is Verdict.OPEN else judged.verdict,
        final_at=_since(node, said, judged.verdict, as_of),
        criteria=node.criteria,
        statements=statements,
        remaining=remaining,
    )


def _evidence(seen: Observation) -> Evidence:
    certain = tuple(row for row in seen.counted if row.outcome is not Outcome.POSSIBLE)
    possible = tuple(row for row in seen.counted if row.outcome is Outcome.POSSIBLE)
    return Evidence(certain, seen.counted_total, possible, seen.possible_total)


def _remaining(check: Check, judged: Judged, seen: Observation) -> Sequence[Remaining]:
    """What is still owed and can still be done: per window that is not over, or per obligation that waits."""
    if isinstance(check.measure, Ratio):
        return [
            Remaining(1, row.due, say("an answer to row {row} in {file}", row=row.event.row, file=row.event.file))
            for row in seen.counted
            if row.outcome is Outcome.PENDING and row.due is not None
        ]
    what = _named(check.measure.relation)
    return [
        Remaining(int(window.target.min) - window.low, window.span.last, what)
        for window in judged.windows
        if window.phase in (Phase.RUNNING, Phase.FUTURE)
        and window.target.min is not None
        and window.low < window.target.min
    ]


def _named(relation: Relation) -> Message:
    if isinstance(relation, Select):
        return say("`{what}`", what=relation.name)
    return say("`{what}` together with `{with_}`", what=relation.left.name, with_=relation.right.name)


def _final_at(engine: Engine, name: str, check: Check, verdict: Verdict, as_of: AsOf) -> Day | None:
    """The earliest day as of which the verdict is the same and final. Knowledge only grows, so halving finds it."""
    if verdict is Verdict.OPEN:
        return None
    low, high = check.span.start, max(check.span.start, as_of.day)
    while low < high:
        middle = Day((low + high) // 2)
        seen = engine.observe(end_of(middle, engine.zone), frozenset({name}))
        if judge_check(check, seen.checks[name]).verdict is verdict:
            high = middle
        else:
            low = Day(middle + 1)
    return min(high, as_of.day)


def _since(node: Assess, said: Sequence[Assessment], verdict: Verdict, as_of: AsOf) -> Day | None:
    """The day of the statement since which the verdict has been what it is."""
    if verdict is Verdict.OPEN:
        return None
    days = sorted({one.date for one in said if not one.waiver and one.date <= as_of.day}, reverse=True)
    since = as_of.day
    for day in days:
        known = replace(as_of, day=day)
        if judge_assess(node, statements_on(said, known), known).verdict is not verdict:
            break
        since = day
    return since


def _waived(result: CommitmentResult, said: Sequence[Assessment], as_of: AsOf) -> CommitmentResult:
    """A commitment that people have set aside is not applicable; the verdict that it would have had stays with it."""
    waivers = sorted((one for one in said if one.waiver and one.date <= as_of.day), key=lambda one: one.date)
    if not waivers:
        return result
    last = waivers[-1]
    waiver = Waiver(last.by, last.role, last.date, last.note or "", result.verdict)
    return replace(
        result,
        verdict=Verdict.NOT_APPLICABLE,
        status=status_of(Verdict.NOT_APPLICABLE, (), (), None, late=False, degree=None, partial_from=None),
        reasons=(),
        final_at=waivers[0].date,
        outlook=None,
        remaining=(),
        waived=waiver,
    )
