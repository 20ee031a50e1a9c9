"""So many events over the whole period, or over a part of it.

Keys: `what` (an activity), one of `at_least`, `at_most`, `exactly`, `between`, and optionally `during`
(`{start: …, end: …}`, a part of the period). Every event of the activity that starts in the span counts once.

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

from pydantic import Field

from promisekit.commitment import Context, Days, Flaw, Name, Targeted
from promisekit.diagnostics import Route
from promisekit.plan.nodes import Check, Count, Whole
from promisekit.words import Date, Message, say


class Commitment(Targeted):
    """A target on the number of events in one span."""

    kind: Literal["count"]
    what: Name = Field(description="The activity that is counted. | Aktiviteten som räknas.")
    during: Days | None = Field(
        None, description="The part of the period that counts. | Den del av perioden som räknas."
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The activity that is counted."""
        yield ("what",), self.what

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A part that does not lie in the period."""
        yield from super().flaws(context)
        if self.during is None:
            return
        span = self.during.span()
        if not len(span) or span.cut(context.period) != span:
            yield Flaw(
                "window.outside-period",
                ("during",),
                say(
                    "the days {from_} to {to} are not a part of the period", from_=self.during.start, to=self.during.end
                ),
                say("give a first and a last day that lie in the period"),
            )

    def statement(self) -> Message:
        """The rule in plain words."""
        if self.during is None:
            return say("`{what}` {times} during the period", what=self.what, times=self.times())
        first, last = Date(self.during.start), Date(self.during.end)
        return say(
            "`{what}` {times} from {first} to {last}", what=self.what, times=self.times(), first=first, last=last
        )

    def lower(self, context: Context) -> Check:
        """One window, one count."""
        span = context.period if self.during is None else self.during.span()
        return Check(span, Whole(), Count(context.activities[self.what]), self.target())
