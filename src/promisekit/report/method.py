"""How the counting was done: what holds of this promise, where a reader could have thought otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from promisekit.plan.checks import checks_of, selects_of
from promisekit.plan.nodes import (
    All,
    Calendar,
    Check,
    Count,
    Distinct,
    Duration,
    Hours,
    InTime,
    Listed,
    Overlaps,
    Quotient,
    Ratio,
    Select,
    Sum,
    Until,
    Within,
)
from promisekit.plan.windows import windows_of
from promisekit.report.figures import relation_in
from promisekit.verdict.model import Evaluation
from promisekit.windows import show_clock
from promisekit.words import Message, say, sequence


def method(evaluation: Evaluation) -> Iterator[Message]:
    """The sentences, each of them once."""
    checks = list(checks_of(evaluation.plan).values())
    if checks:
        yield from _days(checks, evaluation.plan.zone.name)
        yield from _numbers([check for check in checks if _counts(check)])
        yield from _windows(checks)
        yield from _shares(checks)
        yield from _deadlines(checks)
        yield say(
            "Cancelled events do not count. Planned events, and rows that do not say enough, may count: "
            "they decide nothing until more is known."
        )
    yield say("A verdict is final when nothing that may still become known can change it. Only a correction can.")
    if any(one.outlook is not None for one in evaluation.result.commitments):
        yield from _forecast(checks)


def _days(checks: Sequence[Check], zone: str) -> Iterator[Message]:
    goes_on = any(isinstance(one.attribution, Overlaps) or isinstance(one.measure, Duration) for one in checks)
    selects = [select for check in checks for select in selects_of(check)]
    dated = any(select.dated is not None for select in selects)
    if all(_goes_on(one) for one in checks):
        yield say("Days are counted in the time zone {zone}.", zone=zone)
    elif goes_on or dated:
        yield say(
            "An event belongs to the day on which it starts, unless its commitment says otherwise. Days are counted in "
            "the time zone {zone}.",
            zone=zone,
        )
    else:
        yield say(
            "An event belongs to the day on which it starts. Days are counted in the time zone {zone}.", zone=zone
        )
    if any(isinstance(one.measure, Duration) for one in checks):
        yield say("Time is counted as it passes: the day on which clocks go forward has 23 hours.")
    yield from _mornings(selects)


def _goes_on(check: Check) -> bool:
    """Whether it is about the time at which something goes on, whenever it began."""
    return isinstance(check.attribution, Overlaps) or isinstance(check.measure, Duration)


def _mornings(selects: Sequence[Select]) -> Iterator[Message]:
    begins = sorted({select.day_begins for select in selects if select.day_begins})
    if not begins:
        return
    clocks = sequence(tuple(show_clock(second) for second in begins), "or")
    if all(select.day_begins for select in selects):
        yield say("A day begins at {clocks}: what is earlier belongs to the day before.", clocks=clocks)
    else:
        yield say(
            "For some commitments a day begins at {clocks}: what is earlier belongs to the day before.", clocks=clocks
        )


def _counts(check: Check) -> bool:
    """Whether a number of the promise is compared with what is counted."""
    slots = isinstance(check.partition, Listed) and any(window.clock for window in check.partition.windows)
    return isinstance(check.measure, Count | Distinct | Sum | Duration) and not slots


def _numbers(checks: Sequence[Check]) -> Iterator[Message]:
    least = any(one.target.low is not None and one.target.high is None for one in checks)
    if least and any(not isinstance(one.partition, Until) for one in checks):
        yield say("A number without “at least” is read as at least.")
    occasions = any(isinstance(one.measure, Count) and _more_than_one(one) for one in checks)
    different = any(isinstance(one.measure, Distinct) for one in checks)
    if occasions and different:
        yield say("Two occasions on one day are two occasions, unless the commitment says what else is counted.")
    elif occasions:
        yield say("Two occasions on one day are two occasions.")


def _more_than_one(check: Check) -> bool:
    """Whether it can matter that an occasion is one of several."""
    return check.target.high is not None or (check.target.low or 0) > 1


def _windows(checks: Sequence[Check]) -> Iterator[Message]:
    many = [one for one in checks if isinstance(one.partition, Calendar | Listed) and len(windows_of(one)) > 1]
    every = [one for one in many if isinstance(one.need, All) and _counts(one)]
    averages = any(one.average is not None for one in checks)
    if any(one.target.low is not None for one in every):
        yield (
            say("A number for each month, week or other window must be reached in every one of them.")
            if averages
            else say(
                "A number for each month, week or other window must be reached in every one of them; no average is "
                "taken."
            )
        )
    if any(one.target.high is not None for one in every):
        yield say("A highest number for each month, week or other window must not be exceeded in any of them.")
    if any(not isinstance(one.need, All) for one in many):
        yield say("Where a commitment says in how many windows it is to be kept, that many are enough.")
    if averages:
        yield say("An average is the total over the number of windows, where a cut one counts by its days.")


def _shares(checks: Sequence[Check]) -> Iterator[Message]:
    if any(_divides(one) for one in checks):
        yield say("Shares are compared exactly; only when they are shown are they rounded.")


def _divides(check: Check) -> bool:
    """Whether a share is asked for that is neither all nor nothing."""
    return isinstance(check.measure, Ratio | Quotient) and (_cut(check.target.low) or _cut(check.target.high))


def _cut(end: int | Fraction | None) -> bool:
    return end is not None and 0 < end < 1


def _waits(checks: Sequence[Check]) -> Iterator[InTime]:
    """Every way in which something must follow before a deadline."""
    for check in checks:
        relation = relation_in(check)
        for way in () if relation is None else relation.on:
            if isinstance(way, InTime):
                yield way


def _deadlines(checks: Sequence[Check]) -> Iterator[Message]:
    limits = [way.deadline for way in _waits(checks)]
    if any(isinstance(limit, Within) for limit in limits):
        yield say("A deadline does not count the day from which it runs. What comes on its last day is in time.")
    if any(isinstance(limit, Within) and limit.unit == "working_days" for limit in limits):
        yield say(
            "Working days are Monday to Friday, but for public holidays and the eves of Midsummer, Christmas and New "
            "Year."
        )
    if any(isinstance(limit, Hours) for limit in limits):
        yield say("A deadline in hours runs from the minute at which its event began.")


def _forecast(checks: Sequence[Check]) -> Iterator[Message]:
    paced = any(_counts(one) and one.target.low for one in checks)
    waits = any(_waits(checks))
    if paced and waits:
        yield say(
            "On track means that at least as much has been done as an even pace asks for by now, and that at least a "
            "quarter of the time remains of every deadline that waits. It is a forecast and never part of the verdict."
        )
    elif paced:
        yield say(
            "On track means that at least as much has been done as an even pace asks for by now. It is a forecast and "
            "never part of the verdict."
        )
    elif waits:
        yield say(
            "On track means that at least a quarter of the time remains of every deadline that waits. It is a forecast "
            "and never part of the verdict."
        )
    if any(_counts(one) and one.target.high for one in checks):
        yield say("What must not exceed a number is at risk once that number is reached.")
    if any(_divides(one) for one in checks):
        yield say("A share is at risk while what is decided so far does not meet it.")
