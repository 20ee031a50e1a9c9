"""How a check measures, in plain words: what is added up, compared or left out."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.plan.amounts import amount, length
from promisekit.plan.nodes import (
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    Hours,
    InTime,
    Latest,
    Quotient,
    Ratio,
    Sum,
    Until,
)
from promisekit.windows import Span, show_day
from promisekit.words import Date, Message, say

UNITS: dict[str, Message] = {
    "day": say("What is counted is on how many different days it begins"),
    "week": say("What is counted is in how many different weeks it begins"),
    "weekend": say("What is counted is on how many different weekends it begins"),
    "month": say("What is counted is in how many different months it begins"),
}


def measured(check: Check) -> Iterator[Message]:
    """The sentences; none where rows are simply counted."""
    match check.measure:
        case Count():
            pass
        case Distinct(unit=unit, column=column):
            yield (
                UNITS[unit]
                if unit
                else say(
                    "What is counted is how many different values there are in the column `{column}`",
                    column=column or "",
                )
            )
        case Sum(column=column):
            yield say("What is counted is the sum of the column `{column}`", column=column)
        case Duration() as duration:
            yield from _duration(duration)
        case Gap():
            yield say("What is counted is the longest time in days from one to the next")
        case Latest() as latest:
            yield from _latest(latest)
        case Ratio() as ratio:
            yield from _ratio(ratio)
        case Quotient(above=above, below=below):
            yield say(
                "What is counted is the sum of the column `{above}` as a share of the sum of the column `{below}`",
                above=above,
                below=below,
            )
    if isinstance(check.partition, Until):
        yield say("What comes after the last day is late, and is told as late")


def _duration(measure: Duration) -> Iterator[Message]:
    if measure.total == "union":
        yield say("What is counted is the time it goes on; time at which several go on counts once")
    elif measure.weight is None:
        yield say("What is counted is the time it goes on; each of several at the same time counts")
    else:
        yield say("What is counted is the time it goes on, times the number in `{column}`", column=measure.weight)


def _latest(measure: Latest) -> Iterator[Message]:
    yield say("What is counted is the value in `{column}` of the latest row", column=measure.column)
    if measure.low is not None and measure.high is not None:
        yield say("Its uncertainty stands in `{low}` and `{high}`", low=measure.low, high=measure.high)
    if measure.baseline is None:
        return
    before = _baseline(measure.baseline) if isinstance(measure.baseline, Span) else amount(measure.baseline, "value")
    if measure.compared == "percent":
        yield say("It is compared with {before}: what was added to it, in per cent of it", before=before)
    else:
        yield say("It is compared with {before}: what was added to it", before=before)


def _baseline(span: Span) -> Message:
    first, last = Date(show_day(span.start)), Date(show_day(span.last))
    return say("the latest one of {first} – {last}", first=first, last=last)


def _ratio(measure: Ratio) -> Iterator[Message]:
    if measure.weight is not None:
        yield say("Each counts as many times as the number in `{column}` says", column=measure.weight)
    for column in measure.excuses:
        yield say(
            "Left out is what has a date in `{column}` by its deadline, unless it was answered on that day or before",
            column=column,
        )
    for way in measure.part.on:
        if isinstance(way, InTime) and isinstance(way.deadline, Hours):
            yield _hours(way.deadline)


def _hours(deadline: Hours) -> Message:
    if deadline.clock == "weekdays":
        return say(
            "{length} are counted by a clock that stands still on Saturdays, Sundays and public holidays",
            length=length(deadline.seconds),
        )
    return say("{length} are counted by a clock that never stands still", length=length(deadline.seconds))
