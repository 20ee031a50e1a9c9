"""One check: its rows, its cells, and the rows to show for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from promisekit.engine.observations import (
    EVIDENCE_LIMIT,
    NEAR_MISS_LIMIT,
    Cell,
    Counted,
    EventRef,
    Floating,
    NearMiss,
    Observation,
    Outcome,
    Reason,
)
from promisekit.engine.reference.cells import Member, count_cells, floating, ratio_cells
from promisekit.engine.reference.finder import Row
from promisekit.engine.reference.near import Almost, pair_misses, period_misses, select_misses
from promisekit.engine.reference.places import Places, inside
from promisekit.engine.reference.relations import Paired, Partners, Side, could_meet
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import ref_of
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import Check, Count, InTime, Ratio, Select, Semi
from promisekit.plan.windows import windows_of
from promisekit.windows import AsOf, Day, Zone


class Sight(Protocol):
    """What a check can see at one as-of: the engine's view of the log."""

    @property
    def as_of(self) -> AsOf: ...
    @property
    def zone(self) -> Zone: ...
    @property
    def cells_only(self) -> bool: ...
    def side(self, select: Select) -> Side: ...
    def almosts(self, select: Select) -> list[tuple[Seen, Almost]]: ...
    def assumed(self, select: Select) -> set[str]: ...


@dataclass(frozen=True)
class Measured:
    """An observation, and the keys of every row that it used (the observation's own lists are bounded)."""

    observation: Observation
    used: frozenset[tuple[str, str, int]]


def measure(check: Check, sight: Sight) -> Measured:
    """One function for each measure of each relation."""
    places = Places(windows_of(check))
    match check.measure:
        case Count(Select() as select):
            return _count_select(select, places, sight)
        case Count(Semi() as semi):
            return _count_semi(semi, places, sight)
        case Ratio(part=semi):
            return _ratio(semi, places, sight)
        case _:
            raise TypeError(f"no measure {check.measure!r}")


def _count_select(select: Select, places: Places, sight: Sight) -> Measured:
    side = sight.side(select)
    members = [Member(row.seen, row.sure, frozenset()) for row in side.rows]
    cells = count_cells(places, members, side.known, sight.as_of, lambda _: True)
    if sight.cells_only:
        return _bare(cells, floating(places, members))
    counted = [_counted(member, places) for member in members]
    misses = [*select_misses(sight.almosts(select), places), *period_misses(side.rows, places)]
    return _measured(cells, counted, misses, floating(places, members), sight.assumed(select))


def _count_semi(semi: Semi, places: Places, sight: Sight) -> Measured:
    left = sight.side(semi.left)
    partners = Partners(sight.side(semi.right), semi.on, sight.as_of, sight.zone)
    pairs = partners.of_all(left.rows)
    together = [found for found in pairs if found.partnered is not False]
    members = [Member(found.row.seen, found.row.sure and found.partnered is True, found.doubts) for found in together]
    cells = count_cells(
        places,
        members,
        left.known,
        sight.as_of,
        lambda window: could_meet(semi.on, left.known, partners.right, window),
    )
    if sight.cells_only:
        return _bare(cells, floating(places, members))
    counted = [_counted(member, places, found.partner) for member, found in zip(members, together, strict=True)]
    misses = [*pair_misses(_lonely(pairs), partners, sight.almosts(semi.right), places, gains=True)]
    misses += period_misses([found.row for found in together if found.partnered is True], places)
    nearly = [(seen, miss) for seen, miss in sight.almosts(semi.left) if partners.of(Row(seen, True)).partnered]
    misses += select_misses(nearly, places)
    assumed = sight.assumed(semi.left) | sight.assumed(semi.right)
    return _measured(cells, counted, misses, floating(places, members), assumed)


