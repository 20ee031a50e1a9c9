"""A near miss by one cell is a row that counts once that cell is right: tried with every value in every cell."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

import pytest

from promisekit.engine.observations import Observation
from promisekit.engine.reference import ReferenceEngine, nearly
from promisekit.engine.relational import tied as relational_tied
from promisekit.selectors.match import matches
from tests.differential.comparing import differences
from tests.differential.strategies import Described
from tests.differential.tied import NAMED, tied
from tests.differential.worlds import build

SHARES = 4
WORLDS = 20
"""In each share."""
VALUES = {"place": ["Torget", "Skolan", "Parken"], "case": ["1", "2", "3"]}
SIDES = {"x": "p", "y": "q"}


def _world(rnd: random.Random) -> tuple[Described, str]:
    """A world in which everything is certain, with one count of pairs; and the column that the pairs compare."""
    column = rnd.choice(["place", "case"])
    keyed = {"how": "time", "key": column, "deadline": [1, "days", None]}
    present = [{"how": "day"}, {"how": "overlap", "seconds": 3600}] if column == "place" else []
    commitment = {
        "what": "p",
        "with": "q",
        "ways": [rnd.choice([*present, keyed])],
        "ratio": False,
        "target": [1, None],
    }
    selectors = {side: {"activity": name, column: rnd.choice(NAMED[column])} for name, side in SIDES.items()}
    if rnd.random() < 0.2:
        selectors["q"]["except"] = {column: rnd.choice(NAMED[column])}
    return {
        "period": "2022-03-14/2022-03-20",
        "calendar": [],
        "sources": [{"name": "a.csv", "covers": ["2022-01-01/2022-12-31"], "superseded": 0, "undated": 0}],
        "activities": {side: {"selector": selector, "sources": []} for side, selector in selectors.items()},
        "commitments": [commitment],
        "events": [_row(rnd) for _ in range(7)],
        "as_ofs": ["2022-12-31"],
        "judged": False,
    }, column


def _row(rnd: random.Random) -> dict[str, Any]:
    start = f"2022-03-{rnd.choice([15, 16])} {rnd.choice([9, 10]):02}:00"
    cells = {"activity": rnd.choice("xy"), **{name: rnd.choice(values) for name, values in VALUES.items()}}
    return {"source": 0, "start": start, "end": 7200, "state": "held", "rejected": False, "unreadable": [],
            "cells": cells}  # fmt: skip


def _seen(world: Described) -> Observation:
    built = build(world)
    return ReferenceEngine(built.plan, built.log).observe(built.as_ofs[0]).checks["c0"]


def _meant(world: Described) -> list[bool]:
    """Of every row whether it is one of the side whose activity it has."""
    asked = {}
    for side, one in world["activities"].items():
        alone = {**world, "commitments": [{"what": side, "target": [1, None]}]}
        asked[side] = build(alone).plan.commitments[0].node.measure.relation.selector  # type: ignore[union-attr]
        assert one["selector"]["activity"] in SIDES
    return [matches(asked[SIDES[event.texts["activity"]]], event) is True for event in build(world).log.events]


def _right(world: Described, position: int, column: str) -> bool:
    """Whether some value in that cell of that row makes one more count."""
    before = _seen(world).counted_total
    for value in VALUES[column]:
        other = deepcopy(world)
        other["events"][position]["cells"][column] = value
        if _seen(other).counted_total > before:
            return True
    return False


def _unasked(world: Described, position: int, column: str, meant: list[bool]) -> bool:
    """Whether the row would count if its activity did not ask about the column: beside rows that are meant."""
    other = deepcopy(world)
    side = SIDES[world["events"][position]["cells"]["activity"]]
    selector = other["activities"][side]["selector"]
    other["activities"][side]["selector"] = {"activity": selector["activity"]}
    kept = [number for number, is_meant in enumerate(meant) if is_meant or number == position]
    other["events"] = [world["events"][number] for number in kept]
    without = {**other, "events": [world["events"][number] for number in kept if number != position]}
    return _seen(other).counted_total > _seen(without).counted_total


@pytest.mark.parametrize("share", range(SHARES))
def test_what_one_right_cell_makes_count_is_told_and_nothing_else(share: int) -> None:
    right = 0
    for number in range(WORLDS):
        world, column = _world(random.Random(share * WORLDS + number))
        told = {miss.event.row: miss.failed for miss in _seen(world).near_misses}
        meant = _meant(world)
        for position in [position for position, is_meant in enumerate(meant) if not is_meant]:
            found, where = _right(world, position, column), (share, number, position)
            right += found
            assert position + 2 in told or not found, where
            assert told.get(position + 2) in (None, column, "except"), where
            assert found or position + 2 not in told or _unasked(world, position, column, meant), where
    assert right > WORLDS // 4, "the worlds have gone blind"


def test_both_engines_stop_looking_at_the_same_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearly, "SEARCH_LIMIT", 2)
    monkeypatch.setattr(relational_tied, "SEARCH_LIMIT", 2)
    for number in range(5):
        assert differences(tied(random.Random(number), rows=60)) == []
