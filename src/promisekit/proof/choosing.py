"""Which of several windows or parts have to come out otherwise than they do in a log without rows, and how many."""

from __future__ import annotations

from collections.abc import Sequence

from promisekit.plan.nodes import All, AtLeast, Need
from promisekit.verdict.truth import needed
from promisekit.verdict.verdicts import Verdict


def to_turn(need: Need, verdicts: Sequence[Verdict], wanted: Verdict) -> tuple[int, list[int]]:
    """So many of these (by their places, the best first) have to get the wanted verdict for all of them to have it."""
    kept, broken, none, undecided = (
        [at for at, verdict in enumerate(verdicts) if verdict is which]
        for which in (Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE, Verdict.OPEN)
    )
    live = len(verdicts) - len(none)
    if wanted is Verdict.KEPT:
        among = [*broken, *undecided]
        if isinstance(need, All):
            return (len(among), among) if among else (1, none)
        if isinstance(need, AtLeast):
            return max(1, need.number - len(kept)), [*among, *none]
        return (max(1, needed(need, live) - len(kept)), among) if among else (1, none)
    among = [*kept, *undecided]
    if isinstance(need, All):
        return 1, [*among, *none]
    asked = need.number if isinstance(need, AtLeast) else needed(need, live)
    return (max(1, len(among) - asked + 1), among) if among else (1, none)
