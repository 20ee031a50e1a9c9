"""What the plan says is out of reach, and what the search finds, prove each other: a sample of both campaigns."""

from __future__ import annotations

from itertools import islice

from promisekit.plan.reach import reach_of
from promisekit.proof.judging import court_for
from promisekit.proof.making import Maker
from promisekit.proof.search import Search
from promisekit.proof.witness import ONLY, WANTED, workshop_for
from tests.proof.promises import promises
from tests.proof.witnessing import Tally, of_worlds

EVERY = 9
"""One of so many promises is looked at here; the campaign looks at all of them."""
WORLDS = 12
NEITHER = 0.05
"""The share of verdicts on generated commitments that may be neither witnessed nor called out of reach: plans that no
YAML can say, such as latest values that all lie among their own baselines."""


def test_every_commitment_of_the_manual_is_witnessed_or_called_out_of_reach() -> None:
    neither, asked = [], 0
    for where, loaded in islice(promises(), 0, None, EVERY):
        court = court_for(loaded.plan, tuple(loaded.sources.named) or (ONLY,))
        for one in loaded.plan.commitments:
            reach = reach_of(one.node, loaded.plan.zone)
            for verdict, bar in zip(WANTED, (reach.kept, reach.broken), strict=True):
                asked += 1
                found = Search(court, Maker(loaded.plan.zone, court.sources)).find(one.node, verdict)
                if (found is None) is (bar is None):
                    neither.append((where, one.id, verdict))
    assert asked > 50
    assert neither == []


def test_both_engines_give_the_verdict_to_what_was_written_and_read_again() -> None:
    for where, loaded in islice(promises(), 3):
        for shown in workshop_for(loaded).witnesses():
            assert shown.kept.witness is not None, (where, shown.commitment.id)
            assert shown.broken.witness is not None, (where, shown.commitment.id)


def test_generated_plans_are_witnessed_or_called_out_of_reach_and_never_both() -> None:
    tally = Tally()
    of_worlds(WORLDS, 5, tally, both=False)
    assert tally.faults == []
    total = sum(tally.found.values())
    assert total > 50
    assert len(tally.neither) <= NEITHER * total, tally.neither
