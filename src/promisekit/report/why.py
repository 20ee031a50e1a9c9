"""Why a commitment stands as it does: plain sentences that name the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from promisekit.engine.observations import Phase
from promisekit.plan.amounts import amount, figure, spoken
from promisekit.plan.nodes import Assess, Check, Gap, KOfN, Latest, Node, Until, When
from promisekit.plan.windows import averaged
from promisekit.report import terms
from promisekit.report.assessed import of_assessments
from promisekit.report.causes import causes
from promisekit.report.composed import of_parts, of_trigger
from promisekit.report.figures import many, owed, shown_unit
from promisekit.report.measures import arithmetic, counted
from promisekit.report.recurring import of_windows
from promisekit.report.shares import of_share
from promisekit.report.teller import Teller, days_of
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Status, Verdict, WindowResult
from promisekit.words import Message, say, sequence

DAYS_AT_MOST = 3
"""So many days are named in a sentence."""


def why(node: Node, result: CommitmentResult, parties: Mapping[str, str], teller: Teller) -> Iterator[Message]:
    """The sentences, the most important first. `parties`: the names of the parties by id."""
    if result.waived is not None:
        yield say("The commitment was set aside on {date}.", date=day_of(result.waived.date))
        return
    if isinstance(node, When) and result.trigger is not None:
        yield from of_trigger(node, result.trigger)
        if result.verdict is Verdict.NOT_APPLICABLE:
            return
    match owed(node):
        case Assess() as assess:
            yield from of_assessments(assess, result, parties)
        case KOfN() as whole:
            yield from of_parts(whole, result)
        case Check() as check if many(check, result.windows):
            yield from of_windows(node, check, result, teller)
        case Check() as check if spoken(check) == "share":
            yield from of_share(node, check, result, teller)
        case Check() as check:
            yield from _of_one_window(node, check, result, teller)


def _of_one_window(node: Node, check: Check, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
    window = result.windows[0]
    target = terms.target(window.target, shown_unit(check))
    if window.verdict is not Verdict.OPEN:
        yield _counted(check, result, window, target)
    elif window.phase is Phase.FUTURE:
        yield say("The time begins on {day}; the target is {target}.", day=day_of(window.span.start), target=target)
    elif terms.waits(window):
        yield _so_far(check, result, window, target)
    else:
        yield _counted(check, result, window, target)
    yield from _average(check, window)
    if isinstance(check.partition, Until) and window.verdict is not Verdict.KEPT:
        yield from _late(result)
    if window.verdict is Verdict.OPEN and window.phase is not Phase.FUTURE:
        yield from causes(node, result, [window], teller)


def _average(check: Check, window: WindowResult) -> Iterator[Message]:
    """What was counted as an average, and what is asked for."""
    number, unit = averaged(check), shown_unit(check)
    if number is None or check.average is None or window.low != window.high:
        return
    yield say(
        "That is {average} {every} on average ({total} divided by {number}).",
        average=amount(Fraction(window.low) / number, unit),
        every=terms.every(check.average),
        total=amount(window.low, unit),
        number=figure(number),
    )


def _counted(check: Check, result: CommitmentResult, window: WindowResult, target: Message) -> Message:
    told = arithmetic(check, result, window, target)
    if told is not None:
        return told
    occasions = counted(window, spoken(check))
    if _forbidden(window):
        return say("It must not occur; we count {occasions}.", occasions=occasions)
    return say("We count {occasions}; the target is {target}.", occasions=occasions, target=target)


def _forbidden(window: WindowResult) -> bool:
    """Whether what is counted must not occur at all."""
    return window.target.unit == "event" and window.target.max == 0


def _so_far(check: Check, result: CommitmentResult, window: WindowResult, target: Message) -> Message:
    last, unit, least = day_of(window.span.last), shown_unit(check), window.target.min
    low = amount(window.low, unit)
    if _forbidden(window):
        return say("{low} so far; it must not occur until {day}.", low=low, day=last)
    told = arithmetic(check, result, window, target)
    if told is not None and (least is None or isinstance(check.measure, Latest | Gap)):
        return told
    if least is None or window.low >= least:
        return say("{low} so far; the target is {target} until {day}.", low=low, target=target, day=last)
    if unit != "event":
        return say(
            "{low} of {target} so far; {more} more is needed by {day}.",
            low=low,
            target=target,
            more=amount(least - window.low, unit),
            day=last,
        )
    if not window.low:
        return say(
            "{low} of {target} so far; {n} is needed by {day}.",
            "{low} of {target} so far; {n} are needed by {day}.",
            low=low,
            target=target,
            n=figure(least),
            day=last,
        )
    return say(
        "{low} of {target} so far; {n} more is needed by {day}.",
        "{low} of {target} so far; {n} more are needed by {day}.",
        low=low,
        target=target,
        n=figure(least - window.low),
        day=last,
    )


def _late(result: CommitmentResult) -> Iterator[Message]:
    """What came after the last day, of something that had one."""
    late = [days_of(one.miss.event).start for one in result.near_misses if one.miss.failed == "deadline"]
    if not late:
        return
    named = tuple(day_of(day) for day in sorted(late)[:DAYS_AT_MOST])
    more = (say("{n} more", n=len(late) - len(named)),) if len(late) > len(named) else ()
    days = sequence((*named, *more))
    if result.status is Status.KEPT_LATE:
        yield say("It was done too late: {days}.", days=days)
    else:
        yield say("Too late: {days}.", days=days)
