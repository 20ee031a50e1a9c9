"""From what was counted to one interval per window, with every reason why it may be wider than a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from promisekit.engine.observations import Bounds, Cell, Phase, Reason
from promisekit.engine.phases import in_order, meeting_days, phase_of, phase_reasons
from promisekit.engine.relational.counting import Sums
from promisekit.engine.relational.layout import Asked, How, Layout
from promisekit.engine.relational.session import Session
from promisekit.windows import AsOf, DaySet, Window

Known = Mapping[int, DaySet]
"""Activity → the days on which all of its rows are known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A window of a check."""

    check: Asked
    number: int
    window: Window
    phase: Phase


def places_of(checks: Sequence[Asked], layout: Layout, known: Known, as_of: AsOf) -> list[Place]:
    """Every window of the checks with its phase."""
    return [
        Place(check, number, window, phase_of(window, known[layout.counted_in(check)], as_of))
        for check in checks
        for number, window in enumerate(check.windows)
    ]


def unbounded_places(
    places: Sequence[Place], layout: Layout, known: Known, session: Session
) -> frozenset[tuple[int, int]]:
    """(check, window) of the windows in which more rows may count than anybody knows of."""
    found, asked = set(), []
    for place in places:
        if place.phase is Phase.CLOSED:
            continue
        at = place.check.number, place.number
        if place.check.semi is None:
            found.add(at)
            continue
        paired = layout.pairings.things[place.check.pairing]
        for way in paired.ways:
            for run in meeting_days(way.on, known[paired.left], place.window).spans:
                if known[paired.right].missing(run):
                    found.add(at)
                elif way.how is not How.ROW:
                    asked.append((*at, paired.right, int(way.how is How.OVERLAP), run.start, run.last))
    return frozenset(found | _met([row for row in asked if row[:2] not in found], session))


def _met(asked: Sequence[tuple[int, ...]], session: Session) -> set[tuple[int, int]]:
    """The windows with a run of days, on which partners of unknown rows may lie, that a known partner reaches into (for
    overlaps a day too far rather than too little)."""
    if not asked:
        return set()
    session.load("open_run", ("chk", "w", "sel", "overlaps", "first", "last"), asked)
    rows = session.read("""
        SELECT DISTINCT r.chk, r.w
        FROM open_run r
        JOIN seen s ON s.sel = r.sel AND s.first <= r.last
        WHERE s.last >= r.first OR (r.overlaps = 1 AND s.e1 >= (r.first - 1) * 86400)""")
    return {(check, window) for check, window in rows}


def cell_of(place: Place, sums: Sums, known: DaySet, as_of: AsOf, *, unbounded: bool) -> Cell:
    """One window: intervals and doubts."""
    is_open = place.phase is not Phase.CLOSED
    ratio = place.check.is_ratio
    doubts = _doubts(sums)
    if unbounded or ratio:
        doubts |= phase_reasons(place.window, place.phase, known)
    count = Bounds(sums.low, None if unbounded else sums.high, sums.now)
    if not ratio:
        return Cell(place.window, place.phase, count, None, None, in_order(doubts))
    # If nothing more happens, what has no partner yet never gets one.
    missed = Bounds(sums.missed_low, None if is_open else sums.missed_high, sums.whole_now - sums.now)
    whole = Bounds(sums.whole_low, None if is_open else sums.whole_high, sums.whole_now)
    if sums.whole_low == 0:
        doubts.add(Reason.NOT_TRIGGERED)
    return Cell(place.window, place.phase, count, missed, whole, in_order(doubts))


def _doubts(sums: Sums) -> set[Reason]:
    found = {Reason.RUNNING: sums.running, Reason.UNCOVERED: sums.uncovered, Reason.IMPRECISE: sums.imprecise}
    return {reason for reason, there in found.items() if there}
