"""The long comparison: worlds put together ask what they asked alone; one that differs is made small and kept."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from promisekit.engine.observations import Observations
from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.relational import RelationalEngine
from promisekit.windows import AsOf
from tests.differential import comparing
from tests.differential.campaign import compared, keep
from tests.differential.comparing import differences
from tests.differential.pooled import pooled
from tests.differential.smallest import smallest
from tests.differential.strategies import Described
from tests.differential.tied import tied
from tests.differential.worlds import build


def test_worlds_put_together_ask_each_log_about_all_commitments() -> None:
    worlds = [{**tied(random.Random(number)), "judged": False} for number in range(3)]
    together = list(pooled(worlds))
    asked = sum(len(world["commitments"]) for world in worlds)
    assert [one["events"] for one in together] == [world["events"] for world in worlds]
    assert [len(one["commitments"]) for one in together] == [asked] * 3
    alone, among = (build(world) for world in (worlds[0], together[0]))
    seen, seen_among = (ReferenceEngine(one.plan, one.log).observe(one.as_ofs[0]).checks for one in (alone, among))
    assert {name: one.cells for name, one in seen.items()} == {name: seen_among[name].cells for name in seen}


def _near_misses(world: Described) -> int:
    built = build(world)
    engine = ReferenceEngine(built.plan, built.log)
    seen = [one for as_of in built.as_ofs for one in engine.observe(as_of).checks.values()]
    return sum(len(one.near_misses) for one in seen)


def test_a_world_is_made_as_small_as_can_be() -> None:
    small = smallest(tied(random.Random(1)), lambda smaller: _near_misses(smaller) > 0)
    assert [len(small[name]) for name in ("commitments", "as_ofs", "events")] == [1, 1, 2]
    assert _near_misses(small) > 0


class Blind(RelationalEngine):
    """An engine that overlooks every near miss."""

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None) -> Observations:
        seen = super().observe(as_of, only)
        return replace(seen, checks={name: replace(one, near_misses=()) for name, one in seen.checks.items()})


def test_a_world_that_differs_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(comparing, "RelationalEngine", Blind)
    world = tied(random.Random(1))
    why = differences(world)[0]
    path = keep(world, why, tmp_path)
    assert "near-misses" in path.name
    assert json.loads(path.read_text(encoding="utf-8")) == {"why": why, "world": world}


def test_cases_are_counted_by_the_kind_of_their_commitments() -> None:
    seen, failing = compared("1 0", only_tied=True, worlds_in_round=2)
    assert failing == []
    kinds = {name: number for name, number in seen.items() if name.startswith("cases of kind")}
    assert sum(kinds.values()) == seen["cases"] > 0
    assert len(kinds) > 1
