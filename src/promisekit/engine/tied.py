"""Conditions on the column that a pair compares: one wrong cell fails both, and the cell of the partner mends both."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow, Select
from promisekit.selectors.match import columns_asked
from promisekit.selectors.model import Every, Selector

PLACE = "place"


def compared_by(way: On) -> str | None:
    """The column that two rows must have the same value in to belong together in that way."""
    match way:
        case SameDay() | Overlap():
            return PLACE
        case InTime(key=key):
            return key
        case SameRow():
            return None


def parts_of(select: Select) -> tuple[Selector, ...]:
    """The parts of an activity's selector, all of which must hold and each of which can fail alone."""
    return select.selector.parts if isinstance(select.selector, Every) else (select.selector,)


def tied_parts(select: Select) -> Iterator[tuple[int, str]]:
    """The parts that ask about one column that no other part asks about, by their positions, and that column. Whatever
    value such a part accepts there, the row would still meet all the others."""
    asked = [columns_asked(part) for part in parts_of(select)]
    for position, columns in enumerate(asked):
        others = frozenset[str]().union(*asked[:position], *asked[position + 1 :])
        if len(columns) == 1 and not columns & others:
            yield position, next(iter(columns))
