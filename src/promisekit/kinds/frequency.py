"""So much in every window: each day, week, month, quarter or year of the period, or each span of a calendar.

Keys: `what` (an activity), `every` and one of `at_least`, `at_most`, `exactly`, `between`. `every` is `day`, `week`,
`month`, `quarter`, `half_year`, `year` or `period`; several of them (`2 weeks`, counted from the one in which the
period begins, or from the one with the day `anchor`); or the name of a calendar, whose spans are the windows.
`every: day` with `on: [mon, thu]`, `on: working_days` or `except: public_holidays` means just these days.

Where the period cuts a window, `partial` says what applies in it: `whole_only` (nothing), `full_target` (the full
number), `prorate` (in proportion to its days) or `anchor_period` (windows are counted from the period's first day).
"Twice a month" means every month; `need: 10` or `need: 90 %` is for so many of the windows; `average: true` is for the
period's total over its number of windows. `unit`, `sum`, `attribute`, `during`, `day_begins` and `when` mean what they
do in a count.

    - id: mpk
      kind: frequency
      what: mpk
      every: month
      at_least: 2

Two events in each month keep it; one month that is over and covered with one event breaks it; a month that still
runs leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from promisekit.commitment import Averaged, Context, Flaw, Summed
from promisekit.commitment.every import Every
from promisekit.plan.nodes import Check, Node
from promisekit.words import Message, say


class Commitment(Averaged, Summed):
    """A target on what is counted in every window."""

    kind: Literal["frequency"]
    every: Every = Field(
        description="In every one of these windows: a unit, several (`2 weeks`), the spans of a named calendar, or "
        "`period` for one window over all of it. | I vart och ett av dessa fönster: en enhet, flera (`2 weeks`), en "
        "namngiven kalenders spann, eller `period` för ett enda över hela perioden."
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """An average of what has none."""
        yield from super().flaws(context)
        if self.average is not None and self.unit not in ("event", "day"):
            message = say("an average of different `{unit}` cannot be told from the total", unit=self.unit)
            yield Flaw("average.unit", ("unit",), message, say("count events or days, or remove `average:`"))

    def statement(self) -> Message:
        """The rule in plain words."""
        return self.sentence(self.rule(self.often()))

    def lower(self, context: Context) -> Node:
        """One number per window."""
        return self.guarded(self._check(context), context)

    def _check(self, context: Context) -> Check:
        return self.check(context, self.measure(self.events(context)), self.attribution())
