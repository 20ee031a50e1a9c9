"""The two engines measure the same: every cell, list, total and order, and so every verdict."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.differential.comparing import differences
from tests.differential.crowds import crowd
from tests.differential.strategies import Described, worlds
from tests.differential.tied import tied

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))
SHARES = 4
EXAMPLES = 25
"""In each share; the campaign runs as many as one likes."""


@pytest.mark.parametrize("share", range(SHARES))
def test_both_engines_measure_the_same(share: int) -> None:
    @seed(share)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(worlds())
    def agree(world: Described) -> None:
        found = differences(world)
        assert not found, "\n".join([*found[:10], "the world, for the corpus:", json.dumps(world, ensure_ascii=False)])

    agree()


@pytest.mark.parametrize("number", range(3))
def test_lists_are_cut_at_the_same_rows(number: int) -> None:
    assert differences(crowd(random.Random(number))) == []


@pytest.mark.parametrize("share", range(SHARES))
def test_one_wrong_cell_is_told_alike(share: int) -> None:
    for number in range(share * EXAMPLES // 2, (share + 1) * EXAMPLES // 2):
        assert differences(tied(random.Random(number))) == [], number


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_what_once_differed_no_longer_does(path: Path) -> None:
    assert differences(json.loads(path.read_text(encoding="utf-8"))["world"]) == []
