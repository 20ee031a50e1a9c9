"""Why a commitment stands as it does: plain sentences that name the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from promisekit.engine.observations import Outcome, Phase, Reason
from promisekit.plan.nodes import Assess, Calendar, Check, InTime, Node, Ratio
from promisekit.report import terms
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Remaining, Verdict, WindowResult
from promisekit.windows import Day, Unit
from promisekit.words import Message, say, sequence

NAMED_AT_MOST = 6
"""So many windows are named in a sentence; the table has all of them."""


def why(node: Node, result: CommitmentResult, parties: Mapping[str, str]) -> Iterator[Message]:
    """The sentences, the most important first. `parties`: the names of the parties by id."""
    if result.waived is not None:
        yield say("The commitment was set aside on {date}.", date=day_of(result.waived.date))
    elif isinstance(node, Assess):
        yield from _of_assessments(node, result, parties)
    elif isinstance(node.measure, Ratio):
        yield from _of_share(node, result)
    elif isinstance(node.partition, Calendar) and len(result.windows) > 1:
        yield from _of_windows(node, result, node.partition.unit)
    else:
        yield from _of_one_window(result, result.windows[0])


def in_time(node: Node) -> bool:
    """Whether the commitment is about something that is followed by something else before a deadline."""
    return (
        isinstance(node, Check)
        and isinstance(node.measure, Ratio)
        and any(isinstance(way, InTime) for way in node.measure.part.on)
    )


def numbers(node: Node, result: CommitmentResult) -> Message | None:
    """The figures in as few words as can be: `4 (at least 3)`, `2 of 3 months`, `6 of 7`."""
    if isinstance(node, Assess):
        return None
    if isinstance(node.partition, Calendar) and len(result.windows) > 1:
        kept = _with(result.windows, Verdict.KEPT)
        return say(
            "{kept} of {windows}", kept=len(kept), windows=terms.number_of(node.partition.unit, len(result.windows))
        )
    window = result.windows[0]
    if window.of is not None:
        return count(window) if window.verdict is not Verdict.NOT_APPLICABLE else None
    return say("{count} ({target})", count=count(window), target=terms.target(window.target))


def count(window: WindowResult) -> Message:
    """What was counted in a window: `2`, `2–4`, `2 so far`, `2 or more`, and `6 of 7` for a share."""
    if window.of is not None and terms.waits(window) and (window.high is None or window.of.high is None):
        return say("{part} of {whole} so far", part=window.low, whole=window.of.low)
    if window.of is not None:
        of = _interval(window.of.low, window.of.high)
        return say("{part} of {whole}", part=_interval(window.low, window.high), whole=of)
    if window.high is None and terms.waits(window):
        return say("{n} so far", n=window.low)
    if window.high is None and window.phase is Phase.FUTURE:
        return say("{n}", n=window.low)
    return _interval(window.low, window.high)


def _interval(low: int, high: int | None) -> Message:
    if high is None:
        return say("{n} or more", n=low)
    return say("{n}", n=low) if low == high else say("{low}–{high}", low=low, high=high)


def needed(left: Remaining) -> Message:
    """`2 more by 31 May 2022`."""
    return say("{n} more by {day}", n=left.need, day=day_of(left.by))


def _of_one_window(result: CommitmentResult, window: WindowResult) -> Iterator[Message]:
    target = terms.target(window.target)
    if window.verdict is not Verdict.OPEN:
        yield say("We count {occasions}; the target is {target}.", occasions=_occasions(window), target=target)
    elif window.phase is Phase.FUTURE:
        yield say("The time begins on {day}; the target is {target}.", day=day_of(window.span.start), target=target)
    elif terms.waits(window):
        yield _so_far(window, target)
        yield from _causes(result, {Reason.UNCOVERED, Reason.IMPRECISE} & set(window.reasons))
    else:
        yield say("We count {occasions}; the target is {target}.", occasions=_occasions(window), target=target)
        yield from _causes(result, set(window.reasons))


def _so_far(window: WindowResult, target: Message) -> Message:
    last = day_of(window.span.last)
    if window.target.min is None or window.low >= window.target.min:
        return say("{low} so far; the target is {target} until {day}.", low=window.low, target=target, day=last)
    return say(
        "{low} of {target} so far; {n} more is needed by {day}.",
        "{low} of {target} so far; {n} more are needed by {day}.",
        low=window.low,
        target=target,
        n=int(window.target.min) - window.low,
        day=last,
    )


def _occasions(window: WindowResult) -> Message:
    if window.high is None and terms.waits(window):
        return say("{n} occasion so far", "{n} occasions so far", n=window.low)
    if window.high is None:
        return say("{n} occasion or more", "{n} occasions or more", n=window.low)
    if window.low != window.high:
        return say("{n} occasion, perhaps {high}", "{n} occasions, perhaps {high}", n=window.low, high=window.high)
    return say("{n} occasion", "{n} occasions", n=window.low)


def _causes(result: CommitmentResult, reasons: set[Reason]) -> Iterator[Message]:
    """Why it cannot be said."""
    if Reason.UNCOVERED in reasons:
        yield say("The log does not cover all of the time, so there may be more than it shows.")
    if Reason.IMPRECISE in reasons and result.evidence.possible_total:
        yield say(
            "{n} row in the log cannot be told for certain.",
            "{n} rows in the log cannot be told for certain.",
            n=result.evidence.possible_total,
        )
    elif Reason.IMPRECISE in reasons:
        yield say("Some dates in the log are too imprecise to tell.")


def _of_windows(check: Check, result: CommitmentResult, unit: Unit) -> Iterator[Message]:
    shown = result.target or result.windows[0].target
    kept, broken = _with(result.windows, Verdict.KEPT), _with(result.windows, Verdict.BROKEN)
    yield say(
        "The target is {target} {every}; it is met in {kept} of {windows}.",
        target=terms.target(shown),
        every=terms.every(unit),
        kept=len(kept),
        windows=terms.number_of(unit, len(result.windows)),
    )
    if broken:
        yield say("Not met: {windows}.", windows=_listed(broken))
    unsure = [one for one in _with(result.windows, Verdict.OPEN) if not _ahead(one)]
    if unsure:
        yield say("Cannot be said: {windows}.", windows=_listed(unsure))
        yield from _causes(result, {reason for window in unsure for reason in window.reasons})
    if result.remaining:
        first = min(result.remaining, key=lambda left: left.by)
        yield say(
            "Next: {n} more is needed by {day}.",
            "Next: {n} more are needed by {day}.",
            n=first.need,
            day=day_of(first.by),
        )


def _ahead(window: WindowResult) -> bool:
    return window.phase is Phase.FUTURE or terms.waits(window)


def _with(windows: Sequence[WindowResult], verdict: Verdict) -> list[WindowResult]:
    return [window for window in windows if window.verdict is verdict]


def _listed(windows: Sequence[WindowResult]) -> Message:
    named = [say("{window} ({count})", window=one.label, count=count(one)) for one in windows[:NAMED_AT_MOST]]
    if len(windows) > NAMED_AT_MOST:
        named.append(say("{n} more", n=len(windows) - NAMED_AT_MOST))
    return sequence(tuple(named))


def _of_share(check: Check, result: CommitmentResult) -> Iterator[Message]:
    window = result.windows[0]
    if result.verdict is Verdict.NOT_APPLICABLE:
        yield say("Nothing happened that the commitment applies to.")
        return
    if window.of is not None and window.of.high != 0 and window.of.low == 0 and result.verdict is Verdict.OPEN:
        yield say("Nothing has happened so far that the commitment applies to.")
    elif in_time(check):
        yield say(
            "Done in time: {count}. The target is {target}.", count=count(window), target=terms.target(window.target)
        )
    else:
        yield say(
            "As promised: {count}. The target is {target}.", count=count(window), target=terms.target(window.target)
        )
    late = sum(row.late is not None for row in result.evidence.counted)
    if late:
        yield say("{n} was done too late.", "{n} were done too late.", n=late)
    yield from _waiting(result)
    if result.verdict is Verdict.OPEN:
        yield from _causes(result, {Reason.UNCOVERED, Reason.IMPRECISE} & set(window.reasons))


def _waiting(result: CommitmentResult) -> Iterator[Message]:
    due: list[Day] = [
        row.due for row in result.evidence.counted if row.outcome is Outcome.PENDING and row.due is not None
    ]
    if due:
        yield say(
            "{n} still has time, until {day}.",
            "{n} still have time, the first of them until {day}.",
            n=len(due),
            day=day_of(min(due)),
        )


def _of_assessments(node: Assess, result: CommitmentResult, parties: Mapping[str, str]) -> Iterator[Message]:
    voices = [one for one in result.statements if not one.replaced and one.role in node.by and one.verdict is not None]
    names = {one.role: parties.get(one.role, one.role) for one in voices}
    if Reason.DISPUTED in result.reasons:
        told = tuple(
            say("{who}: {verdict}", who=names[one.role], verdict=terms.verdict_word(one.verdict))
            for one in voices
            if one.verdict is not None
        )
        yield say("The assessments contradict each other ({told}).", told=sequence(told))
    elif result.verdict is Verdict.OPEN:
        yield from _awaited(node, len(voices), parties)
    else:
        who, day = sequence(tuple(names.values())), day_of(max(one.date for one in voices))
        if result.verdict is Verdict.KEPT:
            yield say("{who} judged on {day} that it is kept.", who=who, day=day)
        else:
            yield say("{who} judged on {day} that it is not kept.", who=who, day=day)


def _awaited(node: Assess, have: int, parties: Mapping[str, str]) -> Iterator[Message]:
    judges = sequence(tuple(parties.get(role, role) for role in node.by), "or" if node.quorum == "any" else "and")
    if have:
        of = len(node.by) if node.quorum == "all" else node.quorum
        yield say("{n} of {of} assessments has been made.", "{n} of {of} assessments have been made.", n=have, of=of)
    else:
        yield say("Nobody has assessed it yet; it is for {judges} to do.", judges=judges)
