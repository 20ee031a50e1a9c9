"""What invented rows say in the columns that a check measures or compares, where it asks for nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from promisekit.events import Value
from promisekit.plan.checks import relation_of
from promisekit.plan.nodes import Check, Distinct, Duration, InTime, Quotient, Ratio, SameRow, Semi, Sum
from promisekit.selectors.solving import NAMELESS

NOBODY = f"{NAMELESS}-0"
"""A key, a place or a value that nothing is made to meet."""


def cells_told(check: Check) -> Iterator[tuple[str, Value]]:
    """Columns and what to write in them: nothing that adds anything, and a key that nothing else has."""
    match check.measure:
        case Distinct(column=str(column)):
            yield column, NOBODY
        case Sum(column=column):
            yield column, Fraction(0)
        case Duration(weight=str(weight)) | Ratio(weight=str(weight)):
            yield weight, Fraction(1)
        case Quotient(above=above, below=below):
            yield from ((above, Fraction(0)), (below, Fraction(0)))
        case _:
            pass
    relation = relation_of(check)
    for way in relation.on if isinstance(relation, Semi) else ():
        met = way.key if isinstance(way, InTime) else None if isinstance(way, SameRow) else "place"
        if met is not None:
            yield met, NOBODY
