"""Civil days, instants and the zone between them.

A `Day` is the number of days since 1970-01-01; an `Instant` the number of seconds since 1970-01-01T00:00Z. Both are
plain integers, so that every engine compares them the same way and none needs a calendar of its own. Only the
package `windows` turns them into dates and back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

Day = NewType("Day", int)
Instant = NewType("Instant", int)

EPOCH = date(1970, 1, 1).toordinal()
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates outside are taken for slips of the pen, not for history."""


def day_of(value: date) -> Day:
    """The day number of a date."""
    return Day(value.toordinal() - EPOCH)


def date_of(day: Day) -> date:
    """The date of a day number."""
    return date.fromordinal(day + EPOCH)


def parse_day(text: str) -> Day:
    """`2022-03-01` into a day. Raises ValueError with a reason for all else, `2022-3-1` and `20220301` included."""
    found = ISO_DATE.match(text)
    if not found:
        raise ValueError(f"`{text}` is not a date written `YYYY-MM-DD`")
    year, month, number = map(int, found.groups())
    try:
        value = date(year, month, number)
    except ValueError:
        raise ValueError(f"there is no date {text}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} lies outside {FIRST_YEAR}-{LAST_YEAR}")
    return day_of(value)


def show_day(day: Day) -> str:
    """`2022-03-01`."""
    return date_of(day).isoformat()


def weekday(day: Day) -> int:
    """0 for Monday … 6 for Sunday."""
    return (day + 3) % 7


class Zone(Struct, frozen=True, dict=True):  # `dict` for the cached property
    """A civil time zone by its IANA name: where days begin, and which instant a clock on the wall shows."""

    name: str = "Europe/Stockholm"

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.name)

    def begin(self, day: Day) -> Instant:
        """The instant at which a day begins."""
        return _begin(self._zone, day)

    def instants(self, day: Day, second: int) -> tuple[Instant, Instant]:
        """The first and last instant at which the wall shows `second` of `day` (two of them in the repeated hour).

        Raises ValueError for a time that the clocks jump over.
        """
        wall = datetime.combine(date_of(day), datetime.min.time()) + timedelta(seconds=second)
        early = wall.replace(tzinfo=self._zone, fold=0)
        late = wall.replace(tzinfo=self._zone, fold=1)
        first, last = int(early.timestamp()), int(late.timestamp())
        if first > last:
            raise ValueError(f"the clocks jump over {wall:%H:%M} on {wall:%Y-%m-%d}")
        return Instant(first), Instant(last)

    def at(self, day: Day, second: int) -> Instant:
        """The first instant at which the wall shows `second` of `day` (which may be more than a day's length) or later.

        In the repeated hour the first time round; for a time that the clocks jump over, when they jump.
        """
        wall = datetime.combine(date_of(day), datetime.min.time()) + timedelta(seconds=second)
        first = int(wall.replace(tzinfo=self._zone, fold=0).timestamp())
        other = int(wall.replace(tzinfo=self._zone, fold=1).timestamp())
        if other >= first:
            return Instant(first)
        shown = (day_of(wall.date()), second_of(wall))
        return Instant(other + bisect_left(range(other, first), shown, key=lambda instant: self.wall(Instant(instant))))

    def over(self, day: Day, second: int) -> Instant:
        """The instant from which on the wall shows no time before `second` of `day`: in the repeated hour the second
        time round, where what comes before it is shown once more, too."""
        first = self.at(day, second)
        wall = datetime.combine(date_of(day), datetime.min.time()) + timedelta(seconds=second)
        again = Instant(int(wall.replace(tzinfo=self._zone, fold=1).timestamp()))
        if again <= first or self.wall(Instant(again - 1)) >= (day_of(wall.date()), second_of(wall)):
            return first
        return again

    def show(self, instant: Instant) -> str:
        """`2022-03-01T14:00:00+01:00`."""
        return datetime.fromtimestamp(instant, self._zone).isoformat()

    def wall(self, instant: Instant) -> tuple[Day, int]:
        """The day and the second of that day that the wall shows at an instant."""
        local = datetime.fromtimestamp(instant, self._zone)
        return day_of(local.date()), second_of(local)


@cache
def _begin(zone: ZoneInfo, day: Day) -> Instant:
    return Instant(int(datetime.combine(date_of(day), datetime.min.time(), zone).timestamp()))


OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
"""Names under which some machines keep whatever zone they are set to: two of them could give two verdicts."""


def zone_named(name: str) -> Zone:
    """The zone of an IANA name. Raises ValueError for a name that is none."""
    try:
        if name in OF_THE_MACHINE:
            raise ValueError(name)
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone `{name}`") from None
    return Zone(name)


def show_clock(second: int) -> str:
    """`14:00`, with seconds only where there are any."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def second_of(value: datetime) -> int:
    """The second of the day that a clock shows."""
    return value.hour * 3600 + value.minute * 60 + value.second


def instant_of(value: datetime) -> Instant:
    """The instant of an aware datetime, whole seconds."""
    return Instant(int(value.astimezone(UTC).timestamp()))
