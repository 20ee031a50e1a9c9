"""Rows and near misses in words: one wording for every engine."""

from __future__ import annotations

from msgspec import Struct

from promisekit.engine.observations import EventRef
from promisekit.engine.tied import PLACE
from promisekit.events import Event
from promisekit.plan.nodes import Check, Duration, Overlaps
from promisekit.selectors.model import CALENDAR, CLOCK, EXCEPT, LENGTH, WEEKDAY, Condition, Except
from promisekit.selectors.telling import exception_words, selector_words
from promisekit.selectors.times import weekday_name
from promisekit.windows import AsOf, Day, Instant, Moment, Span, Window, Zone, show_clock, show_day, weekday
from promisekit.windows.length import length_words
from promisekit.words import Date, Message, say

DAY = 24 * 3600
MINUTE = 60


class Failing(Struct, frozen=True):
    """The one condition that fails: its name, what was found and what was wanted."""

    failed: str
    found: Message
    wanted: Message


CANCELLED = Failing("status", say("cancelled"), say("held"))
WITHOUT_END = Failing("end", say("no end recorded"), say("a recorded end"))


def ref_of(event: Event, start: Moment | None = None) -> EventRef:
    """The row to point at, with what it says of activity and place. `start` where a date of its own is meant."""
    label = ", ".join(event.texts[name] for name in ("activity", PLACE) if event.texts.get(name))
    return EventRef(event.source, event.file, event.row, event.id, (start or event.start).show(), label)


def when(moment: Moment) -> Message:
    """A moment in words: as exact as it is known."""
    if moment.clock is None and not moment.one_day:
        return span_words(Span(moment.first, Day(moment.last + 1)))
    return say("{date}", date=Date(moment.show()))


def span_words(span: Span) -> Message:
    """A span of days in words, both included."""
    return say("{first} – {last}", first=Date(show_day(span.start)), last=Date(show_day(span.last)))


def of_condition(condition: Condition, event: Event, as_of: AsOf | None = None) -> Failing:
    """A condition of a selector that the row fails. With `as_of`, in what is known then."""
    return Failing(condition.column, _found(condition.column, event, as_of), condition.wanted)


def _found(column: str, event: Event, as_of: AsOf | None) -> Message:
    if column == CLOCK and event.start.clock is not None:
        return say("{text}", text=show_clock(event.start.clock))
    if column in (WEEKDAY, CALENDAR, CLOCK):
        return when(event.start)
    if column == LENGTH:
        return _length(event, as_of)
    value, text = event.values.get(column), event.texts.get(column, "")
    later = as_of is not None and isinstance(value, Moment) and value.earliest >= as_of.until
    return say("{text}", text=text) if text and not later else say("nothing")


def _length(event: Event, as_of: AsOf | None) -> Message:
    """How long an event went on, where that is known; of what has not ended at the as-of, only that."""
    start, end = event.start, event.end
    if end is None:
        return WITHOUT_END.found
    if as_of is not None and end.latest >= as_of.until:
        return say("not ended yet")
    if start.clock is None or end.clock is None:
        return say("{first} – {last}", first=when(start), last=when(end))
    return length_words(max(0, end.earliest - start.latest))


def excepted(exception: Except) -> Failing:
    """A row that is meant but for an exception."""
    return Failing(EXCEPT, selector_words(exception.selector), exception_words(exception))


def outside(day: Day, span: Span) -> Failing:
    """A day that lies in no window; `span` is all of them."""
    return Failing("period", say("{date}", date=Date(show_day(day))), span_words(span))


def between_windows(day: Day, nearest: Message) -> Failing:
    """A day within the span of the windows, but in none of them; `nearest` is the label of the nearest one."""
    found = say("{weekday} {date}", weekday=weekday_name(weekday(day)), date=Date(show_day(day)))
    return Failing("window", found, nearest)


def elsewhere(event: Event, beside: Event) -> Failing:
    """A partner at another place than the row it should be beside."""
    found, wanted = event.texts.get(PLACE, ""), beside.texts.get(PLACE, "")
    return Failing(PLACE, say("{text}", text=found), say("{text}", text=wanted))


def apart(begins: float, ends: float, left_begins: float, left_ends: float, seconds: int) -> Failing:
    """A partner of the same day not there at the same time (instants) for so long; whole minutes, rounded up."""
    wanted = say("at the same time")
    if seconds > MINUTE:
        wanted = say("at the same time for at least {length}", length=length_words(seconds))
    return Failing(CLOCK, _how_apart(begins, ends, left_begins, left_ends), wanted)


def off_slot(begins: float, ends: float, slot: tuple[Instant, Instant], window: Window, check: Check) -> Failing:
    """An event that touches the day of a window of some hours, but is not there for long enough of it."""
    label, seconds = window.label, _presence(check)
    part = window.clock is not None and MINUTE < seconds < slot[1] - slot[0]
    wanted = say("at least {length} of {slot}", length=length_words(seconds), slot=label) if part else label
    return Failing(CLOCK, _how_apart(begins, ends, *slot), wanted)


def _presence(check: Check) -> int:
    """For how many seconds somebody should be there in every window; 0 where that is not asked."""
    match check.measure, check.attribution:
        case Duration(), _:
            return int(check.target.low or 0)
        case _, Overlaps(seconds):
            return seconds
    return 0


def _how_apart(begins: float, ends: float, left_begins: float, left_ends: float) -> Message:
    if ends <= left_begins:
        return say("ended {n} minute before", "ended {n} minutes before", n=_minutes(left_begins - ends))
    if begins >= left_ends:
        return say("began {n} minute after", "began {n} minutes after", n=_minutes(begins - left_ends))
    return say("overlapped too briefly")


def _minutes(seconds: float) -> int:
    """Whole minutes, rounded up."""
    return -(-int(seconds) // 60)


def too_early(event: Event, day: Day) -> Failing:
    """An answer before what it should answer. Only its day: a deadline is a day, and a clock may tell of persons."""
    return Failing("order", _days(event.start), say("{date} or later", date=Date(show_day(day))))


def too_late(event: Event, last: Day) -> Failing:
    """An answer after the deadline, or an event after the day by which it was promised."""
    return Failing("deadline", _days(event.start), say("by {day}", day=Date(show_day(last))))


def too_early_at(event: Event, begins: float, trigger: float) -> Failing:
    """An answer before the instant of what it should answer, where a deadline counts hours."""
    minutes = say("{n} minute before", "{n} minutes before", n=_minutes(trigger - begins))
    told = event.start.clock is not None and trigger - begins < DAY
    return Failing("order", minutes if told else _days(event.start), say("afterwards"))


def too_late_at(event: Event, begins: float, last: Instant, zone: Zone) -> Failing:
    """An answer after the last instant in time, where a deadline counts hours."""
    day, second = zone.wall(last)
    wanted = say("by {day}", day=Date(f"{show_day(day)}T{show_clock(second - second % 60)}"))
    minutes = say("{n} minute late", "{n} minutes late", n=_minutes(begins - last))
    told = event.start.clock is not None and begins - last < DAY
    return Failing("deadline", minutes if told else _days(event.start), wanted)


def _days(start: Moment) -> Message:
    return say("{date}", date=Date(show_day(start.first))) if start.one_day else when(start)
