"""Being there at certain hours: every slot of the clock on certain days is filled.

Keys: `what` (an activity), `from` and `to` (times of day; `to` may be on the day after), `presence`, and optionally
`on` (weekdays and named calendars; every day, if it is left out) and `except` (named calendars). `presence` says what
fills a slot: `any` (something of it), `30 minutes` (so long at least) or `throughout` (all of it). One event must do
so by itself, unless `together: true`. `need: 90 %` or `need: 50` is for so many of the slots; `during` and `when` mean
what they do in a count.

    - id: receptionen
      kind: schedule
      what: oppen_reception
      on: working_days
      from: "09:00"
      to: "15:00"
      presence: throughout

An event that goes on in the whole of every slot keeps it; a slot that is over and covered without one breaks it; slots
that are still to come leave it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from promisekit.commitment import (
    ChosenDays,
    Clock,
    Context,
    Flaw,
    Needed,
    OneActivity,
    end_column_flaws,
    together_readings,
)
from promisekit.commitment.fields import MIDNIGHT, as_length
from promisekit.commitment.often import need_flaws, need_words
from promisekit.plan.amounts import length
from promisekit.plan.nodes import (
    All,
    Attribution,
    Check,
    Count,
    Duration,
    Listed,
    Measure,
    Node,
    Overlaps,
    Starts,
    Target,
)
from promisekit.windows import show_clock
from promisekit.words import Message, say

HOUR = 3600
CHANGE = (2 * HOUR, 3 * HOUR)
"""The time of day at which clocks are changed."""


def _presence(value: object) -> str | int:
    return value if value in ("any", "throughout") and isinstance(value, str) else as_length(value)


Presence = Annotated[
    Literal["any", "throughout"] | int,
    PlainValidator(_presence),
    WithJsonSchema({"anyOf": [{"enum": ["any", "throughout"]}, {"type": "string", "examples": ["30 minutes"]}]}),
]


class Commitment(ChosenDays, OneActivity):
    """The same slot on every day that is meant."""

    kind: Literal["schedule"]
    from_: Clock = Field(alias="from", description="When a slot begins. | När passet börjar.")
    to: Clock = Field(description="When it ends; before `from`, the day after. | När det slutar.")
    presence: Presence | None = Field(
        None,
        description="What fills a slot: `any`, a time such as `30 minutes`, or `throughout`; must be given. "
        "| Vad som fyller ett pass: `any`, en tid som `30 minutes`, eller `throughout`; måste anges.",
    )
    together: bool = Field(
        False, description="Several events may fill a slot together. | Flera händelser får fylla ett pass tillsammans."
    )
    need: Needed | None = Field(
        None,
        description="In how many of the slots: `all`, a number, or a share. "
        "| I hur många av passen: `all`, ett antal eller en andel.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """What a slot is filled with must be said, and be possible; a slot has its own beginning."""
        found = list(super().flaws(context))
        yield from found
        yield from end_column_flaws(context, "what")
        if self.from_ in (self.to, MIDNIGHT):
            start, end = show_clock(self.from_), show_clock(self.to)
            message = say("from {start} to {end} is no time at all", start=start, end=end)
            yield Flaw("time.empty", ("from",), message, say("`24:00` is the end of the day"))
            return
        yield from self._presence_flaws()
        if self.day_begins is not None:
            message = say("a slot belongs to the day on which it begins: `day_begins` says nothing more")
            yield Flaw("schedule.day-begins", ("day_begins",), message, say("remove `day_begins:`"), at_key=True)
        if not found:
            slots = self.day_windows(context)
            if not slots:
                message = say("no day of the period is left")
                yield Flaw("window.none", ("on",), message, say("look at `on:` and `except:`"))
            else:
                yield from need_flaws(self.need, len(slots))

    def _presence_flaws(self) -> Iterator[Flaw]:
        begin, end = self._clock()
        if self.presence is None:
            message = say("it is not said what fills a slot")
            hint = say(
                "add `presence:` with any (something of it is enough), a time such as `30 minutes` (so long at least) "
                "or throughout (from its beginning to its end)"
            )
            yield Flaw("schedule.presence-undeclared", (), message, hint)
        elif isinstance(self.presence, int) and not 0 < self.presence <= end - begin:
            message = say(
                "a slot of {slot} is not filled by {time}", slot=length(end - begin), time=length(self.presence)
            )
            yield Flaw("schedule.presence-length", ("presence",), message, say("write a time above 0 that fits in it"))
        if self.together and self.presence == "any":
            message = say("one event is enough where `presence` is `any`: there is nothing to fill together")
            yield Flaw("schedule.together", ("together",), message, say("remove `together:`"), at_key=True)
        asked = self.presence if isinstance(self.presence, int) else end - begin
        if self.together and self.presence != "any" and asked > end - begin - HOUR and self._has_clock_change():
            message = say("a slot with a change of clocks may be an hour shorter than the others")
            hint = say("write with `presence:` a time that it can always be filled: an hour less than a slot at most")
            yield Flaw("schedule.clock-change", ("presence",), message, hint)

    def _clock(self) -> tuple[int, int]:
        """The seconds of the day from which and to which a slot goes; the second may lie on the day after."""
        return self.from_, self.to if self.to > self.from_ else self.to + MIDNIGHT

    def _has_clock_change(self) -> bool:
        begin, end = self._clock()
        return any(begin < CHANGE[1] + day and end > CHANGE[0] + day for day in (0, MIDNIGHT))

    def statement(self) -> Message:
        """The rule in plain words."""
        start, end = show_clock(self.from_), say("{clock}", clock=show_clock(self.to))
        if self.to <= self.from_:
            end = say("{clock} (the day after)", clock=show_clock(self.to))
        days = self.in_part(need_words(self.each_day(), self.need))
        if self.presence == "any":
            rule = say(
                "`{what}` goes on at some time from {start} to {end} {days}",
                what=self.what,
                start=start,
                end=end,
                days=days,
            )
        elif self.presence == "throughout":
            rule = say(
                "`{what}` goes on all the time from {start} to {end} {days}",
                what=self.what,
                start=start,
                end=end,
                days=days,
            )
        else:
            rule = say(
                "`{what}` goes on for at least {time} from {start} to {end} {days}",
                what=self.what,
                time=length(self.presence or 0),
                start=start,
                end=end,
                days=days,
            )
        rule = self.sentence(rule, windows=True)
        return say("{rule}; several may fill the time together", rule=rule) if self.together else rule

    def readings(self, context: Context) -> Iterator[Message]:
        """Who fills a slot, and on which days."""
        yield from super().readings(context)
        yield from together_readings(context, self.what)
        if self.to <= self.from_:
            yield say("what passes midnight belongs to the day on which it begins")
        if not self.together and self.presence != "any":
            yield say("one event must fill the time by itself")
        yield from self.day_readings()

    def lower(self, context: Context) -> Node:
        """One window a slot, and an event, or several together, that fill it."""
        begin, end = self._clock()
        events, slots = self.events(context), Listed(self.day_windows(context, (begin, end)))
        measure: Measure = Count(events)
        target, attribution = Target(1, None), self._fills()
        if self.together:
            seconds = self.presence if isinstance(self.presence, int) else end - begin
            measure, target, attribution = Duration(events, "union", None, "unknown"), Target(seconds, None), Starts()
        return self.guarded(Check(self.span(context), slots, measure, target, self.need or All(), attribution), context)

    def _fills(self) -> Attribution:
        """How long one event must go on in a slot; more than a slot's length is all of it, whatever the clocks do."""
        if isinstance(self.presence, int):
            return Overlaps(self.presence)
        return Overlaps(0 if self.presence == "any" else 2 * MIDNIGHT)
