"""So much over the whole period, or over a part of it.

Keys: `what` (an activity) and one of `at_least`, `at_most`, `exactly`, `between`. What is counted is every event that
starts in the period, unless `unit` says otherwise: the different days, weeks, weekends or months with one
(`unit: day`), or the different values of a text column (`unit: place`). `sum: officers` adds up a number column
instead. With `attribute: overlap`, an event also counts that began before and still goes on.

`during: {start: …, end: …}` is a part of the period; with `day_begins: "06:00"` a night belongs to the evening on which
it began; `when: ACTIVITY` makes it owed only if that takes place.

    - id: narkotika
      kind: count
      what: narkotikainsats
      at_least: 3

Three events in the period keep it; two in a period that is over and covered break it; two while the period runs
leave it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from promisekit.commitment import Context, Summed
from promisekit.plan.nodes import Check, Node, Whole
from promisekit.words import Message, say

A_MONTH = 31


class Commitment(Summed):
    """A target on what is counted in one span."""

    kind: Literal["count"]

    def readings(self, context: Context) -> Iterator[Message]:
        """That the number is for all of the time."""
        yield from super().readings(context)
        if self.at_most != 0 and len(self.span(context)) > A_MONTH:
            yield say("the number is for all of that time together, not for each month")

    def statement(self) -> Message:
        """The rule in plain words."""
        return self.sentence(self.rule(self.over()))

    def lower(self, context: Context) -> Node:
        """One window, one number."""
        return self.guarded(self._check(context), context)

    def _check(self, context: Context) -> Check:
        measure = self.measure(self.events(context))
        return Check(self.span(context), Whole(), measure, self.target(), attribution=self.attribution())
