"""Tiers: a deadline for each value of a column, and one for all other values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace
from pydantic import Field

from promisekit.commitment.base import Context, Flaw, Model
from promisekit.commitment.deadline import RunningClock, clock_flaws, term_flaws, term_words
from promisekit.commitment.fields import Name, Text
from promisekit.commitment.members import about, parts_of, text_column_flaws
from promisekit.diagnostics import Route
from promisekit.events import fold
from promisekit.plan.nodes import Select
from promisekit.selectors.model import Condition, Every, Not, OneOf
from promisekit.words import Message, say


class Tier(Struct, frozen=True):
    """The triggers of one tier: by the name that it has in results, and how long they have."""

    name: str
    within: str
    triggers: Select


class Tiers(Model):
    """A deadline for each value of a column."""

    column: Name = Field(description="The text column that tells the tier. | Textkolumnen som anger klassen.")
    within: Annotated[dict[Text, Text], Field(min_length=1)] = Field(
        description="How long after, for each value of it. | Hur lång tid efter, för vart och ett av dess värden."
    )
    others: Annotated[dict[Text, Text], Field(min_length=1, max_length=1)] | None = Field(
        None,
        description="What all other values are called, and how long after. "
        "| Vad alla andra värden kallas, och hur lång tid efter.",
    )
    clock: RunningClock | None = Field(
        None, description="Which hours count, where hours do. | Vilka timmar som räknas, där timmar gör det."
    )

    @property
    def terms(self) -> dict[str, str]:
        """Every tier by its name, with its deadline; that of all others last."""
        return {**self.within, **(self.others or {})}

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A column that is no text, deadlines that are none, and two tiers that are one."""
        yield from text_column_flaws(context, ("tiers", "column"), self.column)
        seen: dict[str, str] = {}
        for key, terms in (("within", self.within), ("others", self.others or {})):
            for value, within in terms.items():
                route: Route = ("tiers", key, value)
                earlier = seen.setdefault(fold(value), f"{key}.{value}")
                if earlier != f"{key}.{value}":
                    message = say(
                        "`{value}` is the same tier as `{other}`", value=value, other=earlier.split(".", 1)[1]
                    )
                    hint = say("keep one of them; upper and lower case are alike")
                    yield Flaw("response.tier-twice", route, message, hint, at_key=True)
                yield from term_flaws(within, self.clock, route)
        yield from clock_flaws(self.clock, list(self.terms.values()), ("tiers", "clock"))

    def of(self, triggers: Select) -> Iterator[Tier]:
        """The triggers of each tier. One whose value is not told may be of any."""
        for value, within in self.within.items():
            yield Tier(value, within, about(triggers, self.column, value))
        for name, within in (self.others or {}).items():
            told = Not(OneOf(tuple(fold(value) for value in self.within)))
            condition = Every((Condition(self.column, told, say("{value}", value=name)),))
            rest = replace(triggers, selector=Every((condition, *parts_of(triggers.selector))))
            yield Tier(name, within, rest)

    def words(self) -> Iterator[Message]:
        """Each deadline in words."""
        for value, within in self.within.items():
            term = term_words(within, self.clock)
            yield say("{deadline} where `{column}` is {value}", deadline=term, column=self.column, value=value)
        for name, within in (self.others or {}).items():
            yield say("{deadline} for all others ({name})", deadline=term_words(within, self.clock), name=name)

    def reading(self, each: str) -> Message:
        """What becomes of triggers with other values."""
        if self.others is not None:
            return say("a `{each}` without a value in `{column}` may be of any tier", each=each, column=self.column)
        return say(
            "a `{each}` with another value in `{column}` has no deadline and is not looked at",
            each=each,
            column=self.column,
        )
