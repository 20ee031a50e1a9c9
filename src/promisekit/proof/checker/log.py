"""The logs as they are known at the as-of, and which of their rows a selector means."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from itertools import product
from typing import Any

from .clock import Clock
from .rows import rows_of, settled
from .terms import (
    BAD,
    DAY,
    FOREVER,
    Moment,
    Row,
    Seen,
    Unreadable,
    agree,
    among,
    bounded,
    number,
    ordinal,
)

ANY = {0, 1, 2}


def _recorded(value: Any, log: Log, settled: bool) -> int:
    """Whether there is a date by the end of the period; `settled` where no more can become known."""
    if value is BAD:
        return 1
    if not isinstance(value, Moment) or value.begin >= log.until:
        return 0 if settled else 1
    if value.first > log.last:
        return 0
    return 2 if value.end < log.until and value.last <= log.last else 1


def _in_the_end(test: list[Any], value: Any, log: Log, settled: bool) -> set[int]:
    """All that a test of a date may turn out to say by the end of the period."""
    known = isinstance(value, Moment) and value.begin < log.until
    if value is BAD:
        return {1}
    if known and value.first <= log.last:
        found = holds(test, value, log, 0, settled) if test[0] == "date" else 2 * test[1]
        return ANY if value.end >= log.until else {found if value.last <= log.last else 1}
    if not known and not settled:
        return ANY
    return {1 if test[0] == "date" else 2 * (not test[1])}


TESTS: dict[str, Callable[..., bool]] = {
    "one_of": lambda value, wanted: value in wanted,
    "starts_with": lambda value, prefix: value.startswith(prefix),
    "any": lambda value, wanted: any(one in value for one in wanted),
    "all": lambda value, wanted: all(one in value for one in wanted),
    "none": lambda value, wanted: not any(one in value for one in wanted),
    "range": lambda value, low, high: among(number(low), number(high), value, value) == 2,
    "flag": lambda value, wanted: value is wanted,
}


def holds(test: list[Any], value: Any, log: Log, begins: int, settled: bool) -> int:
    """Whether a test holds of a cell, or of the moment at which a row starts."""
    name, *wanted = test
    if name == "not":
        return 2 - holds(wanted[0], value, log, begins, settled)
    if name == "recorded":
        there = _recorded(value, log, settled) if wanted[1] else 1 if value is BAD else 2 * (value is not None)
        return there if wanted[0] else 2 - there
    if value is None or value is BAD:
        return 1
    if name == "date":
        first, last = (None if day is None else ordinal(day) for day in wanted)
        return 1 if value.end >= log.until else among(first, last, value.first, value.last)
    if name == "clock":
        begin, end = wanted
        inside = value.clock is not None and (value.clock >= begin, value.clock < end)
        return 1 if not inside else 2 * (all(inside) if begin < end else any(inside))
    if name in ("weekday", "days"):
        first, last = log.days_of(value, begins)
        spans = [(ordinal(one), ordinal(other)) for one, other in wanted[0]] if name == "days" else []
        answers = {
            (day + 6) % 7 in wanted[0] if name == "weekday" else any(one <= day <= other for one, other in spans)
            for day in range(first, last + 1)
        }
        return 1 if len(answers) > 1 else 2 * answers.pop()
    return 2 * bool(TESTS[name](value, *wanted))


class Log:
    """The logs as they are known at the as-of."""

    def __init__(self, said: dict[str, Any], contents: dict[str, bytes]) -> None:
        self.clock = Clock(said["zone"])
        self.until = int(datetime.fromisoformat(said["as_of"]["until"]).timestamp())
        shown = datetime.fromtimestamp(self.until, self.clock.zone).isoformat()
        agree("certificate", "as_of", said["as_of"]["until"], shown)
        self.day = self.clock.wall(self.until - 1)[0]
        self.closed = self.day + (self.clock.at(self.day + 1) == self.until)
        self.last_day = cache(self._last_day)
        self.calendar = said["calendar"]
        self.first, self.last = map(ordinal, said["period"])
        self.declared = {source["name"] for source in said["sources"] if source["covers"] is not None}
        self.off = {name: set(map(ordinal, days)) for name, days in said["calendar"]["off"].items()}
        self.covers: dict[str, list[tuple[int, int]]] = {}
        self.rows: list[Row] = []
        read: set[str] = set()
        for source in said["sources"]:
            found: list[Row] = []
            for file in source["files"]:
                rows = list(rows_of(source, file, contents[file["sha256"]], self.clock))
                once = not rows or not {file["name"], file["sha256"]} & read
                agree(file["name"], "read_once", True, once)
                read |= {file["name"], file["sha256"]}
                found += rows
            rows = settled(found)
            days = [row.start.first for row in rows if not row.rejected and row.start.first <= self.day]
            assumed = [(ordinal(said["period"][0]), max(days))] if days else []
            spans = source["covers"]
            self.covers[source["name"]] = assumed if spans is None else [(ordinal(a), ordinal(b)) for a, b in spans]
            self.rows += rows
        self._set_right(said)

    def _set_right(self, said: dict[str, Any]) -> None:
        """Merges rows where a pair by pair look allows it, and sets right what people have set right."""
        rows = {(row.file, row.line): row for row in self.rows}
        rule = said["merging"]
        for one, into in rule["merged"] if rule else ():
            row, stands = rows[tuple(one)], rows[tuple(into)]
            same = all(row.values[name] == stands.values[name] is not None for name in rule["same"])
            apart = max(stands.start.end - row.start.begin, row.start.end - stands.start.begin)
            alike = same and apart <= rule["apart"] and (rule["across"] == "row" or row.source != stands.source)
            agree(f"{row.file}:{row.line}", "merged", True, alike and row.held > 0 and not row.rejected)
        for one in rule["doubted"] if rule else ():
            rows[tuple(one)] = rows[tuple(one)]._replace(held=min(1, rows[tuple(one)].held))
        for one, _ in rule["merged"] if rule else ():
            del rows[tuple(one)]
        for edit in said["set_aside"]:
            if (key := (edit["file"], edit["row"])) not in rows:
                continue
            if edit["what"] == "row":
                del rows[key]
            else:
                row = rows[key]
                rows[key] = row._replace(close=row.start) if edit["what"] == "end" else row._replace(held=2)
        self.rows = list(rows.values())

    def covered(self, names: Sequence[str], day: int) -> bool:
        """Whether all is known of a day from these sources (from all, where none is named)."""
        chosen = names or list(self.covers)
        return day < self.closed and all(
            any(first <= day <= last for first, last in self.covers.get(name, ())) for name in chosen
        )

    def _last_day(self, begins: int) -> int:
        """The last day of which anything is known, where days begin at that second."""
        day = self.day + 1
        while self.clock.at(day, begins) >= self.until:
            day -= 1
        return day

    def days_of(self, moment: Moment, begins: int) -> tuple[int, int]:
        if moment.clock is not None:
            return moment.first - (moment.clock < begins), moment.last - (moment.clock < begins)
        return moment.first - (begins > 0), moment.last

    def truth(self, selector: list[Any], row: Row, begins: int, settled: bool) -> int:
        """Whether a selector means a row."""
        name, *rest = selector
        if name == "every":
            return min((self.truth(one, row, begins, settled) for one in rest[0]), default=2)
        if name == "either":
            return max((self.truth(one, row, begins, settled) for one in rest[0]), default=0)
        if name == "except":
            spared = {2 * (truth != 2) for truth in self._ends(rest[0], row, begins, settled)}
            return spared.pop() if len(spared) == 1 else 1
        return self._condition(rest[0], rest[1], row, begins, settled)

    def _condition(self, column: str, test: list[Any], row: Row, begins: int, settled: bool) -> int:
        if test[0] == "lasts":
            shortest, longest = self.length(row)
            return among(test[1], test[2], shortest, longest)
        return holds(test, self._value(column, row), self, begins, settled)

    def _value(self, column: str, row: Row) -> Any:
        return row.start if column in ("time", "weekday", "calendar") else row.values.get(column)

    def _ends(self, selector: list[Any], row: Row, begins: int, settled: bool) -> set[int]:
        """All that a selector may turn out to say of a row once no more can become known."""
        name, *rest = selector
        if name == "except":
            return {2 * (truth != 2) for truth in self._ends(rest[0], row, begins, settled)}
        if name in ("every", "either"):
            chosen = product(*(self._ends(one, row, begins, settled) for one in rest[0]))
            return {min(one, default=2) if name == "every" else max(one, default=0) for one in chosen}
        column, test = rest
        if test[0] == "date" or (test[0] == "recorded" and test[2]):
            return _in_the_end(test, self._value(column, row), self, settled)
        found = self._condition(column, test, row, begins, settled)
        going_on = test[0] == "lasts" and row.close is not None and row.close.end >= self.until
        return ANY if found == 1 and going_on else {found}

    def ending(self, row: Row) -> tuple[float, float]:
        """The earliest and the latest instant at which a row may end; what still goes on may do so for ever."""
        if row.close is None:
            return row.start.begin, row.start.end + DAY
        if row.close.begin >= self.until:
            return self.until, FOREVER
        known = row.close.end < self.until
        late = row.close.end + (row.close.clock is None) if known else FOREVER
        return max(row.close.begin, row.start.begin), late

    def length(self, row: Row) -> tuple[float, float]:
        if row.close is None:
            return 0, DAY
        ends, over = self.ending(row)
        return max(0, ends - min(row.start.end, self.until - 1)), max(0, over - row.start.begin)

    def see(self, row: Row, begins: int, told: int = 2) -> Seen:
        first, last = self.days_of(row.start, begins)
        late, sure = min(row.start.end, self.until - 1), told == row.held == 2 and row.start.end < self.until
        return Seen(row, first, min(last, self.last_day(begins)), row.start.begin, late, *self.ending(row), sure, told)

    def due(self, deadline: dict[str, Any], day: int) -> int:
        """The last day in time for a trigger on that day."""
        if "by" in deadline:
            return ordinal(deadline["by"])
        many, unit = bounded(deadline["number"]), deadline["unit"]
        last = day + many * {"days": 1, "weeks": 7}.get(unit, 0)
        if unit == "months":
            begin = date.fromordinal(day)
            year, month = divmod(begin.year * 12 + begin.month - 1 + many, 12)
            last = date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1])).toordinal()
        while unit == "working_days" and many:
            last += 1
            many -= self.runs(last, "working_days")
        return last if deadline["latest"] is None else min(last, ordinal(deadline["latest"]))

    def runs(self, day: int, name: str) -> bool:
        """Whether a day is a working day, or one on which the weekday clock runs."""
        if not ordinal(self.calendar["from"]) <= day <= ordinal(self.calendar["to"]):
            raise Unreadable(f"the certificate's calendar does not reach {date.fromordinal(day)}")
        return (day + 6) % 7 < 5 and day not in self.off[name]

    def due_at(self, deadline: dict[str, Any], instant: int, begins: int) -> int:
        """The last instant in time for a trigger at that instant."""
        left, last = bounded(deadline["seconds"]), instant + bounded(deadline["seconds"])
        if deadline["clock"] == "weekdays":
            day = self.clock.wall(instant)[0]
            while True:
                end = self.clock.at(day + 1)
                if self.runs(day, "weekdays"):
                    if instant + left <= end:
                        break
                    left -= end - instant
                day, instant = day + 1, end
            last = instant + left
        latest = deadline["latest"]
        return last if latest is None else min(last, self.clock.at(ordinal(latest) + 1, begins) - 1)
