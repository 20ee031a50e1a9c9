"""From what was counted to one interval per window, with every reason why it may be wider than a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from promisekit.engine.observations import Bounds, Cell, Phase, Reason
from promisekit.engine.phases import in_order, phase_of, phase_reasons
from promisekit.engine.relational.counting import Sums
from promisekit.engine.relational.layout import Asked, How, Layout
from promisekit.engine.relational.session import Session
from promisekit.windows import AsOf, Day, DaySet, Span, Window

YEAR = 366
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
        check = place.check
        if check.semi is None or check.is_ratio:
            found.add((check.number, place.number))
            continue
        paired = layout.pairings.things[check.pairing]
        hows = {way.how for way in paired.ways}
        for run in _open_runs(known[paired.left], place.window).spans:
            if known[paired.right].missing(run):
                found.add((check.number, place.number))
            elif hows != {How.ROW}:
                overlaps = int(How.OVERLAP in hows)
                asked.append((check.number, place.number, paired.right, overlaps, run.start, run.last))
    if asked:
        found |= _met(asked, session)
    return frozenset(found)


def _met(asked: Sequence[tuple[int, ...]], session: Session) -> set[tuple[int, int]]:
    """The windows with an open run of days that a known partner reaches into (a day too far rather than too little)."""
    session.load("open_run", ("chk", "w", "sel", "overlaps", "first", "last"), asked)
    rows = session.read("""
        SELECT DISTINCT r.chk, r.w
        FROM open_run r
        JOIN seen s ON s.sel = r.sel AND s.first <= r.last
        WHERE s.last >= r.first OR (r.overlaps = 1 AND s.e1 >= (r.first - 1) * 86400)""")
    return {(check, window) for check, window in rows}


def _open_runs(known: DaySet, window: Window) -> DaySet:
    """The open days of a window, followed past its end for as long as they go on (a year at most)."""
    beyond = known.missing(Span(window.span.start, Day(window.span.end + YEAR)))
    return DaySet(tuple(run for run in beyond.spans if run.start < window.span.end))


def cell_of(place: Place, sums: Sums, known: DaySet, as_of: AsOf, *, unbounded: bool) -> Cell:
    """One window: intervals and doubts."""
    doubts = phase_reasons(place.window, place.phase, known) if unbounded else set()
    doubts |= _doubts(sums)
    count = Bounds(sums.low, None if unbounded else sums.high, sums.now)
    if not place.check.is_ratio:
        return Cell(place.window, place.phase, count, None, None, in_order(doubts))
    # If nothing more happens, what has no partner yet never gets one.
    missed = Bounds(sums.missed_low, None if unbounded else sums.missed_high, sums.whole_now - sums.now)
    whole = Bounds(sums.whole_low, None if unbounded else sums.whole_high, sums.whole_now)
    if sums.whole_low == 0:
        doubts.add(Reason.NOT_TRIGGERED)
    return Cell(place.window, place.phase, count, missed, whole, in_order(doubts))


def _doubts(sums: Sums) -> set[Reason]:
    found = {Reason.RUNNING: sums.running, Reason.UNCOVERED: sums.uncovered, Reason.IMPRECISE: sums.imprecise}
    return {reason for reason, there in found.items() if there}
