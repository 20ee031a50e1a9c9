"""Why a commitment stands as it does: plain sentences that name the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from promisekit.engine.observations import Counted, Outcome, Phase, Reason
from promisekit.plan.nodes import Assess, Calendar, Check, InTime, Node, Ratio
from promisekit.report import terms
from promisekit.report.assessed import of_assessments
from promisekit.report.evidence import Teller, days_of, doubt, untouched
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Verdict, WindowResult
from promisekit.windows import Day, Unit
from promisekit.words import Message, say, sequence

NAMED_AT_MOST = 6
"""So many windows are named in a sentence; the table has all of them."""
ROWS_AT_MOST = 3
"""So many rows are named in a sentence; the list has all of them."""


def why(node: Node, result: CommitmentResult, parties: Mapping[str, str], teller: Teller) -> Iterator[Message]:
    """The sentences, the most important first. `parties`: the names of the parties by id."""
    if result.waived is not None:
        yield say("The commitment was set aside on {date}.", date=day_of(result.waived.date))
    elif isinstance(node, Assess):
        yield from of_assessments(node, result, parties)
    elif isinstance(node.measure, Ratio):
        yield from _of_share(node, result, teller)
    elif isinstance(node.partition, Calendar) and len(result.windows) > 1:
        yield from _of_windows(node, result, node.partition.unit, teller)
    else:
        yield from _of_one_window(node, result, teller)


def in_time(node: Node) -> bool:
    """Whether the commitment is about something that is followed by something else before a deadline."""
    return (
        isinstance(node, Check)
        and isinstance(node.measure, Ratio)
        and any(isinstance(way, InTime) for way in node.measure.part.on)
    )


def numbers(node: Node, result: CommitmentResult) -> Message | None:
    """The figures in as few words as can be: `4 (at least 3)`, `2 of 3 months`, `6 of 7 weeks so far`, `6 of 7`."""
    if isinstance(node, Assess):
        return None
    if isinstance(node.partition, Calendar) and len(result.windows) > 1:
        return _numbers_of_windows(result, node.partition.unit)
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


def _numbers_of_windows(result: CommitmentResult, unit: Unit) -> Message:
    past, kept = _past(result), len(_with(result.windows, Verdict.KEPT))
    if past == len(result.windows):
        return say("{kept} of {windows}", kept=kept, windows=terms.number_of(unit, past))
    if past:
        return say("{kept} of {windows} so far", kept=kept, windows=terms.number_of(unit, past))
    shown = result.target or result.windows[0].target
    return say("{target} {every}", target=terms.target(shown), every=terms.every(unit))


def _of_one_window(check: Check, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
    window = result.windows[0]
    target = terms.target(window.target)
    if window.verdict is not Verdict.OPEN:
        yield _counted(window, target)
    elif window.phase is Phase.FUTURE:
        yield say("The time begins on {day}; the target is {target}.", day=day_of(window.span.start), target=target)
    elif terms.waits(window):
        yield _so_far(window, target)
    else:
        yield _counted(window, target)
    if window.verdict is Verdict.OPEN and window.phase is not Phase.FUTURE:
        yield from _causes(check, result, [window], teller)


def _counted(window: WindowResult, target: Message) -> Message:
    if _forbidden(window):
        return say("It must not occur; we count {occasions}.", occasions=_occasions(window))
    return say("We count {occasions}; the target is {target}.", occasions=_occasions(window), target=target)


def _forbidden(window: WindowResult) -> bool:
    """Whether what is counted must not occur at all."""
    return window.target.unit == "event" and window.target.max == 0


def _so_far(window: WindowResult, target: Message) -> Message:
    last = day_of(window.span.last)
    if _forbidden(window):
        return say("{low} so far; it must not occur until {day}.", low=window.low, day=last)
    if window.target.min is None or window.low >= window.target.min:
        return say("{low} so far; the target is {target} until {day}.", low=window.low, target=target, day=last)
    if not window.low:
        return say(
            "{low} of {target} so far; {n} is needed by {day}.",
            "{low} of {target} so far; {n} are needed by {day}.",
            low=window.low,
            target=target,
            n=int(window.target.min),
            day=last,
        )
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


def _causes(
    check: Check, result: CommitmentResult, windows: Sequence[WindowResult], teller: Teller
) -> Iterator[Message]:
    """Why it cannot be said of these windows, and which rows are to blame."""
    reasons = {reason for window in windows for reason in window.reasons}
    if Reason.UNCOVERED in reasons:
        yield say("The log does not cover all of the time, so there may be more than it shows.")
    if Reason.IMPRECISE not in reasons:
        return
    unsure = [window for window in windows if Reason.IMPRECISE in window.reasons]
    rows = _possible_in(unsure, result)
    if rows:
        number = len(rows) + result.evidence.possible_total - len(result.evidence.possible)
        named = [
            say("{row} ({doubt})", row=teller.cite(row.event), doubt=doubt(check, row.event, result, teller))
            for row in rows[:ROWS_AT_MOST]
        ]
        more = (say("{n} more", n=number - len(named)),) if number > len(named) else ()
        yield say(
            "{n} row in the log cannot be told for certain: {rows}.",
            "{n} rows in the log cannot be told for certain: {rows}.",
            n=number,
            rows=sequence((*named, *more)),
        )
    else:
        yield say("Some dates in the log are too imprecise to tell.")


def _possible_in(windows: Sequence[WindowResult], result: CommitmentResult) -> list[Counted]:
    """The rows that may count in one of the windows."""
    indices = {number for number, window in enumerate(result.windows) if window in windows}
    return [
        row
        for row in result.evidence.possible
        if row.window in indices or any(len(days_of(row.event).cut(window.span)) for window in windows)
    ]


def _of_windows(check: Check, result: CommitmentResult, unit: Unit, teller: Teller) -> Iterator[Message]:
    yield _kept_windows(result, unit)
    broken = _with(result.windows, Verdict.BROKEN)
    if broken:
        yield say("Not met: {windows}.", windows=_listed(broken))
    unsure = [one for one in _with(result.windows, Verdict.OPEN) if not _ahead(one)]
    if unsure:
        yield say("Cannot be said: {windows}.", windows=_listed(unsure))
        yield from _causes(check, result, unsure, teller)
    if result.remaining:
        first = min(result.remaining, key=lambda left: left.by)
        if untouched(result, first):
            yield say(
                "Next: {n} is needed by {day}.", "Next: {n} are needed by {day}.", n=first.need, day=day_of(first.by)
            )
        else:
            yield say(
                "Next: {n} more is needed by {day}.",
                "Next: {n} more are needed by {day}.",
                n=first.need,
                day=day_of(first.by),
            )


def _kept_windows(result: CommitmentResult, unit: Unit) -> Message:
    """In how many windows the target is met, of those that are over or already decided."""
    shown, past = result.target or result.windows[0].target, _past(result)
    every, target = terms.every(unit), terms.target(shown)
    kept, left = len(_with(result.windows, Verdict.KEPT)), len(result.windows) - past
    if all(window.phase is Phase.FUTURE for window in result.windows):
        begins = day_of(result.windows[0].span.start)
        return say("The time begins on {day}; the target is {target} {every}.", day=begins, target=target, every=every)
    if not past:
        return say(
            "The target is {target} {every}, with {left} left.",
            target=target,
            every=every,
            left=terms.number_of(unit, left),
        )
    if left:
        return say(
            "The target is {target} {every}; so far it is met in {kept} of {windows}, with {left} left.",
            target=target,
            every=every,
            kept=kept,
            windows=terms.number_of(unit, past),
            left=terms.number_of(unit, left),
        )
    return say(
        "The target is {target} {every}; it is met in {kept} of {windows}.",
        target=target,
        every=every,
        kept=kept,
        windows=terms.number_of(unit, past),
    )


def _past(result: CommitmentResult) -> int:
    """How many windows are over or already decided."""
    return sum(window.verdict is not Verdict.OPEN or not _ahead(window) for window in result.windows)


def _ahead(window: WindowResult) -> bool:
    return window.phase is Phase.FUTURE or terms.waits(window)


def _with(windows: Sequence[WindowResult], verdict: Verdict) -> list[WindowResult]:
    return [window for window in windows if window.verdict is verdict]


def _listed(windows: Sequence[WindowResult]) -> Message:
    named = [say("{window} ({count})", window=one.label, count=count(one)) for one in windows[:NAMED_AT_MOST]]
    if len(windows) > NAMED_AT_MOST:
        named.append(say("{n} more", n=len(windows) - NAMED_AT_MOST))
    return sequence(tuple(named))


def _of_share(check: Check, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
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
        yield from _causes(check, result, [window], teller)


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
