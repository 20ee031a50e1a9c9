"""The keys that cut a period into calendar windows, and what happens to windows that the period cuts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.target import Targeted
from promisekit.plan.nodes import Calendar, Partition, Whole
from promisekit.plan.windows import in_proportion
from promisekit.windows import Partial, Span, Unit, is_whole, tile
from promisekit.words import Message, say

Every = Literal[Unit, "period"]


class Recurring(Targeted):
    """A target that holds in every window of a calendar, or (`period`) once over all of it."""

    every: Every = Field(
        description="In every one of these windows, or `period` for one window over all of it. "
        "| I vart och ett av dessa fönster, eller `period` för ett enda över hela perioden."
    )
    partial: Partial | None = Field(
        None,
        description="What applies in windows that the period cuts. | Vad som gäller i fönster som perioden skär av.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Cut windows without a choice, or no window left."""
        yield from super().flaws(context)
        yield from self._window_flaws(context.period)

    def _window_flaws(self, period: Span) -> Iterator[Flaw]:
        if self.every == "period":
            return
        if not is_whole(period, self.every) and self.partial is None:
            yield Flaw(
                "window.partial-undeclared",
                ("every",),
                say("the period is not a whole number of windows of the unit `{unit}`", unit=self.every),
                say(
                    "add `partial:` with whole_only (cut windows carry no obligation), full_target (the full number "
                    "in a cut window too), prorate (in proportion to its days) or anchor_period (count windows from "
                    "the period's first day)"
                ),
            )
            return
        windows = tile(period, self.every, self.partial)
        if not windows:
            yield Flaw(
                "window.none",
                ("every",),
                say("no whole window of the unit `{unit}` lies in the period", unit=self.every),
                say("choose a shorter unit, or another `partial:`"),
            )
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

    def partition(self) -> Partition:
        """The windows that the target applies in."""
        return Whole() if self.every == "period" else Calendar(self.every, self.partial)

    def often(self) -> Message:
        """When the target applies, in words: `every month`."""
        if self.every == "period":
            return say("during the period")
        words: dict[Unit, Message] = {
            "day": say("every day"),
            "week": say("every week"),
            "month": say("every month"),
            "quarter": say("every quarter"),
            "half_year": say("every half-year"),
            "year": say("every year"),
        }
        cut: dict[Partial, Message] = {
            "whole_only": say("{often} (only whole ones)", often=words[self.every]),
            "full_target": say("{often} (the full number in cut ones too)", often=words[self.every]),
            "prorate": say("{often} (in proportion to its days where the period cuts it)", often=words[self.every]),
            "anchor_period": say("{often}, counted from the first day of the period", often=words[self.every]),
        }
        return words[self.every] if self.partial is None else cut[self.partial]
