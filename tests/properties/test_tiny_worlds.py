"""In tiny worlds, whose every completion can be tried, both engines say nothing that the definition does not."""

from __future__ import annotations

import pytest

from tests.properties.campaign import may_stay_open, tried
from tests.properties.generate import KINDS

BATCHES = 4


@pytest.mark.parametrize("kind", KINDS)
def test_verdicts_follow_from_the_definition(kind: str) -> None:
    worlds = list(tried(kind, BATCHES, seed=1))
    assert [one for one in worlds if one.is_wrong] == []
    assert [one for one in worlds if one.reference is not one.relational] == []
    assert [one for one in worlds if one.stays_open and not may_stay_open(one)] == []
    decided = [one for one in worlds if one.defined is not None]
    assert len(decided) > len(worlds) // 2, "the generator has gone blind"
