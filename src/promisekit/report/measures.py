"""The arithmetic of what is not simply counted: sums, hours, the longest gap, the latest value."""

from __future__ import annotations

from itertools import pairwise

from promisekit.engine.observations import Counted
from promisekit.plan.amounts import amount, between, figure, spoken
from promisekit.plan.nodes import Check, Distinct, Duration, Gap, Latest, Sum
from promisekit.report import terms
from promisekit.report.figures import open_end
from promisekit.report.teller import days_of
from promisekit.report.values import of_value
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, WindowResult
from promisekit.windows import Day, Span
from promisekit.words import Message, say


def counted(window: WindowResult, unit: str) -> Message:
    """What was counted, in a sentence: `3 occasions`, `2.5 hours so far`, `2 days, perhaps 3 days`."""
    if unit == "event":
        return _occasions(window)
    low = amount(window.low, unit)
    if open_end(window, unit) and terms.waits(window):
        return say("{n} so far", n=low)
    if window.high is None or open_end(window, unit):
        return say("{amount} or more", amount=low)
    if window.low != window.high:
        return say("{low}, perhaps {high}", low=low, high=amount(window.high, unit))
    return low


def _occasions(window: WindowResult) -> Message:
    low = figure(window.low)
    if open_end(window, "event") and terms.waits(window):
        return say("{n} occasion so far", "{n} occasions so far", n=low)
    if window.high is None or open_end(window, "event"):
        return say("{n} occasion or more", "{n} occasions or more", n=low)
    if window.low != window.high:
        return say("{n} occasion, perhaps {high}", "{n} occasions, perhaps {high}", n=low, high=figure(window.high))
    return say("{n} occasion", "{n} occasions", n=low)


def arithmetic(check: Check, result: CommitmentResult, window: WindowResult, target: Message) -> Message | None:
    """The sentence of a measure that has one of its own; None where events, days or values are counted."""
    unit = spoken(check)
    match check.measure:
        case Sum(column=column):
            bare = counted(window, "value")
            wanted = terms.target(window.target, "value")
            return say(
                "The sum of `{column}` is {sum}; the target is {target}.", column=column, sum=bare, target=wanted
            )
        case Duration(weight=str() as column):
            return say(
                "The time, times `{column}`, adds up to {length}; the target is {target}.",
                column=column,
                length=counted(window, unit),
                target=target,
            )
        case Duration():
            return say(
                "It went on for {length} in all; the target is {target}.", length=counted(window, unit), target=target
            )
        case Distinct(column=str()):
            return say("We count {occasions}; the target is {target}.", occasions=counted(window, unit), target=target)
        case Gap():
            return _gap(result, window, target)
        case Latest():
            return of_value(check, result, window)
    return None


def _gap(result: CommitmentResult, window: WindowResult, target: Message) -> Message:
    ends = longest(result, window)
    if terms.waits(window):
        return say(
            "The longest time from one to the next is so far {days} at least; the target is {target}.",
            days=amount(window.low, "day"),
            target=target,
        )
    days = between(window.low, window.high, "day")
    if ends is None:
        return say("The longest time from one to the next is {days}; the target is {target}.", days=days, target=target)
    return say(
        "The longest time from one to the next is {days}, {ends}; the target is {target}.",
        days=days,
        ends=_ends(ends, window),
        target=target,
    )


def _ends(ends: Span, window: WindowResult) -> Message:
    first, last = ends.start, ends.end
    if first < window.span.start and last >= window.span.end:
        return say("all of the time")
    if first < window.span.start:
        return say("from the beginning to {last}", last=day_of(last))
    if last >= window.span.end:
        return say("from {first} to the end", first=day_of(first))
    return say("from {first} to {last}", first=day_of(first), last=day_of(last))


def longest(result: CommitmentResult, window: WindowResult) -> Span | None:
    """The two days that the longest gap lies between; None where the rows that are told do not show it."""
    rows = result.evidence.counted
    if window.high is None or len(rows) < result.evidence.total:
        return None
    days = {found.start for found in map(_days, rows) if len(found) == 1 and found.start in window.span}
    marks = [Day(window.span.start - 1), *sorted(days), window.span.end]
    gaps = [Span(first, later) for first, later in pairwise(marks)]
    widest = max(gaps, key=len)
    return widest if len(widest) == window.high == window.low else None


def _days(row: Counted) -> Span:
    return days_of(row.event)
