"""What shares lower to, and which ones are none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from promisekit.plan.nodes import AtLeast, Calendar, Check, Count, Quotient, Ratio, SameRow, Semi, Sum, Target, When
from promisekit.words import text
from tests.unit.kinds.lowering import found, lowered

SHARE = "{id: a, kind: share, of: insats, %s}"


def share(keys: str) -> Check:
    node = lowered(SHARE % keys).node
    assert isinstance(node, Check)
    return node


def test_a_share_of_what_takes_place() -> None:
    check = share("what: kvall, base: actual, at_least: 1/3")
    assert isinstance(check.measure, Ratio)
    assert (check.measure.part.left.name, check.measure.part.right.name) == ("insats", "kvall")
    assert check.measure.part.on == (SameRow(),)
    assert (check.measure.whole.name, check.measure.weight) == ("insats", None)
    assert check.target == Target(Fraction(1, 3), None)


def test_rows_may_weigh_what_a_column_says() -> None:
    check = share("what: kvall, base: actual, at_least: 90 %, sum: hours")
    assert isinstance(check.measure, Ratio)
    assert check.measure.weight == "hours"


def test_two_columns_that_count_already() -> None:
    measure = share("base: actual, sum: {part: hours, whole: whole}, at_most: 0.25").measure
    assert isinstance(measure, Quotient)
    assert (measure.relation.name, measure.above, measure.below) == ("insats", "hours", "whole")


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        ("target: 12, at_least: 1/3", 4, None),
        ("target: 10, at_least: 1/3", 4, None),
        ("target: 10, at_most: 1/3", None, 3),
        ("target: 10, between: [20 %, 35 %]", 2, 3),
        ("target: 10, exactly: 50 %", 5, 5),
    ],
)
def test_a_share_of_a_promised_number_is_that_many(target: str, low: int | None, high: int | None) -> None:
    check = share(f"what: kvall, base: target, {target}")
    assert isinstance(check.measure, Count)
    assert isinstance(check.measure.relation, Semi)
    assert check.target == Target(low, high)


def test_a_share_of_a_promised_sum_is_exact() -> None:
    check = share("what: kvall, base: target, target: 10, sum: hours, at_least: 1/3")
    assert isinstance(check.measure, Sum)
    assert check.target == Target(Fraction(10, 3), None)


def test_a_share_in_every_window() -> None:
    check = share("what: kvall, base: actual, at_least: 1/3, every: month, need: 2")
    assert (check.partition, check.need) == (Calendar("month"), AtLeast(2))


def test_a_share_may_have_a_condition() -> None:
    assert isinstance(lowered(SHARE % "what: kvall, base: actual, at_least: 1/3, when: kvall").node, When)


def test_a_share_says_all_that_it_means() -> None:
    sentence = text(
        lowered(SHARE % "what: kvall, base: target, target: 12, at_least: 1/4, every: month").statement, "en"
    )
    assert sentence == "of 12 promised `insats` every month, at least 25% of them are `kvall`: at least 3"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("what: kvall, at_least: 1/3", "spec.missing-key"),
        ("what: kvall, base: actual", "target.missing"),
        ("what: kvall, base: actual, at_least: 0", "target.vacuous"),
        ("what: kvall, base: actual, at_least: 3", "share.not-understood"),
        ("what: kvall, base: actual, at_least: 1/3, sum: place", "column.unknown"),
        ("base: actual, at_least: 1/3, sum: {part: hours, whole: place}", "column.unknown"),
        ("base: actual, at_least: 1/3, sum: {part: hours}", "spec.missing-key"),
        ("what: kvall, base: actual, at_least: 1/3, sum: 3", "spec.not-text"),
        ("what: kvall, base: actual, at_least: 1/3, every: week, partial: prorate", "window.partial-unfit"),
    ],
)
def test_what_is_no_share(keys: str, code: str) -> None:
    assert found(SHARE % keys)[0] == [code]
