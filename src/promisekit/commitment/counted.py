"""What is counted: events, the days or places that they are spread over, or the numbers that stand in their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.fields import Name
from promisekit.commitment.logged import OneActivity
from promisekit.commitment.readings import together_readings
from promisekit.commitment.target import Targeted
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.plan.amounts import target_words
from promisekit.plan.nodes import (
    Attribution,
    Count,
    CountingUnit,
    Distinct,
    Measure,
    Overlaps,
    Relation,
    Starts,
    Sum,
)
from promisekit.words import Message, say

EVENT = "event"
UNITS: tuple[CountingUnit, ...] = ("day", "week", "weekend", "month")

CountedUnit = Annotated[
    str,
    StringConstraints(min_length=1),
    WithJsonSchema({"anyOf": [{"enum": [EVENT, *UNITS]}, {"type": "string", "pattern": r"^[a-z0-9][a-z0-9_-]*$"}]}),
]


class Counted(OneActivity, Targeted):
    """A whole number of events, or of what they are spread over."""

    unit: CountedUnit = Field(
        EVENT,
        description="What is counted: each `event`; every `day`, `week`, `weekend` or `month` with one; or every "
        "different value of a text column. | Vad som räknas: varje händelse (`event`), varje `day`, `week`, `weekend` "
        "eller `month` med någon, eller varje olika värde i en textkolumn.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A unit that is none."""
        yield from super().flaws(context)
        if self.unit not in (EVENT, *UNITS, *context.key_columns):
            known = {EVENT, *UNITS, *context.key_columns}
            message = say("`{name}` is neither a unit nor a text column", name=self.unit)
            hint = say("write {names}", names=listed(known))
            yield Flaw("column.unknown", ("unit",), message, did_you_mean(self.unit, known, hint))

    def measure(self, relation: Relation) -> Measure:
        """How many of the unit."""
        if self.unit == EVENT:
            return Count(relation)
        named = next((unit for unit in UNITS if unit == self.unit), None)
        return Distinct(relation, named, None if named else self.unit)

    def counted(self, takes_place: Message, often: Message) -> Message:
        """The rule in plain words, for a clause such as "`mpk` takes place"."""
        if self.unit == EVENT or self.at_most == 0:
            return say("{rule} {times} {often}", rule=takes_place, times=self.times(), often=often)
        shown = self.unit if self.unit in UNITS else f"different {self.unit}"
        amount = target_words(self.target(), shown)
        if self.unit in ("day", "weekend"):
            return say("{rule} on {amount} {often}", rule=takes_place, amount=amount, often=often)
        if self.unit in UNITS:
            return say("{rule} in {amount} {often}", rule=takes_place, amount=amount, often=often)
        return say("{rule} with {amount} {often}", rule=takes_place, amount=amount, often=often)

    def readings(self, context: Context) -> Iterator[Message]:
        """That several on one day are several, and several places are counted together."""
        yield from super().readings(context)
        target = self.target()
        if self.counts_events() and (target.high or target.low or 0) > 1:
            yield say("every occasion counts, also several on one day")
        if self.at_most != 0:
            yield from together_readings(context, self.what)
        if "end" in context.columns and self.from_its_start():
            yield say("an event belongs to the day on which it starts")

    def counts_events(self) -> bool:
        """Whether it is events that are counted, and not what they are spread over."""
        return self.unit == EVENT

    def from_its_start(self) -> bool:
        """Whether an event belongs to the window of the day on which it starts."""
        return True


class Summed(Counted):
    """A whole number of events, or of what they are spread over, or the sum of a number in their rows."""

    sum: Name | None = Field(
        None,
        description="A number column that is added up in place of counting rows. "
        "| En talkolumn som summeras i stället för att rader räknas.",
    )
    attribute: Literal["start", "overlap"] = Field(
        "start",
        description="`start`: an event belongs to the day on which it starts; `overlap`: to every window in which it "
        "goes on. | `start`: en händelse hör till dagen då den börjar; `overlap`: till varje fönster där den pågår.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A sum of what is no number, a unit beside it, and an overlap that cannot be seen."""
        yield from super().flaws(context)
        if self.sum is not None and self.unit != EVENT:
            message = say("`unit` beside `sum`: numbers are added up, and nothing is counted")
            yield Flaw("unit.beside-sum", ("unit",), message, say("remove one of the two"), at_key=True)
        if self.sum is not None:
            yield from number_column_flaws(context, "sum", self.sum)
        if self.attribute == "overlap":
            if self.sum is not None or self.unit != EVENT:
                message = say("only events can belong to every window in which they go on")
                hint = say("remove `attribute:`, or `unit:` and `sum:`")
                yield Flaw("attribute.events-only", ("attribute",), message, hint)
            yield from end_column_flaws(context, "attribute")

    def measure(self, relation: Relation) -> Measure:
        """How many of the unit, or the sum."""
        return super().measure(relation) if self.sum is None else Sum(relation, self.sum)

    def attribution(self) -> Attribution:
        """When an event belongs to a window."""
        return Overlaps(0) if self.attribute == "overlap" else Starts()

    def counts_events(self) -> bool:
        """Unless numbers are added up."""
        return super().counts_events() and self.sum is None

    def from_its_start(self) -> bool:
        """Unless it belongs to every window in which it goes on."""
        return self.attribute == "start"

    def rule(self, often: Message) -> Message:
        """The rule in plain words."""
        if self.sum is not None:
            amount = target_words(self.target(), "value")
            return say(
                "the numbers in `{column}` of `{what}` add up to {amount} {often}",
                column=self.sum,
                what=self.what,
                amount=amount,
                often=often,
            )
        clause = say("`{what}` takes place", what=self.what)
        if self.attribute == "overlap":
            clause = say("`{what}` takes place or still goes on", what=self.what)
        return self.counted(clause, often)

    def readings(self, context: Context) -> Iterator[Message]:
        """What an empty cell may be, and that long events may count twice."""
        yield from super().readings(context)
        if self.attribute == "overlap":
            yield say("an event counts in every window in which it goes on, whenever it began")
        if self.sum is not None:
            yield say("a row without a number in `{column}` may stand for any number", column=self.sum)


def number_column_flaws(context: Context, key: str, name: str) -> Iterator[Flaw]:
    """A column that is no number, or is not there."""
    if name not in context.number_columns:
        message = say("there is no number column `{name}`", name=name)
        hint = say("map it under `log: columns:` with `type: number`")
        yield Flaw("column.unknown", (key,), message, did_you_mean(name, context.number_columns, hint))


def end_column_flaws(context: Context, key: str) -> Iterator[Flaw]:
    """How long events go on is asked, and the log does not tell when they end."""
    if "end" not in context.columns:
        message = say("how long an event goes on is told by the column `end`, which the log does not map")
        yield Flaw("column.needed", (key,), message, say("map it under `log: columns:`"))
