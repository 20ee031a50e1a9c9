"""A value that is measured now and then: the latest one in the period.

Keys: `what` (an activity: rows that hold a measurement), `value` (a number column), `if_none`, and either a target
(`at_least`, `at_most`, `exactly`, `between`; any numbers) or a `direction`. `if_none` says what holds where nothing was
measured: `not_applicable` or `broken`. `low` and `high` are the columns of a survey's margin of error: a value that may
lie on either side of the target leaves it open.

`baseline` is what the value is compared with: a number, or the days (`{start: …, end: …}`) before whose latest value it
is. With `direction: increase` or `decrease` the latest value must be higher, or lower, than that; with
`compared: difference` or `compared: percent` the target is for the change.

    - id: trygghet
      kind: measure
      what: trygghetsmatning
      value: andel_trygga
      baseline: 71.5
      direction: increase
      if_none: broken

A latest value above 71.5 in a period that is over and covered keeps it; one that is not breaks it; until then a newer
value may come, which leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from promisekit.commitment import Amount, Context, Days, Flaw, Name, OneActivity, WithTarget, number_column_flaws
from promisekit.commitment.fields import as_amount, in_order
from promisekit.plan.amounts import figure, target_words
from promisekit.plan.nodes import Check, Latest, Node, Target, Whole
from promisekit.windows import Span
from promisekit.words import Date, Message, say


def _baseline(value: object) -> Days | int | Fraction:
    return Days.model_validate(value) if isinstance(value, dict) else as_amount(value)


Baseline = Annotated[
    Days | int | Fraction,
    PlainValidator(_baseline),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"named": "Days"},
            ]
        }
    ),
]
Amounts = Annotated[list[Amount], Field(min_length=2, max_length=2), AfterValidator(in_order)]


class Commitment(OneActivity, WithTarget):
    """A target on the latest value, or on how it has changed."""

    kind: Literal["measure"]
    value: Name = Field(description="The number column that holds the value. | Talkolumnen med värdet.")
    low: Name | None = Field(None, description="The column of a survey's lower end. | Kolumnen med undre gränsen.")
    high: Name | None = Field(None, description="The column of a survey's upper end. | Kolumnen med övre gränsen.")
    baseline: Baseline | None = Field(
        None,
        description="What it is compared with: a number, or the days of an earlier measurement. "
        "| Vad det jämförs med: ett tal, eller dagarna för en tidigare mätning.",
    )
    compared: Literal["difference", "percent"] | None = Field(
        None, description="What the target is for, beside a baseline. | Vad målet gäller, jämfört med utgångsvärdet."
    )
    direction: Literal["increase", "decrease"] | None = Field(
        None, description="Higher or lower than the baseline. | Högre eller lägre än utgångsvärdet."
    )
    at_least: Amount | None = Field(None, description="This or more. | Detta eller mer.")
    at_most: Amount | None = Field(None, description="This or less. | Detta eller mindre.")
    exactly: Amount | None = Field(None, description="Just this. | Precis detta.")
    between: Amounts | None = Field(None, description="`[low, high]`, both included. | `[från, till]`, båda inräknade.")
    if_none: Literal["not_applicable", "broken"] | None = Field(
        None,
        description="What holds where nothing was measured; must be given. "
        "| Vad som gäller om inget har mätts; måste anges.",
    )

    def target_needed(self) -> bool:
        """A direction is a target of its own."""
        return self.direction is None

    def vacuous_target(self) -> Message | None:
        """A value may be negative: no number is below all of them."""
        return None

    def target(self) -> Target:
        """With a direction: above or below no change."""
        if self.direction is None:
            return super().target()
        return Target(0, None, strict=True) if self.direction == "increase" else Target(None, 0, strict=True)

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Columns that are no numbers, and comparisons that lack something or say it twice."""
        yield from super().flaws(context)
        for key, name in (("value", self.value), ("low", self.low), ("high", self.high)):
            if name is not None:
                yield from number_column_flaws(context, key, name)
        if (self.low is None) != (self.high is None):
            message = say("a margin of error has a `low` and a `high`")
            yield Flaw(
                "measure.low-high", ("high",) if self.low is None else ("low",), message, say("give both columns")
            )
        elif self.low is not None and self.low == self.high:
            message = say("`{column}` cannot be both ends of a margin of error", column=self.low)
            yield Flaw("measure.low-high", ("high",), message, say("give both columns"))
        if self.if_none is None:
            message = say("it is not said what holds where nothing was measured")
            hint = say("add `if_none:` with not_applicable (nothing was owed then) or broken (measuring was owed too)")
            yield Flaw("measure.if-none-undeclared", (), message, hint)
        yield from self._comparison_flaws()
        yield from self._baseline_flaws(context)

    def _comparison_flaws(self) -> Iterator[Flaw]:
        for key in ("direction", "compared") if self.baseline is None else ():
            if getattr(self, key) is not None:
                message = say("`{key}` compares with a `baseline`, and there is none", key=key)
                yield Flaw("measure.baseline-needed", (key,), message, say("add `baseline:` with a number, or days"))
        for key in self.target_keys() if self.direction is not None else ():
            message = say("`{key}` beside `{other}`: a commitment has one target", key=key, other="direction")
            yield Flaw("target.several", (key,), message, say("keep one of them"), at_key=True)
        if self.baseline is not None and self.direction is None and self.compared is None:
            message = say("it is not said what the target is for: the difference from the baseline, or per cent of it")
            hint = say(
                "add `compared: difference` (the value less the baseline) or `compared: percent` (of the baseline)"
            )
            yield Flaw("measure.compared-undeclared", ("baseline",), message, hint)
        if self.direction is not None and self.compared is not None:
            message = say("`compared` says what a number is for, and `direction` has none")
            yield Flaw("measure.compared-needless", ("compared",), message, say("remove one of the two"), at_key=True)
        if self.compared == "percent" and self.baseline == 0:
            message = say("nothing is so many per cent of 0")
            yield Flaw("measure.baseline-zero", ("baseline",), message, say("write `compared: difference`"))
        elif self.compared == "percent" and not isinstance(self.baseline, Days | None) and self.baseline < 0:
            message = say("in per cent of a number below 0, more reads as less")
            yield Flaw("measure.baseline-negative", ("baseline",), message, say("write `compared: difference`"))

    def _baseline_flaws(self, context: Context) -> Iterator[Flaw]:
        days = self._baseline_days()
        if days is not None and (not len(days) or days.end > self.span(context).start):
            message = say("the days of the baseline do not lie before those in which the value is measured")
            yield Flaw(
                "measure.baseline-outside", ("baseline",), message, say("give a first and a last day before them")
            )

    def _baseline_days(self) -> Span | None:
        return self.baseline.span() if isinstance(self.baseline, Days) else None

    def statement(self) -> Message:
        """The rule in plain words."""
        rule = self.sentence(self._rule())
        if self.if_none == "broken":
            return say("{rule}; where nothing was measured, it is broken", rule=rule)
        return say("{rule}; where nothing was measured, it is not applicable", rule=rule)

    def _rule(self) -> Message:
        value = say("the latest `{column}` of `{what}` {over}", column=self.value, what=self.what, over=self.over())
        if self.baseline is None:
            return say("{value} is {amount}", value=value, amount=target_words(self.target(), "value"))
        before = self._baseline_words(self.baseline)
        if self.direction == "increase":
            return say("{value} is higher than {baseline}", value=value, baseline=before)
        if self.direction == "decrease":
            return say("{value} is lower than {baseline}", value=value, baseline=before)
        return self._change_words(value, before)

    def _change_words(self, value: Message, before: Message) -> Message:
        """How the value has to have changed: risen or fallen, where only one of them will do."""
        target, unit = self.target(), self.compared or "difference"
        if target.high is None and target.low is not None and target.low > 0:
            rise = target_words(target, unit)
            return say(
                "{value}, compared with {baseline}, has risen by {amount}", value=value, baseline=before, amount=rise
            )
        if target.low is None and target.high is not None and target.high < 0:
            fall = target_words(Target(-target.high, None, target.strict), unit)
            return say(
                "{value}, compared with {baseline}, has fallen by {amount}", value=value, baseline=before, amount=fall
            )
        amount = target_words(target, unit)
        return say(
            "{value}, compared with {baseline}, has changed by {amount}", value=value, baseline=before, amount=amount
        )

    def _baseline_words(self, baseline: Days | int | Fraction) -> Message:
        if isinstance(baseline, Days):
            return say("the latest one from {first} to {last}", first=Date(baseline.start), last=Date(baseline.end))
        return say("{number}", number=figure(baseline))

    def readings(self, context: Context) -> Iterator[Message]:
        """Which value counts, and how far it is known."""
        yield from super().readings(context)
        yield say("of several values in that time, the latest by its date counts")
        if self.low is not None:
            yield say("a value is only known to lie from `{low}` to `{high}`", low=self.low, high=self.high or "")

    def lower(self, context: Context) -> Node:
        """The latest value in one window."""
        baseline = self._baseline_days() or (None if isinstance(self.baseline, Days) else self.baseline)
        compared, without = self.compared or "difference", self.if_none or "not_applicable"
        latest = Latest(self.events(context), self.value, self.low, self.high, baseline, compared, without)
        return self.guarded(Check(self.span(context), Whole(), latest, self.target()), context)
