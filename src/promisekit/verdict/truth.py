"""Intervals against targets, and verdicts put together. Nothing else decides what is kept or broken."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import All, AtLeast, Need, ShareOf, Target
from promisekit.verdict.outcomes import BROKEN, KEPT, Outcomes, outcomes_of, verdict_of
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
    """The verdict on several, of which nothing is known but their verdicts."""
    return verdict_of(combined(need, [outcomes_of(verdict) for verdict in verdicts]))


def combined(need: Need, each: Sequence[Outcomes]) -> Outcomes:
    """What several may come to together, each of which may end in its own ways.

    So many as are needed must be kept; those that are not applicable are left out; all left out → not applicable.
    """
    several = Counter(each)
    found = set()
    if all(Verdict.NOT_APPLICABLE in one for one in several):
        found.add(Verdict.NOT_APPLICABLE)
    if _may_be_kept(need, several):
        found.add(Verdict.KEPT)
    if _may_be_broken(need, several):
        found.add(Verdict.BROKEN)
    return frozenset(found)


def _may_be_kept(need: Need, several: Counter[Outcomes]) -> bool:
    """At best, all are kept that may be, and of the others those left out that may be."""
    kept = sum(number for one, number in several.items() if Verdict.KEPT in one)
    live = kept + several[BROKEN]
    return live > 0 and kept >= needed(need, live)


def _may_be_broken(need: Need, several: Counter[Outcomes]) -> bool:
    """At worst, all are broken that may be, and of the others those left out that may be. But where only so many must
    be kept, and none need apply or may be broken, it takes one that does apply: a kept one."""
    kept = several[KEPT]
    live = kept + sum(number for one, number in several.items() if Verdict.BROKEN in one)
    if live == 0 and any(Verdict.KEPT in one for one in several):
        kept = live = 1
    return live > 0 and kept < needed(need, live)


def every(each: Sequence[Outcomes]) -> Verdict:
    """All of them must be kept."""
    return verdict_of(combined(All(), each))
