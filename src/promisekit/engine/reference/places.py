"""Which windows a row can belong to. Windows are sorted and do not overlap, so a search by halves finds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from promisekit.engine.reference.seen import Seen
from promisekit.windows import Window

Thing = TypeVar("Thing")


class Places:
    """The windows of a check, to be asked which of them an event can belong to."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self.windows = windows
        self._ends = [window.span.end for window in windows]

    def of(self, seen: Seen) -> Iterator[int]:
        """The numbers of the windows that the event's days touch, in order."""
        number = bisect_right(self._ends, seen.first)
        while number < len(self.windows) and self.windows[number].span.start <= seen.last:
            yield number
            number += 1

    def first(self, seen: Seen) -> int | None:
        """The first of them; None where the event lies in no window."""
        return next(self.of(seen), None)

    def nearest(self, seen: Seen) -> int:
        """The window nearest to an event that lies in none; the earlier one of two."""
        number = bisect_right(self._ends, seen.first)
        around = [near for near in (number - 1, number) if 0 <= near < len(self.windows)]
        return min(around, key=lambda near: _distance(seen, self.windows[near]))

    def spread(self, things: Iterable[Thing], seen_of: Callable[[Thing], Seen]) -> list[list[Thing]]:
        """For every window the things whose events touch it."""
        touching: list[list[Thing]] = [[] for _ in self.windows]
        for thing in things:
            for number in self.of(seen_of(thing)):
                touching[number].append(thing)
        return touching


def inside(seen: Seen, window: Window) -> bool:
    """Whether the event certainly belongs to the window."""
    return seen.first >= window.span.start and seen.last < window.span.end


def _distance(seen: Seen, window: Window) -> int:
    return max(window.span.start - seen.first, seen.first - window.span.last)
