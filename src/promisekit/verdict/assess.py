"""The verdict on what only people can judge."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from promisekit.engine.observations import Phase, Reason
from promisekit.engine.phases import in_order, phase_of
from promisekit.plan.assessment import Assessment, known_by
from promisekit.plan.nodes import Assess
from promisekit.verdict.check import Judged
from promisekit.verdict.model import Degree, Statement, TargetShown, Verdict, WindowResult
from promisekit.verdict.outcomes import outcomes_of
from promisekit.windows import AsOf, Day, DaySet, whole


def statements_on(said: Sequence[Assessment], as_of: AsOf) -> tuple[Statement, ...]:
    """The judgements (not the waivers) known at `as_of`, oldest first; a newer one of the same role replaces."""
    known = [one for one in known_by(said, as_of.day) if one.verdict is not None]
    newest = {one.role: position for position, one in enumerate(known)}
    return tuple(
        Statement(
            by=one.by,
            role=one.role,
            date=one.date,
            verdict=None if one.verdict is None else Verdict(one.verdict),
            note=one.note,
            evidence=one.evidence,
            replaced=newest[one.role] != position,
        )
        for position, one in enumerate(known)
    )


def judge_assess(node: Assess, statements: Sequence[Statement], as_of: AsOf) -> Judged:
    """Kept or broken where the voices that count agree and are enough; open where they are silent or disagree."""
    voices = [one.verdict for one in statements if not one.replaced and one.role in node.by and one.verdict is not None]
    verdict, reason = _agreed(voices, _needed(node))
    window = whole(node.span)
    phase = phase_of(window, DaySet((node.span,)), as_of)
    reasons = set() if reason is None else {reason}
    if reason is Reason.NEEDS_ASSESSMENT and phase is Phase.FUTURE:
        reasons.add(Reason.NOT_STARTED)
    told = in_order(reasons)
    low, high = int(verdict is Verdict.KEPT), int(verdict is not Verdict.BROKEN)
    result = WindowResult(
        node.span, window.label, phase, low, high, None, TargetShown(1, None, "assessment"), verdict, verdict, told
    )
    now = None if verdict is Verdict.OPEN else verdict
    return Judged(outcomes_of(verdict), now, (result,), told, Degree(Fraction(low), Fraction(high)))


def overdue(node: Assess, judged: Judged, as_of: AsOf) -> Day | None:
    """The day by which they should have judged, where it has passed and too few have."""
    late = node.due is not None and node.due < as_of.closed_before
    return node.due if late and Reason.NEEDS_ASSESSMENT in judged.reasons else None


def _needed(node: Assess) -> int:
    match node.quorum:
        case "any":
            return 1
        case "all":
            return len(node.by)
        case number:
            return number


def _agreed(voices: Sequence[Verdict], needed: int) -> tuple[Verdict, Reason | None]:
    if len(set(voices)) > 1:
        return Verdict.OPEN, Reason.DISPUTED
    if len(voices) < needed:
        return Verdict.OPEN, Reason.NEEDS_ASSESSMENT
    return voices[0], None
