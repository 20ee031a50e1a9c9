"""What the sources of an activity cover at an as-of: the same for every engine."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from promisekit.events import all_of
from promisekit.log.model import Log
from promisekit.selectors.dates import Dates
from promisekit.windows import AsOf, DaySet, Instant, Span, Zone


class ByClock(Struct, frozen=True):
    """What is known where hours count: instants, however the days of an activity are counted."""

    days: DaySet
    """The civil days that are covered and over."""
    as_of: AsOf
    begun: bool
    """Whether all is known of the day of the as-of until then: it is declared covered."""

    def opens(self, runs: DaySet, zone: Zone) -> Iterator[tuple[Span, Instant]]:
        """Runs of civil days on which something may be that nobody knows of, and from which instant on it may be. The
        day of the as-of begins a run of its own, where it is known as far as it has run."""
        today = self.as_of.day
        for run in runs.spans:
            if not (self.begun and run.start <= today < run.end):
                yield run, zone.begin(run.start)
                continue
            if run.start < today:
                yield Span(run.start, today), zone.begin(run.start)
            yield Span(today, run.end), self.as_of.until


def known_of(log: Log, names: tuple[str, ...], as_of: AsOf, period: Span) -> DaySet:
    """The civil days that every one of the named sources (all, where none is named) covers, of those that are over."""
    sources = {source.name: source for source in log.sources}
    asked = names or tuple(sources)
    return all_of(sources[name].coverage.known(as_of, period) if name in sources else DaySet() for name in asked)


def by_clock(log: Log, names: tuple[str, ...], as_of: AsOf, period: Span) -> ByClock:
    """What those sources cover, to be asked about instants."""
    sources = {source.name: source for source in log.sources}
    asked = names or tuple(sources)
    begun = not as_of.whole_day and all(name in sources and sources[name].coverage.begun(as_of.day) for name in asked)
    return ByClock(known_of(log, names, as_of, period), as_of, begun)


def dates_of(log: Log, names: tuple[str, ...], as_of: AsOf, period: Span) -> Dates:
    """What is known of dates in the columns of those sources."""
    return Dates(as_of, period.last, not known_of(log, names, as_of, period).missing(period))
