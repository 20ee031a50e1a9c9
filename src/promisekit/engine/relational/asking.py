"""All that is asked about the rows of a log so that the rows of some activities, and those nearly so, are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promisekit.engine.relational.alternatives import Conjunction, Question, alternatives, parts_of, question_of
from promisekit.engine.relational.layout import Numbered
from promisekit.plan.nodes import Select
from promisekit.selectors.model import Condition

ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Whole:
    """A conjunction that makes a row one of an activity."""

    select: int
    questions: Conjunction


@dataclass(frozen=True, slots=True)
class Nearly:
    """One part of an activity's selector, which a near miss fails, and the number of what it meets: all the rest."""

    select: int
    part: int
    rest: int
    failing: Question


@dataclass(frozen=True, slots=True)
class Asking:
    """Every conjunction, and every question in them. What activities have in common is asked once."""

    wholes: tuple[Whole, ...]
    nearlies: tuple[Nearly, ...]
    rests: tuple[tuple[Conjunction, ...], ...]
    questions: Numbered[Question]

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Every column, or combination of columns, that something is asked about."""
        return tuple(dict.fromkeys(question.columns for question in self.questions.things))


def ask(selects: Sequence[Select]) -> Asking:
    """What must be asked about these activities."""
    wholes = tuple(
        Whole(number, questions)
        for number, select in enumerate(selects)
        for questions in alternatives(parts_of(select), select.sources)
    )
    rests: Numbered[tuple[Conjunction, ...]] = Numbered()
    nearlies = tuple(near for number, select in enumerate(selects) for near in _leaving_one_out(number, select, rests))
    questions = Numbered(question for whole in wholes for question in whole.questions)
    for conjunctions in rests.things:
        for conjunction in conjunctions:
            for question in conjunction:
                questions.number(question)
    for near in nearlies:
        questions.number(near.failing)
    return Asking(wholes, nearlies, rests.things, questions)


def _leaving_one_out(number: int, select: Select, rests: Numbered[tuple[Conjunction, ...]]) -> Iterator[Nearly]:
    parts = parts_of(select)
    if len(parts) < 2:
        return
    for position, part in enumerate(parts):
        # A row of another activity is no near miss, and one that fails a whole group of conditions is not near.
        if isinstance(part, Condition) and part.column != ACTIVITY:
            rest = tuple(alternatives(parts[:position] + parts[position + 1 :], select.sources))
            yield Nearly(number, position, rests.number(rest), question_of(part))
