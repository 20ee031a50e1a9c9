"""How partners are found without trying all: by place or key, then by time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator

from msgspec import Struct

from promisekit.engine.phases import last_day_in_time
from promisekit.engine.reference.seen import Seen
from promisekit.events import UNREADABLE
from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow
from promisekit.windows import Day, Instant, Zone


class Row(Struct, frozen=True):
    """A row of a relation: in it for certain, or only possibly."""

    seen: Seen
    sure: bool


class Finder:
    """The rows of a right side, arranged so that those that may be partners are found without trying all: in groups by
    `column`, the one that the way compares; all in one group without it."""

    def __init__(self, way: On, column: str | None, rows: list[Row], zone: Zone, day_begins: int = 0) -> None:
        self._way = way
        self._zone = zone
        self._day_begins = day_begins
        self._column = column
        self._groups: dict[object, Timeline] = {}
        groups: dict[object, list[Row]] = defaultdict(list)
        for row in rows:
            groups[self._group(row.seen)].append(row)
        self._groups = {value: Timeline(members) for value, members in groups.items()}

    def since(self, left: Seen, day: Day) -> Iterator[Row]:
        """The rows of the same place or key whose first day is `day` or a later one, earliest first."""
        timeline = self._groups.get(self._group(left))
        return iter(()) if timeline is None else timeline.since(day)

    def same_group(self, left: Seen) -> Iterator[Row]:
        """The rows that certainly have the same place or key."""
        value = self._group(left)
        timeline = None if value is None else self._groups.get(value)
        return iter(()) if timeline is None else iter(timeline.rows)

    def near(self, left: Seen) -> Iterator[Row]:
        """The rows that `pair` has to be asked about."""
        value = self._group(left)
        # A row that does not tell its place or key may belong to anything, and so may anything to it.
        chosen = self._groups.values() if value is None else (self._groups.get(value), self._groups.get(None))
        for timeline in chosen:
            if timeline is not None:
                yield from timeline.between(*self._reach(left))

    def where(self, holds: Callable[[Seen], bool], left: Seen) -> Iterator[Row]:
        """The rows of other places or keys that `timely` has to be asked about, of the groups in which it holds."""
        for value, timeline in self._groups.items():
            if value is not None and holds(timeline.rows[0].seen):
                yield from timeline.between(*self._reach(left))

    def _group(self, seen: Seen) -> object:
        if isinstance(self._way, SameRow):
            return seen.event.key
        if self._column is None:
            return ""
        value = seen.event.values.get(self._column)
        return None if value is UNREADABLE else value

    def _reach(self, left: Seen) -> tuple[float, float]:
        match self._way:
            case InTime(deadline=deadline):
                latest = Instant(left.start_latest)
                return left.first, last_day_in_time(deadline, left.last, latest, self._zone, self._day_begins)
            case Overlap():
                return left.first - 1, left.end_latest / 86_400 + 2
            case SameDay():
                return left.first, left.last
            case SameRow():  # the two sides may be dated by different columns
                return float("-inf"), float("inf")


class Timeline:
    """Rows sorted by their first day, with the furthest day that any of them reaches so far."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: (row.seen.first, row.seen.event.key))
        self._firsts = [row.seen.first for row in self.rows]
        self._reached: list[float] = []
        furthest = float("-inf")
        for row in self.rows:
            furthest = max(furthest, row.seen.last, row.seen.end_latest / 86_400 + 1)
            self._reached.append(furthest)

    def since(self, day: Day) -> Iterator[Row]:
        """The rows whose first day is `day` or a later one, earliest first."""
        return iter(self.rows[bisect_left(self._firsts, day) :])

    def between(self, first: float, last: float) -> Iterator[Row]:
        """The rows that may touch the days `first..last`, latest first."""
        position = bisect_right(self._firsts, last)
        while position and self._reached[position - 1] >= first:
            position -= 1
            yield self.rows[position]
