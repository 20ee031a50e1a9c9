"""All that is asked about the rows of a log so that the rows of some activities, and those nearly so, are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from promisekit.engine.relational.alternatives import Conjunction, Question, alternatives, question_of
from promisekit.engine.relational.layout import Numbered
from promisekit.engine.tied import parts_of
from promisekit.plan.nodes import Select
from promisekit.selectors.model import Condition, Except, Selector

ACTIVITY = "activity"


class Whole(Struct, frozen=True):
    """A conjunction that makes a row one of an activity."""

    select: int
    questions: Conjunction


class Nearly(Struct, frozen=True):
    """One part of an activity's selector, which a near miss fails, and the number of what it meets: all the rest."""

    select: int
    part: int
    rest: int
    failing: Question


class Rest(Struct, frozen=True):
    """What meets all parts of a selector but one, of days that begin at some second."""

    conjunctions: tuple[Conjunction, ...]
    day_begins: int


class Asking(Struct, frozen=True):
    """Every conjunction, and every question in them. What activities have in common is asked once."""

    wholes: tuple[Whole, ...]
    nearlies: tuple[Nearly, ...]
    rests: Mapping[int, Rest]
    """By their numbers."""
    questions: Numbered[Question]

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Every column, or combination of columns, that something is asked about."""
        return tuple(dict.fromkeys(question.columns for question in self.questions.things))


def ask(selects: Mapping[int, Select], rests_before: int = 0) -> Asking:
    """What must be asked about these activities, by their numbers. The numbers of rests begin at `rests_before`."""
    wholes = tuple(
        Whole(number, questions)
        for number, select in selects.items()
        for questions in alternatives(parts_of(select), select)
    )
    rests: Numbered[Rest] = Numbered()
    nearlies = tuple(
        Nearly(number, part, rests_before + rests.number(rest), failing)
        for number, select in selects.items()
        for part, rest, failing in _leaving_one_out(select)
    )
    questions = Numbered(question for whole in wholes for question in whole.questions)
    for rest in rests.things:
        for conjunction in rest.conjunctions:
            for question in conjunction:
                questions.number(question)
    for near in nearlies:
        questions.number(near.failing)
    return Asking(wholes, nearlies, dict(enumerate(rests.things, rests_before)), questions)


def _leaving_one_out(select: Select) -> Iterator[tuple[int, Rest, Question]]:
    parts = parts_of(select)
    if len(parts) < 2:
        return
    for position, part in enumerate(parts):
        if can_fail_alone(part):
            rest = tuple(alternatives(parts[:position] + parts[position + 1 :], select))
            yield position, Rest(rest, select.day_begins), question_of(part, select.day_begins)


def can_fail_alone(part: Selector) -> bool:
    """Whether a row that fails just this part is a near miss.

    A row of another activity is none, and one that fails a whole group of conditions is not near.
    """
    return isinstance(part, Except) or (isinstance(part, Condition) and part.column != ACTIVITY)
