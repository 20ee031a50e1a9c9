"""Measures: from rows to one interval per window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from promisekit.engine.observations import Bounds, Cell, Floating, Phase, Reason
from promisekit.engine.phases import in_order, phase_of, phase_reasons
from promisekit.engine.reference.places import Places, inside
from promisekit.engine.reference.relations import Paired
from promisekit.engine.reference.seen import Seen
from promisekit.windows import AsOf, DaySet, Window


@dataclass(frozen=True, slots=True)
class Member:
    """A row that a measure may count: whether it certainly does, and why not where it may."""

    seen: Seen
    sure: bool
    doubts: frozenset[Reason]


def count_cells(
    places: Places,
    members: list[Member],
    known: DaySet,
    as_of: AsOf,
    unknown_possible: Callable[[Window], bool],
) -> tuple[Cell, ...]:
    """How many of the members belong to each window. `unknown_possible` says of a window that is not closed whether
    rows that nobody knows of could count in it."""
    cells = []
    members_of = places.spread(members, lambda member: member.seen)
    for window, touching in zip(places.windows, members_of, strict=True):
        phase = phase_of(window, known, as_of)
        unbounded = phase is not Phase.CLOSED and unknown_possible(window)
        doubts = phase_reasons(window, phase, known) if unbounded else set()
        bounds = _bounds(touching, window, unbounded)
        doubts |= _member_doubts(touching, window)
        cells.append(Cell(window, phase, bounds, None, None, in_order(doubts)))
    return tuple(cells)


def ratio_cells(
    places: Places,
    pairs: list[Paired],
    known: DaySet,
    as_of: AsOf,
    unknown_met: Callable[[Window], bool],
) -> tuple[Cell, ...]:
    """In each window, how many of the whole are in the part (`count`) and how many are not (`missed`). `unknown_met`
    says of a window that is not closed whether rows that nobody knows of could be in the part."""
    cells = []
    pairs_of = places.spread(pairs, lambda found: found.row.seen)
    for window, touching in zip(places.windows, pairs_of, strict=True):
        phase = phase_of(window, known, as_of)
        unbounded = phase is not Phase.CLOSED
        met = [_as_member(found, True) for found in touching if found.partnered is not False]
        missed = [_as_member(found, False) for found in touching if found.partnered is not True]
        doubts = phase_reasons(window, phase, known) | _member_doubts([*met, *missed], window)
        count = _bounds(met, window, unbounded and unknown_met(window))
        rest = _bounds(missed, window, unbounded)
        rows = [Member(found.row.seen, found.row.sure, frozenset()) for found in touching]
        all_of_it = _bounds(rows, window, unbounded)
        # If nothing more happens, what has no partner yet never gets one.
        rest = replace(rest, now=all_of_it.now - count.now)
        if all_of_it.low == 0:
            doubts.add(Reason.NOT_TRIGGERED)
        cells.append(Cell(window, phase, count, rest, all_of_it, in_order(doubts)))
    return tuple(cells)


def floating(places: Places, members: Iterable[Member]) -> tuple[Floating, ...]:
    """Rows that can belong to several windows, put together by which windows those are."""
    groups: Counter[tuple[int, int, bool]] = Counter()
    for member in members:
        touched = list(places.of(member.seen))
        if len(touched) > 1:
            first, last = places.windows[touched[0]].span, places.windows[touched[-1]].span
            covered = first.start <= member.seen.first and member.seen.last < last.end
            groups[touched[0], touched[-1], member.sure and covered] += 1
    return tuple(Floating(first, last, certain, number) for (first, last, certain), number in sorted(groups.items()))


def _as_member(found: Paired, met: bool) -> Member:
    return Member(found.row.seen, found.row.sure and found.partnered is met, found.doubts)


def _bounds(members: list[Member], window: Window, unbounded: bool) -> Bounds:
    low = sum(member.sure and inside(member.seen, window) for member in members)
    now = sum(member.sure and member.seen.first in window.span for member in members)
    return Bounds(low, None if unbounded else len(members), now)


def _member_doubts(members: list[Member], window: Window) -> set[Reason]:
    doubts: set[Reason] = set()
    for member in members:
        if not (member.sure and inside(member.seen, window)):
            doubts |= member.doubts or {Reason.IMPRECISE}
    return doubts
