"""Measures that count: events, different units of the calendar, different values, and the days between."""

from __future__ import annotations

from collections.abc import Iterable

from promisekit.engine.measures import Found, Spread, different, gap, spread
from promisekit.engine.observations import Bounds, Reason
from promisekit.engine.reference.cells import Here, doubts
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.pairs import blank
from promisekit.engine.reference.places import Places
from promisekit.events import Value
from promisekit.events.known import FOREVER
from promisekit.plan.nodes import CountingUnit
from promisekit.plan.windows import unit_of
from promisekit.windows import Day


def count(here: Here) -> Found:
    """How many rows start on a day of the window."""
    low = now = 0
    for member in here.members:
        low += here.sure(member)
        now += here.begun(member)
    return Found(Bounds(low, None if here.open else len(here.members), now), doubts(here.members, here.sure))


def count_by_time(here: Here, places: Places) -> Found:
    """How many rows go on in the window for long enough."""

    def sure(member: Member) -> bool:
        return member.sure and places.certain(member.seen, here.number)

    low = sum(map(sure, here.members))
    found = doubts([member for member in here.members if not still_on(member)], sure)
    if any(still_on(member) and not sure(member) for member in here.members):
        found.add(Reason.RUNNING)
    return Found(Bounds(low, None if here.open else len(here.members), low), found)


def still_on(member: Member) -> bool:
    """Whether all that cannot be told of a row is for how long it still goes on."""
    seen = member.seen
    return member.sure and seen.end_latest == FOREVER and seen.start_earliest == seen.start_latest


def distinct_units(here: Here, unit: CountingUnit) -> Found:
    """On how many different days (weeks, weekends, months) of the window a row starts."""
    spreads = [spread_of(here, unit, member) for member in here.members]
    days = here.open_days.within(here.window.span).spans
    open_units = _units(unit, (day for span in days for day in span.days()))
    begun = _units(unit, (member.seen.first for member in here.members if here.begun(member)))
    bounds = different([one for one in spreads if one is not None], open_units, len(begun))
    unsettled = [
        member
        for member, one in zip(here.members, spreads, strict=True)
        if one is not None and not (one.sure and one.first == one.last)
    ]
    return Found(bounds, doubts(unsettled, lambda _: False))


def _units(unit: CountingUnit, days: Iterable[Day]) -> set[int]:
    """The units that days lie in."""
    return {number for day in days if (number := unit_of(unit, day)) is not None}


def spread_of(here: Here, unit: CountingUnit, member: Member) -> Spread | None:
    """In which units of the window a row may start."""
    first = max(member.seen.first, here.window.span.start)
    last = min(member.seen.last, here.window.span.last)
    return spread(unit, first, last, sure=here.sure(member))


def distinct_values(here: Here, column: str) -> Found:
    """How many different values the rows have in a column. One that does not tell its value may have any."""
    low = _values(here, column, [member for member in here.members if here.sure(member)])
    now = _values(here, column, [member for member in here.members if here.begun(member)])
    known = {value for member in here.members if not blank(value := value_of(member, column))}
    untold = sum(blank(value_of(member, column)) for member in here.members)
    high = None if here.open else len(known) + untold

    def settled(member: Member) -> bool:
        return here.sure(member) and not blank(value_of(member, column))

    return Found(Bounds(low, high, now), doubts(here.members, settled))


def _values(here: Here, column: str, members: list[Member]) -> int:
    """The fewest different values that rows can have: one at least, where there are any."""
    known = {value for member in members if not blank(value := value_of(member, column))}
    return max(len(known), bool(members))


def value_of(member: Member, column: str) -> Value:
    """What a row says in a column."""
    return member.seen.event.values.get(column)


def gaps(here: Here) -> Found:
    """The longest time in days without a row."""
    span = here.window.span

    def exact(member: Member) -> bool:
        return here.sure(member) and member.seen.first == member.seen.last

    sure = {(member.seen.first, member.seen.last) for member in here.members if here.sure(member)}
    possible = {day for open_span in here.open_days.within(span).spans for day in open_span.days()}
    for member in here.members:
        first, last = max(member.seen.first, span.start), min(member.seen.last, span.last)
        possible |= {Day(day) for day in range(first, last + 1)}
    begun = {member.seen.first for member in here.members if here.begun(member)}
    return Found(gap(span, sure, possible, begun), doubts(here.members, exact))
