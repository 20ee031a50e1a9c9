"""The verdict on one check: every window against its target, then so many of them together as are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import Bounds, Cell, NearMiss, Observation, Reason
from promisekit.engine.phases import in_order
from promisekit.plan.amounts import unit_of
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import All, Check, Count, Latest, Number, Starts, Target
from promisekit.plan.windows import target_in
from promisekit.verdict.model import Degree, Interval, TargetShown, Verdict, WindowResult
from promisekit.verdict.outcomes import BROKEN, KEPT, LEFT_OUT, Outcomes, outcomes_of, owed, verdict_of
from promisekit.verdict.placement import can_all_be_kept
from promisekit.verdict.said import Waived, Waiver
from promisekit.verdict.truth import combined, of_count, of_latest, of_share, together

ANYTHING = Target(None, None)


class Trigger(Struct, frozen=True):
    """Where the trigger of a window stands."""

    may: Outcomes
    now: Verdict
    reasons: tuple[Reason, ...]


class Beside(Struct, frozen=True):
    """What stands beside a check's numbers: who waived which of its windows, and whether they are owed at all."""

    waived: Mapping[int, Assessment] = {}
    triggers: tuple[Trigger, ...] = ()
    """One for each window, or none where the check is owed anyhow."""

    def owed(self, number: int) -> bool:
        """Whether the window of that number counts for certain."""
        return number not in self.waived and (not self.triggers or self.triggers[number].may == KEPT)

    def outcomes(self, number: int, own: Verdict) -> Outcomes:
        """What may become of a window, given the verdict on its numbers."""
        if number in self.waived:
            return LEFT_OUT
        return owed(self.triggers[number].may, outcomes_of(own)) if self.triggers else outcomes_of(own)


NOTHING_BESIDE = Beside()


class Judged(Struct, frozen=True):
    """A node, judged: the verdict on all of it, on each window and on each part."""

    may: Outcomes
    """What may become of all of it."""
    now: Verdict | None
    """None where only people can say."""
    windows: tuple[WindowResult, ...]
    reasons: tuple[Reason, ...]
    degree: Degree | None
    parts: tuple[Judged, ...] = ()
    trigger: Judged | None = None
    beside: Beside = NOTHING_BESIDE
    waiver: Waiver | None = None
    """Who set the whole of it aside."""
    each: tuple[Outcomes, ...] = ()
    """What may become of each window of a check."""

    @property
    def verdict(self) -> Verdict:
        """The verdict on all of it."""
        return verdict_of(self.may)


def when(trigger: Verdict, then: Verdict) -> Verdict:
    """The verdict on what is owed only where the trigger is kept."""
    if trigger is Verdict.KEPT:
        return then
    return Verdict.OPEN if trigger is Verdict.OPEN else Verdict.NOT_APPLICABLE


def judge_check(check: Check, seen: Observation, beside: Beside = NOTHING_BESIDE) -> Judged:
    """The verdict on what was measured."""
    targets = [target_in(check, cell.window) for cell in seen.cells]
    owns = [_of_cell(check, cell, target) for cell, target in zip(seen.cells, targets, strict=True)]
    windows = tuple(
        _window(check, cell, target, own, number, beside)
        for number, (cell, target, own) in enumerate(zip(seen.cells, targets, owns, strict=True))
    )
    each = tuple(beside.outcomes(number, own) for number, own in enumerate(owns))
    may = _together(check, seen.cells, targets, each, seen, beside)
    reasons = {reason for window in windows for reason in window.reasons} if len(may) > 1 else set()
    now = together(check.need, [window.now for window in windows])
    degree = degree_of([window.verdict for window in windows])
    return Judged(may, now, windows, in_order(reasons), degree, beside=beside, each=each)


def becomes(check: Check, seen: Observation, judged: Judged, miss: NearMiss) -> Outcomes:
    """What might become of the check if this near miss had counted."""
    if miss.window is None or not miss.amount:
        return judged.may
    cells = list(seen.cells)
    cell = cells[miss.window] = _with_more(cells[miss.window], miss.amount, gains=miss.gains)
    own = _of_cell(check, cell, target_in(check, cell.window))
    each = list(judged.each)
    each[miss.window] = judged.beside.outcomes(miss.window, own)
    targets = [target_in(check, cell.window) for cell in cells]
    return _together(check, cells, targets, each, seen, judged.beside)


