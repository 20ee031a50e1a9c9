"""Coverage: the days on which an export is complete, declared or, failing that, assumed from its last event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from promisekit.windows import AsOf, Day, DaySet, Span, day_set


class Coverage(Struct, frozen=True):
    """What one source claims to know."""

    declared: DaySet | None
    days: tuple[Day, ...] = ()
    """The days on which its readable events start (the earliest possible one each), sorted."""

    def known(self, as_of: AsOf, period: Span) -> DaySet:
        """The covered days of which all is known at `as_of`.

        Undeclared coverage runs from the period's start to the day of the last readable event not after `as_of`.
        """
        past = Span(Day(-(10**6)), as_of.closed_before)
        if self.declared is not None:
            return self.declared.within(past)
        seen = bisect_right(self.days, as_of.day)
        if not seen:
            return DaySet()
        return day_set([Span(period.start, Day(self.days[seen - 1] + 1)).cut(past)])

    def begun(self, day: Day) -> bool:
        """Whether the day is declared to be covered: then all is known of it up to any as-of in it."""
        return self.declared is not None and day in self.declared


def all_of(known: Iterable[DaySet]) -> DaySet:
    """The days that every one of the sets has; no day where there is no set."""
    result: DaySet | None = None
    for days in known:
        result = days if result is None else result.cut(days)
    return result or DaySet()
