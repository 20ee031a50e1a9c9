"""What a measure should come to for a window to be kept, or to be broken: the numbers worth trying, the least first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import Number, Target
from promisekit.verdict.truth import of_count
from promisekit.verdict.verdicts import Verdict

LARGEST_WHOLE = 60
"""Shares are tried of so many rows at most."""


def aims(target: Target, wanted: Verdict, step: Number) -> list[Number]:
    """Amounts from 0 that give the verdict: at the ends of the target, a step beside them, and between them."""
    ends = [end for end in (target.low, target.high) if end is not None]
    tried = {0, step, *ends, *(end + step for end in ends), *(end - step for end in ends)}
    tried |= {math.ceil(end) for end in ends} | {math.floor(end) for end in ends}
    if len(ends) == 2:
        tried.add(Fraction(ends[0] + ends[1]) / 2)
    return [one for one in sorted(tried) if one >= 0 and gives(one, target) is wanted]


def values(target: Target, wanted: Verdict) -> list[Number]:
    """Values of any sign that give the verdict."""
    ends = [end for end in (target.low, target.high) if end is not None]
    tried = {Fraction(0), *ends, *(end + 1 for end in ends), *(end - 1 for end in ends)}
    if len(ends) == 2:
        tried.add(Fraction(ends[0] + ends[1]) / 2)
    return [one for one in sorted(tried, key=lambda one: (one < 0, abs(one))) if gives(one, target) is wanted]


def gives(amount: Number, target: Target) -> Verdict:
    """The verdict on just that amount."""
    return of_count(Bounds(amount, amount, amount), target)


def shares(target: Target, wanted: Verdict) -> Iterator[tuple[int, int]]:
    """Pairs of so many in the part and so many in the whole that give the verdict, the smallest whole first; one of
    each sort, since the part may have to be all or nothing."""
    for whole in range(1, LARGEST_WHOLE + 1):
        for part in range(whole, -1, -1):
            if gives(Fraction(part, whole), target) is wanted:
                yield part, whole
