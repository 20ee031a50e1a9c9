"""Windows of any sort, some of which may be left out: days that are chosen by weekday and calendar, or weeks, months
and spans of a calendar that lie in the days of another one or outside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace
from pydantic import Field

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.days import WEEKDAYS, ChosenDays, left_out_words
from promisekit.commitment.every import PERIOD, Windowed
from promisekit.plan.nodes import Calendar, Partition
from promisekit.windows import Window
from promisekit.words import Message, say, sequence

NAMED_AT_MOST = 12
"""So many windows are named in a sentence."""


class Recurring(ChosenDays, Windowed):
    """A target that holds in every window; calendars may choose among them."""

    touched: Literal["left_out", "full_target"] | None = Field(
        None,
        description="What applies in windows longer than a day that `on` or `except` chooses only a part of: nothing "
        "(`left_out`), or the full target. | Vad som gäller i fönster längre än en dag som `on` eller `except` bara "
        "väljer en del av: ingenting (`left_out`) eller hela målet (`full_target`).",
    )

    def names_known(self, context: Context) -> bool:
        """Whether every calendar that windows are chosen by is there."""
        names = [*(self.except_ or ()), *(name for name in self.on or () if name.casefold() not in WEEKDAYS)]
        return all(name in context.calendars for name in names)

    def chooses(self) -> bool:
        """Whether some days are chosen, and others not."""
        return self.on is not None or self.except_ is not None

    def by_days(self) -> bool:
        """Whether the windows are single days that are chosen by weekday or calendar."""
        return self.chooses() and self.steps() == (1, "day")

    def _needless(self) -> Iterator[Flaw]:
        weekday = any(name.casefold() in WEEKDAYS for name in self.on or ())
        for key, given in (("on", self.on), ("except", self.except_)):
            no_days = self.every == PERIOD or (key == "on" and weekday)
            if given is not None and no_days and self.steps() != (1, "day"):
                message = say(
                    "`{key}` chooses days, and `every: {every}` has no days to choose from", key=key, every=self.every
                )
                hint = say(
                    "write `every: day`; or choose among the events, with `weekday` or `calendar` in the activity"
                )
                yield Flaw("window.days-needed", (key,), message, hint, at_key=True)
        if self.touched is not None and (not self.chooses() or self.by_days()):
            message = say("`touched` says what applies in windows of which only some days are chosen, and none is")
            yield Flaw("window.needless", ("touched",), message, say("remove `touched:`"), at_key=True)
        yield from super()._needless()

    def _window_flaws(self, context: Context) -> Iterator[Flaw]:
        found = list(super()._window_flaws(context))
        yield from found
        if found or self.by_days() or not self.chooses() or self.touched is not None:
            return
        cut = next((window for window, part in self._parts(context) if 0 < part < len(window.span)), None)
        if cut is not None:
            message = say("of {window}, only some days are chosen by `on` and `except`", window=cut.label)
            hint = say(
                "add `touched:` with left_out (nothing is asked for in such a window) or full_target (the full target "
                "is; only windows without a chosen day are left out)"
            )
            yield Flaw("window.touched-undeclared", ("on" if self.on else "except",), message, hint, at_key=True)

    def _parts(self, context: Context) -> Iterator[tuple[Window, int]]:
        """Every window, and how many of its days are chosen."""
        meant = frozenset(self.chosen(context))
        for window in super().windows(context):
            yield window, sum(day in meant for day in window.span.days())

    def _applies(self, window: Window, part: int) -> bool:
        return part > 0 and (part == len(window.span) or self.touched != "left_out")

    def windows(self, context: Context) -> tuple[Window, ...]:
        """The windows that the target applies in."""
        if self.by_days():
            return self.day_windows(context)
        if not self.chooses():
            return super().windows(context)
        return tuple(window for window, part in self._parts(context) if self._applies(window, part))

    def fallen(self, context: Context) -> tuple[Window, ...]:
        """The windows longer than a day that are left out."""
        if self.by_days() or not self.chooses():
            return ()
        return tuple(window for window, part in self._parts(context) if not self._applies(window, part))

    def partition(self, context: Context) -> Partition:
        """The windows that the target applies in, as the plan has them."""
        found = super().partition(context)
        if not isinstance(found, Calendar):
            return found
        return replace(found, left_out=tuple(window.span for window in self.fallen(context)))

    def each_window(self) -> Message:
        """The windows in words: `every Monday`, `every week without days of `lov``."""
        if self.by_days():
            return self.each_day()
        every = super().each_window()
        if not self.chooses():
            return every
        left_out = sequence(tuple(left_out_words(name) for name in self.except_ or ()))
        if not self.on:
            if self.touched == "left_out":
                return say("{every} without {days}", every=every, days=left_out)
            return say("{every} except those wholly in {days}", every=every, days=left_out)
        days = sequence(tuple(left_out_words(name) for name in self.on))
        if self.except_:
            days = say("{every} except {days}", every=days, days=left_out)
        if self.touched == "full_target":
            return say("{every} with {days}", every=every, days=days)
        return say("{every} wholly in {days}", every=every, days=days)

    def readings(self, context: Context) -> Iterator[Message]:
        """How the windows are counted, which of them are left out, and which days are days like all others."""
        yield from super().readings(context)
        if self.by_days() or self.every == "day":
            yield from self.day_readings()
        fallen = self.fallen(context)
        if fallen:
            named: list[Message] = [window.label for window in fallen[:NAMED_AT_MOST]]
            if len(fallen) > NAMED_AT_MOST:
                named.append(say("{n} more", n=len(fallen) - NAMED_AT_MOST))
            yield say("nothing is asked for in {windows}", windows=sequence(tuple(named)))
