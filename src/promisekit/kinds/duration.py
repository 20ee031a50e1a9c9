"""So much time: hours over the period, or in every window.

Keys: `what` (an activity), one of `at_least`, `at_most`, `exactly`, `between` in minutes or hours (`40 hours`),
`total`, `without_end`, and optionally `every` with all that belongs to it (one window over the period, if left out).
`total: union` counts time at which several events go on once; `total: sum` counts each of them, times the number in
column `weight` where that is given (person-hours). `without_end` says what an event adds whose end is not recorded:
`unknown` (it may last up to 24 hours) or `not_counted` (nothing). An event that goes on in two windows is divided
between them; time is elapsed time, also when clocks are changed.

    - id: narvaro
      kind: duration
      what: fotpatrull
      every: month
      at_least: 40 hours
      total: union
      without_end: not_counted

Forty hours in each month keep it; a month that is over and covered with thirty-nine breaks it; a month that still runs,
or an event that may have lasted longer, leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from promisekit.commitment import (
    Context,
    Flaw,
    Name,
    OneActivity,
    Recurring,
    TargetedLength,
    end_column_flaws,
    number_column_flaws,
    together_readings,
)
from promisekit.plan.nodes import Check, Duration, Node
from promisekit.words import Message, say


class Commitment(Recurring, OneActivity, TargetedLength):
    """A target on how long it goes on."""

    kind: Literal["duration"]
    total: Literal["union", "sum"] | None = Field(
        None,
        description="`union`: time with several events counts once; `sum`: each event counts; must be given. "
        "| `union`: tid med flera händelser räknas en gång; `sum`: varje händelse räknas; måste anges.",
    )
    weight: Name | None = Field(
        None,
        description="A number column that the time is multiplied with, such as how many took part. "
        "| En talkolumn som tiden multipliceras med, till exempel hur många som deltog.",
    )
    without_end: Literal["unknown", "not_counted"] | None = Field(
        None,
        description="What an event without a recorded end adds: `unknown` or `not_counted`; must be given. "
        "| Vad en händelse utan sluttid ger: `unknown` eller `not_counted`; måste anges.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Choices that are not made, and a weight without a sum."""
        yield from super().flaws(context)
        yield from self._choice_flaws()
        yield from end_column_flaws(context, "what")
        if self.weight is not None:
            yield from number_column_flaws(context, "weight", self.weight)

    def _choice_flaws(self) -> Iterator[Flaw]:
        if self.total is None:
            message = say("it is not said how the time of several events at once is counted")
            hint = say("add `total:` with union (such time counts once) or sum (each event counts, as in person-hours)")
            yield Flaw("duration.total-undeclared", (), message, hint)
        if self.without_end is None:
            message = say("it is not said what an event without a recorded end adds")
            hint = say("add `without_end:` with unknown (it may last up to 24 hours) or not_counted (nothing)")
            yield Flaw("duration.without-end-undeclared", (), message, hint)
        if self.weight is not None and self.total == "union":
            message = say("`weight` says how often time counts, and with `total: union` it counts once")
            yield Flaw(
                "duration.weight", ("weight",), message, say("write `total: sum`, or remove `weight:`"), at_key=True
            )

    def statement(self) -> Message:
        """The rule in plain words."""
        what, amount, often = self.what, self.amount(), self.often()
        if self.weight is not None:
            rule = say(
                "the time of `{what}`, times `{weight}`, adds up to {amount} {often}",
                what=what,
                weight=self.weight,
                amount=amount,
                often=often,
            )
        elif self.total == "sum":
            rule = say("the time of every `{what}` adds up to {amount} {often}", what=what, amount=amount, often=often)
        else:
            rule = say(
                "`{what}` goes on for {amount} {often}",
                what=what,
                amount=amount,
                often=often,
            )
        rule = self.sentence(rule)
        return say("{rule}; time with several of them counts once", rule=rule) if self.total == "union" else rule

    def readings(self, context: Context) -> Iterator[Message]:
        """What counts of an event that began earlier, goes on later, or has no end."""
        yield from super().readings(context)
        yield from together_readings(context, self.what)
        yield say("of an event, the time counts that lies in the window, whenever it began")
        if self.without_end == "not_counted":
            yield say("an event without a recorded end adds nothing")
        else:
            yield say("an event without a recorded end may last up to 24 hours")

    def lower(self, context: Context) -> Node:
        """One length of time per window."""
        return self.guarded(self._check(context), context)

    def _check(self, context: Context) -> Check:
        total, without_end = self.total or "union", self.without_end or "unknown"
        return self.check(context, Duration(self.events(context), total, self.weight, without_end))
