"""An average over windows, which is another word than a target in every one of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import Field

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.every import STARTS
from promisekit.commitment.recurring import Recurring
from promisekit.plan.nodes import Attribution, Calendar, Check, Measure, Number, Sum, Target, Whole
from promisekit.windows import tile
from promisekit.words import Message, say


class Averaged(Recurring):
    """A target in every window, or (`average: true`) on average over them."""

    average: Literal[True] | None = Field(
        None,
        description="The total over the number of windows, cut ones by their days, in place of every window. "
        "| Summan delad med antalet fönster, avskurna efter sina dagar, i stället för vart och ett.",
    )

    def has_windows(self) -> bool:
        """An average is one number over all of it."""
        return super().has_windows() and self.average is None

    def _needless(self) -> Iterator[Flaw]:
        yield from super()._needless()
        if self.average is None:
            return
        if self.steps() is None or self.chooses():
            message = say("an average needs windows of a calendar unit, none of them left out")
            hint = say("write `every: week` or another unit, without `on:` and `except:`")
            yield Flaw("average.windows", ("average",), message, hint, at_key=True)
        for key in ("need", "partial"):
            if getattr(self, key) is not None:
                message = say(
                    "`{key}` has no meaning beside `average: true`: there is one number for all windows", key=key
                )
                hint = say("remove one of the two; cut windows count by their days in an average")
                yield Flaw("average.beside", (key,), message, hint, at_key=True)

    def _window_flaws(self, context: Context) -> Iterator[Flaw]:
        if self.average is None:
            yield from super()._window_flaws(context)
            return
        low, high = self._totals(context, whole=True)
        if low is not None and high is not None and low > high:
            message = say("over {n} windows, no whole number of times has this average", n=len(self.windows(context)))
            yield Flaw("average.empty", ("average",), message, say("give a wider target, with `between:`"))

    def portions(self, context: Context) -> Fraction:
        """How many windows the days that count are, cut ones by their days."""
        number, unit = self.steps() or (1, "day")
        windows = tile(self.span(context), unit, None, number, self._anchor())
        return sum((window.portion for window in windows), Fraction(0))

    def _totals(self, context: Context, *, whole: bool) -> tuple[Number | None, Number | None]:
        """The ends of the target for all windows together; `whole`: rounded to what a whole number can reach."""
        portions, target = self.portions(context), self.target()
        low = None if target.low is None else target.low * portions
        high = None if target.high is None else target.high * portions
        if not whole:
            return low, high
        return None if low is None else math.ceil(low), None if high is None else math.floor(high)

    def check(self, context: Context, measure: Measure, attribution: Attribution = STARTS) -> Check:
        """With an average, the total over all windows must lie in the target times their number."""
        if self.average is None:
            return super().check(context, measure, attribution)
        target = Target(*self._totals(context, whole=not isinstance(measure, Sum)))
        number, unit = self.steps() or (1, "day")
        over = Calendar(unit, None, number, self._anchor())
        return Check(self.span(context), Whole(), measure, target, attribution=attribution, average=over)

    def often(self) -> Message:
        """When the target applies, in words."""
        if self.average is None:
            return super().often()
        return say("{often} on average", often=super().often())

    def readings(self, context: Context) -> Iterator[Message]:
        """What an average is."""
        if self.average is not None:
            yield say("an average is the total over the number of windows, and cut windows count by their days")
        yield from super().readings(context)
