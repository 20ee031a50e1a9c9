"""Selectors as data: every selector becomes alternatives, each a conjunction of questions about columns.

The disjunctive form is exact for three-valued and/or. Several conditions on one column become one question, so that a
conjunction has at most one question a column, and a question is answered once for each distinct value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from promisekit.events import Value
from promisekit.plan.nodes import Select
from promisekit.selectors.match import either, every, holds
from promisekit.selectors.model import CALENDAR, CLOCK, WEEKDAY, Condition, Either, Every, OneOf, Selector
from promisekit.words import say

MOST = 64
"""A selector with more alternatives than this is asked whole, once for each distinct combination of its cells."""

SOURCE, CLOCKS, DAYS = "(source)", "(clock)", "(days)"
"""What an event has beside its columns that can be asked about. No column can have such a name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A selector on a few columns, nearly always one condition on one column."""

    columns: tuple[str, ...]
    selector: Selector

    @property
    def texts(self) -> tuple[str, ...] | None:
        """The only texts to which the answer can be yes, where that is what the question says."""
        if isinstance(self.selector, Condition) and isinstance(self.selector.test, OneOf):
            return self.selector.test.values
        return None

    def answer(self, cells: tuple[Value, ...]) -> bool | None:
        """What the selector says of a row with these cells in its columns."""
        return _answer(self.selector, dict(zip(self.columns, cells, strict=True)))


Conjunction = tuple[Question, ...]
"""Questions about different columns, all of which must be answered with yes; sorted by their columns."""


def parts_of(select: Select) -> tuple[Selector, ...]:
    """The parts of an activity's selector, all of which must hold and each of which can fail alone."""
    return select.selector.parts if isinstance(select.selector, Every) else (select.selector,)


def alternatives(parts: Iterable[Selector], sources: tuple[str, ...]) -> list[Conjunction]:
    """The conjunctions of which one must hold so that all `parts` do, in one of the `sources` (any, where empty)."""
    selector = Every(tuple(parts))
    if _number(selector) > MOST:
        found = [[Question(tuple(sorted({column_of(one) for one in _conditions(selector)})), selector)]]
    else:
        found = [_by_column(conditions) for conditions in _disjunctive(selector)]
    if sources:
        among = Condition(SOURCE, OneOf(sources), say("{n} source", "{n} sources", n=len(sources)))
        found = [[*questions, question_of(among)] for questions in found]
    return [tuple(sorted(questions, key=lambda question: question.columns)) for questions in found]


def question_of(condition: Condition) -> Question:
    """One condition as a question."""
    return Question((column_of(condition),), condition)


def column_of(condition: Condition) -> str:
    """Where the answer to a condition stands."""
    return {CLOCK: CLOCKS, WEEKDAY: DAYS, CALENDAR: DAYS}.get(condition.column, condition.column)


def _number(selector: Selector) -> int:
    match selector:
        case Every(parts):
            return prod(_number(part) for part in parts)
        case Either(parts):
            return sum(_number(part) for part in parts)
        case Condition():
            return 1


def _disjunctive(selector: Selector) -> list[tuple[Condition, ...]]:
    match selector:
        case Condition():
            return [(selector,)]
        case Every(parts):
            chosen = product(*(_disjunctive(part) for part in parts))
            return [tuple(condition for conditions in choice for condition in conditions) for choice in chosen]
        case Either(parts):
            return [conditions for part in parts for conditions in _disjunctive(part)]


def _by_column(conditions: tuple[Condition, ...]) -> list[Question]:
    columns: dict[str, dict[Selector, None]] = {}
    for condition in conditions:
        columns.setdefault(column_of(condition), {})[condition] = None
    return [
        Question((column,), next(iter(asked)) if len(asked) == 1 else Every(tuple(asked)))
        for column, asked in columns.items()
    ]


def _conditions(selector: Selector) -> Iterator[Condition]:
    if isinstance(selector, Condition):
        yield selector
        return
    for part in selector.parts:
        yield from _conditions(part)


def _answer(selector: Selector, cells: Mapping[str, Value]) -> bool | None:
    match selector:
        case Condition(test=test):
            return holds(test, cells[column_of(selector)])
        case Every(parts):
            return every(_answer(part, cells) for part in parts)
        case Either(parts):
            return either(_answer(part, cells) for part in parts)
