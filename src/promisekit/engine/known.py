"""What the sources of an activity cover at an as-of: the same for every engine."""

from __future__ import annotations

from promisekit.events import all_of
from promisekit.log.model import Log
from promisekit.plan.nodes import Select
from promisekit.selectors.dates import Dates
from promisekit.windows import AsOf, Day, DaySet, Span, Zone, as_of_in_days


def known_of(log: Log, names: tuple[str, ...], as_of: AsOf, period: Span) -> DaySet:
    """The civil days that every one of the named sources (all, where none is named) covers, of those that are over."""
    sources = {source.name: source for source in log.sources}
    asked = names or tuple(sources)
    return all_of(sources[name].coverage.known(as_of, period) if name in sources else DaySet() for name in asked)


def begun_of(log: Log, select: Select, as_of: AsOf, zone: Zone) -> bool:
    """Whether the as-of lies within a day of the activity of which all is known up to then: it is declared covered."""
    running = as_of_in_days(as_of, select.day_begins, zone)
    if running.whole_day:
        return False
    sources = {source.name: source for source in log.sources}
    asked = select.sources or tuple(sources)
    days = Span(running.day, Day(as_of.day + 1))
    return all(name in sources and sources[name].coverage.begun(days) for name in asked)


def dates_of(log: Log, names: tuple[str, ...], as_of: AsOf, period: Span) -> Dates:
    """What is known of dates in the columns of those sources."""
    return Dates(as_of, period.last, not known_of(log, names, as_of, period).missing(period))