def _with_more(cell: Cell, amount: Number, *, gains: bool) -> Cell:
    count = _moved(cell.count, amount)
    missed = cell.missed if gains or cell.missed is None else _moved(cell.missed, -amount)
    return replace(cell, count=count, missed=missed)


def _moved(bounds: Bounds, step: Number) -> Bounds:
    high = None if bounds.high is None else max(0, bounds.high + step)
    return Bounds(max(0, bounds.low + step), high, max(0, bounds.now + step))


def _of_cell(check: Check, cell: Cell, target: Target) -> Verdict:
    if cell.missed is not None:
        return of_share(cell.count, cell.missed, target)
    if isinstance(check.measure, Latest) and cell.whole is not None:
        return of_latest(cell.count, cell.whole, target, Verdict(check.measure.without))
    return of_count(cell.count, target)


def _together(
    check: Check,
    cells: Sequence[Cell],
    targets: Sequence[Target],
    each: Sequence[Outcomes],
    seen: Observation,
    beside: Beside,
) -> Outcomes:
    may = combined(check.need, each)
    placed = isinstance(check.need, All) and isinstance(check.measure, Count) and isinstance(check.attribution, Starts)
    if len(may) > 1 and seen.floating and placed:
        asked = [target if beside.owed(number) else ANYTHING for number, target in enumerate(targets)]
        return may if can_all_be_kept(cells, asked, seen.floating) else BROKEN
    return may


def _window(check: Check, cell: Cell, target: Target, own: Verdict, number: int, beside: Beside) -> WindowResult:
    verdict, now, reasons = own, _now(check, cell, target), cell.doubts
    if beside.triggers and beside.triggers[number].may != KEPT:
        trigger = beside.triggers[number]
        verdict, now = verdict_of(owed(trigger.may, outcomes_of(own))), when(trigger.now, now)
        reasons = in_order({Reason.NOT_TRIGGERED, *trigger.reasons})
    result = WindowResult(
        span=cell.window.span,
        label=cell.window.label,
        phase=cell.phase,
        low=cell.count.low,
        high=cell.count.high,
        of=None if cell.whole is None else Interval(cell.whole.low, cell.whole.high),
        target=shown(check, target),
        verdict=verdict,
        now=now,
        reasons=reasons if verdict is Verdict.OPEN else (),
        clock=cell.window.clock,
    )
    said = beside.waived.get(number)
    return result if said is None else waived_window(result, said)


def waived_window(window: WindowResult, said: Assessment) -> WindowResult:
    """A window that was set aside: left out, with the verdict that it would have had."""
    waiver = replace(waiver_of(said, window.verdict), window=window.span)
    none = Verdict.NOT_APPLICABLE
    return replace(window, verdict=none, now=none, reasons=(), waived=waiver)


def waiver_of(said: Assessment, without: Verdict) -> Waiver:
    """A waiver to show, with the verdict that what it sets aside would have had."""
    return Waiver(
        by=said.by,
        role=said.role,
        date=said.date,
        reason=said.note or "",
        without=without,
        what=_what(said),
        part=said.part,
        member=said.member,
        window=said.window,
        case=said.case,
        evidence=said.evidence,
    )


def _what(said: Assessment) -> Waived:
    if said.case is not None:
        return "case"
    if said.window is not None:
        return "window"
    if said.member is not None:
        return "member"
    return "commitment" if said.part is None else "part"


def _now(check: Check, cell: Cell, target: Target) -> Verdict:
    """The verdict if nothing more happens."""
    count = _as_it_stands(cell.count)
    if cell.missed is not None:
        return of_share(count, _as_it_stands(cell.missed), target)
    if isinstance(check.measure, Latest) and cell.whole is not None:
        if not cell.whole.now:
            return Verdict(check.measure.without)
        return of_count(count, target) if cell.whole.low else Verdict.OPEN
    return of_count(count, target)


def _as_it_stands(bounds: Bounds) -> Bounds:
    return Bounds(bounds.now, bounds.now, bounds.now)


def shown(check: Check, target: Target) -> TargetShown:
    """A target to show, in the unit of what the check measures."""
    return TargetShown(target.low, target.high, unit_of(check), target.strict)


def degree_of(verdicts: Sequence[Verdict]) -> Degree | None:
    """The share of windows (or of parts) kept, as an interval; those that are not applicable are left out."""
    live = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        return None
    kept, undecided = live.count(Verdict.KEPT), live.count(Verdict.OPEN)
    return Degree(Fraction(kept, len(live)), Fraction(kept + undecided, len(live)))
