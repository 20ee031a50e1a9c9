"""Duplicates: rows that tell of one event by a rule which the promise declares, over all sources.

Two rows are the same event where they agree in all columns that the rule names, both telling them, and start within so
much time of each other for certain. Every row is compared with the rows that stand, never with one that was merged, so
that a chain of rows, each near the next, does not drift into one event. Who stands is settled in this order: what took
place for certain before what may have, what tells its cells and its instant before what does not, then the earliest
start, then the order of sources, files and rows. Across sources a standing row takes the row of another source that is
nearest to it, one of each source: two rows of one source are two events.

Where it cannot be told whether a row is another's duplicate, it is only possible, and so takes no other row with it.
Cancelled and rejected rows are compared with nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Severity
from promisekit.events import UNREADABLE, Doubt, Event, State, Value
from promisekit.log.identity import about, grouped, possible
from promisekit.log.mapping import Duplicates
from promisekit.log.model import Merged
from promisekit.words import say

Key = tuple[Value, ...]
"""What a row says in the columns of the rule; None where it says nothing."""
Told = tuple[int, ...]
"""The positions in a key that are told."""


class Merging(Struct, frozen=True):
    """The events that are left, which were merged into which of them, and what was noticed."""

    events: tuple[Event, ...]
    merged: tuple[Merged, ...]
    diagnostics: tuple[Diagnostic, ...]


def merge(events: Sequence[Event], rule: Duplicates) -> Merging:
    """The events without those that the rule says are others; `events` are those of all sources, in their order."""
    found = _Search(events, rule)
    found.run()
    left = [possible(event) if at in found.doubted else event for at, event in enumerate(events)]
    into = {at: left[stands] for at, stands in found.taken.items()}
    return Merging(
        events=tuple(event for at, event in enumerate(left) if at not in into),
        merged=tuple(Merged(events[at], stands) for at, stands in sorted(into.items())),
        diagnostics=tuple(_told(events, found)),
    )


class _Free(Struct):
    """Standing rows of one key that can take another row, by the earliest instant at which they start."""

    starts: list[int] = []
    rows: list[int] = []

    def add(self, start: int, row: int) -> None:
        at = bisect_right(self.starts, start)
        self.starts.insert(at, start)
        self.rows.insert(at, row)

    def before(self, end: int) -> Iterator[int]:
        """The positions before `end`, the nearest start first; of those that start at once, who stood first."""
        while end:
            first = bisect_left(self.starts, self.starts[end - 1])
            yield from range(first, end)
            end = first

    def remove(self, start: int, row: int) -> None:
        at = self.rows.index(row, bisect_left(self.starts, start))
        del self.starts[at], self.rows[at]


class _Search:
    """One run of the rule. Rows go by their positions; each is placed once, in the order of who stands."""

    def __init__(self, events: Sequence[Event], rule: Duplicates) -> None:
        self.events, self.rule = events, rule
        self.taken: dict[int, int] = {}
        """A merged row → the row that stands for it."""
        self.doubted: dict[int, int] = {}
        """A row that may be a duplicate → one that it may be a duplicate of."""
        self._sources = sorted({event.source for event in events}) if rule.across == "source" else [None]
        self._free: dict[tuple[Key, str | None], _Free] = {}
        self._exact: list[int] = []
        """Standing rows that took place for certain, tell all their cells, and start at a known instant."""
        self._vague: dict[tuple[Told, Told, Key, str | None], list[tuple[int, int]]] = {}
        """By what they tell, some of it, and whose rows they could still take: the standing rows that are not so, as a
        heap, those that may start last first."""
        self._having: set[tuple[int, str | None]] = set()
        """The rows that stand for another, and the source of that one."""
        self._indices: dict[Told, dict[tuple[Key, str | None], tuple[list[int], list[int]]]] = {}
        self._keys = [self._read_key(event) for event in events]

    def run(self) -> None:
        """Places every row that can be compared."""
        rows = [at for at, event in enumerate(self.events) if _comparable(event)]
        rows.sort(key=lambda at: (self.events[at].start.earliest, at))
        held = [at for at in rows if self.events[at].certain]
        vague = [at for at in held if not self._is_exact(at)]
        patterns = {self._told(at) for at in vague}
        for at in held:
            if self._is_exact(at) and not self._take(at):
                self._stand(at)
                self._exact.append(at)
        for at in vague:
            if not self._take(at):
                self._stand_vaguely(at, patterns)
        for at in rows:
            if not self.events[at].certain and not self._take(at):
                self._stand(at)

    def _read_key(self, event: Event) -> Key:
        return tuple(_comparable_value(event.values.get(name)) for name in self.rule.same)

    def _told(self, at: int) -> Told:
        return tuple(position for position, value in enumerate(self._keys[at]) if value is not None)

    def _is_exact(self, at: int) -> bool:
        start = self.events[at].start
        return start.earliest == start.latest and None not in self._keys[at]

    def _side(self, at: int) -> str | None:
        return self.events[at].source if self.rule.across == "source" else None

    def _sides(self, at: int) -> Iterator[str | None]:
        """The sources whose rows could be the same event as this one."""
        return (side for side in self._sources if side is None or side != self.events[at].source)

    def _take(self, at: int) -> bool:
        """Merges a row into the nearest standing one that certainly is the same event, if there is one."""
        key, side = self._keys[at], self._side(at)
        free = self._free.get((key, side))
        if free is None or None in key:
            return False
        nearest = min(self._near(at, free), default=None)
        if nearest is None:
            return False
        stands = nearest[2]
        self.taken[at] = stands
        if side is not None:
            self._having.add((stands, side))
            free.remove(self.events[stands].start.earliest, stands)
        return True

    def _near(self, at: int, free: _Free) -> Iterator[tuple[int, int, int]]:
        """At most two candidates, the nearest on either side: how far away each starts, which was first, and it."""
        start, apart = self.events[at].start, self.rule.apart
        middle = bisect_left(free.starts, start.earliest)
        for positions in (free.before(middle), range(middle, len(free.rows))):
            for position in positions:
                begins, row = free.starts[position], free.rows[position]
                if not start.latest - apart <= begins <= start.earliest + apart:
                    break
                if self.events[row].start.latest - start.earliest <= apart:
                    yield abs(begins - start.earliest), begins, row
                    break

    def _stand(self, at: int) -> None:
        """Lets a row stand, so that it takes others."""
        start = self.events[at].start
        if start.latest - start.earliest > self.rule.apart or None in self._keys[at]:
            return  # nothing is certainly near it
        for side in self._sides(at):
            self._free.setdefault((self._keys[at], side), _Free()).add(start.earliest, at)

    def _stand_vaguely(self, at: int, patterns: Iterable[Told]) -> None:
        """Lets a row stand whose start or cells leave something open; doubted where it may be another's duplicate."""
        told, key, start = self._told(at), self._keys[at], self.events[at].start
        other = next((row for pattern in patterns for row in self._vague_like(at, pattern)), None)
        if other is None:
            other = next(self._exact_like(at), None)
        if other is None:
            self._stand(at)
        else:
            self.doubted[at] = other
        for common in {_both(told, pattern) for pattern in patterns}:
            values = tuple(key[position] for position in common)
            for side in self._sides(at):
                heappush(self._vague.setdefault((told, common, values, side), []), (-start.latest, at))

    def _vague_like(self, at: int, told: Told) -> Iterator[int]:
        """An earlier vague row, of those that tell just so much, that may be the same, if there is one.

        They begin no later, so that only their latest start matters.
        """
        side, common = self._side(at), _both(self._told(at), told)
        heap = self._vague.get((told, common, tuple(self._keys[at][position] for position in common), side), [])
        while heap and (heap[0][1], side) in self._having:
            heappop(heap)
        if heap and -heap[0][0] >= self.events[at].start.earliest - self.rule.apart:
            yield heap[0][1]

    def _exact_like(self, at: int) -> Iterator[int]:
        """Exact rows that may be the same."""
        told, key, start, side = self._told(at), self._keys[at], self.events[at].start, self._side(at)
        starts, rows = self._index(told).get((tuple(key[position] for position in told), side), ([], []))
        for position in range(bisect_left(starts, start.earliest - self.rule.apart), len(rows)):
            if starts[position] > start.latest + self.rule.apart:
                return
            if (rows[position], side) not in self._having:
                yield rows[position]

    def _index(self, told: Told) -> dict[tuple[Key, str | None], tuple[list[int], list[int]]]:
        """The exact rows by some of their cells and by the source whose rows they could still take."""
        if told not in self._indices:
            index: dict[tuple[Key, str | None], tuple[list[int], list[int]]] = {}
            for at in self._exact:
                key = self._keys[at]
                values = tuple(key[position] for position in told)
                for side in self._sides(at):
                    if (at, side) not in self._having:
                        starts, rows = index.setdefault((values, side), ([], []))
                        starts.append(self.events[at].start.earliest)
                        rows.append(at)
            self._indices[told] = index
        return self._indices[told]


