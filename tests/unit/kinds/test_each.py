"""Members of lists and registers, and what each of them owes."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.plan.nodes import All, AtLeast, Check, Count, KOfN, Select, ShareOf, Target
from promisekit.selectors.model import Condition, Every, OneOf
from tests.unit.kinds.lowering import found, lowered

EACH = "{id: a, kind: each, by: place, what: insats, %s}"


def members(keys: str, folder: Path = Path()) -> KOfN:
    node = lowered(EACH % keys, folder).node
    assert isinstance(node, KOfN)
    return node


def targets(node: KOfN) -> dict[str | None, Target]:
    return {part.member: part.node.target for part in node.parts if isinstance(part.node, Check)}


def test_a_list_has_a_part_for_each() -> None:
    node = members("of: [Torget, Ö park, ö-park, '!'], at_least: 2")
    assert [(part.id, part.member, part.kind) for part in node.parts] == [
        ("torget", "Torget", "each"),
        ("o-park", "Ö park", "each"),
        ("o-park-2", "ö-park", "each"),
        ("x", "!", "each"),
    ]
    assert node.need == All()
    assert set(targets(node).values()) == {Target(2, None)}


def test_a_members_events_are_a_narrower_selector() -> None:
    part = members("of: [Torget], at_least: 1").parts[0]
    assert isinstance(part.node, Check)
    assert isinstance(part.node.measure, Count)
    select = part.node.measure.relation
    assert isinstance(select, Select)
    assert isinstance(select.selector, Every)
    about, activity = select.selector.parts
    assert isinstance(about, Every)
    assert isinstance(activity, Condition)
    (condition,) = about.parts
    assert isinstance(condition, Condition)
    assert (condition.column, condition.test) == ("place", OneOf(("torget",)))


def test_members_may_have_numbers_of_their_own() -> None:
    node = members("of: [Torget, Parken], at_least: 2, targets: {torget: 3}, members: 50 %")
    assert targets(node) == {"Torget": Target(3, None), "Parken": Target(2, None)}
    assert isinstance(node.need, ShareOf)
    assert members("of: [Torget, Parken], at_least: 2, members: 1").need == AtLeast(1)


@pytest.mark.parametrize(
    "content",
    [
        "Skola;Antal\r\nRingskolan;2\r\n\r\n Ö skola ;1\r\n".encode("cp1252"),
        "Antal,Skola\n2,Ringskolan\n1,Ö skola\n".encode("utf-8-sig"),
        'Skola\tAntal\nRingskolan\t2\n"Ö\nskola"\t1\n'.encode("utf-16"),
    ],
)
def test_a_register_as_a_spreadsheet_writes_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "skolor.csv").write_bytes(content)
    found_targets = targets(members("of: {file: skolor.csv, column: skola, target: antal}", tmp_path))
    assert list(found_targets.values()) == [Target(2, None), Target(1, None)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "register.empty"),
        ("Skola\n", "register.empty"),
        ("Skola;Skola\na;b\n", "register.column"),
        ("Namn\na\n", "register.column"),
        ("Skola\nRingskolan\n ringskolan\n", "each.duplicate-member"),
        ("Skola;Antal\n;1\n", "register.empty-name"),
        ("Skola;Antal\na;1;2\n", "register.row"),
        ('Skola;Antal\n"a;1\n', "register.row"),
        ("Skola;Antal\na;\n", "register.number"),
        ("Skola;Antal\na;0\n", "each.nobody"),
        ("Skola;Antal\na;-1\n", "register.number"),
        ("Skola;Antal\na;2,5\n", "register.number"),
    ],
)
def test_a_register_that_cannot_be_used(content: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "skolor.csv").write_text(content, encoding="utf-8")
    column = ", target: Antal" if "Antal" in content else ""
    assert found(
        EACH % f"of: {{file: skolor.csv, column: Skola{column}}}{'' if column else ', at_least: 1'}", tmp_path
    )[0] == [code]


@pytest.mark.parametrize("name", ["../skolor.csv", "/etc/passwd", "C:\\skolor.csv", "a/../../b.csv", "http://x/y.csv"])
def test_a_register_lies_beside_the_promise(name: str) -> None:
    assert found(EACH % f"of: {{file: '{name}', column: Skola}}, at_least: 1")[0] == ["register.outside"]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("of: [Torget]", "target.missing"),
        ("of: []", "spec.empty"),
        ("of: skolor.csv, at_least: 1", "spec.not-a-list"),
        ("of: {column: Skola}, at_least: 1", "spec.missing-key"),
        ("of: [Torget, Parken], at_least: 1, members: 3", "need.too-many"),
        ("of: [Torget], targets: {Torget: 0}", "each.nobody"),
        ("of: [Torget], targets: {Torget: -1}", "number.out-of-range"),
        ("of: [Torget, Parken], at_least: 1, targets: {Torget: 0}, members: 2", "need.too-many"),
        ("of: [Torget], unit: place, at_least: 1", "each.unit"),
        ("of: [Torget], at_most: 3, targets: {Torget: 2}", "each.targets"),
        ("of: [Torget, Parken], targets: {Torget: 2}", "each.targets"),
        ("of: [Torget], targets: {Torget: 2, torget: 3}", "each.duplicate-member"),
    ],
)
def test_what_is_no_register(keys: str, code: str) -> None:
    assert found(EACH % keys)[0] == [code]
