"""The verdict on one check: every window against its target, then all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from promisekit.engine.observations import Bounds, Cell, NearMiss, Observation, Reason
from promisekit.engine.phases import in_order
from promisekit.plan.nodes import Check, Ratio, Target
from promisekit.plan.windows import target_in
from promisekit.verdict.model import Degree, Interval, TargetShown, Verdict, WindowResult
from promisekit.verdict.placement import can_all_be_kept
from promisekit.verdict.truth import every, of_count, of_share


@dataclass(frozen=True)
class Judged:
    """A check, judged: the verdict on all windows together and on each."""

    verdict: Verdict
    now: Verdict
    windows: tuple[WindowResult, ...]
    reasons: tuple[Reason, ...]
    degree: Degree | None


def judge_check(check: Check, seen: Observation) -> Judged:
    """The verdict on what was measured."""
    targets = [target_in(check, cell.window) for cell in seen.cells]
    verdicts = [_of_cell(cell, target) for cell, target in zip(seen.cells, targets, strict=True)]
    windows = tuple(
        _window(check, cell, target, verdict)
        for cell, target, verdict in zip(seen.cells, targets, verdicts, strict=True)
    )
    verdict = _together(seen.cells, targets, verdicts, seen)
    reasons = {reason for window in windows for reason in window.reasons} if verdict is Verdict.OPEN else set()
    return Judged(verdict, every([window.now for window in windows]), windows, in_order(reasons), _degree(verdicts))


def would_change(check: Check, seen: Observation, miss: NearMiss, verdict: Verdict) -> bool:
    """Whether the verdict would be another if this near miss had counted."""
    if miss.window is None:
        return False
    cells = list(seen.cells)
    cells[miss.window] = _with_one_more(cells[miss.window], miss.gains)
    targets = [target_in(check, cell.window) for cell in cells]
    verdicts = [_of_cell(cell, target) for cell, target in zip(cells, targets, strict=True)]
    return _together(cells, targets, verdicts, seen) is not verdict


def _with_one_more(cell: Cell, gains: bool) -> Cell:
    count = _moved(cell.count, 1)
    missed = cell.missed if gains or cell.missed is None else _moved(cell.missed, -1)
    return replace(cell, count=count, missed=missed)


def _moved(bounds: Bounds, step: int) -> Bounds:
    high = None if bounds.high is None else max(0, bounds.high + step)
    return Bounds(max(0, bounds.low + step), high, max(0, bounds.now + step))


def _of_cell(cell: Cell, target: Target) -> Verdict:
    return of_count(cell.count, target) if cell.missed is None else of_share(cell.count, cell.missed, target)


def _together(
    cells: Sequence[Cell], targets: Sequence[Target], verdicts: Sequence[Verdict], seen: Observation
) -> Verdict:
    verdict = every(verdicts)
    if verdict is Verdict.OPEN and seen.floating and not can_all_be_kept(cells, targets, seen.floating):
        return Verdict.BROKEN
    return verdict


def _window(check: Check, cell: Cell, target: Target, verdict: Verdict) -> WindowResult:
    return WindowResult(
        span=cell.window.span,
        label=cell.window.label,
        phase=cell.phase,
        low=cell.count.low,
        high=cell.count.high,
        of=None if cell.whole is None else Interval(cell.whole.low, cell.whole.high),
        target=shown(check, target),
        verdict=verdict,
        now=_now(cell, target),
        reasons=cell.doubts if verdict is Verdict.OPEN else (),
    )


def _now(cell: Cell, target: Target) -> Verdict:
    """The verdict if nothing more happens."""
    count = Bounds(cell.count.now, cell.count.now, cell.count.now)
    if cell.missed is None:
        return of_count(count, target)
    return of_share(count, Bounds(cell.missed.now, cell.missed.now, cell.missed.now), target)


def shown(check: Check, target: Target) -> TargetShown:
    """A target to show: in events, or as a share."""
    return TargetShown(target.low, target.high, "share" if isinstance(check.measure, Ratio) else "event")


def _degree(verdicts: Sequence[Verdict]) -> Degree | None:
    """The share of windows kept, as an interval; windows that are not applicable are left out."""
    live = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        return None
    kept, undecided = live.count(Verdict.KEPT), live.count(Verdict.OPEN)
    return Degree(Fraction(kept, len(live)), Fraction(kept + undecided, len(live)))
