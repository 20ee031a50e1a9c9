"""Checks that decide each other: where one counts some of what another counts, one can bar the other's way."""

from __future__ import annotations

from collections.abc import Sequence

from promisekit.plan.eligible import rows_between
from promisekit.plan.nodes import All, Check, Count, Distinct, Number, Relation, Semi, Starts
from promisekit.plan.windows import target_in, windows_of
from promisekit.windows import Window, Zone


def clash(checks: Sequence[Check], zone: Zone) -> tuple[Check, Check] | None:
    """Two checks that no log keeps both of: what one of them needs is more than the other allows."""
    bounded = [one for one in checks if one.target.high is not None]
    for less, more in ((less, more) for more in bounded for less in checks if less is not more):
        if isinstance(less.need, All) and isinstance(more.need, All) and _counts_some_of(less, more):
            for window in windows_of(more):
                high = target_in(more, window).high
                if high is not None and _least_within(less, window) > high:
                    return less, more
    return None


def follows(cause: Check, effect: Check) -> bool:
    """Whether the second is kept wherever the first is: in the same windows it counts all that the first counts."""
    causes, effects = windows_of(cause), windows_of(effect)
    if not _counts_some_of(cause, effect) or [one.span for one in causes] != [one.span for one in effects]:
        return False
    for before, after in zip(causes, effects, strict=True):
        least, target = target_in(cause, before).low, target_in(effect, after)
        if target.high is not None or after.clock is not None or (target.low or 0) > (least or 0):
            return False
    return True


def _least_within(check: Check, window: Window) -> Number:
    """How many a check needs at least in those of its windows that lie in a window of another one."""
    inside = [one for one in windows_of(check) if _lies_in(one, window)]
    return sum(target_in(check, one).low or 0 for one in inside)


def _lies_in(inner: Window, outer: Window) -> bool:
    clocks = outer.clock is None or inner == outer
    return clocks and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def _counts_some_of(less: Check, more: Check) -> bool:
    """Whether the first counts no more than the second does in the same days, whatever a log says."""
    if not isinstance(less.attribution, Starts) or not isinstance(more.attribution, Starts):
        return False
    if isinstance(more.measure, Distinct):
        return less.measure == more.measure and windows_of(less) == windows_of(more)
    if not isinstance(more.measure, Count) or not isinstance(less.measure, Count | Distinct):
        return False
    if isinstance(less.measure, Distinct) and less.measure.unit is None:
        return False
    return _some_of(less.measure.relation, more.measure.relation)


def _some_of(less: Relation, more: Relation) -> bool:
    """Whether every row of the one is certainly a row of the other."""
    if less == more:
        return True
    if isinstance(more, Semi):
        return (
            isinstance(less, Semi)
            and less.on == more.on
            and less.right == more.right
            and _some_of(less.left, more.left)
        )
    left = less.left if isinstance(less, Semi) else less
    alike = (left.dated, left.day_begins) == (more.dated, more.day_begins)
    sources = not more.sources or (bool(left.sources) and set(left.sources) <= set(more.sources))
    return alike and sources and not rows_between(left.selector, more.selector)
