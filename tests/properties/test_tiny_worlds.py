"""In tiny worlds, whose completions can be tried, nothing is said that the definition does not say."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from promisekit.engine.observations import Bounds, Observation, Observations
from promisekit.engine.reference import ReferenceEngine
from promisekit.verdict.model import Verdict
from promisekit.windows import AsOf
from tests.properties import campaign
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
    assert list(flipped(kind, 3, seed=77)) == []


@pytest.mark.parametrize("kind", ["count", "pairs", "response"])
def test_nor_does_the_relational_engine_change_its_mind(kind: str) -> None:
    assert list(flipped(kind, 1, seed=4, engine="relational")) == []


def test_a_replay_shows_an_engine_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(ReferenceEngine):
        def observe(self, as_of: AsOf, only: frozenset[str] | None = None) -> Observations:
            seen = super().observe(as_of, only)
            unsure = {name: _unsure(one) if as_of.day % 2 else one for name, one in seen.checks.items()}
            return replace(seen, checks=unsure)

    monkeypatch.setattr(campaign, "engine_named", lambda _: Forgetful)
    found = list(flipped("count", 1, seed=77))
    assert any("but open as of" in one for one in found)
    assert any("but count" in one for one in found)


def _unsure(seen: Observation) -> Observation:
    return replace(seen, cells=tuple(replace(cell, count=Bounds(0, None, 0)) for cell in seen.cells), floating=())
