"""Results: a judged tree with everything that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import NearMiss, Observation, Outcome
from promisekit.events import RowKey
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import TRIGGER, checks_in, relation_of
from promisekit.plan.nodes import (
    Assess,
    Check,
    Commitment,
    Count,
    InTime,
    KOfN,
    Node,
    Part,
    Plan,
    Ratio,
    Semi,
    Until,
    When,
)
from promisekit.verdict import remaining
from promisekit.verdict.assess import overdue, statements_on
from promisekit.verdict.cases import cases_of, excused_cases
from promisekit.verdict.check import Judged, becomes, shown, waiver_of
from promisekit.verdict.members import Told, merged
from promisekit.verdict.model import (
    CommitmentResult,
    Evidence,
    NearMissResult,
    Outlook,
    Status,
    TargetShown,
    TriggerResult,
    Verdict,
)
from promisekit.verdict.outcomes import verdict_of
from promisekit.verdict.outlook import outlook_of, outlook_of_parts
from promisekit.verdict.said import SetAside, Waiver
from promisekit.verdict.status import status_of, status_of_parts
from promisekit.verdict.touched import rows_touching
from promisekit.verdict.tree import Known, has_members
from promisekit.windows import Day

NOTHING = Evidence((), 0, (), 0)


class Ground(Struct, frozen=True):
    """What results are told from."""

    plan: Plan
    known: Known
    before: Known
    """What was measured and said without any waiver, and with no case excused and no row set right."""
    excused: Mapping[str, Mapping[RowKey, Assessment]]
    rows: tuple[SetAside, ...]
    final: Mapping[str, Day]


def tell(name: str, title: Commitment | Part, judged: Judged, bare: Judged, ground: Ground) -> Told:
    """The result for a commitment or a part. `bare`: the same, judged on `ground.before`."""
    told = _of_node(name, title, title.node, judged, bare, ground)
    waivers = tuple(_waivers(name, judged, bare, ground, told.result))
    checks = [check for check, _ in checks_in(name, title.node)]
    aside = rows_touching(checks, ground.known.checks, ground.before.checks, ground.rows, ground.excused)
    result = replace(
        told.result,
        waived=judged.waiver,
        waivers=waivers,
        set_aside=aside,
        without=bare.verdict if waivers or aside else None,
    )
    whole = Told(result, judged.may, told.becomes)
    return whole if judged.waiver is None else whole.settled()


def _of_node(name: str, title: Commitment | Part, node: Node, judged: Judged, bare: Judged, ground: Ground) -> Told:
    match node:
        case Check():
            return _of_check(name, title, node, judged, bare, ground)
        case When(trigger, then):
            told = _of_node(name, title, then, judged, bare, ground)
            return _triggered(told, name, trigger, judged, ground)
        case KOfN():
            return _of_parts(name, title, node, judged, bare, ground)
        case Assess():
            return Told(_of_assess(name, title, node, judged, ground), judged.may)


def _of_check(name: str, title: Commitment | Part, check: Check, judged: Judged, bare: Judged, ground: Ground) -> Told:
    seen = ground.known.checks[name]
    outlook = None
    if judged.verdict is Verdict.OPEN:
        outlook = outlook_of(check, judged, seen, ground.known.as_of)
    status = _status(judged, outlook, ground.plan, late=_late(check, judged, seen))
    near = _near(check, seen)
    then = tuple(becomes(check, seen, judged, miss) for miss in near)
    misses = tuple(
        NearMissResult(miss, verdict_of(may) is not judged.verdict) for miss, may in zip(near, then, strict=True)
    )
    result = replace(
        _result(name, title, judged, outlook, status, ground),
        target=shown(check, check.target),
        need=check.need,
        evidence=_evidence(seen),
        near_misses=misses,
        near_miss_total=seen.near_miss_total - (len(seen.near_misses) - len(near)),
        remaining=remaining.of_check(check, judged, seen),
        assumed=seen.assumed,
        baseline=seen.baseline,
    )
    return Told(_with_cases(result, name, check, seen, bare, ground), judged.may, then)


def _near(check: Check, seen: Observation) -> Sequence[NearMiss]:
    """The near misses, but for answers that are in time for another trigger with the same key: those count."""
    relation = relation_of(check)
    if not (isinstance(relation, Semi) and any(isinstance(way, InTime) for way in relation.on)):
        return seen.near_misses
    answers = {row.partner for row in seen.counted if row.outcome is Outcome.COUNTED}
    return [miss for miss in seen.near_misses if miss.event not in answers]


def _with_cases(
    result: CommitmentResult, name: str, check: Check, seen: Observation, bare: Judged, ground: Ground
) -> CommitmentResult:
    if not isinstance(check.measure, Ratio):
        return result
    said = ground.excused.get(name, {})
    gone = tuple(excused_cases(ground.before.checks[name], said, bare.verdict)) if said else ()
    total = seen.counted_total + seen.possible_total + len(gone)
    return replace(result, cases=(*cases_of(seen), *gone), cases_total=total)


def _of_assess(name: str, title: Commitment | Part, node: Assess, judged: Judged, ground: Ground) -> CommitmentResult:
    known = ground.known
    return replace(
        _result(name, title, judged, None, _status(judged, None, ground.plan), ground),
        criteria=node.criteria,
        statements=statements_on(known.about(name), known.as_of),
        remaining=remaining.of_assess(node, judged),
        overdue=overdue(node, judged, known.as_of),
    )


def _of_parts(name: str, title: Commitment | Part, node: KOfN, judged: Judged, bare: Judged, ground: Ground) -> Told:
    told = [
        tell(f"{name}/{part.id}", part, one, before, ground)
        for part, one, before in zip(node.parts, judged.parts, bare.parts, strict=True)
    ]
    parts = tuple(one.result for one in told)
    verdicts = [part.verdict for part in parts]
    outlook = outlook_of_parts(node.need, parts) if judged.verdict is Verdict.OPEN else None
    status = status_of_parts(node.need, judged, parts, ground.plan.partial_from)
    left = [tuple(replace(one, member=one.member or part.member) for one in part.remaining) for part in parts]
    result = replace(
        _result(name, title, judged, outlook, status, ground),
        target=_target_of(parts, judged),
        need=node.need,
        parts=parts,
        remaining=remaining.of_parts(node.need, judged.verdict, verdicts, left),
        assumed=tuple(sorted({source for part in parts for source in part.assumed})),
        overdue=min((part.overdue for part in parts if part.overdue is not None), default=None)
        if judged.verdict is Verdict.OPEN
        else None,
    )
    return merged(result, judged.may, node.need, told) if has_members(node) else Told(result, judged.may)


def _target_of(parts: Sequence[CommitmentResult], judged: Judged) -> TargetShown | None:
    """How many of its parts; of members the target that all of them have, if they have one."""
    if len(judged.windows) == 1 and judged.windows[0].target.unit == "part":
        return judged.windows[0].target
    targets = {part.target for part in parts}
    return targets.pop() if len(targets) == 1 else None


def _triggered(told: Told, name: str, trigger: Check, judged: Judged, ground: Ground) -> Told:
    """A result with what it waits for."""
    seen, stands, result = ground.known.checks[f"{name}{TRIGGER}"], judged.trigger, told.result
    if stands is None:
        return told
    shown_trigger = TriggerResult(
        verdict=stands.verdict,
        target=shown(trigger, trigger.target),
        windows=stands.windows,
        what=remaining.named(relation_of(trigger)),
        evidence=_evidence(seen),
    )
    result = replace(result, trigger=shown_trigger, assumed=tuple(sorted({*result.assumed, *seen.assumed})))
    if stands.verdict is Verdict.KEPT or judged.beside.triggers:
        return Told(result, judged.may, told.becomes)
    status = status_of(
        judged.verdict, judged.reasons, stands.windows, None, late=False, degree=judged.degree, partial_from=None
    )
    result = replace(result, remaining=(), outlook=None, status=status, overdue=None)
    return Told(result, judged.may, told.becomes).settled()


def _waivers(name: str, judged: Judged, bare: Judged, ground: Ground, result: CommitmentResult) -> Sequence[Waiver]:
    """Everything in it that is set aside: the whole, parts or windows, cases."""
    found = [] if judged.waiver is None else [judged.waiver]
    found += [waiver for part in result.parts for waiver in part.waivers]
    if not result.parts:
        found += [window.waived for window in judged.windows if window.waived is not None]
    said = {one.position: one for one in ground.excused.get(name, {}).values()}
    return [*found, *(waiver_of(one, bare.verdict) for one in said.values())]


def _late(check: Check, judged: Judged, seen: Observation) -> bool:
    """Whether all that is missing came after its deadline."""
    if isinstance(check.partition, Until) and isinstance(check.measure, Count):
        least = judged.windows[0].target.min
        return least is not None and seen.cells[0].count.low + seen.late_total >= least
    if isinstance(check.measure, Ratio) and check.measure.weight is None:
        return 0 < sum(cell.missed.low for cell in seen.cells if cell.missed is not None) == seen.late_total
    return False


def _evidence(seen: Observation) -> Evidence:
    certain = tuple(row for row in seen.counted if row.outcome is not Outcome.POSSIBLE)
    possible = tuple(row for row in seen.counted if row.outcome is Outcome.POSSIBLE)
    return Evidence(certain, seen.counted_total, possible, seen.possible_total)


def _status(judged: Judged, outlook: Outlook | None, plan: Plan, *, late: bool = False) -> Status:
    return status_of(
        judged.verdict,
        judged.reasons,
        judged.windows,
        outlook,
        late=late,
        degree=judged.degree,
        partial_from=plan.partial_from,
    )


def _result(
    name: str, title: Commitment | Part, judged: Judged, outlook: Outlook | None, status: Status, ground: Ground
) -> CommitmentResult:
    return CommitmentResult(
        id=title.id,
        kind=title.kind,
        owner=title.owner,
        quote=title.quote,
        statement=title.statement,
        reading=title.reading,
        verdict=judged.verdict,
        now=judged.now,
        final_at=ground.final.get(name),
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
        member=title.member if isinstance(title, Part) else None,
        readings=title.readings if isinstance(title, Commitment) else (),
    )
