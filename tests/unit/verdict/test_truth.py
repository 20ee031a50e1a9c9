"""Intervals against targets, compared with every number that the intervals hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promisekit.engine.observations import Bounds
from promisekit.plan.nodes import All, AtLeast, Need, ShareOf, Target
from promisekit.proof.checker import verdicts as checker
from promisekit.verdict.model import Verdict
from promisekit.verdict.outcomes import Outcomes, outcomes_of
from promisekit.verdict.truth import combined, every, needed, of_count, of_latest, of_share, together

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
    return range(int(bounds.low), int(FAR if bounds.high is None else bounds.high) + 1)


@given(BOUNDS, ENDS, ENDS)
def test_a_count_is_judged_as_every_number_in_it(bounds: Bounds, low: int | None, width: int | None) -> None:
    high = None if width is None else (low or 0) + width
    answers: set[bool | None] = {(low or 0) <= n and (high is None or n <= high) for n in numbers(bounds)}
    assert of_count(bounds, Target(low, high)) is quantified(answers)


@given(BOUNDS, ENDS, st.booleans())
def test_a_strict_end_is_outside(bounds: Bounds, end: int | None, above: bool) -> None:
    # Whole numbers do not fill an interval: between 0 and 1 there is 0.5. Halves stand for all that lies between.
    limit = 0 if end is None else end
    target = Target(limit, None, strict=True) if above else Target(None, limit, strict=True)
    numbers_of = [
        Fraction(n, 2) for n in range(2 * int(bounds.low), 2 * int(FAR if bounds.high is None else bounds.high) + 1)
    ]
    answers: set[bool | None] = {n > limit if above else n < limit for n in numbers_of}
    assert of_count(bounds, target) is quantified(answers)


def test_a_latest_value_is_judged_only_where_it_can_be_told() -> None:
    value, more_than_nothing = Bounds(2, 3, 2), Target(0, None, strict=True)
    assert of_latest(value, Bounds(1, 1, 1), more_than_nothing, Verdict.BROKEN) is Verdict.KEPT
    assert of_latest(Bounds(-2, 0, 0), Bounds(1, 1, 1), more_than_nothing, Verdict.BROKEN) is Verdict.BROKEN
    assert of_latest(value, Bounds(0, 1, 0), more_than_nothing, Verdict.BROKEN) is Verdict.OPEN
    assert of_latest(value, Bounds(1, None, 1), more_than_nothing, Verdict.BROKEN) is Verdict.OPEN
    assert (
        of_latest(Bounds(0, None, 0), Bounds(0, 0, 0), more_than_nothing, Verdict.NOT_APPLICABLE)
        is Verdict.NOT_APPLICABLE
    )
    assert of_latest(Bounds(0, None, 0), Bounds(0, 0, 0), more_than_nothing, Verdict.BROKEN) is Verdict.BROKEN


def test_a_share_of_weights() -> None:
    half = Target(Fraction(1, 2), Fraction(1))
    assert of_share(Bounds(Fraction(5, 2), Fraction(5, 2), 0), Bounds(2, Fraction(5, 2), 2), half) is Verdict.KEPT
    assert of_share(Bounds(2, Fraction(9, 4), 2), Bounds(Fraction(5, 2), 3, 3), half) is Verdict.BROKEN
    # One row whose weight nobody wrote down, 0 for all that is known: the share may be of nothing.
    assert of_share(Bounds(0, None, 0), Bounds(0, 0, 0), half) is Verdict.OPEN


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
    for verdicts, wanted in [
        ((Verdict.NOT_APPLICABLE, Verdict.KEPT), Verdict.KEPT),
        ((Verdict.NOT_APPLICABLE,), Verdict.NOT_APPLICABLE),
        ((Verdict.OPEN, Verdict.BROKEN, Verdict.KEPT), Verdict.BROKEN),
        ((Verdict.OPEN, Verdict.KEPT), Verdict.OPEN),
    ]:
        assert every([outcomes_of(verdict) for verdict in verdicts]) is wanted


def test_a_verdict_is_not_a_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(Verdict.BROKEN)


VERDICTS = st.lists(st.sampled_from(list(Verdict)), max_size=5)
NEEDS = st.one_of(
    st.just(All()),
    st.integers(1, 4).map(AtLeast),
    st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(1)]).map(ShareOf),
)


def outcome(need: Need, verdicts: list[Verdict]) -> bool | None:
    """What decided verdicts come to."""
    live = [one for one in verdicts if one is not Verdict.NOT_APPLICABLE]
    return live.count(Verdict.KEPT) >= needed(need, len(live)) if live else None


@given(NEEDS, VERDICTS)
def test_together_is_as_every_way_in_which_the_open_ones_can_end(need: Need, verdicts: list[Verdict]) -> None:
    ends = (Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE)
    ways = product(*[ends if one is Verdict.OPEN else (one,) for one in verdicts])
    assert together(need, verdicts) is quantified({outcome(need, list(way)) for way in ways})


DECIDED = (Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE)
SOME = [frozenset(some) for size in (1, 2, 3) for some in combinations(DECIDED, size)]


@given(NEEDS, st.lists(st.sampled_from(SOME), max_size=5))
def test_what_may_become_of_several_is_what_some_way_leads_to(need: Need, each: list[Outcomes]) -> None:
    verdicts = dict(zip((True, False, None), DECIDED, strict=True))
    assert combined(need, each) == {verdicts[outcome(need, list(way))] for way in product(*each)}


@given(NEEDS, st.lists(st.sampled_from(SOME), max_size=5))
def test_so_it_does_for_who_checks_a_certificate(need: Need, each: list[Outcomes]) -> None:
    match need:
        case All():
            written: object = "all"
        case AtLeast(number):
            written = {"at_least": number}
        case _:
            written = {"share": f"{need.share.numerator}/{need.share.denominator}"}
    assert checker.together(written, each) == combined(need, each)


def test_how_many_are_needed() -> None:
    assert [needed(need, 7) for need in (All(), AtLeast(2), ShareOf(Fraction(9, 10)), ShareOf(Fraction(3, 7)))] == [
        7, 2, 7, 3,
    ]  # fmt: skip
