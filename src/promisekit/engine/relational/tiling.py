"""Windows as tables, generated from the calendar alone, and rows put into them by the day on which they start.

tile(tiling, day, after, before, near, run)
    for every day from the first window to the last: the first window that begins or goes on then or later, the
    last one that does or did, the nearest one, and how many days of windows there are up to it. On a day in a
    window all three are that window
beyond(tiling, day, w)      days of no window, into which the clock of the window before them goes on past midnight
win(chk, w, first, last)    the days of every window of every check
"""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.engine.relational.asked import NOWHERE, Asked
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.session import Session

Row = tuple[int, ...]


def load_windows(layout: Layout, session: Session) -> None:
    """Makes `tile`, `beyond` and `win`."""
    tilings = {check.tiling: check for check in layout.checks}
    rows = (row for check in tilings.values() for row in _tiles(check))
    session.load("tile", ("tiling", "day", "after", "before", "near", "run"), rows)
    beyond = (row for check in tilings.values() for row in _beyond(check))
    session.load("beyond", ("tiling", "day", "w"), beyond)
    session.load("win", ("chk", "w", "first", "last"), (row for check in layout.checks for row in _windows(check)))


def _windows(check: Asked) -> Iterator[Row]:
    for number, window in enumerate(check.windows):
        yield check.number, number, window.span.start, window.span.last


def _tiles(check: Asked) -> Iterator[Row]:
    run, beyond = 0, None
    for number, window in enumerate(check.windows):
        gap = range(0) if beyond is None else range(beyond, window.span.start)
        for day in gap:
            # The earlier one of two.
            halfway = day - gap.start + 1 <= gap.stop - day
            yield check.tiling, day, number, number - 1, number - 1 if halfway else number, run
        for day in window.span.days():
            run += 1
            yield check.tiling, day, number, number, number, run
        beyond = window.span.end


def _beyond(check: Asked) -> Iterator[Row]:
    for number, window in enumerate(check.windows):
        following = check.windows[number + 1 : number + 2]
        end = min([window.reach.end, *(later.span.start for later in following)])
        for day in range(window.span.end, end):
            yield check.tiling, day, number


def in_windows(rows: str, columns: str) -> str:
    """The rows (chk, n, place_in_log, shown, first, last, sure, `columns`) with the windows that they can belong to by
    their days: the first and the last, whether all their days lie in windows, and whether the first of them does."""
    touching = "r.first <= a.last AND r.last >= a.first AND f.after <= l.before"
    inside = "r.first >= a.first AND r.last <= a.last"
    days = "l.run - f.run + CASE WHEN f.after = f.before THEN 1 ELSE 0 END"
    return f"""
        SELECT r.chk, r.n, r.place_in_log, r.shown, r.first, r.last, r.sure, {columns}, a.ratio, a.floats, a.tallied,
               CASE WHEN {touching} THEN f.after ELSE {NOWHERE} END AS wa,
               CASE WHEN {touching} THEN l.before ELSE {NOWHERE} END AS wb,
               CASE WHEN {inside} AND {days} = r.last - r.first + 1 THEN 1 ELSE 0 END AS enclosed,
               CASE WHEN r.first >= a.first AND f.after = f.before THEN 1 ELSE 0 END AS begins
        FROM ({rows}) r
        JOIN asked a ON a.chk = r.chk
        LEFT JOIN tile f
          ON f.tiling = a.tiling AND f.day = CASE WHEN r.first < a.first THEN a.first ELSE r.first END
        LEFT JOIN tile l
          ON l.tiling = a.tiling AND l.day = CASE WHEN r.last > a.last THEN a.last ELSE r.last END"""
