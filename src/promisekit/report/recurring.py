"""How a commitment stands that applies in many windows: how many are met, which are not, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promisekit.engine.observations import Phase
from promisekit.plan.amounts import amount, exact, figure
from promisekit.plan.nodes import All, Check, Node, ShareOf
from promisekit.report import terms
from promisekit.report.causes import causes
from promisekit.report.evidence import untouched
from promisekit.report.figures import ahead, alive, count, needed, past, shown_unit, target_of, with_verdict
from promisekit.report.shares import late, waiting
from promisekit.report.teller import Teller
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Remaining, Verdict, WindowResult
from promisekit.words import Message, say, sequence

NAMED_AT_MOST = 6
"""So many windows are named in a sentence; the table has all of them."""


def of_windows(node: Node, check: Check, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
    """The sentences, the most important first."""
    if result.verdict is Verdict.NOT_APPLICABLE:
        yield say("Nothing happened that the commitment applies to.")
        return
    unit = shown_unit(check)
    yield _kept(check, result)
    yield from _need(check, result)
    broken = with_verdict(result.windows, Verdict.BROKEN)
    if broken:
        yield say("Not met: {windows}.", windows=listed(broken, unit))
    unsure = [one for one in with_verdict(result.windows, Verdict.OPEN) if not ahead(one)]
    if unsure:
        yield say("Cannot be said: {windows}.", windows=listed(unsure, unit))
        yield from causes(node, result, unsure, teller)
    out = len(result.windows) - len(alive(result.windows))
    if out:
        yield say("It did not apply in {windows}.", windows=terms.number_of(check.partition, out))
    if unit == "share":
        yield from late(result)
        yield from waiting(check, result, teller)
    elif result.remaining:
        yield _next(result, min(result.remaining, key=lambda left: left.by), unit)


def _next(result: CommitmentResult, left: Remaining, unit: str) -> Message:
    day = day_of(left.by)
    if unit != "event":
        if untouched(result, left):
            return say("Next: {need} needed by {day}.", need=amount(left.need, unit), day=day)
        return say("Next: {need} more needed by {day}.", need=amount(left.need, unit), day=day)
    if untouched(result, left):
        return say("Next: {n} is needed by {day}.", "Next: {n} are needed by {day}.", n=figure(left.need), day=day)
    return say(
        "Next: {n} more is needed by {day}.", "Next: {n} more are needed by {day}.", n=figure(left.need), day=day
    )


def _kept(check: Check, result: CommitmentResult) -> Message:
    """In how many windows the target is met, of those that are over or already decided."""
    windows = alive(result.windows)
    gone = len(past(windows))
    every, target = terms.every(check.partition), target_of(check, result)
    kept, left = len(with_verdict(windows, Verdict.KEPT)), len(windows) - gone
    if all(window.phase is Phase.FUTURE for window in windows):
        begins = day_of(windows[0].span.start)
        return say("The time begins on {day}; the target is {target} {every}.", day=begins, target=target, every=every)
    if not gone:
        return say(
            "The target is {target} {every}, with {left} left.",
            target=target,
            every=every,
            left=terms.number_of(check.partition, left),
        )
    if left:
        return say(
            "The target is {target} {every}; so far it is met in {kept} of {windows}, with {left} left.",
            target=target,
            every=every,
            kept=kept,
            windows=terms.number_of(check.partition, gone),
            left=terms.number_of(check.partition, left),
        )
    return say(
        "The target is {target} {every}; it is met in {kept} of {windows}.",
        target=target,
        every=every,
        kept=kept,
        windows=terms.number_of(check.partition, gone),
    )


def _need(check: Check, result: CommitmentResult) -> Iterator[Message]:
    """How many windows are enough, where not all are needed."""
    live = len(alive(result.windows))
    number, windows = needed(check.need, live), terms.number_of(check.partition, live)
    if isinstance(check.need, ShareOf):
        yield say(
            "Needed are {share} of {windows}, which is {number}.",
            share=exact(check.need.share),
            windows=windows,
            number=number,
        )
    elif not isinstance(check.need, All):
        yield say("Needed are {number} of {windows}.", number=number, windows=windows)


def listed(windows: Sequence[WindowResult], unit: str) -> Message:
    """Windows by name, each with what was counted in it."""
    named = [say("{window} ({count})", window=_name(one), count=count(one, unit)) for one in windows[:NAMED_AT_MOST]]
    if len(windows) > NAMED_AT_MOST:
        named.append(say("{n} more", n=len(windows) - NAMED_AT_MOST))
    return sequence(tuple(named))


def _name(window: WindowResult) -> Message:
    """A window by its label; a slot by its day, since the rule tells its hours."""
    fields = dict(window.label.fields)
    if window.clock is not None and "weekday" in fields and "date" in fields:
        return say("{weekday} {date}", weekday=fields["weekday"], date=fields["date"])
    return window.label
