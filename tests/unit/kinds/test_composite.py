"""What composites lower to, and which ones can never be kept."""

from __future__ import annotations

import pytest

from promisekit.plan.nodes import All, Assess, AtLeast, Check, Count, Distinct, KOfN, Need, Overlap, Semi
from promisekit.words import text
from tests.unit.kinds.lowering import found, lowered

COMPOSITE = "{id: a, kind: composite, %s}"
ONE = "{id: en, kind: count, what: insats, at_least: 1}"
OTHER = "{id: tva, kind: count, what: kvall, at_least: 2}"


@pytest.mark.parametrize(
    ("keys", "need"),
    [
        (f"all_of: [{ONE}, {OTHER}]", All()),
        (f"any_of: [{ONE}, {OTHER}]", AtLeast(1)),
        (f"at_least: 2, of: [{ONE}, {OTHER}]", AtLeast(2)),
    ],
)
def test_how_many_parts_are_needed(keys: str, need: Need) -> None:
    node = lowered(COMPOSITE % keys).node
    assert isinstance(node, KOfN)
    assert (node.need, [part.id for part in node.parts]) == (need, ["en", "tva"])


def test_a_composite_says_its_parts_and_what_they_take_for_granted() -> None:
    commitment = lowered(COMPOSITE % f"any_of: [{ONE}, {OTHER}]")
    assert text(commitment.statement, "en") == (
        "one of these at least: (`insats` takes place at least 1 time during the period) "
        "or (`kvall` takes place at least 2 times during the period)"
    )
    assert all(text(told, "en").startswith(("en: ", "tva: ")) for told in commitment.readings)


def test_a_part_keeps_its_own_words() -> None:
    part = f"{ONE[:-1]}, owner: kommunen, quote: [a, b], reading: c}}"
    node = lowered(COMPOSITE % f"all_of: [{part}, {OTHER}]").node
    assert isinstance(node, KOfN)
    first, second = node.parts
    assert (first.owner, first.quote, first.reading) == ("kommunen", "a\nb", "c")
    assert (second.owner, second.quote, second.reading) == (None, None, None)


def test_one_part_alone_is_advised_against() -> None:
    assert "composite.one-part" in found(COMPOSITE % f"all_of: [{ONE}]")[1]


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("owner: kommunen", ["composite.no-parts"]),
        ("all_of: []", ["spec.empty"]),
        (f"at_least: 0, of: [{ONE}, {OTHER}]", ["number.out-of-range"]),
        (f"at_least: 2, all_of: [{ONE}, {OTHER}]", ["composite.number-with-list"]),
        (f"at_least: 3, of: [{ONE}, {OTHER}]", ["composite.too-few-parts"]),
        (f"all_of: [{ONE}, {OTHER}], any_of: [{ONE}, {OTHER}]", ["composite.several-lists"]),
    ],
)
def test_what_is_no_composite(keys: str, codes: list[str]) -> None:
    assert found(COMPOSITE % keys)[0] == codes


def test_shared_occasions_may_have_a_length_and_a_unit() -> None:
    node = lowered(
        "{id: a, kind: co_presence, what: insats, with: kvall, match: [overlap, same_row], min_overlap: 1.5 hours, "
        "every: month, at_least: 2, unit: day}"
    ).node
    assert isinstance(node, Check)
    assert isinstance(node.measure, Distinct)
    assert isinstance(node.measure.relation, Semi)
    assert node.measure.relation.on[0] == Overlap(5400)


def test_shared_occasions_overlap_for_a_minute_where_nothing_is_said() -> None:
    node = lowered(
        "{id: a, kind: co_presence, what: insats, with: kvall, match: overlap, every: period, at_least: 2}"
    ).node
    assert isinstance(node, Check)
    assert isinstance(node.measure, Count)
    assert isinstance(node.measure.relation, Semi)
    assert node.measure.relation.on == (Overlap(60),)


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("match: overlap, every: month, at_least: 1, min_overlap: 0 minutes", ["co_presence.min-overlap"]),
        ("match: same_day, every: month, at_least: 1, min_overlap: 1 hour", ["co_presence.min-overlap"]),
        ("match: same_day, at_least: 1", ["window.missing"]),
        ("match: same_day, every_occasion: true, unit: day", ["co_presence.every-occasion"]),
    ],
)
def test_what_is_no_shared_occasion(keys: str, codes: list[str]) -> None:
    assert found(f"{{id: a, kind: co_presence, what: insats, with: kvall, {keys}}}")[0] == codes


def test_people_may_have_a_day_by_which_to_judge() -> None:
    commitment = lowered(
        "{id: a, kind: qualitative, criteria: [x], assessed_by: [kommunen], by: 2022-06-15, evidence: required}"
    )
    assert isinstance(commitment.node, Assess)
    assert (commitment.node.due is not None, commitment.node.evidence) == (True, "required")
    assert text(commitment.statement, "en") == "people judge whether x, by 15 June 2022, with evidence"
