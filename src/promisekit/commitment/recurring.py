"""Windows of any sort: those that a period is cut into, or single days that are chosen by weekday and calendar."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.days import ChosenDays
from promisekit.commitment.every import Windowed
from promisekit.windows import Window
from promisekit.words import Message, say


class Recurring(ChosenDays, Windowed):
    """A target that holds in every window; `every: day` may choose among the days."""

    def names_known(self, context: Context) -> bool:
        """Whether every calendar that windows are chosen by is there."""
        return all(name in context.calendars for name in self.except_ or ())

    def by_days(self) -> bool:
        """Whether the windows are single days that are chosen by weekday or calendar."""
        return self.on is not None or self.except_ is not None

    def _needless(self) -> Iterator[Flaw]:
        for key, given in (("on", self.on), ("except", self.except_)):
            if given is not None and self.steps() != (1, "day"):
                message = say(
                    "`{key}` chooses days, and `every: {every}` has no days to choose from", key=key, every=self.every
                )
                hint = say(
                    "write `every: day`; or choose among the events, with `weekday` or `calendar` in the activity"
                )
                yield Flaw("window.days-needed", (key,), message, hint, at_key=True)
        yield from super()._needless()

    def windows(self, context: Context) -> tuple[Window, ...]:
        """The windows that the target applies in."""
        return self.day_windows(context) if self.by_days() else super().windows(context)

    def each_window(self) -> Message:
        """The windows in words: `every Monday`."""
        return self.each_day() if self.by_days() else super().each_window()

    def readings(self, context: Context) -> Iterator[Message]:
        """How the windows are counted, and which days are days like all others."""
        yield from super().readings(context)
        if self.by_days() or self.every == "day":
            yield from self.day_readings()
