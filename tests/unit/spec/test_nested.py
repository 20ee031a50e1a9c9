"""Parts of commitments are read, mended, placed and told of like commitments, however deep they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.diagnostics import Diagnostic
from promisekit.plan.checks import checks_of
from promisekit.plan.nodes import AtLeast, Check, KOfN
from promisekit.spec.files import TextFile
from promisekit.spec.load import check, load
from promisekit.spec.nested import commitment_at

PROMISE = """\
format: 1
id: x
title: X
period: {start: 2022-03-01, end: 2022-05-31}
parties: {kommunen: {name: Exempelby}}
document: decided.md
log: {columns: {start: S, activity: A}}
activities: {insats: {activity: insats}}
commitments:
  - id: allt
    kind: composite
    owner: kommunen
    quote: Vi lovar insatser.
    at_least: 1
    of:
      - {id: en, kind: count, what: insats, at_least: 3}
      - id: annan
        kind: composite
        any_of:
          - {id: ren, kind: count, what: insats, at_least: 1}
          - {id: till, kind: count, what: insats, at_least: 2}
"""


def found(text: str, folder: Path) -> list[tuple[str, int]]:
    (folder / "decided.md").write_text("Vi lovar insatser.", encoding="utf-8")
    diagnostics: tuple[Diagnostic, ...] = check(TextFile(folder / "x.yaml", "x.yaml", text, ""))[1]
    return [(one.code, one.place.line if one.place else 0) for one in diagnostics]


def test_parts_lower_to_parts(tmp_path: Path) -> None:
    (tmp_path / "decided.md").write_text("Vi lovar insatser.", encoding="utf-8")
    (tmp_path / "x.yaml").write_text(PROMISE, encoding="utf-8")
    plan = load(tmp_path / "x.yaml").plan
    node = plan.commitments[0].node
    assert isinstance(node, KOfN)
    assert node.need == AtLeast(1)
    assert [(part.id, part.kind, part.member, part.owner) for part in node.parts] == [
        ("en", "count", None, None),
        ("annan", "composite", None, None),
    ]
    assert list(checks_of(plan)) == ["allt/en", "allt/annan/ren", "allt/annan/till"]
    assert all(isinstance(one, Check) for one in checks_of(plan).values())


def test_a_part_needs_neither_quote_nor_owner(tmp_path: Path) -> None:
    assert found(PROMISE, tmp_path) == []


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("id: ren, kind: count, what: insats", "id: ren, kind: count, what: instas", ("activity.unknown", 20)),
        ("id: ren, kind: count", "id: ren, kind: cuont", ("spec.unknown-kind", 20)),
        ("id: ren, kind", "kind", ("spec.missing-key", 20)),
        ("at_least: 2}", "at_least: 2, owner: polisen}", ("party.unknown", 21)),
        ("at_least: 2}", "at_least: 2, quote: Vi lovar inget.}", ("quote.not-found", 21)),
        ("at_least: 2}", "at_least: 2, at_most: 4}", ("target.several", 21)),
        ("at_least: 2}", "at_least: två}", ("spec.not-a-number", 21)),
        ("id: till", "id: ren", ("commitment.duplicate-id", 21)),
        ("id: till", "id: ren/till", ("name.not-valid", 21)),
        ("id: till", "id: till?", ("name.not-valid", 21)),
        ("- {id: till, kind: count, what: insats, at_least: 2}", "- till", ("spec.not-a-mapping", 21)),
        ("any_of:", "any:", ("spec.unknown-key", 19)),
    ],
)
def test_what_is_wrong_in_a_part_is_told_where_it_stands(
    good: str, bad: str, told: tuple[str, int], tmp_path: Path
) -> None:
    assert good in PROMISE
    assert told in found(PROMISE.replace(good, bad, 1), tmp_path)


def test_an_unreadable_part_hides_nothing_else(tmp_path: Path) -> None:
    text = PROMISE.replace("id: en, kind: count", "id: en, kind: cuont").replace(
        "at_least: 2}", "at_most: 2, at_least: 4}"
    )
    text = text.replace("id: ren, kind: count, what: insats", "id: ren, kind: count, what: instas")
    assert found(text, tmp_path) == [("spec.unknown-kind", 16), ("activity.unknown", 20), ("target.several", 21)]


def test_ids_need_only_differ_among_siblings(tmp_path: Path) -> None:
    assert found(PROMISE.replace("id: till", "id: en"), tmp_path) == []


def test_where_the_innermost_commitment_stands() -> None:
    data = {"commitments": [{"kind": "composite", "of": [{"kind": "count", "what": "x"}]}, {"kind": "count"}]}
    assert commitment_at(data, ("commitments", 0, "of", 0, "what")) == ("commitments", 0, "of", 0)
    assert commitment_at(data, ("commitments", 0, "of")) == ("commitments", 0)
    assert commitment_at(data, ("commitments", 1, "between", 0)) == ("commitments", 1)
    assert commitment_at(data, ("log", "columns")) == ()
