"""Done by a certain day.

Keys: `what` (an activity), `by` (a date in the period), and optionally `at_least` (once, if it is left out), `during`,
`day_begins` and `when`. What is done later does not keep it, and is told: the status is then kept, but late.

    - id: plan-antagen
      kind: milestone
      what: handlingsplan_antagen
      by: 2022-04-30

One event from the beginning of the period to that day keeps it; none, when the day is over and covered, breaks it;
until then it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from promisekit.commitment import Context, Flaw, IsoDay, OneActivity, together_readings
from promisekit.plan.nodes import Check, Count, Node, Target, Until
from promisekit.windows import Day, Span, parse_day
from promisekit.words import Date, Message, say


class Commitment(OneActivity):
    """So many events by a day."""

    kind: Literal["milestone"]
    by: IsoDay = Field(description="The last day that is in time. | Sista dagen som är i tid.")
    at_least: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        1, description="So many or more. | Så många eller fler."
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A day that does not lie in the period."""
        yield from super().flaws(context)
        if self.in_period(context) and parse_day(self.by) not in self.span(context):
            message = say("the day {day} does not lie in the period", day=self.by)
            yield Flaw("milestone.outside", ("by",), message, say("give a day in the period"))

    def statement(self) -> Message:
        """The rule in plain words."""
        times = say("at least {n} time", "at least {n} times", n=self.at_least)
        return self.sentence(
            say("`{what}` takes place {times} by {day}", what=self.what, times=times, day=Date(self.by))
        )

    def readings(self, context: Context) -> Iterator[Message]:
        """From when on it counts."""
        yield from super().readings(context)
        if self.at_least > 1:
            yield say("every occasion counts, also several on one day")
        yield from together_readings(context, self.what)
        yield say("what took place before that time began does not count")

    def lower(self, context: Context) -> Node:
        """One window that ends with the day."""
        span = Span(self.span(context).start, Day(parse_day(self.by) + 1))
        return self.guarded(Check(span, Until(), Count(self.events(context)), Target(self.at_least, None)), context)
