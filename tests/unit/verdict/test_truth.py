"""Intervals against targets, compared with every number that the intervals hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import Target
from promisekit.verdict.model import Verdict
from promisekit.verdict.truth import every, of_count, of_share

FAR = 60
"""Stands for "any number more": larger than every bound that is drawn."""
BOUNDS = st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 4))).map(
    lambda drawn: Bounds(drawn[0], None if drawn[1] is None else drawn[0] + drawn[1], drawn[0])
)
ENDS = st.one_of(st.none(), st.integers(0, 8))


def quantified(answers: set[bool | None]) -> Verdict:
    """The definition: all → kept, none → broken, else open; None stands for not applicable."""
    if answers == {None}:
        return Verdict.NOT_APPLICABLE
    if answers == {True}:
        return Verdict.KEPT
    return Verdict.BROKEN if answers == {False} else Verdict.OPEN


def numbers(bounds: Bounds) -> range:
    return range(bounds.low, (FAR if bounds.high is None else bounds.high) + 1)


@given(BOUNDS, ENDS, ENDS)
def test_a_count_is_judged_as_every_number_in_it(bounds: Bounds, low: int | None, width: int | None) -> None:
    high = None if width is None else (low or 0) + width
    answers: set[bool | None] = {(low or 0) <= n and (high is None or n <= high) for n in numbers(bounds)}
    assert of_count(bounds, Target(low, high)) is quantified(answers)


@given(BOUNDS, BOUNDS, st.sampled_from([Fraction(n, 4) for n in range(5)]))
def test_a_share_is_judged_as_every_pair_of_numbers_in_it(part: Bounds, rest: Bounds, least: Fraction) -> None:
    # With numbers up to FAR only, a share can come within 1/FAR of a bound that is never reached, but not to it.
    answers: set[bool | None] = {
        None if s + f == 0 else Fraction(s, s + f) >= least for s, f in product(numbers(part), numbers(rest))
    }
    if None in answers and len(answers) > 1:
        assert of_share(part, rest, Target(least, 1)) is Verdict.OPEN
    else:
        assert of_share(part, rest, Target(least, 1)) is quantified(answers)


def test_what_is_not_applicable_is_left_out() -> None:
    assert every([Verdict.NOT_APPLICABLE, Verdict.KEPT]) is Verdict.KEPT
    assert every([Verdict.NOT_APPLICABLE]) is Verdict.NOT_APPLICABLE
    assert every([Verdict.OPEN, Verdict.BROKEN, Verdict.KEPT]) is Verdict.BROKEN
    assert every([Verdict.OPEN, Verdict.KEPT]) is Verdict.OPEN


def test_a_verdict_is_not_a_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(Verdict.BROKEN)
