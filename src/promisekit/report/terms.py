"""The report's vocabulary: the public words for statuses, windows, columns and targets."""

from __future__ import annotations

from promisekit.engine.observations import Phase, Reason
from promisekit.plan.amounts import target_words
from promisekit.plan.nodes import Calendar, Listed, Partition, Target
from promisekit.report.page import Mark
from promisekit.report.voice import Voice
from promisekit.selectors.telling import column_words
from promisekit.verdict.model import Status, TargetShown, Verdict, WindowResult
from promisekit.windows import Unit
from promisekit.words import Message, say

STATUS: dict[Status, tuple[Message, str]] = {
    Status.KEPT: (say("Kept"), "✓"),
    Status.KEPT_LATE: (say("Kept late"), "✓"),
    Status.PARTLY_KEPT: (say("Partly kept"), "◐"),
    Status.NOT_KEPT: (say("Not kept"), "✕"),
    Status.AWAITING_ASSESSMENT: (say("Awaiting assessment"), "…"),
    Status.CANNOT_BE_ASSESSED: (say("Cannot be assessed"), "?"),
    Status.AT_RISK: (say("At risk"), "!"),
    Status.ON_TRACK: (say("On track"), "→"),
    Status.NOT_STARTED: (say("Not started"), "○"),
    Status.NOT_APPLICABLE: (say("Not applicable"), "–"),
}
"""In the order in which a report lists them."""

MEANING: dict[Status, Message] = {
    Status.KEPT: say("The log shows that everything that was promised has been done."),
    Status.KEPT_LATE: say(
        "Everything was done, but some of it after its deadline. It counts as broken for that reason."
    ),
    Status.PARTLY_KEPT: say(
        "Not everything was done, but as large a share as the promise itself calls partly kept. It counts as broken."
    ),
    Status.NOT_KEPT: say("The log shows that what was promised was not done and no longer can be."),
    Status.AWAITING_ASSESSMENT: say(
        "Numbers cannot answer this: those whom the promise names have to judge it, and have not yet, or disagree."
    ),
    Status.CANNOT_BE_ASSESSED: say(
        "The time is over, but the log is not enough to say yes or no. That is not the same as not kept."
    ),
    Status.AT_RISK: say(
        "There is time left, but progress is too slow, a deadline is near, or nothing is left of what is allowed."
    ),
    Status.ON_TRACK: say("There is time left, and what has been done so far is enough to make it."),
    Status.NOT_STARTED: say("The time has not begun."),
    Status.NOT_APPLICABLE: say("Nothing happened that it applies to, or it was set aside for a stated reason."),
}

PROMISE: dict[Status, Message] = {
    Status.KEPT: say("The promise is kept."),
    Status.KEPT_LATE: say("The promise is kept, but late, and so counts as broken."),
    Status.PARTLY_KEPT: say("The promise is partly kept, and so counts as broken."),
    Status.NOT_KEPT: say("The promise is not kept."),
    Status.AWAITING_ASSESSMENT: say("The promise awaits assessment."),
    Status.CANNOT_BE_ASSESSED: say("It cannot be said whether the promise is kept."),
    Status.AT_RISK: say("The promise is at risk."),
    Status.ON_TRACK: say("The promise is on track."),
    Status.NOT_STARTED: say("The promise has not started to apply."),
    Status.NOT_APPLICABLE: say("The promise is not applicable."),
}

CONDITIONS: dict[str, Message] = {
    "period": say("day"),
    "window": say("time"),
    "deadline": say("deadline"),
    "order": say("order"),
    "end": say("end"),
}
"""What a near miss may fail besides the conditions of a selector."""

CALENDAR: dict[Unit, tuple[Message, Message]] = {
    "day": (say("every day"), say("{n} day", "{n} days", n=0)),
    "week": (say("every week"), say("{n} week", "{n} weeks", n=0)),
    "month": (say("every month"), say("{n} month", "{n} months", n=0)),
    "quarter": (say("every quarter"), say("{n} quarter", "{n} quarters", n=0)),
    "half_year": (say("every half-year"), say("{n} half-year", "{n} half-years", n=0)),
    "year": (say("every year"), say("{n} year", "{n} years", n=0)),
}


def status_mark(status: Status, voice: Voice) -> Mark:
    """The mark of a status."""
    word, sign = STATUS[status]
    return Mark(status.value, voice(word), sign)


def window_mark(window: WindowResult, voice: Voice) -> Mark:
    """The mark of one window."""
    match window.verdict:
        case Verdict.KEPT:
            return status_mark(Status.KEPT, voice)
        case Verdict.BROKEN:
            return status_mark(Status.NOT_KEPT, voice)
        case Verdict.NOT_APPLICABLE:
            return status_mark(Status.NOT_APPLICABLE, voice)
    if window.phase is Phase.FUTURE:
        return Mark("not_started", voice(say("Not begun")), "○")
    if waits(window):
        return Mark("running", voice(say("Under way")), "→")
    return Mark("cannot_be_assessed", voice(say("Cannot be said")), "?")


def waits(window: WindowResult) -> bool:
    """Whether time will tell: the window runs, or a deadline in it does."""
    return window.phase is Phase.RUNNING or Reason.RUNNING in window.reasons


def verdict_word(verdict: Verdict) -> Message:
    """The word for a verdict that has no status of its own (what it would have been)."""
    words = {
        Verdict.KEPT: say("Kept"),
        Verdict.BROKEN: say("Not kept"),
        Verdict.OPEN: say("Not yet decided"),
        Verdict.NOT_APPLICABLE: say("Not applicable"),
    }
    return words[verdict]


def column(name: str) -> Message:
    """A column (or another condition) by its everyday name; the author's own columns keep theirs."""
    return CONDITIONS.get(name) or column_words(name)


def target(shown: TargetShown, unit: str | None = None) -> Message:
    """A target in words: `at least 3`, `all of them`. `unit`: where more is known of it than its name."""
    return target_words(Target(shown.min, shown.max, shown.strict), unit or shown.unit)


def number_of(partition: Partition, number: int) -> Message:
    """`3 months`."""
    match partition:
        case Calendar(unit, number=1):
            return _number_of(unit, number)
        case Calendar(unit, number=units):
            length = _number_of(unit, units)
            return say("{n} period of {length}", "{n} periods of {length}", n=number, length=length)
        case Listed(windows) if any(window.clock is not None for window in windows):
            return say("{n} slot", "{n} slots", n=number)
        case Listed(windows) if all(len(window.span) == 1 for window in windows):
            return _number_of("day", number)
    return say("{n} period", "{n} periods", n=number)


def every(partition: Partition) -> Message:
    """`every month`."""
    match partition:
        case Calendar(unit, number=1):
            return CALENDAR[unit][0]
        case Calendar(unit, number=units):
            return say("every period of {length}", length=_number_of(unit, units))
        case Listed(windows) if any(window.clock is not None for window in windows):
            return say("in every slot")
        case Listed(windows) if all(len(window.span) == 1 for window in windows):
            return say("on every one of the days")
    return say("in every period")


def _number_of(unit: Unit, number: int) -> Message:
    counted = CALENDAR[unit][1]
    return Message(counted.sentence, counted.plural, (("n", number),))
