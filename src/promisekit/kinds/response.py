"""Every event of one activity is followed by another, in time.

Keys: `each` (what must be answered), `followed_by` (an activity, or a column of type `date` on the same row), `same`
(the column that must be equal on both, usually `case`; not with a date column), and one deadline: `within`
(`14 days`, `2 weeks`, `1 month`, `3 working_days`; the trigger's own day is not counted, and the last day may fall
after the period unless `clip: true`), `by` (a date, or `period_end`), or `tiers` (`column` and a `within` for each of
its values; `others: {övriga: 10 days}` for the rest, under that name). An answer on the same day counts.
`within: 4 hours` is counted from the minute of the trigger, and needs a `clock`: `always`, or `weekdays` (Monday to
Friday but public holidays, 24 hours a day). `except` is a selector of triggers that need no answer; a date in it, as in
`except: {withdrawn: {recorded: true}}`, excuses a trigger if it comes by the deadline and before an answer. The clock
starts with the trigger, or at the date that its activity is `dated` by. `at_least` is the share that must be answered,
all where it is left out; `every`, `anchor`, `partial` and `need` ask it of every window of triggers.

    - id: orosanmalningar
      kind: response
      each: orosanmalan
      followed_by: uppfoljning
      same: case
      tiers:
        column: priority
        within: {akut: 24 hours}
        others: {övriga: 5 working_days}
        clock: always
      except: {theme: återkallad}

Every report answered in a period that is over keeps it; one report whose deadline has passed unanswered breaks it; a
report that still has time leaves it open; no report at all in a covered period is not applicable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec.structs import replace
from pydantic import Field, WithJsonSchema

from promisekit.commitment import Context, Flaw, Name, Share, Text, Windowed
from promisekit.commitment.deadline import (
    PERIOD_END,
    RunningClock,
    by_flaws,
    by_words,
    clock_flaws,
    deadline_of,
    start_words,
    term_flaws,
    term_words,
)
from promisekit.commitment.members import parts_of, text_column_flaws
from promisekit.commitment.naming import distinct_names
from promisekit.commitment.tiers import Tier, Tiers
from promisekit.diagnostics import Route
from promisekit.diagnostics.refused import did_you_mean
from promisekit.plan.amounts import share_words
from promisekit.plan.nodes import ALL, All, By, Check, Deadline, InTime, KOfN, Node, Part, Ratio, Select, Semi, Target
from promisekit.selectors.dates import asks_dates, recorded_dates
from promisekit.selectors.model import Either, Every, Except, Selector
from promisekit.selectors.telling import selector_words
from promisekit.windows import Day, parse_day
from promisekit.words import Message, say, sequence


class Commitment(Windowed):
    """Triggers have their answers in time: all of them, or a share."""

    kind: Literal["response"]
    each: Name = Field(description="The activity that must be answered. | Aktiviteten som ska få ett svar.")
    followed_by: Name = Field(
        description="The answer: an activity, or a date column of the same row. "
        "| Svaret: en aktivitet, eller en datumkolumn på samma rad."
    )
    same: Name | None = Field(
        None, description="The column that is equal on both. | Kolumnen som ska vara lika på båda."
    )
    term: Text | None = Field(
        None,
        alias="within",
        description="How long after, such as `3 working_days`. | Hur lång tid efter, till exempel `3 working_days`.",
    )
    clock: RunningClock | None = Field(
        None,
        description="Which hours count in a deadline of hours: `always`, or those of `weekdays`. "
        "| Vilka timmar som räknas i en frist i timmar: alla (`always`) eller vardagarnas (`weekdays`).",
    )
    by: Text | None = Field(None, description="The last day, or `period_end`. | Sista dagen, eller `period_end`.")
    tiers: Tiers | None = Field(
        None, description="A deadline for each value of a column. | En frist för varje värde i en kolumn."
    )
    clip: bool = Field(
        False, description="The period's end is the last day for all. | Periodens slut är sista dag för alla."
    )
    excused: Annotated[object, WithJsonSchema({"named": "Activity"})] = Field(
        None,
        alias="except",
        description="A selector of triggers that need no answer. | Ett urval av dem som inte behöver något svar.",
    )
    at_least: Share | None = Field(
        None,
        description="The share that must be answered in time; all if not given. "
        "| Andelen som ska få svar i tid; alla om inget anges.",
    )

    IN_PROPORTION: ClassVar[bool] = False

    def target_needed(self) -> bool:
        """All of them is meant where no share is given."""
        return False

    def target(self) -> Target:
        """The share that must be answered."""
        return Target(ALL, ALL) if self.at_least is None else Target(self.at_least, None)

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The trigger and the condition; the answer may be a column instead, which `flaws` looks at."""
        yield ("each",), self.each
        yield from super().activity_routes()

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """An answer that is neither activity nor date column, no key, no deadline or two, or one that is none."""
        yield from super().flaws(context)
        yield from self._answer_flaws(context)
        yield from self._deadline_flaws(context)
        if self.excused is not None:
            yield from self._exception_flaws(context)

    def _exception_flaws(self, context: Context) -> Iterator[Flaw]:
        excused, wrong = context.selector(self.excused, self.each)
        for found in wrong:
            hint = found.hint or say("look at how selectors are written")
            yield Flaw(found.code, ("except", *found.route), found.message, hint, found.at_key)
        if not wrong and any(asks_dates(one) for one in recorded_dates(excused)[0]):
            yield Flaw(
                "response.dated-exception",
                ("except",),
                say("a date excuses by being there in time, and nothing else can be asked of it here"),
                say("write `{{withdrawn: {{recorded: true}}}}`, alone or as one of several under `any`"),
                at_key=True,
            )

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
        if self.same is not None:
            yield from text_column_flaws(context, ("same",), self.same)

    def _deadline_flaws(self, context: Context) -> Iterator[Flaw]:
        deadlines = {"within": self.term, "by": self.by, "tiers": self.tiers}
        given = [key for key, value in deadlines.items() if value is not None]
        if len(given) != 1:
            yield Flaw(
                "deadline.one-needed",
                (given[1],) if given else (),
                say("a response has one deadline: `within`, `by` or `tiers`"),
                say("write `within: 14 days` (from the trigger) or `by: period_end` (the same day for all)"),
                at_key=True,
            )
            return
        if self.term is not None:
            yield from term_flaws(self.term, self.clock, ("within",))
        if self.tiers is not None:
            yield from self.tiers.flaws(context)
        yield from clock_flaws(self.clock, [self.term] if self.term is not None else [], ("clock",))
        if self.clip and self.by is not None:
            yield Flaw(
                "deadline.clip-without-within",
                ("clip",),
                say("`clip` cuts a deadline that runs from the trigger, and `by` does not"),
                say("remove `clip:`"),
                at_key=True,
            )
        if self.by is not None:
            yield from by_flaws(self.by, context.period)

    def statement(self) -> Message:
        """The rule in plain words."""
        if self.tiers is None:
            return self.sentence(self._rule(self._deadline_words()))
        tiers = tuple(self.tiers.words())
        return self.sentence(self._rule(self._clipped(sequence(tiers))))

    def _rule(self, deadline: Message) -> Message:
        same = say("`{answer}` with the same `{same}`", answer=self.followed_by, same=self.same or "")
        answer = say("`{answer}`", answer=self.followed_by) if self.same is None else same
        if self.at_least is None and not self.has_windows():
            who = say("every `{each}`", each=self.each)
            if self.during is not None:
                who = say("every `{each}` {often}", each=self.each, often=self.over())
            rule = say("{who} is followed by {answer} {deadline}", who=who, answer=answer, deadline=deadline)
        else:
            rule = say(
                "of all `{each}` {often}, {amount} are followed by {answer} {deadline}",
                each=self.each,
                often=self.often(),
                amount=share_words(self.target().low, None),
                answer=answer,
                deadline=deadline,
            )
        return rule if self.excused is None else say("{rule}; some need no answer", rule=rule)

    def _deadline_words(self) -> Message:
        if self.term is None:
            return by_words(self.by or PERIOD_END)
        return self._clipped(term_words(self.term, self.clock))

    def _clipped(self, deadline: Message) -> Message:
        latest = say("{deadline}, and by the end of the period at the latest", deadline=deadline)
        return latest if self.clip else deadline

    def readings(self, context: Context) -> Iterator[Message]:
        """What is excepted, which day counts as the first, and what is said of other tiers."""
        yield from super().readings(context)
        if self.excused is not None:
            others, columns = self._exceptions(context)
            if others:
                yield say("no answer is needed where {selector}", selector=selector_words(_any_of(others)))
            for column in columns:
                yield say(
                    "no answer is needed where the date in `{column}` comes by the deadline, and before an answer",
                    column=column,
                )
        if self.tiers is not None:
            yield self.tiers.reading(self.each)
        if self.by is None:
            yield start_words(context.activities[self.each])
        if self.by is None and not self.clip:
            yield say("what begins in the period is owed, also where its deadline lies after the period")

    def lower(self, context: Context) -> Node:
        """The share of triggers that are answered in time; a part for each tier."""
        triggers = self._triggers(context)
        if self.tiers is None:
            return self.guarded(self._answered(context, triggers, self._deadline(context)), context)
        named = zip(distinct_names(self.tiers.terms), self.tiers.of(triggers), strict=True)
        parts = (self._tier(context, id_, tier, self.tiers.clock) for id_, tier in named)
        return self.guarded(KOfN(All(), tuple(parts)), context)

    def _exceptions(self, context: Context) -> tuple[tuple[Selector, ...], tuple[str, ...]]:
        """What is excepted whenever it is asked, and the columns whose dates excuse."""
        return ((), ()) if self.excused is None else recorded_dates(context.selector(self.excused, self.each)[0])

    def _triggers(self, context: Context) -> Select:
        triggers, (others, _) = self.relation(context, self.each), self._exceptions(context)
        if not others:
            return triggers
        return replace(triggers, selector=Every((*parts_of(triggers.selector), Except(_any_of(others)))))

    def _answered(self, context: Context, triggers: Select, deadline: Deadline) -> Check:
        if self.followed_by in context.activities:
            answers, on = self.relation(context, self.followed_by), InTime(self.same, deadline)
        else:
            answers, on = triggers, InTime(None, deadline, column=self.followed_by)
        _, excuses = self._exceptions(context)
        return self.check(context, Ratio(Semi(triggers, answers, (on,)), triggers, excuses=excuses))

    def _deadline(self, context: Context) -> Deadline:
        if self.term is None:
            by = self.by or PERIOD_END
            return By(context.period.last if by == PERIOD_END else parse_day(by))
        return deadline_of(self.term, self.clock, self._latest(context))

    def _latest(self, context: Context) -> Day | None:
        return context.period.last if self.clip else None

    def _tier(self, context: Context, id_: str, tier: Tier, clock: RunningClock | None) -> Part:
        check = self._answered(context, tier.triggers, deadline_of(tier.within, clock, self._latest(context)))
        rule = self._rule(self._clipped(term_words(tier.within, clock)))
        statement = say("{member}: {rule}", member=tier.name, rule=rule)
        return Part(id_, self.kind, None, None, statement, None, check, tier.name)


def _any_of(selectors: tuple[Selector, ...]) -> Selector:
    return selectors[0] if len(selectors) == 1 else Either(selectors)
