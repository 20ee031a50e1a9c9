"""Moments: points in time as people write them, known to the second, the day, the week, the month or the year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from msgspec import Struct

from promisekit.windows.civil import Day, Instant, Zone, day_of, instant_of, parse_day, show_clock, show_day

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_WEEK = re.compile(r"(\d{4})-W(\d\d)\Z")
_YEAR = re.compile(r"(\d{4})\Z")


class Moment(Struct, frozen=True):
    """A point in time that lies on one of the days `first..last` and within `earliest..latest`, all included."""

    first: Day
    last: Day
    earliest: Instant
    latest: Instant
    clock: int | None
    """The second of the day that the wall showed, where it is known."""

    @property
    def one_day(self) -> bool:
        """Whether the day is certain."""
        return self.first == self.last

    def show(self) -> str:
        """`2022-03-05T10:00`, `2022-03-05`, or `2022-03-01/2022-03-31` where only a span of days is known."""
        if self.clock is not None:
            return f"{show_day(self.first)}T{show_clock(self.clock)}"
        if self.one_day:
            return show_day(self.first)
        return f"{show_day(self.first)}/{show_day(self.last)}"


def parse_moment(text: str, zone: Zone) -> Moment:
    """A cell of a log into a moment.

    Understood: `2022-03-01`, `2022-03-01 14:00` (or `7:30`), `2022-03-01T14:00:30`, the same with `Z` or `+02:00`,
    and the imprecise `2022-03`, `2022-W10` and `2022`. A time without an offset is the wall clock of `zone`. Raises
    ValueError with the reason for anything else and for dates and times that do not exist.
    """
    found = _CLOCK.match(text)
    if found:
        return _clocked(found, zone)
    if _MONTH.match(text):
        first = parse_day(f"{text}-01")
        year, month = map(int, text.split("-"))
        return whole_days(first, Day(first + monthrange(year, month)[1] - 1), zone)
    week = _WEEK.match(text)
    if week:
        try:
            monday = day_of(date.fromisocalendar(int(week[1]), int(week[2]), 1))
        except ValueError:
            raise ValueError(f"there is no week {text}") from None
        return whole_days(monday, Day(monday + 6), zone)
    if _YEAR.match(text):
        return whole_days(parse_day(f"{text}-01-01"), parse_day(f"{text}-12-31"), zone)
    day = parse_day(text)
    return whole_days(day, day, zone)


def whole_days(first: Day, last: Day, zone: Zone) -> Moment:
    """Some moment of the days `first..last`."""
    return Moment(first, last, zone.begin(first), Instant(zone.begin(Day(last + 1)) - 1), None)


def _clocked(found: re.Match[str], zone: Zone) -> Moment:
    day = parse_day(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"there is no time {found[2]}:{found[3]}" + (f":{found[4]}" if found[4] else ""))
    seconds = hour * 3600 + minute * 60 + second
    if found[5] is None:
        earliest, latest = zone.instants(day, seconds)
        return Moment(day, day, earliest, latest, seconds)
    offset = "+00:00" if found[5] == "Z" else found[5]
    instant = instant_of(datetime.fromisoformat(f"{found[1]}T{hour:02}:{minute:02}:{second:02}{offset}"))
    local_day, clock = zone.wall(instant)
    return Moment(local_day, local_day, instant, instant, clock)


class AsOf(Struct, frozen=True):
    """The knowledge that is asked for: nothing dated at or after the instant `until` is known."""

    until: Instant
    day: Day
    """The last day of which anything is known."""
    text: str
    """As it was written."""
    whole_day: bool
    """Whether all of `day` is known."""

    @property
    def closed_before(self) -> Day:
        """The first day that is not wholly known."""
        return Day(self.day + 1) if self.whole_day else self.day


def parse_as_of(text: str, zone: Zone) -> AsOf:
    """`2022-04-15` (the end of that day) or an instant `2022-04-15T12:00`. Raises ValueError for anything else."""
    if _CLOCK.match(text):
        moment = parse_moment(text, zone)
        until = Instant(moment.latest + 1)
        return AsOf(until, moment.first, text, whole_day=until == zone.begin(Day(moment.first + 1)))
    return end_of(parse_day(text), zone)


def end_of(day: Day, zone: Zone) -> AsOf:
    """What is known at the end of a day."""
    return AsOf(zone.begin(Day(day + 1)), day, show_day(day), whole_day=True)
