"""Selectors as data: every selector becomes alternatives, each a conjunction of questions about columns.

The disjunctive form is exact for three-valued and/or. Several conditions on one column become one question, so that a
conjunction has at most one question a column, and a question is answered once for each distinct value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from msgspec import Struct

from promisekit.events import Value
from promisekit.plan.nodes import Select
from promisekit.selectors.dates import Dates, Truth
from promisekit.selectors.match import either, every, holds, holds_in_the_end, lasts, lasts_in_the_end, spares
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    WEEKDAY,
    Condition,
    Either,
    Every,
    Except,
    Lasts,
    OneOf,
    Selector,
)
from promisekit.windows import Moment
from promisekit.words import say

MOST = 64
"""A selector with more alternatives than this is asked whole, once for each distinct combination of its cells."""

SOURCE, CLOCKS, LENGTHS = "(source)", "(clock)", "(length)"
DAYS = "(days)"
"""What an event has beside its columns that can be asked about. No column can have such a name. Days that begin at
another second than midnight have it behind theirs."""


class Length(Struct, frozen=True):
    """From when to when an event goes on: how long that is depends on the as-of."""

    start: Moment
    end: Moment | None


Cell = Value | Length
"""What a question is asked of."""


class Question(Struct, frozen=True):
    """A selector on a few columns, nearly always one condition on one column."""

    columns: tuple[str, ...]
    selector: Selector
    day_begins: int = 0

    @property
    def texts(self) -> tuple[str, ...] | None:
        """The only texts to which the answer can be yes, where that is what the question says."""
        if isinstance(self.selector, Condition) and isinstance(self.selector.test, OneOf):
            return self.selector.test.values
        return None

    def answer(self, cells: tuple[Cell, ...], dates: Dates | None) -> Truth:
        """What the selector says of a row with these cells in its columns."""
        return self._answer(self.selector, dict(zip(self.columns, cells, strict=True)), dates)

    def _answer(self, selector: Selector, cells: Mapping[str, Cell], dates: Dates | None) -> Truth:
        match selector:
            case Condition(test=test):
                cell = cells[column_of(selector, self.day_begins)]
                if isinstance(cell, Length):
                    return lasts(test, cell.start, cell.end, dates) if isinstance(test, Lasts) else None
                return holds(test, cell, dates)
            case Every(parts):
                return every(self._answer(part, cells, dates) for part in parts)
            case Either(parts):
                return either(self._answer(part, cells, dates) for part in parts)
            case Except(inner) if dates is None:
                return self._answer(inner, cells, None) is not True
            case Except(inner):
                return spares(inner, lambda condition: self._in_the_end(condition, cells, dates))

    def _in_the_end(self, condition: Condition, cells: Mapping[str, Cell], dates: Dates) -> frozenset[Truth]:
        cell, test = cells[column_of(condition, self.day_begins)], condition.test
        if isinstance(cell, Length):
            assert isinstance(test, Lasts), "only lengths are asked of lengths"
            return lasts_in_the_end(test, cell.start, cell.end, dates)
        return holds_in_the_end(test, cell, dates)


Conjunction = tuple[Question, ...]
"""Questions about different columns, all of which must be answered with yes; sorted by their columns."""


def alternatives(parts: Iterable[Selector], select: Select) -> list[Conjunction]:
    """The conjunctions of which one must hold so that all `parts` do, in one of the sources of the activity."""
    selector, begins = Every(tuple(parts)), select.day_begins
    if _number(selector) > MOST:
        found = [[question_of(selector, begins)]]
    else:
        found = [_by_column(leaves, begins) for leaves in _disjunctive(selector)]
    if select.sources:
        among = Condition(SOURCE, OneOf(select.sources), say("{n} source", "{n} sources", n=len(select.sources)))
        found = [[*questions, question_of(among, 0)] for questions in found]
    return [tuple(sorted(questions, key=lambda question: question.columns)) for questions in found]


def question_of(selector: Selector, day_begins: int) -> Question:
    """A selector as one question."""
    columns = tuple(sorted({column_of(one, day_begins) for one in _conditions(selector)}))
    return Question(columns, selector, day_begins if days_column(day_begins) in columns else 0)


def column_of(condition: Condition, day_begins: int) -> str:
    """Where the answer to a condition stands."""
    if isinstance(condition.test, Lasts):
        return LENGTHS
    if condition.column in (WEEKDAY, CALENDAR):
        return days_column(day_begins)
    return CLOCKS if condition.column == CLOCK else condition.column


def days_column(day_begins: int) -> str:
    """The name of the days on which events start, where days begin at that second."""
    return f"{DAYS} {day_begins}" if day_begins else DAYS


def _number(selector: Selector) -> int:
    match _opened(selector):
        case Every(parts):
            return prod(_number(part) for part in parts)
        case Either(parts):
            return sum(_number(part) for part in parts)
        case _:
            return 1


def _disjunctive(selector: Selector) -> list[tuple[Selector, ...]]:
    match _opened(selector):
        case Every(parts):
            chosen = product(*(_disjunctive(part) for part in parts))
            return [tuple(leaf for leaves in choice for leaf in leaves) for choice in chosen]
        case Either(parts):
            return [leaves for part in parts for leaves in _disjunctive(part)]
        case leaf:
            return [(leaf,)]


def _opened(selector: Selector) -> Selector:
    """An exception, which has two values only, moved inwards: not all of some is not one of them."""
    match selector:
        case Except(Every(parts)):
            return Either(tuple(Except(part) for part in parts))
        case Except(Either(parts)):
            return Every(tuple(Except(part) for part in parts))
    return selector


def _by_column(leaves: tuple[Selector, ...], day_begins: int) -> list[Question]:
    columns: dict[tuple[str, ...], dict[Selector, None]] = {}
    for leaf in leaves:
        columns.setdefault(question_of(leaf, day_begins).columns, {})[leaf] = None
    return [
        question_of(next(iter(asked)) if len(asked) == 1 else Every(tuple(asked)), day_begins)
        for asked in columns.values()
    ]


def _conditions(selector: Selector) -> Iterator[Condition]:
    match selector:
        case Condition():
            yield selector
        case Except(inner):
            yield from _conditions(inner)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from _conditions(part)
