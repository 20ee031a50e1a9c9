"""Never too long without: the longest time from one event to the next.

Keys: `what` (an activity) and `at_most` (`14 days` or `2 weeks`), and optionally `during`, `day_begins` and `when`.
Days are counted from one event to the next; so are those from the day before the period to the first event, and from
the last event to the day after the period.

    - id: sanering
      kind: max_gap
      what: klottersanering
      at_most: 14 days

Events at most fourteen days apart all through the period keep it; fifteen days that are over and covered without one
break it; a period that still runs leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from promisekit.commitment import Context, DayNumber, OneActivity, together_readings
from promisekit.plan.nodes import Check, Gap, Node, Target, Whole
from promisekit.words import Message, say


class Commitment(OneActivity):
    """An upper bound on the longest gap."""

    kind: Literal["max_gap"]
    at_most: DayNumber = Field(description="The longest gap, such as `14 days`. | Det längsta uppehållet.")

    def statement(self) -> Message:
        """The rule in plain words."""
        rule = say(
            "from one `{what}` to the next, it takes at most {n} day {over}",
            "from one `{what}` to the next, it takes at most {n} days {over}",
            what=self.what,
            n=self.at_most,
            over=self.over(),
        )
        return self.sentence(rule)

    def readings(self, context: Context) -> Iterator[Message]:
        """How days are counted, also at both ends."""
        yield from super().readings(context)
        yield from together_readings(context, self.what)
        yield say("from the 1st to the 15th, 14 days are counted")
        yield say("the first event is counted from the day before that time, and the last one to the day after it")

    def lower(self, context: Context) -> Node:
        """One window, and the longest gap in it."""
        check = Check(self.span(context), Whole(), Gap(self.events(context)), Target(None, self.at_most))
        return self.guarded(check, context)
