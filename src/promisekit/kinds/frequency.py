"""So many events in every calendar window: each day, week, month, quarter or year of the period.

Keys: `what` (an activity), `every` (`day`, `week`, `month`, `quarter`, `half_year`, `year` or `period`), one of
`at_least`, `at_most`, `exactly`, `between`, and `partial` where the period cuts a window. "Twice a month" means
every month, never an average.

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

from promisekit.commitment import Context, Name, Recurring
from promisekit.diagnostics import Route
from promisekit.plan.nodes import Check, Count
from promisekit.words import Message, say


class Commitment(Recurring):
    """A target on the number of events in every calendar window."""

    kind: Literal["frequency"]
    what: Name = Field(description="The activity that is counted. | Aktiviteten som räknas.")

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The activity that is counted."""
        yield ("what",), self.what

    def statement(self) -> Message:
        """The rule in plain words."""
        return say("`{what}` {times} {often}", what=self.what, times=self.times(), often=self.often())

    def lower(self, context: Context) -> Check:
        """One count per window."""
        return Check(context.period, self.partition(), Count(context.activities[self.what]), self.target())
