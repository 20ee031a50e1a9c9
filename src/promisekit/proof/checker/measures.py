"""Checks: which rows belong to a window, and what is measured there: `low` for certain, `high` at most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .log import Log
from .pairs import Activity, partners_of, reach
from .terms import (
    Runs,
    Seen,
    Window,
    agree,
    number,
    ordinal,
    says,
)

Newest = tuple[int, int, Any, Any, int | None]


MEASURES = {"Count", "Sum", "Distinct", "Duration", "Gap", "Latest", "Ratio", "Quotient"}
TOTALS = {None, "sum", "union"}


class Check:
    """One check of a certificate, measured anew."""

    def __init__(self, log: Log, said: dict[str, Any], activities: dict[str, Activity]) -> None:
        self.log, self.said, self.measure = log, said, said["measured"]
        partner = said["partner"]
        self.left, self.ways = activities[said["counts"]], [] if partner is None else partner["ways"]
        self.right = self.left if partner is None else activities[partner["of"]]
        agree(
            said["counts"], "measured", True, self.measure["name"] in MEASURES and self.measure.get("total") in TOTALS
        )
        self.windows = [self._window(one) for one in said["windows"]]
        self.found: dict[tuple[str, int], dict[tuple[str, int], int]] = {}
        self.rows = []
        for row in self.left.rows:
            if self.ways:
                if not any(self.inside(row, window)[0] for window in self.windows):
                    continue
                row, self.found[row.key] = partners_of(row, self.ways, self.right)
            endless = self.measure.get("without_end") == "not_counted" and row.row.close is None
            if not endless and (row.paired or self.measure["name"] == "Ratio"):
                self.rows.append(row)

    def _window(self, said: dict[str, Any]) -> Window:
        (first, last), clock = map(ordinal, said["days"]), self.log.clock
        if said["clock"] is None:
            return Window(first, last, clock.at(first, self.left.begins), clock.at(last + 1, self.left.begins), last)
        begin, end = (int(datetime.fromisoformat(one).timestamp()) for one in said["clock"])
        agree(said["days"][0], "clock", first, clock.wall(begin)[0])
        return Window(first, last, begin, end, clock.wall(end - 1)[0])

    @property
    def by_time(self) -> bool:
        return self.said["overlap"] is not None

    def inside(self, seen: Seen, window: Window) -> tuple[bool, bool]:
        """Whether a row may belong to a window, and whether it certainly does."""
        if not self.by_time:
            return window.begun(seen), window.has(seen)
        begin, end = window.begin, window.end
        needed = max(1, min(self.said["overlap"], end - begin))
        may = min(seen.over, end) - max(seen.begin, begin) >= needed
        does = min(seen.ends, end) - max(seen.late, begin) >= needed
        if self.said["overlap"] == 0:
            may, does = may or (seen.begin < end and seen.late >= begin), does or begin <= seen.begin <= seen.late < end
        return may, does

    def measured(self, window: Window) -> dict[str, Any]:
        """What the log shows of a window: `low..high`; of a share what is missed and the whole, too."""
        here = [seen for seen in self.rows if self.inside(seen, window)[0]]
        closed = not self.left.open_runs(window.first, window.reach)
        more = not closed and (self.by_time or not self.ways or self._could_meet(window))
        open_days = self.left.open_runs(window.first, window.reach) if more else []
        kind = self.measure["name"]
        if kind in ("Count", "Sum", "Ratio", "Quotient"):
            return self._added(kind, here, window, more, closed)
        if kind == "Distinct":
            low, high = self._distinct(here, window, more, open_days)
        elif kind == "Duration":
            low, high = self._lasting(here, window, more, open_days)
        elif kind == "Gap":
            low, high = self._gap(here, window, open_days)
        else:
            return self._latest(here, window, open_days)
        return {"low": low, "high": high}

    def due(self, seen: Seen) -> str | None:
        """The last day in time for a row of a share that is answered by a deadline."""
        deadlines = [way["deadline"] for way in self.ways if way["how"] == "in_time"]
        if self.measure["name"] != "Ratio" or not deadlines:
            return None
        days = [self.right.last_in_time(deadline, seen.first, seen.begin) for deadline in deadlines]
        return date.fromordinal(min(days)).isoformat()

    def sure(self, seen: Seen, window: Window) -> bool:
        return seen.sure and seen.paired == 2 and self.inside(seen, window)[1]

    def _added(self, kind: str, here: list[Seen], window: Window, more: bool, closed: bool) -> dict[str, Any]:
        if kind in ("Count", "Sum"):
            column = self.measure.get("column")
            added = [(*amount(seen, column), self.sure(seen, window)) for seen in here]
            return dict(zip(("low", "high"), total(added, more), strict=True))
        part, rest, whole = [], [], []
        for seen in here:
            if kind == "Ratio":
                low, high = amount(seen, self.measure["weight"])
                within = seen.sure and window.has(seen)
                whole.append((low, high, within))
                part += [(low, high, within and seen.paired == 2)] if seen.paired else []
                rest += [(low, high, within and not seen.paired)] if seen.paired < 2 else []
            else:
                above, below = says(seen, self.measure["above"]), says(seen, self.measure["below"])
                for one, parts in zip((part, rest, whole), quotient(above, below), strict=True):
                    one.append((*parts, self.sure(seen, window)))
        low, high = total(part, more)
        return {"low": low, "high": high, "missed": total(rest, not closed), "of": total(whole, not closed)}

    def _distinct(self, here: list[Seen], window: Window, more: bool, open_days: Runs) -> tuple[Any, Any]:
        unit, column = self.measure["unit"], self.measure["column"]
        if unit is None:
            told = {value for seen in here if (value := says(seen, column)) is not None}
            sure = [says(seen, column) for seen in here if self.sure(seen, window)]
            untold = sum(says(seen, column) is None for seen in here)
            return max(len({*sure} - {None}), int(bool(sure))), None if more else len(told) + untold
        spreads = []
        for seen in here:
            days = range(max(seen.first, window.first), min(seen.last, window.last) + 1)
            units = [one for day in days if (one := unit_of(unit, day)) is not None]
            if units:
                spreads.append((units[-1], units[0], self.sure(seen, window) and len(units) == len(days)))
        low, reached = 0, -math.inf
        free = [day for first, last in open_days for day in range(first, min(last, window.last) + 1)]
        used = {unit_of(unit, day) for day in free} - {None}
        for last, first, certain in sorted(spreads):
            if certain and first > reached:
                low, reached = low + 1, last
            used |= {next((one for one in range(first, last + 1) if one not in used), first)}
        return low, len(used)

    def _lasting(self, here: list[Seen], window: Window, more: bool, open_days: Runs) -> tuple[Any, Any]:
        begin, end = window.begin, window.end
        if self.measure["total"] == "sum":
            added = []
            for seen in here:
                low, high = amount(seen, self.measure["weight"])
                least = max(0, min(seen.ends, end) - max(seen.late, begin))
                most = max(0, min(seen.over, end) - max(seen.begin, begin))
                added.append((low * least, None if high is None else high * most, seen.sure and seen.paired == 2))
            return total(added, more)
        certain = [(seen.late, seen.ends) for seen in here if seen.sure and seen.paired == 2]
        at, begins = self.log.clock.at, self.left.begins
        runs = [(at(first, begins), at(last + 1, begins)) for first, last in open_days]
        return union(certain, begin, end), union([*((seen.begin, seen.over) for seen in here), *runs], begin, end)

    def _gap(self, here: list[Seen], window: Window, open_days: Runs) -> tuple[Any, Any]:
        spans = [*((seen.first, seen.last) for seen in here), *open_days]
        may = {day for a, b in spans for day in range(max(a, window.first), min(b, window.last) + 1)}
        marks = [window.first - 1, *sorted(may), window.last + 1]
        # From each day that a certain row may have been on at the earliest to the last day for the one after it.
        certain = {(seen.first, seen.last) for seen in here if self.sure(seen, window)}
        since = {window.first - 1, *(first for first, _ in certain)}
        until = {day: min((last for first, last in certain if first > day), default=window.last + 1) for day in since}
        return max(later - earlier for earlier, later in pairwise(marks)), max(until[day] - day for day in since)

    def _latest(self, here: list[Seen], window: Window, open_days: Runs) -> dict[str, Any]:
        now = self._newest([(seen, self.sure(seen, window)) for seen in here])
        base: Newest = (1, 1, 0, 0, None)
        before = False
        told = self.measure["baseline"]
        if isinstance(told, list):
            first, last = map(ordinal, told)
            then = Window(first, last, 0, 0, last)
            rows = [(seen, seen.sure and then.has(seen)) for seen in self.rows if then.begun(seen)]
            base = self._newest(rows)
            before = self._since(self.left.open_runs(first, last), base[4])
        elif told is not None:
            base = (1, 1, number(told), number(told), None)
        more = self._since(open_days, now[4])
        none = (not more and not now[1]) or (not before and not base[1])
        unknown = {"low": 0, "high": None, "of": (0, 0 if none else None if more else now[1])}
        if not (now[0] and base[0]) or before or now[2] is None or base[2] is None:
            return unknown
        low, high = now[2] - base[3], now[3] - base[2]
        if told is not None and self.measure["compared"] == "percent":
            if base[2] <= 0:
                return {**unknown, "of": (0, None if more else now[1])}
            low = 100 * (Fraction(now[2]) / (base[3] if now[2] >= 0 else base[2]) - 1)
            high = 100 * (Fraction(now[3]) / (base[2] if now[3] >= 0 else base[3]) - 1)
        return {"low": low, "high": high, "of": (1, None if more else now[1])}

    def _newest(self, rows: list[tuple[Seen, bool]]) -> Newest:
        """How many newest readings there are, what its value lies between, since when there is one for certain."""
        since = max((seen.begin for seen, sure in rows if sure), default=None)
        may = [(seen, sure) for seen, sure in rows if since is None or seen.late >= since]
        columns = (self.measure["column"], self.measure["low"], self.measure["high"])
        told = [[None if column is None else says(seen, column) for column in columns] for seen, _ in may]
        known = bool(told) and all(point is not None for point, _, _ in told)
        ends: list[Any] = [(point, point) if None in (low, high) else (low, high) for point, low, high in told]
        low, high = (min(map(min, ends)), max(map(max, ends))) if known else (None, None)
        return int(any(sure for _, sure in may)), int(bool(may)), low, high, since

    def _since(self, runs: Runs, instant: int | None) -> bool:
        day = -1 if instant is None else self.log.clock.day(instant, self.left.begins)
        return any(last >= day for _, last in runs)

    def _could_meet(self, window: Window) -> bool:
        """Whether a row that nobody knows of may be in the window and have a partner."""
        left, right, log = self.left, self.right, self.log
        for way in self.ways:
            for first, last in left.open_runs(window.first, window.reach):
                if way["how"] == "in_time":
                    last = right.last_in_time(way["deadline"], last, log.clock.at(last + 1, right.begins) - 1)
                elif way["how"] == "overlap":
                    last = left.open_runs(first, window.reach + 366)[0][1]
                late = right.rows if way["how"] != "row" and first <= last else ()
                if right.open_runs(first, last) or any(reach(one) >= first and one.first <= last for one in late):
                    return True
        return False


def amount(seen: Seen, column: str | None) -> tuple[Any, Any]:
    """What a row adds: one, or the number in a column; one that is not told, or below 0, may be anything from 0."""
    value = 1 if column is None else says(seen, column)
    return (0, None) if value is None or value < 0 else (value, value)


def total(added: Iterable[tuple[Any, Any, bool]], unbounded: bool) -> tuple[Any, Any]:
    """What rows add for certain, and at most."""
    added = list(added)
    high = None if unbounded or any(most is None for _, most, _ in added) else sum(most for _, most, _ in added)
    return sum(low for low, _, sure in added if sure), high


def quotient(above: Any, below: Any) -> tuple[tuple[Any, Any], tuple[Any, Any], tuple[Any, Any]]:
    """What a row adds to the part, to the rest and to the whole."""
    whole = below if below is not None and below >= 0 else None
    part = above if above is not None and above >= 0 and (whole is None or above <= whole) else None
    if part is None or whole is None:
        return (part or 0, whole), (0, whole), (whole or 0, whole)
    return (part, part), (whole - part, whole - part), (whole, whole)


def unit_of(unit: str, day: int) -> int | None:
    """The day, week, weekend or month that a day lies in."""
    if unit == "month":
        return date.fromordinal(day).year * 12 + date.fromordinal(day).month
    if unit == "day":
        return day
    return None if unit == "weekend" and (day + 6) % 7 < 5 else (day - 1) // 7


def union(intervals: Iterable[tuple[float, float]], begin: int, end: int) -> int:
    """For how long at least one of the intervals goes on."""
    length, reached = 0.0, float(begin)
    for start, stop in sorted(intervals):
        length += max(0, min(stop, end) - max(start, reached))
        reached = max(reached, stop)
    return int(length)
