"""Judging: observations and assessments into results, one for every commitment, always."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
            results.append(_of_check(plan, commitment, commitment.node, seen, as_of))
        else:
            results.append(_of_assess(plan, commitment, commitment.node, said, as_of))
    days = _final_days(plan, engine, {one.id: one.verdict for one in results}, as_of)
    dated = [replace(one, final_at=days.get(one.id, one.final_at)) for one in results]
    told = tuple(_waived(one, [said for said in assessments if said.commitment == one.id], as_of) for one in dated)
    verdict = every([one.verdict for one in told])
    return Result(as_of, verdict, status_of_promise(verdict, told), told, observed.sources)


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


def _final_days(plan: Plan, engine: Engine, results: Mapping[str, Verdict], as_of: AsOf) -> dict[str, Day]:
    """For every check that is decided, the earliest day as of which its verdict is the same and final.

    Knowledge only grows, so halving finds it. All checks are halved together, so that the engine is asked once for
    each day that any of them needs, however many they are.
    """
    checks = {one.id: one.node for one in plan.commitments if isinstance(one.node, Check)}
    decided = {name: check for name, check in checks.items() if results[name] is not Verdict.OPEN}
    ranges = {name: (check.span.start, max(check.span.start, as_of.day)) for name, check in decided.items()}
    while True:
        asked: dict[Day, set[str]] = defaultdict(set)
        for name, (low, high) in ranges.items():
            if low < high:
                asked[Day((low + high) // 2)].add(name)
        if not asked:
            return {name: min(high, as_of.day) for name, (_, high) in ranges.items()}
        for day, names in asked.items():
            seen = engine.observe(end_of(day, engine.zone), frozenset(names)).checks
            for name in names:
                low, high = ranges[name]
                same = judge_check(decided[name], seen[name]).verdict is results[name]
                ranges[name] = (low, day) if same else (Day(day + 1), high)


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
