"""Windows in words, and in how many of them a rule is to be kept."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.commitment.base import Flaw
from promisekit.plan.amounts import exact
from promisekit.plan.nodes import AtLeast, Need, ShareOf
from promisekit.windows import Partial, Unit
from promisekit.words import Message, say


def unit_words(number: int, unit: Unit) -> Message:
    """`every month`, `in every window of 2 weeks`."""
    one: dict[Unit, Message] = {
        "day": say("every day"),
        "week": say("every week"),
        "month": say("every month"),
        "quarter": say("every quarter"),
        "half_year": say("every half-year"),
        "year": say("every year"),
    }
    if number == 1:
        return one[unit]
    several: dict[Unit, Message] = {
        "day": say("in every window of {n} day", "in every window of {n} days", n=number),
        "week": say("in every window of {n} week", "in every window of {n} weeks", n=number),
        "month": say("in every window of {n} month", "in every window of {n} months", n=number),
        "quarter": say("in every window of {n} quarter", "in every window of {n} quarters", n=number),
        "half_year": say("in every window of {n} half-year", "in every window of {n} half-years", n=number),
        "year": say("in every window of {n} year", "in every window of {n} years", n=number),
    }
    return several[unit]


def cut_words(often: Message, partial: Partial | None) -> Message:
    """What applies in windows that the period cuts, after the windows in words."""
    match partial:
        case None:
            return often
        case "whole_only":
            return say("{often} (only whole ones)", often=often)
        case "full_target":
            return say("{often} (the full number in cut ones too)", often=often)
        case "prorate":
            return say("{often} (in proportion to its days where the period cuts it)", often=often)
        case "anchor_period":
            return say("{often}, counted from the first day of the period", often=often)


def need_words(every: Message, need: Need | None) -> Message:
    """`every month (in at least 3 of them)`; just `every month` where it is all of them."""
    match need:
        case AtLeast(number):
            return say("{every} (in at least {n} of them)", "{every} (in at least {n} of them)", every=every, n=number)
        case ShareOf(share):
            return say("{every} (in at least {share} of them)", every=every, share=exact(share))
        case _:
            return every


def need_flaws(need: Need | None, number: int, key: str = "need") -> Iterator[Flaw]:
    """A number above that of the windows or members that there are."""
    if isinstance(need, AtLeast) and need.number > number:
        message = say("{n} of {of} can never be reached", n=need.number, of=number)
        yield Flaw("need.too-many", (key,), message, say("lower it; there are {n}", n=number))
