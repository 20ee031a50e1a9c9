"""Civil time: what a date in a log says, and which instant a clock on the wall shows."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from .terms import (
    Moment,
)

CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?\Z")


class Clock:
    """The civil time of a zone."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.moment = cache(self._moment)

    def at(self, day: int, second: int = 0) -> int:
        """The first instant at which the wall shows that second of the day, or a later one."""
        wall = datetime.fromordinal(day) + timedelta(seconds=second)
        one, other = (int(wall.replace(tzinfo=self.zone, fold=fold).timestamp()) for fold in (0, 1))
        if other >= one:
            return one
        shown = (wall.toordinal(), wall.hour * 3600 + wall.minute * 60 + wall.second)
        return other + bisect_left(range(other, one), shown, key=self.wall)

    def wall(self, instant: float) -> tuple[int, int]:
        """The day and the second of it that the wall shows."""
        local = datetime.fromtimestamp(int(instant), self.zone)
        return local.toordinal(), local.hour * 3600 + local.minute * 60 + local.second

    def day(self, instant: float, begins: int) -> int:
        day, second = self.wall(instant)
        return day - (second < begins)

    def _moment(self, text: str) -> Moment:
        """What a date in a cell tells. Raises ValueError where it tells none."""
        if not (found := CLOCK.match(text)):
            first, last = self._days(text)
            return Moment(first, last, self.at(first), self.at(last + 1) - 1, None)
        day, (hour, minute, second) = self._days(found[1])[0], (int(found[at] or 0) for at in (2, 3, 4))
        wall = datetime.fromordinal(day).replace(hour=hour, minute=minute, second=second)
        if found[5]:
            instant = int(datetime.fromisoformat(f"{wall.isoformat()}{found[5].replace('Z', '+00:00')}").timestamp())
            day, shown = self.wall(instant)
            return Moment(day, day, instant, instant, shown)
        one, other = (int(wall.replace(tzinfo=self.zone, fold=fold).timestamp()) for fold in (0, 1))
        if other < one:
            raise ValueError("the clocks jump over it")
        return Moment(day, day, one, other, hour * 3600 + minute * 60 + second)

    def _days(self, text: str) -> tuple[int, int]:
        if found := re.fullmatch(r"(\d{4})-W(\d\d)", text):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()
            return monday, monday + 6
        found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
        if not found or not 1900 <= int(found[1]) <= 2199:
            raise ValueError("no date")
        year, first, last = int(found[1]), int(found[2] or 1), int(found[2] or 12)
        return (
            date(year, first, int(found[3] or 1)).toordinal(),
            date(year, last, int(found[3] or monthrange(year, last)[1])).toordinal(),
        )
