"""The windows of the checks: where they stand, and in which of them there may be more rows than are known."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from promisekit.engine.observations import Phase
from promisekit.engine.phases import meeting_days, open_days, phase_of
from promisekit.engine.relational.asked import BY_TIME, Asked, By, How
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import Horizon
from promisekit.windows import DaySet, Window, Zone

Known = Mapping[int, DaySet]
"""Activity → the days on which all of its rows are known."""


class Place(Struct, frozen=True):
    """A window of a check."""

    check: Asked
    number: int
    window: Window
    phase: Phase

    @property
    def at(self) -> tuple[int, int]:
        """The numbers of the check and of the window."""
        return self.check.number, self.number


def places_of(checks: Sequence[Asked], known: Known, now: Horizon, zone: Zone) -> list[Place]:
    """Every window of the checks with its phase."""
    return [
        Place(check, number, window, phase_of(window, known[check.counted], now.days[check.day_begins], zone))
        for check in checks
        for number, window in enumerate(check.windows)
    ]


def unbounded_places(
    places: Sequence[Place], layout: Layout, known: Known, now: Horizon, session: Session
) -> frozenset[tuple[int, int]]:
    """(check, window) of the windows in which more rows may count than anybody knows of."""
    found, asked = set(), []
    for place in places:
        if place.phase is Phase.CLOSED:
            continue
        check = place.check
        at = check.number, place.number
        # By time, a row may reach into the window from any day on which it may have met its partner.
        if check.semi is None or check.by in BY_TIME:
            found.add(at)
            continue
        paired = layout.pairings.things[check.pairing]
        for way in paired.ways:
            as_of = now.days[check.day_begins]
            for run in meeting_days(way.on, known[paired.left], place.window, as_of, now.zone, check.day_begins).spans:
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


def open_times(
    places: Sequence[Place], more: Container[tuple[int, int]], known: Known, zone: Zone
) -> Iterator[tuple[int, int, int, int]]:
    """(check, window, begins, ends) of the time in windows in which something may go on that nobody knows of."""
    for place in places:
        if place.check.by is By.DURATION and place.at in more:
            begins, ends = place.window.instants(zone, place.check.day_begins)
            for run in open_days(place.window, place.phase, known[place.check.counted]).spans:
                start, end = (zone.at(day, place.check.day_begins) for day in (run.start, run.end))
                if max(start, begins) < min(end, ends):
                    yield *place.at, max(start, begins), min(end, ends)
