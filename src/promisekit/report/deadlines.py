"""Deadlines that count hours, as a report tells them: the minute where the reader may see it, else what is true
without it. A deadline's minute is its trigger's minute, so it tells as much of a person as that one does."""

from __future__ import annotations

from promisekit.engine.observations import Counted, Outcome
from promisekit.plan.amounts import HOUR, MINUTE, length
from promisekit.plan.nodes import Hours, InTime, Node
from promisekit.report.figures import relation_in
from promisekit.report.teller import Teller
from promisekit.report.voice import day_of
from promisekit.windows import Day, Instant, show_clock, show_day
from promisekit.words import Date, Message, say

DAY = 24 * HOUR
HOURS_UP_TO = 2 * DAY
"""How late something was is told in hours and minutes up to here, and in days beyond."""


def due_words(day: Day, instant: Instant | None, teller: Teller) -> Date:
    """The last day that is in time, with the minute where hours count."""
    if instant is None:
        return day_of(day)
    last, second = teller.zone.wall(instant)
    return Date(f"{show_day(last)}T{show_clock(second - second % MINUTE)}")


def limit_in(node: Node) -> Hours | None:
    """The deadline in hours of something that must be followed by something else; None where it counts days."""
    relation = relation_in(node)
    ways = () if relation is None else relation.on
    return next((way.deadline for way in ways if isinstance(way, InTime) and isinstance(way.deadline, Hours)), None)


def limit_words(limit: Hours) -> Message:
    """How long there was, in words: `24 hours`, `8 hours, counted on weekdays`."""
    told = length(limit.seconds)
    if limit.clock == "weekdays":
        told = say("{length}, counted on weekdays", length=told)
    if limit.latest is None:
        return told
    return say("{length}, but no longer than to the end of {day}", length=told, day=day_of(limit.latest))


def fate(node: Node, row: Counted, teller: Teller, *, discreet: bool) -> Message | None:
    """What became of a row that has a deadline; None where it was met, or where that cannot be told."""
    limit = limit_in(node)
    if limit is not None and discreet:
        return _without_clock(row, limit)
    return None if row.due is None else _by_the_clock(row, due_words(row.due, row.due_at, teller))


def _by_the_clock(row: Counted, due: Date) -> Message | None:
    if row.late is not None and "T" in due.iso:
        return say("too late: it was due by {day}", day=due)
    if row.late is not None:
        return say("too late: the last day was {day}", day=due)
    if row.outcome is Outcome.MISSED:
        return say("not followed up by {day}", day=due)
    return say("still has time, until {day}", day=due) if row.outcome is Outcome.PENDING else None


def _without_clock(row: Counted, limit: Hours) -> Message | None:
    time = limit_words(limit)
    if row.late is not None:
        late = _how_late(row)
        if late is None:
            return say("too late: the time was {limit}", limit=time)
        return say("{late} too late: the time was {limit}", late=late, limit=time)
    if row.outcome is Outcome.MISSED:
        return say("not followed up in time: the time was {limit}", limit=time)
    if row.outcome is Outcome.PENDING and row.due is not None:
        return say("still has time, which runs out on {day}", day=day_of(row.due))
    return None


def _how_late(row: Counted) -> Message | None:
    """How long after its deadline something came, where both are known to the minute; whole minutes, rounded up."""
    if row.late_at is None or row.due_at is None or "T" not in row.event.start:
        return None
    seconds = row.late_at - row.due_at
    if seconds > HOURS_UP_TO:
        return say("more than {n} day", "more than {n} days", n=(seconds - 1) // DAY)
    return length(-(-seconds // MINUTE) * MINUTE)
