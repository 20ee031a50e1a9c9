"""Where windows stand and why they are open: the same for every engine, since it is calendar and coverage alone."""

from __future__ import annotations

from promisekit.engine.observations import Phase, Reason
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.nodes import By, Deadline, Hours, InTime, On, Overlap, SameDay, SameRow, Within
from promisekit.windows import AsOf, Day, DaySet, Instant, Span, Window, Zone, day_set


def phase_of(window: Window, known: DaySet, as_of: AsOf, zone: Zone | None = None) -> Phase:
    """The phase of a window; `known` are the days that are covered and over. All days begin where the window's do.

    A window of some hours lies ahead until they begin; that needs the zone. It is over when its days are.
    """
    days = window.reach
    ahead = window.clock is not None and zone is not None and window.instants(zone)[0] >= as_of.until
    if ahead or days.start > as_of.day:
        return Phase.FUTURE
    if days.end > as_of.closed_before:
        return Phase.RUNNING
    return Phase.UNCOVERED if known.missing(days) else Phase.CLOSED


def phase_reasons(window: Window, phase: Phase, known: DaySet) -> set[Reason]:
    """Why a window in this phase may still see events that nobody knows of.

    In a running window the days since the last export are no news; a hole before them is.
    """
    match phase:
        case Phase.FUTURE:
            return {Reason.NOT_STARTED}
        case Phase.RUNNING:
            inside = known.within(window.reach).spans
            hole = bool(inside) and bool(known.missing(Span(window.reach.start, inside[-1].end)))
            return {Reason.RUNNING, Reason.UNCOVERED} if hole else {Reason.RUNNING}
        case Phase.UNCOVERED:
            return {Reason.UNCOVERED}
        case Phase.CLOSED:
            return set()


def open_reasons(missing: DaySet, as_of: AsOf) -> set[Reason]:
    """Why days on which a partner could lie are open: still to come, or not covered."""
    reasons = set()
    for span in missing.spans:
        if span.end > as_of.closed_before:
            reasons.add(Reason.RUNNING)
        if span.start < as_of.closed_before:
            reasons.add(Reason.UNCOVERED)
    return reasons


def open_days(window: Window, phase: Phase, known: DaySet) -> DaySet:
    """The days of a window on which something may be that nobody knows of; none of one that is closed."""
    return DaySet() if phase is Phase.CLOSED else known.missing(window.reach)


def days_since(days: DaySet, instant: int | None, zone: Zone, day_begins: int) -> DaySet:
    """Those of the days on which something may be that is as new as what was at that instant (None: all of them)."""
    if instant is None or not days:
        return days
    first, end = day_at(Instant(instant), zone, day_begins), days.spans[-1].end
    return days.within(Span(first, end)) if first < end else DaySet()


def day_at(instant: Instant, zone: Zone, day_begins: int = 0) -> Day:
    """The day that an instant lies on, where days begin at the second `day_begins`."""
    day, clock = zone.wall(instant)
    return Day(day - (clock < day_begins))


def last_day_in_time(deadline: Deadline, day: Day, instant: Instant, zone: Zone | None, day_begins: int = 0) -> Day:
    """The last day on which something can be in time for a trigger on that day, or (hours) at that instant."""
    match deadline:
        case Hours():
            assert zone is not None, "a deadline in hours needs the zone"
            return day_at(due_at(deadline, instant, zone, day_begins), zone, day_begins)
        case Within() | By():
            return due(deadline, day)


def meeting_days(
    way: On, known: DaySet, window: Window, as_of: AsOf, zone: Zone | None = None, day_begins: int = 0
) -> DaySet:
    """Where a partner may lie of a left event that nobody knows of and that would count in `window`.

    `known`: the left side's days that are covered and over. The event starts on one of the window's other days; it may
    be answered up to its deadline, or go on for as long as its days stay open (looked at for a year at most). One that
    is still to come may be imprecise, and is answered on any of its days.
    """
    runs = known.missing(window.reach).spans
    match way:
        case InTime(deadline=deadline):
            starts = [
                min(run.start, as_of.closed_before) if run.end > as_of.closed_before else run.start for run in runs
            ]
            ends = [_last_answer(deadline, run, zone, day_begins) for run in runs]
            answers = zip(starts, ends, strict=True)
            return day_set(Span(start, Day(end + 1)) for start, end in answers)
        case Overlap():
            beyond = Day(window.reach.end + 366)
            return day_set(known.missing(Span(run.start, beyond)).spans[0] for run in runs)
        case SameRow() | SameDay():
            return day_set(runs)


def _last_answer(deadline: Deadline, run: Span, zone: Zone | None, day_begins: int) -> Day:
    """The last day on which an event of the run can be answered in time."""
    instant = Instant(0) if zone is None else Instant(zone.at(run.end, day_begins) - 1)
    return last_day_in_time(deadline, run.last, instant, zone, day_begins)


def in_order(reasons: set[Reason]) -> tuple[Reason, ...]:
    """Reasons in the order in which they are told."""
    return tuple(reason for reason in Reason if reason in reasons)
