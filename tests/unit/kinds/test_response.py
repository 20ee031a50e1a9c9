"""Deadlines in days and hours, tiers, exceptions and shares of responses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from promisekit.plan.nodes import (
    ALL,
    By,
    Calendar,
    Check,
    Deadline,
    Hours,
    InTime,
    KOfN,
    Node,
    Ratio,
    Target,
    Within,
)
from promisekit.selectors.model import Every, Except
from promisekit.windows import parse_day
from promisekit.words import text
from tests.unit.kinds.lowering import found, lowered

RESPONSE = "{id: a, kind: response, each: insats, followed_by: kvall, same: case, %s}"
LAST = parse_day("2022-05-31")


def answered(node: Node) -> tuple[Check, Ratio, InTime]:
    assert isinstance(node, Check)
    assert isinstance(node.measure, Ratio)
    (on,) = node.measure.part.on
    assert isinstance(on, InTime)
    return node, node.measure, on


@pytest.mark.parametrize(
    ("keys", "deadline"),
    [
        ("within: 14 days", Within(14, "days")),
        ("within: 3 working_days, clip: true", Within(3, "working_days", LAST)),
        ("within: 4 hours, clock: always", Hours(4 * 3600, "always")),
        ("within: 90 minutes, clock: weekdays, clip: true", Hours(5400, "weekdays", LAST)),
        ("by: period_end", By(LAST)),
        ("by: 2022-06-15", By(parse_day("2022-06-15"))),
    ],
)
def test_a_deadline(keys: str, deadline: Deadline) -> None:
    check, _, on = answered(lowered(RESPONSE % keys).node)
    assert on == InTime("case", deadline)
    assert check.target == Target(ALL, ALL)


def test_a_share_in_every_window() -> None:
    check, _, _ = answered(lowered(RESPONSE % "within: 14 days, at_least: 90 %, every: month").node)
    assert (check.target, check.partition) == (Target(Fraction(9, 10), None), Calendar("month"))


def test_excused_triggers_are_no_triggers() -> None:
    _, ratio, _ = answered(lowered(RESPONSE % "within: 14 days, except: {place: torget}").node)
    assert ratio.part.left == ratio.whole
    assert isinstance(ratio.whole.selector, Every)
    assert isinstance(ratio.whole.selector.parts[-1], Except)


def test_tiers_are_parts_with_a_deadline_each() -> None:
    tiers = (
        "tiers: {column: priority, within: {Akut: 24 hours, normal: 5 days}, clock: always}, except: {place: torget}"
    )
    commitment = lowered(RESPONSE % tiers)
    assert isinstance(commitment.node, KOfN)
    assert [(part.id, part.member) for part in commitment.node.parts] == [("akut", "Akut"), ("normal", "normal")]
    deadlines = [answered(part.node)[2].deadline for part in commitment.node.parts]
    assert deadlines == [Hours(86_400, "always"), Within(5, "days")]
    selector = answered(commitment.node.parts[0].node)[1].whole.selector
    assert isinstance(selector, Every)
    assert [type(part).__name__ for part in selector.parts] == ["Every", "Condition", "Except"]
    assert any("has no deadline" in text(told, "en") for told in commitment.readings)


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("within: 4 hours", ["deadline.clock-needed"]),
        ("within: 4 days, clock: weekdays", ["deadline.clock-needless"]),
        ("by: period_end, clock: always", ["deadline.clock-needless"]),
        ("within: 4 days, by: period_end", ["deadline.one-needed"]),
        ("at_least: 90 %", ["deadline.one-needed"]),
        ("within: 4 days, at_least: 0", ["target.vacuous"]),
        ("tiers: {column: hours, within: {a: 1 day}}", ["column.unknown"]),
        ("tiers: {column: priority, within: {a: snart}}", ["deadline.not-understood"]),
        ("tiers: {column: priority, within: {}}", ["spec.empty"]),
        ("tiers: {column: priority, within: {a: 1 day}, clock: always}", ["deadline.clock-needless"]),
        ("within: 4 days, except: {plats: torget}", ["column.unknown"]),
        ("within: 4 days, except: [torget]", ["selector.not-a-mapping"]),
        ("within: 4 days, every: week", ["window.partial-undeclared"]),
    ],
)
def test_what_is_no_response(keys: str, codes: list[str]) -> None:
    assert found(RESPONSE % keys)[0] == codes
