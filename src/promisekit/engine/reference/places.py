"""Which windows a row can belong to. Windows are sorted and do not overlap, so a search by halves finds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from promisekit.engine.reference.seen import Seen, inner, outer
from promisekit.windows import Window, Zone

Thing = TypeVar("Thing")


class Places(Protocol):
    """The windows of a check, to be asked which of them an event can belong to."""

    @property
    def windows(self) -> tuple[Window, ...]: ...
    def of(self, seen: Seen) -> Iterator[int]:
        """The numbers of the windows that the event can belong to, in order."""
        ...

    def certain(self, seen: Seen, number: int) -> bool:
        """Whether it certainly belongs to the window."""
        ...


class ByDay:
    """An event belongs to the window of the day on which it starts."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self.windows = windows
        self._ends = [window.span.end for window in windows]

    def of(self, seen: Seen) -> Iterator[int]:
        """The numbers of the windows that the event's days touch, in order."""
        number = bisect_right(self._ends, seen.first)
        while number < len(self.windows) and self.windows[number].span.start <= seen.last:
            yield number
            number += 1

    def certain(self, seen: Seen, number: int) -> bool:
        """Whether all of the days that it may start on lie in the window."""
        return inside(seen, self.windows[number])

    def reaching(self, seen: Seen) -> int | None:
        """The window on whose day an event starts, or else the one before where its clock goes on past midnight."""
        number = bisect_right(self._ends, seen.first)
        around = [near for near in (number, number - 1) if 0 <= near < len(self.windows)]
        return next((near for near in around if seen.first in self.windows[near].reach), None)

    def nearest(self, seen: Seen) -> int:
        """The window nearest to an event that lies in none; the earlier one of two."""
        number = bisect_right(self._ends, seen.first)
        around = [near for near in (number - 1, number) if 0 <= near < len(self.windows)]
        return min(around, key=lambda near: _distance(seen, self.windows[near]))


class ByTime:
    """An event belongs to every window in which it goes on for `seconds` at least, or for all of a shorter one.

    For 0 seconds it is enough to touch the window: to begin in it, for however long, or to go on in it at all.
    """

    def __init__(self, windows: tuple[Window, ...], seconds: int, zone: Zone, day_begins: int) -> None:
        self.windows = windows
        self.instants = [window.instants(zone, day_begins) for window in windows]
        self._touching = seconds == 0
        self._needed = [max(1, min(seconds, end - begin)) for begin, end in self.instants]
        self._ends = [end for _, end in self.instants]

    def of(self, seen: Seen) -> Iterator[int]:
        """The numbers of the windows in which it may go on for long enough, in order."""
        number = bisect_right(self._ends, seen.start_earliest)
        over = max(seen.end_latest, seen.start_latest + 1)
        while number < len(self.windows) and self.instants[number][0] < over:
            begin, end = self.instants[number]
            begins = self._touching and seen.start_earliest < end and seen.start_latest >= begin
            if begins or outer(seen, begin, end) >= self._needed[number]:
                yield number
            number += 1

    def certain(self, seen: Seen, number: int) -> bool:
        """Whether it certainly goes on for long enough in the window."""
        begin, end = self.instants[number]
        begins = self._touching and seen.start_earliest >= begin and seen.start_latest < end
        return begins or inner(seen, begin, end) >= self._needed[number]


def first_place(places: Places, seen: Seen) -> int | None:
    """The first window that an event can belong to; None where there is none."""
    return next(places.of(seen), None)


def by_window(places: Places, things: Iterable[Thing], seen_of: Callable[[Thing], Seen]) -> list[list[Thing]]:
    """For every window the things whose events can belong to it."""
    touching: list[list[Thing]] = [[] for _ in places.windows]
    for thing in things:
        for number in places.of(seen_of(thing)):
            touching[number].append(thing)
    return touching


def inside(seen: Seen, window: Window) -> bool:
    """Whether all of the days that the event may start on lie in the window."""
    return seen.first >= window.span.start and seen.last < window.span.end


def _distance(seen: Seen, window: Window) -> int:
    return max(window.span.start - seen.first, seen.first - window.span.last)
