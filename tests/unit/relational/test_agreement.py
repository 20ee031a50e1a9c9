"""The relational engine measures what the reference does, on worlds made by chance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.relational import RelationalEngine
from promisekit.engine.relational.alternatives import alternatives
from promisekit.engine.relational.asking import ask
from promisekit.engine.tied import parts_of
from promisekit.log.model import Log
from promisekit.plan.nodes import Plan, Select
from promisekit.selectors.model import Condition, Either, Every, Except, OneOf, Selector
from promisekit.words import say
from tests.unit.relational.chance import world

SHARES, EACH = 4, 5
"""Seeds in each share; any others will do as well."""


@contextmanager
def relational(plan: Plan, log: Log) -> Iterator[RelationalEngine]:
    engine = RelationalEngine(plan, log)
    try:
        yield engine
    finally:
        engine.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_every_measure_is_the_same(share: int) -> None:
    for seed in range(share * EACH, (share + 1) * EACH):
        plan, log, as_ofs = world(Random(seed))
        reference = ReferenceEngine(plan, log)
        with relational(plan, log) as engine:
            for as_of in as_ofs:
                assert engine.observe(as_of) == reference.observe(as_of), f"seed {seed}, as of {as_of.text}"
            only = frozenset({plan.commitments[0].id})
            assert engine.observe(as_ofs[0], only) == reference.observe(as_ofs[0], only), f"seed {seed}"


def test_lists_are_cut_at_the_same_rows() -> None:
    for seed in range(2):
        plan, log, as_ofs = world(Random(seed), rows=900)
        reference = ReferenceEngine(plan, log)
        with relational(plan, log) as engine:
            assert engine.observe(as_ofs[0]) == reference.observe(as_ofs[0]), f"seed {seed}"


def _text(column: str, *values: str) -> Condition:
    return Condition(column, OneOf(values), say("something"))


def test_the_condition_of_a_member_is_an_equality_among_others() -> None:
    member, activity = Every((_text("school", "a"),)), _text("activity", "visit")
    select = Select("visits", Every((member, activity)))
    (conjunction,) = alternatives(parts_of(select), select)
    assert [question.columns for question in conjunction] == [("activity",), ("school",)]
    assert all(question.texts is not None for question in conjunction)
    assert ask({0: select}).nearlies == ()


@pytest.mark.parametrize(
    ("inner", "shapes"),
    [
        (_text("a", "x"), [[("a",)]]),
        (Every((_text("a", "x"), _text("b", "y"))), [[("a",)], [("b",)]]),
        (Either((_text("a", "x"), _text("b", "y"))), [[("a",), ("b",)]]),
        (Except(Every((_text("a", "x"), _text("b", "y")))), [[("a", "b")]]),
    ],
)
def test_an_exception_is_asked_column_by_column(inner: Selector, shapes: list[list[tuple[str, ...]]]) -> None:
    select = Select("visits", Except(inner))
    asked = alternatives(parts_of(select), select)
    assert [[question.columns for question in conjunction] for conjunction in asked] == shapes
