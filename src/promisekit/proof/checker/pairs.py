"""Activities: the rows that a selector means, and which of them belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from .log import Log
from .terms import (
    BAD,
    DAY,
    Moment,
    Row,
    Runs,
    Seen,
    says,
)

FAR = 3660  # so many days after a row's start lies at most a date of it that nobody can read


class Activity:
    """The rows that a selector means, and the days on which there are no others."""

    def __init__(self, log: Log, said: dict[str, Any]) -> None:
        self.log, self.names, self.begins = log, said["sources"], said["day_begins"]
        last = log.last_day(self.begins)
        self.open_from = last + (log.clock.at(last + 1, self.begins) == log.until)
        self.settled = all(log.covered(self.names, day) for day in range(log.first, log.last + 1))
        covered = all(self._declared(day) for day in range(last, log.day + 1))
        self.begun = log.clock.at(last + 1, self.begins) != log.until and covered
        self.rows: list[Seen] = []
        for row in log.rows:
            if self.names and row.source not in self.names:
                continue
            moved = row if said["dated"] is None else _dated(row, said["dated"], log)
            if moved is not None and moved.held and moved.start.begin < log.until:
                told = log.truth(said["selector"], moved, self.begins, self.settled)
                self.rows += [log.see(moved, self.begins, told)] if told else []
        self.groups = cache(self._groups)

    def _groups(self, column: str) -> dict[Any, list[Seen]]:
        found: dict[Any, list[Seen]] = defaultdict(list)
        for seen in self.rows:
            found[says(seen, column)].append(seen)
        return found

    def near(self, column: str | None, left: Seen) -> Iterable[Seen]:
        """The rows that may have the same value in a column."""
        value = None if column is None else says(left, column)
        if column is None or value is None:
            return self.rows
        return [*self.groups(column).get(value, ()), *self.groups(column).get(None, ())]

    def known(self, day: int) -> bool:
        return all(self.log.covered(self.names, one) for one in ((day, day + 1) if self.begins else (day,)))

    def open_runs(self, first: int, last: int) -> Runs:
        """The days from first to last of which not all is known, run by run."""
        runs: Runs = []
        for day in range(first, last + 1):
            if not self.known(day):
                runs.append((runs.pop()[0] if runs and runs[-1][1] == day - 1 else day, day))
        return runs

    def _declared(self, day: int) -> bool:
        """Whether all sources are declared to cover a day, whether or not it is over."""
        names = self.names or list(self.log.covers)
        spans = self.log.covers
        return all(
            name in self.log.declared and any(first <= day <= last for first, last in spans[name]) for name in names
        )

    def open_hours(self, first: int, last: int, due: int) -> Runs:
        """Of the open days those on which something may begin that is in time; of the day of the as-of, all is known
        until then where it is declared to be covered."""
        today, found = self.open_from, []
        for one, other in self.open_runs(first, last):
            cut = self.begun and one <= today <= other
            halves = [(one, today - 1), (today, other)] if cut else [(one, other)]
            for begin, end in halves:
                opens = self.log.until if cut and begin == today else self.log.clock.at(begin, self.begins)
                found += [(begin, end)] if begin <= end and opens <= due else []
        return found

    def last_in_time(self, deadline: dict[str, Any], day: int, instant: int) -> int:
        if "seconds" not in deadline:
            return self.log.due(deadline, day)
        return self.log.clock.day(self.log.due_at(deadline, instant, self.begins), self.begins)

    def in_time(self, deadline: dict[str, Any], left: Seen, right: Seen) -> int:
        """Whether a row comes with another or later, and by its deadline."""
        if "seconds" in deadline:
            a, b, c, d = left.begin, left.late, right.begin, right.late
            soon, late = (self.log.due_at(deadline, at, self.begins) for at in (a, b))
        else:
            a, b, c, d = left.first, left.last, right.first, right.last
            soon, late = (self.log.due(deadline, day) for day in (a, b))
        if d < a or c > late:
            return 0
        return 2 if b <= c and d <= soon else 1


def _dated(row: Row, column: str, log: Log) -> Row | None:
    """The row as one of the date in a column: none where that is empty, any day of ten years where it is bad."""
    value = row.values.get(column)
    if isinstance(value, Moment):
        return row._replace(start=value, close=value)
    if value is not BAD:
        return None
    start = row.start
    far = Moment(start.first, start.first + FAR, start.begin, start.begin + FAR * DAY, None)
    return row._replace(start=far, close=None, held=min(row.held, 1))


def pair(way: dict[str, Any], left: Seen, right: Seen, partners: Activity) -> int:
    """Whether one row is the other's partner."""
    if way["how"] == "row" or left.key == right.key:
        return 2 * (way["how"] == "row" and left.key == right.key)
    column = way["key"] if way["how"] == "in_time" else "place"
    mine, theirs = (2, 2) if column is None else (says(left, column), says(right, column))
    same = 1 if mine is None or theirs is None else 2 * (mine == theirs)
    if way["how"] == "in_time":
        return min(same, partners.in_time(way["deadline"], left, right))
    if way["how"] == "day":
        apart = left.first > right.last or right.first > left.last
        return min(same, 0 if apart else 2 if left.first == left.last == right.first == right.last else 1)
    if min(left.over, right.over) - max(left.begin, right.begin) < way["seconds"]:
        return 0
    return min(same, 2 if min(left.ends, right.ends) - max(left.late, right.late) >= way["seconds"] else 1)


