"""Moments: the dates and times of one file, read quickly where the clocks do nothing that day."""

from __future__ import annotations

import re

from promisekit.windows import Instant, Moment, Zone, parse_moment

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_BEFORE_CLOCK = frozenset(" T")
_FULL_DAY = 24 * 60 * 60


class Moments:
    """Reads what `parse_moment` reads, to the same moments, with each day and each time of day looked up once.

    Nearly every row has a time of its own, but few days are new: on a day that lasts 24 hours the wall clock tells
    how long after its beginning a moment is. All else is left to `parse_moment`.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._days: dict[str, Moment | None] = {}
        """By `plain_day`."""
        self._seconds: dict[str, int | None] = {}
        """By `plain_second`."""

    def read(self, text: str) -> Moment:
        """The moment that a cell (trimmed) names. Raises ValueError where it names none."""
        if text[10:11] not in _BEFORE_CLOCK:
            return parse_moment(text, self._zone)
        date, clock = text[:10], text[11:]
        try:
            day, second = self._days[date], self._seconds[clock]
        except KeyError:
            day = self._days[date] = self.plain_day(date)
            second = self._seconds[clock] = self.plain_second(clock)
        if day is None or second is None:
            return parse_moment(text, self._zone)
        instant = Instant(day.earliest + second)
        return Moment(day.first, day.last, instant, instant, second)

    def skipped(self, text: str) -> bool:
        """Whether a text that cannot be read would be a time in UTC: only the zone's clocks are wrong with it."""
        if text[10:11] not in _BEFORE_CLOCK:
            return False
        try:
            parse_moment(f"{text}Z", self._zone)
        except ValueError:
            return False
        return True

    def plain_day(self, text: str) -> Moment | None:
        """A day of 24 hours; None for another day, and for what is no day."""
        try:
            day = parse_moment(text, self._zone)
        except ValueError:
            return None
        return day if day.one_day and day.clock is None and day.latest - day.earliest + 1 == _FULL_DAY else None

    def plain_second(self, text: str) -> int | None:
        """The second of the day that a plain clock shows, `7:30` left out; None for anything else."""
        clock = _CLOCK.fullmatch(text)
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0) if clock else None
