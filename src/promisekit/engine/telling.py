"""Rows and near misses in words: one wording for every engine."""

from __future__ import annotations

from dataclasses import dataclass

from promisekit.engine.observations import EventRef
from promisekit.events import Event
from promisekit.selectors.model import CALENDAR, CLOCK, WEEKDAY, Condition
from promisekit.windows import Day, Moment, Span, show_clock, show_day
from promisekit.words import Date, Message, say

PLACE = "place"


@dataclass(frozen=True)
class Failing:
    """The one condition that fails: its name, what was found and what was wanted."""

    failed: str
    found: Message
    wanted: Message


CANCELLED = Failing("status", say("cancelled"), say("held"))


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


def of_condition(condition: Condition, event: Event) -> Failing:
    """A condition of a selector that the row fails."""
    column = condition.column
    if column == CLOCK and event.start.clock is not None:
        found = say("{text}", text=show_clock(event.start.clock))
    elif column in (WEEKDAY, CALENDAR, CLOCK):
        found = when(event.start)
    else:
        text = event.texts.get(column, "")
        found = say("{text}", text=text) if text else say("nothing")
    return Failing(column, found, condition.wanted)


def outside(day: Day, span: Span) -> Failing:
    """A day that lies in no window; `span` is all of them."""
    return Failing("period", say("{date}", date=Date(show_day(day))), span_words(span))


def elsewhere(event: Event, beside: Event) -> Failing:
    """A partner at another place than the row it should be beside."""
    found, wanted = event.texts.get(PLACE, ""), beside.texts.get(PLACE, "")
    return Failing(PLACE, say("{text}", text=found), say("{text}", text=wanted))


def apart(begins: float, ends: float, left_begins: float, left_ends: float) -> Failing:
    """A partner of the same day that is not there at the same time (instants); whole minutes, rounded up."""
    wanted = say("at the same time")
    if ends <= left_begins:
        minutes = -(int(ends - left_begins) // 60)
        return Failing(CLOCK, say("ended {n} minute before", "ended {n} minutes before", n=minutes), wanted)
    if begins >= left_ends:
        minutes = -(int(left_ends - begins) // 60)
        return Failing(CLOCK, say("began {n} minute after", "began {n} minutes after", n=minutes), wanted)
    return Failing(CLOCK, say("overlapped too briefly"), wanted)


def too_early(event: Event, day: Day) -> Failing:
    """An answer before what it should answer. Only its day: a deadline is a day, and a clock may tell of persons."""
    return Failing("order", _days(event), say("{date} or later", date=Date(show_day(day))))


def too_late(event: Event, last: Day) -> Failing:
    """An answer after the deadline."""
    return Failing("deadline", _days(event), say("by {day}", day=Date(show_day(last))))


def _days(event: Event) -> Message:
    start = event.start
    return say("{date}", date=Date(show_day(start.first))) if start.one_day else when(start)
