"""Every event of one activity is followed by another, in time.

Keys: `each` (what must be answered), `followed_by` (an activity, or a column of type `date` on the same row), `same`
(the column that must be equal on both, usually `case`; not with a date column), and one deadline: `within`
(`14 days`, `2 weeks`, `1 month`, `3 working_days`; the trigger's own day is not counted, and the last day may fall
after the period unless `clip: true`) or `by` (a date, or `period_end`). An answer on the same day counts.

    - id: orosanmalningar
      kind: response
      each: orosanmalan
      followed_by: uppfoljning
      same: case
      by: period_end

Every report answered in a period that is over keeps it; one report whose deadline has passed unanswered breaks it; a
report that still has time leaves it open; no report at all in a covered period is not applicable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import Field

from promisekit.commitment import Commitment as Base
from promisekit.commitment import Context, Flaw, Name, Text
from promisekit.diagnostics import Route
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.plan.nodes import ALL, By, Check, Deadline, InTime, Ratio, Semi, Target, Whole, Within
from promisekit.windows import parse_day
from promisekit.words import Date, Message, say

DeadlineUnit = Literal["days", "weeks", "months", "working_days"]
UNITS: tuple[DeadlineUnit, ...] = get_args(DeadlineUnit)
_WITHIN = re.compile(r"(0|[1-9]\d{0,3}) (day|week|month|working_day)s?\Z")


class Commitment(Base):
    """Every trigger has its answer in time."""

    kind: Literal["response"]
    each: Name = Field(description="The activity that must be answered. | Aktiviteten som ska få ett svar.")
    followed_by: Name = Field(
        description="The answer: an activity, or a date column of the same row. "
        "| Svaret: en aktivitet, eller en datumkolumn på samma rad."
    )
    same: Name | None = Field(
        None, description="The column that is equal on both. | Kolumnen som ska vara lika på båda."
    )
    within: Text | None = Field(
        None,
        description="How long after, such as `3 working_days`. | Hur lång tid efter, till exempel `3 working_days`.",
    )
    by: Text | None = Field(
        None, description="The last day for all, or `period_end`. | Sista dagen för alla, eller `period_end`."
    )
    clip: bool = Field(
        False, description="The period's end is the last day for all. | Periodens slut är sista dag för alla."
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The trigger; the answer may be a column instead, which `flaws` looks at."""
        yield ("each",), self.each

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """An answer that is neither activity nor date column, no key, no deadline or two, or one that is none."""
        yield from self._answer_flaws(context)
        yield from self._deadline_flaws(context)

    def _answer_flaws(self, context: Context) -> Iterator[Flaw]:
        own_row = self.followed_by in context.date_columns and self.followed_by not in context.activities
        if self.followed_by not in context.activities and not own_row:
            yield Flaw(
                "response.unknown-answer",
                ("followed_by",),
                say("`{name}` is neither an activity nor a column of type date", name=self.followed_by),
                did_you_mean(
                    self.followed_by,
                    {*context.activities, *context.date_columns},
                    say("declare it under `activities:`, or give the column `type: date`"),
                ),
            )
        if self.same is not None and own_row:
            yield Flaw(
                "response.key-on-own-row",
                ("same",),
                say("the answer is a date on the same row, which needs no `same:`"),
                say("remove `same:`"),
                at_key=True,
            )
        if self.same is not None and self.same not in context.key_columns:
            yield Flaw(
                "column.unknown",
                ("same",),
                say("there is no text column `{name}`", name=self.same),
                did_you_mean(
                    self.same, context.key_columns, say("the log maps {names}", names=listed(context.key_columns))
                ),
            )

    def _deadline_flaws(self, context: Context) -> Iterator[Flaw]:
        if (self.within is None) == (self.by is None):
            yield Flaw(
                "deadline.one-needed",
                () if self.by is None else ("by",),
                say("a response has one deadline: `within` or `by`"),
                say("write `within: 14 days` (from the trigger) or `by: period_end` (the same day for all)"),
                at_key=True,
            )
            return
        if self.within is not None and not _WITHIN.match(self.within):
            yield Flaw(
                "deadline.not-understood",
                ("within",),
                say("`{text}` is not a length of time", text=self.within),
                say("write a number and a unit: {units}", units=", ".join(f"`3 {unit}`" for unit in UNITS)),
            )
        if self.clip and self.within is None:
            yield Flaw(
                "deadline.clip-without-within",
                ("clip",),
                say("`clip` cuts a deadline that runs from the trigger, and `by` does not"),
                say("remove `clip:`"),
                at_key=True,
            )
        if self.by is not None and self.by != "period_end":
            yield from self._by_flaws(context, self.by)

    def _by_flaws(self, context: Context, by: str) -> Iterator[Flaw]:
        try:
            day = parse_day(by)
        except ValueError:
            yield Flaw(
                "deadline.not-understood",
                ("by",),
                say("`{text}` is neither a date nor `period_end`", text=by),
                say("write a date as `2022-05-31`, or `period_end`"),
            )
            return
        if day < context.period.start:
            yield Flaw(
                "deadline.before-trigger",
                ("by",),
                say("the last day {day} lies before the period", day=by),
                say("give a day in the period or after it"),
            )

    def statement(self) -> Message:
        """The rule in plain words."""
        answer, deadline = self.followed_by, self._deadline_words()
        if self.same is None:
            return say(
                "every `{each}` is followed by `{answer}` {deadline}", each=self.each, answer=answer, deadline=deadline
            )
        return say(
            "every `{each}` is followed by `{answer}` with the same `{same}` {deadline}",
            each=self.each,
            answer=answer,
            same=self.same,
            deadline=deadline,
        )

    def _deadline_words(self) -> Message:
        if self.by == "period_end":
            return say("by the end of the period")
        if self.by is not None:
            return say("by {day}", day=Date(self.by))
        number, unit = self._within()
        words: dict[DeadlineUnit, Message] = {
            "days": say("within {n} day", "within {n} days", n=number),
            "weeks": say("within {n} week", "within {n} weeks", n=number),
            "months": say("within {n} month", "within {n} months", n=number),
            "working_days": say("within {n} working day", "within {n} working days", n=number),
        }
        if self.clip:
            return say("{deadline}, and by the end of the period at the latest", deadline=words[unit])
        return words[unit]

    def _within(self) -> tuple[int, DeadlineUnit]:
        found = _WITHIN.match(self.within or "")
        if not found:
            raise ValueError(f"{self.within!r} is not a length of time: flaws() says so")
        return int(found[1]), next(unit for unit in UNITS if unit == f"{found[2]}s")

    def lower(self, context: Context) -> Check:
        """The share of triggers that are answered in time must be all."""
        triggers = context.activities[self.each]
        if self.followed_by in context.activities:
            answers, on = context.activities[self.followed_by], InTime(self.same, self._deadline(context))
        else:
            answers, on = triggers, InTime(None, self._deadline(context), column=self.followed_by)
        return Check(context.period, Whole(), Ratio(Semi(triggers, answers, (on,)), triggers), Target(ALL, ALL))

    def _deadline(self, context: Context) -> Deadline:
        if self.by is not None:
            return By(context.period.last if self.by == "period_end" else parse_day(self.by))
        number, unit = self._within()
        return Within(number, unit, context.period.last if self.clip else None)
