"""What may still become of something: the verdicts that it may end with, one alone where it is decided."""

from __future__ import annotations

from promisekit.verdict.verdicts import Verdict

Outcomes = frozenset[Verdict]
"""Of kept, broken and not applicable, those that are possible; never none."""

KEPT, BROKEN, LEFT_OUT = (frozenset({one}) for one in (Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE))
ANYTHING = KEPT | BROKEN | LEFT_OUT
ALONE = {Verdict.KEPT: KEPT, Verdict.BROKEN: BROKEN, Verdict.NOT_APPLICABLE: LEFT_OUT, Verdict.OPEN: ANYTHING}


def outcomes_of(verdict: Verdict) -> Outcomes:
    """Itself; anything where nothing more is known than that it is open."""
    return ALONE[verdict]


def verdict_of(outcomes: Outcomes) -> Verdict:
    """The verdict that they come to: open where there are several."""
    return next(iter(outcomes)) if len(outcomes) == 1 else Verdict.OPEN


def owed(trigger: Outcomes, then: Outcomes) -> Outcomes:
    """The outcomes of what counts only where the trigger is kept: it is left out otherwise."""
    if trigger == KEPT:
        return then
    return then | LEFT_OUT if Verdict.KEPT in trigger else LEFT_OUT