def _comparable(event: Event) -> bool:
    return event.state is not State.CANCELLED and Doubt.REJECTED not in event.doubts


def _comparable_value(value: Value) -> Value:
    """A list in any order is the same list."""
    if value is UNREADABLE:
        return None
    return tuple(sorted(set(value))) if isinstance(value, tuple) else value


def _both(one: Told, other: Told) -> Told:
    return tuple(position for position in one if position in other)


def _told(events: Sequence[Event], found: _Search) -> Iterator[Diagnostic]:
    """One warning about what was merged, and one about what may have to be."""
    if found.taken:
        said = say(
            "{n} row tells of the same event as another one and was merged with it: lines {rows}",
            "{n} rows tell of the same events as others and were merged with them: lines {rows}",
            n=len(found.taken),
            rows=grouped(_groups(events, found.taken)),
        )
        yield about("log.rows-merged", Severity.WARNING, events[min(found.taken)], said)
    if found.doubted:
        said = say(
            "{n} row may tell of the same event as another one, which its start or an empty cell leaves open, "
            "and is only possible: lines {rows}",
            "{n} rows may tell of the same events as others, which their starts or empty cells leave open, "
            "and are only possible: lines {rows}",
            n=len(found.doubted),
            rows=grouped(_groups(events, found.doubted), " ≈ "),
        )
        yield about("log.rows-perhaps-same", Severity.WARNING, events[min(found.doubted)], said)


def _groups(events: Sequence[Event], others: dict[int, int]) -> list[list[Event]]:
    """Every row that others belong to, and they, in the order of the first."""
    groups: dict[int, list[int]] = {}
    for at, stands in sorted(others.items()):
        groups.setdefault(stands, [stands]).append(at)
    return [[events[at] for at in groups[stands]] for stands in sorted(groups)]
