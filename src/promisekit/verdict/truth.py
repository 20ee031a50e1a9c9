"""Intervals against targets, and verdicts put together. Nothing else decides what is kept or broken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import All, AtLeast, Need, ShareOf, Target
from promisekit.verdict.verdicts import Verdict


def of_count(bounds: Bounds, target: Target) -> Verdict:
    """The verdict on a number: contained in the target → kept, disjoint from it → broken, else open."""
    low, high = bounds.low, bounds.high
    beside = int(target.strict)  # a strict end belongs to what is outside
    reaches = target.low is None or (low > target.low if beside else low >= target.low)
    stays = target.high is None or (high is not None and (high < target.high if beside else high <= target.high))
    if reaches and stays:
        return Verdict.KEPT
    below = target.low is not None and high is not None and (high <= target.low if beside else high < target.low)
    above = target.high is not None and (low >= target.high if beside else low > target.high)
    return Verdict.BROKEN if below or above else Verdict.OPEN


def of_latest(value: Bounds, number: Bounds, target: Target, without: Verdict) -> Verdict:
    """The verdict on the latest value; `number` is how many there are that could be compared, and `without` what holds
    where there are none."""
    if number.high == 0:
        return without
    return Verdict.OPEN if number.high is None or number.low == 0 else of_count(value, target)


def of_share(part: Bounds, rest: Bounds, target: Target) -> Verdict:
    """The verdict on the share part / (part + rest), two independent numbers from 0. 0/0 is not applicable.

    A bound that only an endless number would reach is never quite reached.
    """
    if part.high == 0 and rest.high == 0:
        return Verdict.NOT_APPLICABLE
    if part.low + rest.low == 0:
        return Verdict.OPEN
    least = Fraction(0) if rest.high is None else Fraction(part.low) / (part.low + rest.high)
    most = Fraction(1) if part.high is None else Fraction(part.high) / (part.high + rest.low)
    least_reached = rest.high is not None or part.low == 0
    most_reached = part.high is not None or rest.low == 0
    low = Fraction(0) if target.low is None else target.low
    high = Fraction(1) if target.high is None else target.high
    if low <= least and most <= high:
        return Verdict.KEPT
    if most < low or (most == low and not most_reached) or least > high or (least == high and not least_reached):
        return Verdict.BROKEN
    return Verdict.OPEN


def needed(need: Need, live: int) -> int:
    """How many of so many applicable ones must be kept."""
    match need:
        case All():
            return live
        case AtLeast(number):
            return number
        case ShareOf(share):
            return math.ceil(share * live)


def together(need: Need, verdicts: Sequence[Verdict]) -> Verdict:
    """So many as are needed must be kept; those that are not applicable are left out; all left out → not applicable.

    An open one may still turn out not applicable. For all, and for a share, that changes nothing; of a number, none is
    broken while it may still be that none applies.
    """
    live = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        return Verdict.NOT_APPLICABLE
    kept, undecided = live.count(Verdict.KEPT), live.count(Verdict.OPEN)
    if isinstance(need, All):
        if Verdict.BROKEN in live:
            return Verdict.BROKEN
        return Verdict.OPEN if undecided else Verdict.KEPT
    wanted = needed(need, len(live))
    if kept >= wanted:
        return Verdict.KEPT
    if kept + undecided < wanted and undecided < len(live):
        return Verdict.BROKEN
    return Verdict.OPEN


def every(verdicts: Sequence[Verdict]) -> Verdict:
    """All of them must be kept."""
    return together(All(), verdicts)
