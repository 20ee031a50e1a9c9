"""Intervals against targets, and verdicts put together. Nothing else decides what is kept or broken."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import Target
from promisekit.verdict.model import Verdict


def of_count(bounds: Bounds, target: Target) -> Verdict:
    """The verdict on a count: contained in the target → kept, disjoint from it → broken, else open."""
    low, high = bounds.low, bounds.high
    reaches = target.low is None or low >= target.low
    stays = target.high is None or (high is not None and high <= target.high)
    if reaches and stays:
        return Verdict.KEPT
    if target.low is not None and high is not None and high < target.low:
        return Verdict.BROKEN
    if target.high is not None and low > target.high:
        return Verdict.BROKEN
    return Verdict.OPEN


def of_share(part: Bounds, rest: Bounds, target: Target) -> Verdict:
    """The verdict on the share part / (part + rest), two independent counts. 0/0 is not applicable.

    A bound that only an endless number of events would reach is never quite reached.
    """
    if part.high == 0 and rest.high == 0:
        return Verdict.NOT_APPLICABLE
    if part.low + rest.low == 0:
        return Verdict.OPEN
    least = Fraction(0) if rest.high is None else Fraction(part.low, part.low + rest.high)
    most = Fraction(1) if part.high is None else Fraction(part.high, part.high + rest.low)
    least_reached = rest.high is not None or part.low == 0
    most_reached = part.high is not None or rest.low == 0
    low = Fraction(0) if target.low is None else target.low
    high = Fraction(1) if target.high is None else target.high
    if low <= least and most <= high:
        return Verdict.KEPT
    if most < low or (most == low and not most_reached) or least > high or (least == high and not least_reached):
        return Verdict.BROKEN
    return Verdict.OPEN


def every(verdicts: Sequence[Verdict]) -> Verdict:
    """All of them must be kept; those that are not applicable are left out; all left out → not applicable."""
    live = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        return Verdict.NOT_APPLICABLE
    if Verdict.BROKEN in live:
        return Verdict.BROKEN
    return Verdict.OPEN if Verdict.OPEN in live else Verdict.KEPT