def _ratio(semi: Semi, places: Places, sight: Sight) -> Measured:
    left = sight.side(semi.left)
    partners = Partners(sight.side(semi.right), semi.on, sight.as_of, sight.zone)
    pairs = partners.of_all(left.rows)
    cells = ratio_cells(
        places,
        pairs,
        left.known,
        sight.as_of,
        lambda window: could_meet(semi.on, left.known, partners.right, window),
    )
    if sight.cells_only:
        return _bare(cells, ())
    counted = [_judged(found, semi, partners, places) for found in pairs]
    misses = pair_misses(_lonely(pairs), partners, sight.almosts(semi.right), places, gains=False)
    assumed = sight.assumed(semi.left) | sight.assumed(semi.right)
    return _measured(cells, counted, misses, (), assumed)


def _lonely(pairs: list[Paired]) -> list[Paired]:
    return [found for found in pairs if found.row.sure and found.partnered is False]


def _counted(member: Member, places: Places, partner: Seen | None = None) -> Counted | None:
    number = places.first(member.seen)
    if number is None:
        return None
    outcome = Outcome.COUNTED if member.sure and inside(member.seen, places.windows[number]) else Outcome.POSSIBLE
    return Counted(ref_of(member.seen.event), outcome, number, ref_of(partner.event) if partner else None)


def _judged(found: Paired, semi: Semi, partners: Partners, places: Places) -> Counted | None:
    """A row of the whole with what became of it."""
    seen = found.row.seen
    number = places.first(seen)
    if number is None:
        return None
    last = _last_due(semi, seen)
    late = None
    if not (found.row.sure and inside(seen, places.windows[number])):
        outcome = Outcome.POSSIBLE
    elif found.partnered is True:
        outcome = Outcome.COUNTED
    elif found.partnered is None:
        outcome = Outcome.PENDING if Reason.RUNNING in found.doubts else Outcome.POSSIBLE
    else:
        outcome, late = Outcome.MISSED, partners.late(seen)
    partner = found.partner or late
    return Counted(
        ref_of(seen.event),
        outcome,
        number,
        ref_of(partner.event) if partner and partner.event is not seen.event else None,
        last,
        late.first if late else None,
    )


def _last_due(semi: Semi, seen: Seen) -> Day | None:
    deadlines = [due(way.deadline, seen.first) for way in semi.on if isinstance(way, InTime)]
    return min(deadlines, default=None)


def _nearest_first(miss: NearMiss) -> tuple[int, str, EventRef]:
    return (-1 if miss.window is None else miss.window, miss.event.start, miss.event)


def _bare(cells: tuple[Cell, ...], floats: tuple[Floating, ...]) -> Measured:
    """An observation of cells alone."""
    return Measured(Observation(cells, (), 0, 0, 0, (), 0, floats, ()), frozenset())


def _measured(
    cells: tuple[Cell, ...],
    counted: Iterable[Counted | None],
    misses: Iterable[NearMiss],
    floats: tuple[Floating, ...],
    assumed: set[str],
) -> Measured:
    """An observation with its lists sorted and cut to their bounds."""
    rows = sorted((row for row in counted if row is not None), key=lambda row: (row.event.start, row.event))
    near = sorted(misses, key=_nearest_first)
    possible = [row for row in rows if row.outcome is Outcome.POSSIBLE]
    certain = [row for row in rows if row.outcome is not Outcome.POSSIBLE]
    observation = Observation(
        cells=cells,
        counted=tuple(certain[:EVIDENCE_LIMIT] + possible[:EVIDENCE_LIMIT]),
        counted_total=len(certain),
        possible_total=len(possible),
        late_total=sum(row.late is not None for row in certain),
        near_misses=tuple(near[:NEAR_MISS_LIMIT]),
        near_miss_total=len(near),
        floating=floats,
        assumed=tuple(sorted(assumed)),
    )
    refs = [row.event for row in rows] + [row.partner for row in rows if row.partner is not None]
    return Measured(observation, frozenset((ref.source, ref.file, ref.row) for ref in refs))
