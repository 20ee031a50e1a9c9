"""From rows to one interval per window: what is the same for every measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from msgspec import Struct

from promisekit.engine.measures import Found, Range
from promisekit.engine.observations import Cell, Floating, Phase, Reason
from promisekit.engine.phases import in_order, open_days, phase_of, phase_reasons
from promisekit.engine.reference.members import Drawn, Member
from promisekit.engine.reference.places import ByTime, Places, by_window, inside
from promisekit.engine.reference.seen import Seen
from promisekit.plan.nodes import Number
from promisekit.windows import DaySet, Window

IMPRECISE = frozenset({Reason.IMPRECISE})


class Here(Struct, frozen=True):
    """One window, and the rows that can belong to it."""

    number: int
    window: Window
    members: list[Member]
    over: bool
    """Whether there can be no more rows of the activity in it than are known."""
    open: bool
    """Whether there can be more rows in the relation than are known."""
    open_days: DaySet
    """The days on which those may be."""

    def sure(self, member: Member) -> bool:
        """Whether a row is in the relation and on a day of the window for certain."""
        return member.sure and inside(member.seen, self.window)

    def begun(self, member: Member) -> bool:
        """Whether a row is in the relation for certain, and in the window by its first day: what counts by now."""
        return member.sure and member.seen.first in self.window.span


def cells_of(drawn: Drawn, places: Places, members: list[Member], find: Callable[[Here], Found]) -> tuple[Cell, ...]:
    """Every window with what `find` finds in it."""
    cells = []
    known, as_of = drawn.side.known, drawn.side.as_of
    for number, touching in enumerate(by_window(places, members, _seen)):
        window = places.windows[number]
        phase = phase_of(window, known, as_of, drawn.side.zone)
        over = phase is Phase.CLOSED
        # By time, a row may reach into the window from any day on which it may have met its partner.
        more = not over and (isinstance(places, ByTime) or drawn.unknown_possible(window))
        here = Here(number, window, touching, over, more, open_days(window, phase, known) if more else DaySet())
        found = find(here)
        # A share may be of more than is known, even where no more can be in its part.
        may_grow = more or (found.whole is not None and not over) if found.more is None else found.more
        doubts = found.doubts | phase_reasons(window, phase, known) if may_grow else found.doubts
        cells.append(Cell(window, phase, found.count, found.missed, found.whole, in_order(doubts)))
    return tuple(cells)


def _seen(member: Member) -> Seen:
    return member.seen


def doubts(members: Iterable[Member], settled: Callable[[Member], bool]) -> set[Reason]:
    """Why rows that are not settled are not."""
    found: set[Reason] = set()
    for member in members:
        if not settled(member):
            found |= member.doubts or IMPRECISE
    return found


class Total(Struct):
    """A sum that is made row by row: of what each adds for certain, at most, and by now."""

    low: Number = 0
    high: Number | None = 0
    now: Number = 0

    def add(self, amount: Range, *, sure: bool) -> None:
        """Adds a row, nothing of which is below 0: all of it, or what it may be of nothing and all."""
        low, high = amount.low, amount.high
        self.low += low if sure else 0
        if self.high is not None:
            self.high = None if high is None else self.high + high


def floating(places: Places, members: Iterable[Member]) -> tuple[Floating, ...]:
    """Rows that can belong to several windows, put together by which windows those are.

    Where days lie between windows, such a row may belong to none of them, and nothing is told of it.
    """
    windows = places.windows
    if any(later.span.start != earlier.span.end for earlier, later in pairwise(windows)):
        return ()
    groups: Counter[tuple[int, int, bool]] = Counter()
    for member in members:
        touched = list(places.of(member.seen))
        if len(touched) > 1:
            first, last = windows[touched[0]].span, windows[touched[-1]].span
            covered = first.start <= member.seen.first and member.seen.last < last.end
            groups[touched[0], touched[-1], member.sure and covered] += 1
    return tuple(Floating(first, last, certain, number) for (first, last, certain), number in sorted(groups.items()))
