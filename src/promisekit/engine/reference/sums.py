"""Measures that add up: numbers in a column, and time."""

from __future__ import annotations

from collections.abc import Iterable

from promisekit.engine.measures import Found, Range, addend, exact
from promisekit.engine.observations import Bounds, Reason
from promisekit.engine.reference.cells import Here, Total, doubts
from promisekit.engine.reference.counts import still_on, value_of
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.seen import inner, outer
from promisekit.plan.nodes import Duration, Number
from promisekit.windows import Zone

Interval = tuple[float, float]


def amount_in(member: Member, column: str | None) -> Number | None:
    """The number in a column of a row; None where it is not told. Where no column is asked for, each row is one."""
    return 1 if column is None else addend(value_of(member, column))


def range_of(number: Number | None) -> Range:
    """What a number adds: one that is not told may be anything from 0."""
    return Range(0, None) if number is None else Range(number, number)


def bounds_of(total: Total, *, unbounded: bool) -> Bounds:
    """A total as an interval."""
    high = None if unbounded or total.high is None else exact(total.high)
    return Bounds(exact(total.low), high, exact(total.now))


def summed(here: Here, column: str) -> Found:
    """The sum of a number column."""
    total = Total()
    for member in here.members:
        number = amount_in(member, column)
        total.add(range_of(number), sure=here.sure(member))
        total.now += (number or 0) if here.begun(member) else 0

    def settled(member: Member) -> bool:
        return here.sure(member) and amount_in(member, column) is not None

    return Found(bounds_of(total, unbounded=here.open), doubts(here.members, settled))


def duration(here: Here, measure: Duration, instants: tuple[int, int], zone: Zone, day_begins: int) -> Found:
    """For how many seconds of the window a row goes on."""
    found = _doubts_of_time(here, measure.weight, instants)
    if measure.total == "sum":
        return Found(_time_sum(here, measure.weight, instants), found)
    certain = [(member.seen.start_latest, member.seen.end_earliest) for member in here.members if member.sure]
    possible: list[Interval] = [(member.seen.start_earliest, member.seen.end_latest) for member in here.members]
    # Something that nobody knows of may go on for all of the days on which it may be.
    possible += [(zone.at(run.start, day_begins), zone.at(run.end, day_begins)) for run in here.open_days.spans]
    low = union_length(certain, *instants)
    return Found(Bounds(low, union_length(possible, *instants), low), found)


def _time_sum(here: Here, column: str | None, instants: tuple[int, int]) -> Bounds:
    low: Number = 0
    high: Number | None = 0
    for member in here.members:
        weight = amount_in(member, column)
        low += inner(member.seen, *instants) * (weight or 0) if member.sure else 0
        high = None if high is None or weight is None else high + outer(member.seen, *instants) * weight
    low = exact(low)
    return Bounds(low, None if here.open or high is None else exact(high), low)


def _doubts_of_time(here: Here, column: str | None, instants: tuple[int, int]) -> set[Reason]:
    """Why the time may be another: a row is uncertain, or when it begins or ends, or it has not ended yet."""

    def settled(member: Member) -> bool:
        told = amount_in(member, column) is not None
        return member.sure and told and inner(member.seen, *instants) == outer(member.seen, *instants)

    found = doubts([member for member in here.members if not _running(member, instants)], settled)
    if any(_running(member, instants) for member in here.members):
        found.add(Reason.RUNNING)
    return found


def _running(member: Member, instants: tuple[int, int]) -> bool:
    """Whether all that cannot be told of a row is for how long it still goes on in the window."""
    return still_on(member) and member.seen.end_earliest < instants[1]


def union_length(intervals: Iterable[Interval], begin: int, end: int) -> int:
    """For how long between two instants at least one of the intervals goes on."""
    length, reached = 0.0, float(begin)
    for start, stop in sorted(intervals):
        length += max(0, min(stop, end) - max(start, reached))
        reached = max(reached, stop)
    return int(length)
