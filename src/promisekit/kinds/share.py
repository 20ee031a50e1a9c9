"""A share of the events of one activity, or of one sum in another.

Keys: `what` (the part), `of` (the whole; what is not among it is not counted), `base` (`actual`: the share of those
that take place; `target`: of a promised number, which `target` gives), and `at_least`, `at_most`, `exactly` or
`between` in shares (`90 %`, `0.9`, `1/3`). With `sum`, the name of a number column, events count as many as that
column says; with `sum: {part: …, whole: …}`, and without `what`, the two columns hold both already. `every`, `anchor`,
`partial` and `need` ask it of every window.

    - id: kvallar
      kind: share
      what: kvallsinsats
      of: insats
      base: actual
      at_least: 1/3

One in three that may no longer fall short keeps it; too few in a period that is over breaks it; no event at all in a
covered period is not applicable, never 0 % or 100 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec.structs import replace
from pydantic import Discriminator, Field, Tag

from promisekit.commitment import Context, Flaw, Model, Name, Recurring, TargetedShare
from promisekit.diagnostics import Route
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.plan.amounts import target_words
from promisekit.plan.nodes import Count, Measure, Node, Quotient, Ratio, SameRow, Semi, Sum, Target
from promisekit.words import Message, say


class SumOf(Model):
    """Two number columns: one counts the part, the other the whole."""

    part: Name = Field(description="The column that counts the part. | Kolumnen som räknar delen.")
    whole: Name = Field(description="The column that counts the whole. | Kolumnen som räknar helheten.")


def _form(value: object) -> str:
    return "[columns]" if isinstance(value, (dict, SumOf)) else "[column]"


Weighed = Annotated[
    Annotated[Name, Tag("[column]")] | Annotated[SumOf, Tag("[columns]")],
    Discriminator(_form),
]


class Commitment(Recurring, TargetedShare):
    """A target on a share."""

    kind: Literal["share"]
    what: Name | None = Field(None, description="The activity that is the part. | Aktiviteten som är delen.")
    of: Name = Field(description="The activity that is the whole. | Aktiviteten som är helheten.")
    base: Literal["actual", "target"] = Field(
        description="A share of those that take place (`actual`), or of the number that `target` promises. "
        "| En andel av dem som äger rum (`actual`), eller av det antal som `target` lovar."
    )
    promised: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None,
        alias="target",
        description="The promised number that it is a share of. | Det lovade antal som det är en andel av.",
    )
    sum: Weighed | None = Field(
        None,
        description="A number column by which events count, or two columns, `{part: …, whole: …}`. "
        "| En talkolumn som händelserna räknas med, eller två kolumner, `{part: …, whole: …}`.",
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The part and the whole, and the condition."""
        if self.what is not None:
            yield ("what",), self.what
        yield ("of",), self.of
        yield from super().activity_routes()

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A part that is missing or told twice, a base without its number, and columns that hold none."""
        yield from super().flaws(context)
        yield from self._part_flaws()
        yield from self._base_flaws()
        for route, name in self._columns():
            if name not in context.number_columns:
                known = context.number_columns
                hint = say("give one of the columns `type: number` under `log.columns:`")
                hint = say("the columns of type number are {names}", names=listed(known)) if known else hint
                message = say("there is no number column `{name}`", name=name)
                yield Flaw("column.unknown", route, message, did_you_mean(name, known, hint))

    def _columns(self) -> Iterator[tuple[Route, str]]:
        if isinstance(self.sum, SumOf):
            yield ("sum", "part"), self.sum.part
            yield ("sum", "whole"), self.sum.whole
        elif self.sum is not None:
            yield ("sum",), self.sum

    def _part_flaws(self) -> Iterator[Flaw]:
        columns = isinstance(self.sum, SumOf)
        if self.what is None and not columns:
            message = say("it is not said what is a share of `{of}`", of=self.of)
            hint = say("add `what:` with an activity, or `sum: {{part: …, whole: …}}` with two number columns")
            yield Flaw("share.no-part", (), message, hint)
        elif self.what is not None and columns:
            message = say("`what` beside `sum: {{part: …}}`: the part is said twice")
            hint = say("remove `what:`, or write `sum:` with one column")
            yield Flaw("share.part-twice", ("what",), message, hint, at_key=True)
        elif isinstance(self.sum, SumOf) and self.sum.part == self.sum.whole:
            message = say("`{name}` is always all of itself", name=self.sum.part)
            hint = say("name two columns, the part and the whole")
            yield Flaw("share.part-is-whole", ("sum", "part"), message, hint)
        elif self.what == self.of:
            message = say("`{name}` is always all of itself", name=self.of)
            hint = say("name an activity under `what:` that is a part of the one under `of:`")
            yield Flaw("share.part-is-whole", ("what",), message, hint)

    def _base_flaws(self) -> Iterator[Flaw]:
        if self.base == "target" and self.promised is None:
            message = say("a share of a promised number needs that number")
            yield Flaw("share.base", ("base",), message, say("add `target: 12`, or write `base: actual`"))
        elif self.base == "target" and isinstance(self.sum, SumOf):
            message = say("two columns hold their own whole, and `base: target` asks for a promised one")
            hint = say("write `base: actual`, or `sum:` with one column and `what:`")
            yield Flaw("share.base", ("base",), message, hint)
        elif self.base == "actual" and self.promised is not None:
            message = say("`target` is a promised number, and `base: actual` asks for those that take place")
            hint = say("remove `target:`, or write `base: target`")
            yield Flaw("share.base", ("target",), message, hint, at_key=True)
        elif self.base == "target":
            target = self._number()
            if target.low is not None and target.high is not None and target.low > target.high:
                message = say("no whole number is that share of {n}", n=self.promised or 0)
                key = next(iter(self.target_keys()), "target")
                yield Flaw("share.no-number", (key,), message, say("give a wider share with `between:`"))

    def _number(self) -> Target:
        """The share of the promised number: whole events, or as much of a sum."""
        share, promised = self.target(), self.promised or 0
        low = None if share.low is None else share.low * promised
        high = None if share.high is None else share.high * promised
        if self.sum is None:
            return Target(None if low is None else math.ceil(low), None if high is None else math.floor(high))
        return Target(low, high)

    def statement(self) -> Message:
        """The rule in plain words."""
        return self.sentence(self._rule())

    def _rule(self) -> Message:
        often, amount, of = self.often(), self.amount(), self.of
        if isinstance(self.sum, SumOf):
            return say(
                "of all that `{whole}` counts for `{of}` {often}, {amount} are counted in `{part}`",
                whole=self.sum.whole,
                of=of,
                often=often,
                amount=amount,
                part=self.sum.part,
            )
        what = self.what or ""
        if self.base == "target":
            unit = "event" if self.sum is None else self.sum
            return say(
                "of {n} promised `{of}` {often}, {amount} are `{what}`: {number}",
                "of {n} promised `{of}` {often}, {amount} are `{what}`: {number}",
                n=self.promised or 0,
                of=of,
                often=often,
                amount=amount,
                what=what,
                number=target_words(self._number(), unit),
            )
        rule = say("of all `{of}` {often}, {amount} are `{what}`", of=of, often=often, amount=amount, what=what)
        return rule if self.sum is None else say("{rule}, counted by `{column}`", rule=rule, column=self.sum)

    def readings(self, context: Context) -> Iterator[Message]:
        """What the share is a share of."""
        if self.base == "target":
            yield say("the share is of the promised number, however many take place")
        else:
            yield say("the share is of those that take place, however many they are")
        yield from super().readings(context)

    def lower(self, context: Context) -> Node:
        """The share itself, or, of a promised number, so many of them."""
        check = self.check(context, self._measure(context))
        if self.base == "target":
            check = replace(check, target=self._number())
        return self.guarded(check, context)

    def _measure(self, context: Context) -> Measure:
        whole = self.relation(context, self.of)
        if isinstance(self.sum, SumOf):
            return Quotient(whole, self.sum.part, self.sum.whole)
        part = Semi(whole, self.relation(context, self.what or self.of), (SameRow(),))
        if self.base == "actual":
            return Ratio(part, whole, self.sum)
        return Count(part) if self.sum is None else Sum(part, self.sum)
