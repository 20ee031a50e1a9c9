"""The keys that cut a period into windows: of one or several calendar units, single days, or spans of a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints, WithJsonSchema

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.days import day_span, day_words
from promisekit.commitment.fields import IsoDay, Needed
from promisekit.commitment.often import cut_words, need_flaws, need_words, unit_words
from promisekit.commitment.target import WithTarget
from promisekit.diagnostics.refused import did_you_mean
from promisekit.plan.nodes import All, Attribution, Calendar, Check, Listed, Measure, Partition, Starts, Whole
from promisekit.plan.windows import in_proportion
from promisekit.windows import UNITS, Day, Partial, Span, Unit, Window, is_whole, parse_day, span_label, tile
from promisekit.windows.calendars import BUILTIN
from promisekit.words import Date, Message, say

PERIOD = "period"
STARTS = Starts()
_STEPS = re.compile(rf"([1-9]\d{{0,2}}) ({'|'.join(UNITS)})s?\Z")

Every = Annotated[
    str,
    StringConstraints(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [*UNITS, PERIOD]},
                {"type": "string", "pattern": rf"^\d+ ({'|'.join(UNITS)})s?$", "examples": ["2 weeks"]},
                {"type": "string", "pattern": r"^[a-z0-9][a-z0-9_-]*$", "description": "A calendar. | En kalender."},
            ]
        }
    ),
]


class Windowed(WithTarget):
    """A target that holds in every window, or (`period`) once over all of the days that count."""

    every: Every = Field(
        PERIOD,
        description="In every one of these windows: a unit, several (`2 weeks`), the spans of a named calendar, or "
        "`period` for one window over all of it. | I vart och ett av dessa fönster: en enhet, flera (`2 weeks`), en "
        "namngiven kalenders spann, eller `period` för ett enda över hela perioden.",
    )
    anchor: IsoDay | None = Field(
        None,
        description="A day in the first of windows that are several units long. "
        "| En dag i det första av fönster som är flera enheter långa.",
    )
    partial: Partial | None = Field(
        None,
        description="What applies in windows that the period cuts. | Vad som gäller i fönster som perioden skär av.",
    )
    need: Needed | None = Field(
        None,
        description="In how many of the windows the target must be met: `all`, a number, or a share. "
        "| I hur många av fönstren målet ska nås: `all`, ett antal eller en andel.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Windows that nobody knows, cut windows without a choice, keys that do nothing, no window left."""
        yield from super().flaws(context)
        known = {*UNITS, PERIOD, *context.calendars}
        if self.steps() is None and self.every not in known:
            hint = say(
                "write {units}, `2 weeks`, `period`, or the name of a calendar",
                units=", ".join(f"`{u}`" for u in UNITS),
            )
            message = say("`{name}` is neither a unit nor a calendar", name=self.every)
            yield Flaw("window.unknown", ("every",), message, did_you_mean(self.every, known, hint))
            return
        if not self.names_known(context) or not self.in_period(context):
            return
        needless = list(self._needless())
        yield from needless
        if not needless:
            yield from self._window_flaws(context)

    def steps(self) -> tuple[int, Unit] | None:
        """How many of which calendar unit a window is; None for the period and for calendars."""
        found = _STEPS.match(self.every)
        if found is None:
            return next(((1, unit) for unit in UNITS if unit == self.every), None)
        return int(found[1]), next(unit for unit in UNITS if unit == found[2])

    def names_known(self, context: Context) -> bool:
        """Whether every calendar that windows are chosen by is there."""
        return True

    def chooses(self) -> bool:
        """Whether some windows are chosen, and others left out."""
        return False

    def by_days(self) -> bool:
        """Whether the windows are single days that are chosen by weekday or calendar."""
        return False

    def has_windows(self) -> bool:
        """Whether there are several windows, or might be: not just the whole."""
        return self.every != PERIOD

    def _needless(self) -> Iterator[Flaw]:
        """Keys that say nothing beside the given `every`."""
        steps = self.steps()
        if self.anchor is not None and (steps is None or steps[0] == 1 or self.partial == "anchor_period"):
            message = say("`anchor` says where windows of several units begin, and there are none")
            yield Flaw("window.needless", ("anchor",), message, say("remove `anchor:`"), at_key=True)
        if self.partial is not None and (self.every == PERIOD or (self.by_days() and steps == (1, "day"))):
            message = say("`partial` says what applies in windows that the period cuts, and it cuts none")
            yield Flaw("window.needless", ("partial",), message, say("remove `partial:`"), at_key=True)
        if self.need is not None and self.every == PERIOD:
            message = say("`need` says in how many windows the target is met, and there is one")
            yield Flaw("window.needless", ("need",), message, say("remove `need:`, or give `every:`"), at_key=True)

    def _window_flaws(self, context: Context) -> Iterator[Flaw]:
        if self.every == PERIOD:
            return
        if self.partial is None and self._cuts(context):
            yield self._undeclared()
            return
        if self.partial in ("prorate", "anchor_period") and self.steps() is None:
            message = say("`{partial}` cannot be said of the spans of a calendar", partial=self.partial)
            hint = say("write whole_only (cut spans carry no obligation) or full_target (the full number in them too)")
            yield Flaw("window.partial-unfit", ("partial",), message, hint)
            return
        if self.partial == "prorate" and not self.IN_PROPORTION:
            message = say("a share is the same in a cut window: nothing of it is in proportion to its days")
            hint = say("write full_target (the same share in it too) or whole_only (cut windows carry no obligation)")
            yield Flaw("window.partial-unfit", ("partial",), message, hint)
            return
        windows = self.windows(context)
        if not windows:
            yield self._no_window()
            return
        if any(one.span.end > other.span.start for one, other in pairwise(windows)):
            message = say("spans of the calendar `{name}` overlap", name=self.every)
            yield Flaw("window.overlap", ("every",), message, say("give the windows a calendar without overlaps"))
        yield from self._proportion_flaws(windows)
        yield from need_flaws(self.need, len(windows))

    def _undeclared(self) -> Flaw:
        message = say("the period is not a whole number of windows of the unit `{unit}`", unit=self.every)
        hint = say(
            "add `partial:` with whole_only (cut windows carry no obligation), full_target (the full number "
            "in a cut window too), prorate (in proportion to its days) or anchor_period (count windows from "
            "the period's first day)"
        )
        if self.during is not None:
            message = say("`during` is not a whole number of windows of the unit `{unit}`", unit=self.every)
        if not self.IN_PROPORTION:
            hint = say(
                "add `partial:` with whole_only (cut windows carry no obligation), full_target (the same share in a "
                "cut window too) or anchor_period (count windows from the period's first day)"
            )
        if self.steps() is None:
            message = say("the period cuts a span of the calendar `{name}`", name=self.every)
            hint = say(
                "add `partial:` with whole_only (cut spans carry no obligation) or full_target (the full target in a "
                "cut span too)"
            )
        return Flaw("window.partial-undeclared", ("every",), message, hint)

    def _no_window(self) -> Flaw:
        if self.by_days():
            message, hint = say("no day of the period is left"), say("look at `on:` and `except:`")
        elif self.chooses():
            message, hint = say("no window of the period is left"), say("look at `on:`, `except:` and `touched:`")
        elif self.steps() is None:
            message = say("no span of the calendar `{name}` lies in the period", name=self.every)
            hint = say("look at the calendar's dates, or add `partial: full_target` for spans that the period cuts")
        else:
            message = say("no whole window of the unit `{unit}` lies in the period", unit=self.every)
            hint = say("choose a shorter unit, or another `partial:`")
        return Flaw("window.none", ("every",), message, hint)

    def _proportion_flaws(self, windows: tuple[Window, ...]) -> Iterator[Flaw]:
        for window in windows if self.partial == "prorate" else ():
            target = in_proportion(self.target(), window)
            if target.low is not None and target.high is not None and target.low > target.high:
                yield Flaw(
                    "window.prorate-empty",
                    ("partial",),
                    say(
                        "in proportion to its days, no number of times is enough and not too many in {window}",
                        window=window.label,
                    ),
                    say("choose another `partial:`, or a wider target"),
                )
                return

    def _cuts(self, context: Context) -> bool:
        """Whether the days that count cut a window."""
        span, steps = self.span(context), self.steps()
        if steps is None:
            return any(0 < len(one.cut(span)) < len(one) for one, _ in context.calendars[self.every].spans)
        number, unit = steps
        return not is_whole(span, unit, number, self._anchor())

    def _anchor(self) -> Day | None:
        return None if self.anchor is None else parse_day(self.anchor)

    def windows(self, context: Context) -> tuple[Window, ...]:
        """The windows that the target applies in."""
        span, steps = self.span(context), self.steps()
        if self.every == PERIOD:
            return (Window(span, span_label(span)),)
        if steps is None:
            return self._calendar_windows(context)
        number, unit = steps
        return tile(span, unit, self.partial, number, self._anchor())

    def _calendar_windows(self, context: Context) -> tuple[Window, ...]:
        span, calendar = self.span(context), context.calendars[self.every]
        days = (day for days in calendar.days().within(span).spans for day in days.days())
        found = calendar.spans or tuple((day_span(day), None) for day in days)
        ordered = sorted(found, key=lambda one: one[0])
        return tuple(_labelled(one, span, label) for one, label in ordered if self._belongs(one, span))

    def _belongs(self, one: Span, span: Span) -> bool:
        return bool(len(one.cut(span))) and (one.cut(span) == one or self.partial != "whole_only")

    def partition(self, context: Context) -> Partition:
        """The windows that the target applies in, as the plan has them."""
        steps = self.steps()
        if self.every == PERIOD:
            return Whole()
        if steps is None or self.by_days():
            return Listed(self.windows(context))
        number, unit = steps
        return Calendar(unit, self.partial, number, self._anchor())

    def check(self, context: Context, measure: Measure, attribution: Attribution = STARTS) -> Check:
        """The measure must lie in the target in the windows."""
        need = self.need or All()
        return Check(self.span(context), self.partition(context), measure, self.target(), need, attribution)

    def often(self) -> Message:
        """When the target applies, in words: `every month`, `every Monday from 1 April to 30 June`."""
        if self.every == PERIOD:
            return self.over()
        every = self.each_window()
        if self.anchor is not None:
            every = say("{often} (counted from the one with {day})", often=every, day=Date(self.anchor))
        return self.in_part(need_words(cut_words(every, self.partial), self.need))

    def each_window(self) -> Message:
        """The windows in words: `every month`."""
        steps = self.steps()
        if self.every in BUILTIN:
            return say("every {days}", days=day_words(self.every))
        if steps is None:
            return say("in every span of the calendar `{calendar}`", calendar=self.every)
        return unit_words(*steps)

    def sentence(self, rule: Message, *, windows: bool | None = None) -> Message:
        """The rule with its condition and with when a day begins."""
        return super().sentence(rule, windows=self.has_windows() if windows is None else windows)

    def readings(self, context: Context) -> Iterator[Message]:
        """How the windows are counted, and that each stands for itself."""
        yield from super().readings(context)
        if not self.has_windows():
            return
        if self.need is None:
            yield say("every window stands for itself: more in one makes up for nothing in another")
        steps = self.steps()
        if steps is not None and steps[0] > 1 and self.anchor is None and self.partial != "anchor_period":
            yield say("the windows are counted from the one that the first day lies in")
        if self.partial == "prorate":
            yield say("in cut windows a lower bound is rounded up and an upper one down")


def _labelled(one: Span, span: Span, label: str | None) -> Window:
    """The window of a calendar's span, cut where the days that count end."""
    cut = one.cut(span)
    days = span_label(cut)
    return Window(cut, days if label is None else say("{label} ({days})", label=label, days=days))