def partners_of(left: Seen, ways: list[dict[str, Any]], right: Activity) -> tuple[Seen, dict[tuple[str, int], int]]:
    """A row with whether it has a partner, and the rows that are one, or may be."""
    found: dict[tuple[str, int], int] = {}
    days: list[int] = []
    for way in ways:
        if way["how"] == "in_time" and way["column"] is not None:
            own = left.row.values.get(way["column"])
            if own is BAD:
                found[left.key] = max(1, found.get(left.key, 0))
            elif isinstance(own, Moment) and own.begin < right.log.until:
                date_ = right.log.see(left.row._replace(start=own, close=own, held=2), right.begins)
                told = right.in_time(way["deadline"], left, date_)
                found[left.key] = max(told if date_.sure else min(told, 1), found.get(left.key, 0))
        else:
            column = {"in_time": way.get("key"), "row": None}.get(way["how"], "place")
            for other in right.near(column, left):
                told = pair(way, left, other, right)
                found[other.key] = max(told if other.sure else min(told, 1), found.get(other.key, 0))
        days += [day for run in _open_to(way, left, right) for day in run]
    paired = max([*found.values(), 1 if days else 0], default=0)
    return left._replace(paired=paired, running=any(day >= right.open_from for day in days)), found


def _open_to(way: dict[str, Any], left: Seen, right: Activity) -> Runs:
    """The days on which a partner may lie that nobody knows of."""
    if way["how"] == "row":
        return []
    if way["how"] == "in_time":
        last = right.last_in_time(way["deadline"], left.last, left.late)
        if "seconds" not in way["deadline"]:
            return right.open_runs(left.first, last)
        return right.open_hours(left.first, last, right.log.due_at(way["deadline"], left.late, right.begins))
    if way["how"] == "day":
        return right.open_runs(left.first, left.last)
    clock, begins, seconds = right.log.clock, right.begins, way["seconds"]
    end = min(left.over, max(left.late, right.log.until) + seconds + DAY)
    return [
        (first, last)
        for first, last in right.open_runs(left.first, clock.wall(end)[0])
        if min(left.over, end, clock.at(last + 1, begins)) - max(left.begin, clock.at(first, begins)) >= seconds
    ]


def reach(seen: Seen) -> int:
    """The last day that a row may reach, a day more rather than less."""
    return max(seen.last, int(min(seen.over / DAY, 10**6)) + date(1970, 1, 1).toordinal() + 1)
