"""Where windows stand and why they are open: the same for every engine, since it is calendar and coverage alone."""

from __future__ import annotations

from promisekit.engine.observations import Phase, Reason
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow
from promisekit.windows import AsOf, Day, DaySet, Span, Window, day_set


def phase_of(window: Window, known: DaySet, as_of: AsOf) -> Phase:
    """The phase of a window; `known` are the days that are covered and over."""
    span = window.span
    if span.start > as_of.day:
        return Phase.FUTURE
    if span.end > as_of.closed_before:
        return Phase.RUNNING
    return Phase.UNCOVERED if known.missing(span) else Phase.CLOSED


def phase_reasons(window: Window, phase: Phase, known: DaySet) -> set[Reason]:
    """Why a window in this phase may still see events that nobody knows of.

    In a running window the days since the last export are no news; a hole before them is.
    """
    match phase:
        case Phase.FUTURE:
            return {Reason.NOT_STARTED}
        case Phase.RUNNING:
            inside = known.within(window.span).spans
            hole = bool(inside) and bool(known.missing(Span(window.span.start, inside[-1].end)))
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


def meeting_days(way: On, known: DaySet, window: Window) -> DaySet:
    """Where a partner may lie of a left event that nobody knows of and that would count in `window`.

    `known`: the left side's days that are covered and over. The event starts on one of the window's other days; it may
    be answered up to its deadline, or go on for as long as its days stay open (looked at for a year at most).
    """
    runs = known.missing(window.span).spans
    match way:
        case InTime(deadline=deadline):
            return day_set(Span(run.start, Day(due(deadline, run.last) + 1)) for run in runs)
        case Overlap():
            beyond = Day(window.span.end + 366)
            return day_set(known.missing(Span(run.start, beyond)).spans[0] for run in runs)
        case SameRow() | SameDay():
            return day_set(runs)


def in_order(reasons: set[Reason]) -> tuple[Reason, ...]:
    """Reasons in the order in which they are told."""
    return tuple(reason for reason in Reason if reason in reasons)
