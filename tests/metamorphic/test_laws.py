"""A sample of every law; and that each of them can fail: an engine, a reading or a promise that is spoilt is told."""

from __future__ import annotations

import random
from dataclasses import replace as changed

import pytest
from msgspec.structs import replace

from promisekit.engine.observations import Bounds, Cell, Observation, Observations
from promisekit.engine.reference import ReferenceEngine
from promisekit.windows import AsOf
from tests.metamorphic import documents, of_documents, of_measures
from tests.metamorphic.campaign import LAWS, tried
from tests.metamorphic.documents import Answer, Document

CASES = 60
"""Of each law; the campaign tries as many as one likes."""


@pytest.mark.parametrize("law", LAWS)
def test_the_laws_hold(law: str) -> None:
    compared, faults, _ = tried(law, CASES, seed=1)
    assert faults == []
    assert compared >= CASES, "the law has nothing to compare any more"


@pytest.mark.parametrize("law", ["measure.a_later_as_of", "measure.part_of_one", "document.spelling_of_files"])
def test_the_relational_engine_keeps_some_too(law: str) -> None:
    compared, faults, _ = tried(law, 10, seed=1, engine="relational")
    assert compared >= 10
    assert faults == []


class Moody(ReferenceEngine):
    """An engine that says something else each time it is made."""

    made = 0

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None) -> Observations:
        Moody.made += 1
        seen = super().observe(as_of, only)
        return replace(seen, checks={name: _moved(one, Moody.made) for name, one in seen.checks.items()})


def _moved(seen: Observation, by: int) -> Observation:
    return replace(seen, cells=tuple(_of(cell, by) for cell in seen.cells), floating=())


def _of(cell: Cell, by: int) -> Cell:
    """Every number another one each time, going up and down; so that no relation between two of them holds."""
    number = (by * 7) % 5
    said = Bounds(number, number, number)
    return replace(
        cell,
        count=said,
        missed=None if cell.missed is None else Bounds(by % 2, by % 2, by % 2),
        whole=None if cell.whole is None else Bounds(number + by % 2, number + by % 2, number + by % 2),
    )


@pytest.mark.parametrize("law", list(of_measures.law))
def test_a_law_of_measures_tells_an_engine_that_is_moody(law: str) -> None:
    assert any(
        of_measures.law.tell(law, rnd, of_measures.asked(rnd, Moody)).faults
        for rnd in map(random.Random, range(40))
    )  # fmt: skip


@pytest.mark.parametrize("law", list(of_documents.law))
def test_a_law_of_documents_tells_answers_that_are_moody(law: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def moody(document: Document) -> dict[str, Answer]:
        nonlocal asked
        asked += 1
        verdict = ("kept", "broken")[asked % 2]
        said = documents.answers(document)
        return {name: _spoilt(one, verdict, place + asked) for place, (name, one) in enumerate(said.items())}

    monkeypatch.setattr(of_documents, "answers", moody)
    assert any(
        of_documents.law.tell(law, rnd, documents.drawn(rnd)).faults
        for rnd in map(random.Random, range(10))
    )  # fmt: skip


def _spoilt(one: Answer, verdict: str, number: int) -> Answer:
    windows = tuple(window._replace(low=number * 31) for window in one.windows)
    return changed(one, verdict=verdict, windows=windows)
