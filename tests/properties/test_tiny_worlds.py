"""In tiny worlds, whose completions can be tried, nothing is said that the definition does not say."""

from __future__ import annotations

import pytest

from promisekit.verdict.model import Verdict
from tests.properties.campaign import flipped, tried
from tests.properties.shapes import KINDS

BATCHES, MOST = 5, 100
"""So many batches, and so many completions of each world: a long campaign tries more of them, and more worlds."""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_against_the_definition(kind: str) -> None:
    worlds = list(tried(kind, BATCHES, seed=1, most=MOST))
    assert [one.told for one in worlds if one.faults] == []
    assert [one.told for one in worlds if one.stays_open and one.must_be_exact] == []
    decided = [one for one in worlds if one.said.verdict is not Verdict.OPEN]
    assert len(decided) > len(worlds) // 10, "the generator has gone blind"


@pytest.mark.parametrize("kind", KINDS)
def test_nor_by_the_relational_engine(kind: str) -> None:
    worlds = list(tried(kind, 2, seed=2, engine="relational", most=MOST // 2, judged=False))
    assert [one.told for one in worlds if one.faults] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_final_stays_so_as_days_pass(kind: str) -> None:
    assert list(flipped(kind, 3, seed=3)) == []


@pytest.mark.parametrize("kind", ["count", "response"])
def test_nor_does_the_relational_engine_change_its_mind(kind: str) -> None:
    assert list(flipped(kind, 1, seed=4, engine="relational")) == []
