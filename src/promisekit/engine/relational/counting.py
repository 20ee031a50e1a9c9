"""Rows into windows: what each window counts, which rows float between windows, and the rows to show.

The tables:
    tile(tiling, day, w)       the window that a day lies in; windows follow each other without a gap
    win(chk, w)                every window of every check, so that empty ones are counted too
    placed(chk, n, …, wa, wb)  the rows of every check: the first and last window that they can belong to (NOWHERE where
                               none), and whether all days that they may start on lie in windows (`enclosed`)
    grouped(chk, …, number)    the same, put together where they count alike
    told(chk, n, outcome, …)   what became of every row that can belong to a window
"""

from __future__ import annotations

from dataclasses import dataclass

from promisekit.engine.observations import EVIDENCE_LIMIT
from promisekit.engine.relational.layout import NOWHERE, Layout
from promisekit.engine.relational.pairing import CERTAIN, NEVER, POSSIBLE
from promisekit.engine.relational.session import INTEGER, Session

COUNTED, MAYBE, MISSED, PENDING = 0, 1, 2, 3
"""What became of a row: it counts, it may count, it is certainly not in the part, or it still has time."""


def load_windows(layout: Layout, session: Session) -> None:
    """Makes `tile` and `win`, generated from the calendar alone."""
    tiles = (
        (check.partition, day, number)
        for check in {check.partition: check for check in layout.checks}.values()
        for number, window in enumerate(check.windows)
        for day in window.span.days()
    )
    session.load("tile", ("tiling", "day", "w"), tiles)
    session.load("win", ("chk", "w"), ((check.number, w) for check in layout.checks for w in range(len(check.windows))))


def make_placed(session: Session) -> None:
    """Makes `placed`."""
    rows = f"""
        SELECT a.chk, s.n, s.place_in_log, s.shown, s.first, s.last, s.sure,
               {CERTAIN} AS partnered, {NOWHERE} AS partner, 0 AS running, 0 AS uncovered, 0 AS imprecise
        FROM asked a JOIN seen s ON s.sel = a.sel
        UNION ALL
        SELECT a.chk, s.n, s.place_in_log, s.shown, s.first, s.last, s.sure,
               d.partnered, d.partner, d.running, d.uncovered, d.imprecise
        FROM asked a
        JOIN pairing p ON p.pairing = a.pairing
        JOIN seen s ON s.sel = p.lsel
        JOIN paired d ON d.pairing = p.pairing AND d.n = s.n"""
    session.make("placed", in_windows(rows, "partnered, partner, running, uncovered, imprecise"))


def in_windows(rows: str, columns: str) -> str:
    """The rows (chk, n, place_in_log, shown, first, last, sure, `columns`) with the windows that they can belong to."""
    touching = "r.first <= a.last AND r.last >= a.first"
    return f"""
        SELECT r.chk, r.n, r.place_in_log, r.shown, r.first, r.last, r.sure, {columns}, a.ratio,
               CASE WHEN {touching} THEN f.w ELSE {NOWHERE} END AS wa,
               CASE WHEN {touching} THEN l.w ELSE {NOWHERE} END AS wb,
               CASE WHEN r.first >= a.first AND r.last <= a.last THEN 1 ELSE 0 END AS enclosed,
               CASE WHEN r.first >= a.first THEN 1 ELSE 0 END AS begins
        FROM ({rows}) r
        JOIN asked a ON a.chk = r.chk
        LEFT JOIN tile f
          ON f.tiling = a.tiling AND f.day = CASE WHEN r.first < a.first THEN a.first ELSE r.first END
        LEFT JOIN tile l
          ON l.tiling = a.tiling AND l.day = CASE WHEN r.last > a.last THEN a.last ELSE r.last END"""


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted in one window. Of a count, what is missed and the whole mean nothing."""

    low: int
    high: int
    now: int
    missed_low: int
    missed_high: int
    whole_low: int
    whole_high: int
    whole_now: int
    running: int
    uncovered: int
    imprecise: int


def read_cells(session: Session) -> dict[tuple[int, int], Sums]:
    """(check, window) → what was counted there; every window is there."""
    session.make(
        "grouped",
        f"""
        SELECT chk, ratio, wa, wb, enclosed, begins, sure, partnered, running, uncovered, imprecise, COUNT(*) AS number
        FROM placed
        WHERE wa <> {NOWHERE} AND (ratio = 1 OR partnered <> {NEVER})
        GROUP BY chk, ratio, wa, wb, enclosed, begins, sure, partnered, running, uncovered, imprecise""",
    )
    inside = "g.wa = g.wb AND g.enclosed = 1"
    begun = "g.begins = 1 AND g.wa = w.w"
    in_part, in_rest, open_ = (f"g.partnered = {value}" for value in (CERTAIN, NEVER, POSSIBLE))
    rows = session.read(f"""
        SELECT w.chk, w.w,
               {_total(f"{in_part} AND g.sure = 1 AND {inside}")},
               {_total(f"NOT {in_rest}")},
               {_total(f"{in_part} AND g.sure = 1 AND {begun}")},
               {_total(f"{in_rest} AND g.sure = 1 AND {inside}")},
               {_total(f"NOT {in_part}")},
               {_total(f"g.sure = 1 AND {inside}")},
               {_total("g.sure >= 0")},
               {_total(f"g.sure = 1 AND {begun}")},
               {_any(f"{open_} AND g.running = 1")},
               {_any(f"{open_} AND g.uncovered = 1")},
               {_any(f"({open_} AND g.imprecise = 1) OR (NOT {open_} AND NOT (g.sure = 1 AND {inside}))")}
        FROM (SELECT win.chk, win.w FROM win JOIN asked ON asked.chk = win.chk) w
        LEFT JOIN (SELECT g.*, g.wa AS w FROM grouped g WHERE g.wa = g.wb
                   UNION ALL
                   SELECT g.*, v.w FROM grouped g JOIN win v ON v.chk = g.chk AND v.w >= g.wa AND v.w <= g.wb
                   WHERE g.wa < g.wb) g
          ON g.chk = w.chk AND g.w = w.w
        GROUP BY w.chk, w.w""")
    return {(row[0], row[1]): Sums(*row[2:]) for row in rows}


def _total(condition: str) -> str:
    return f"CAST(SUM(CASE WHEN {condition} THEN g.number ELSE 0 END) AS {INTEGER})"


def _any(condition: str) -> str:
    return f"MAX(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def read_floating(session: Session) -> list[tuple[int, ...]]:
    """(check, first window, last window, certain, number) of the rows that can belong to several windows, in order."""
    certain = f"CASE WHEN sure = 1 AND partnered = {CERTAIN} AND enclosed = 1 THEN 1 ELSE 0 END"
    return session.read(f"""
        SELECT chk, wa, wb, {certain} AS certain, CAST(SUM(number) AS {INTEGER})
        FROM grouped
        WHERE ratio = 0 AND wa < wb
        GROUP BY chk, wa, wb, {certain}
        ORDER BY chk, wa, wb, certain""")


def make_told(session: Session) -> None:
    """Makes `told`."""
    session.make(
        "told",
        f"""
        SELECT p.chk, p.n, p.shown, p.wa AS w, p.outcome,
               CASE WHEN p.outcome = {MISSED} AND l.n IS NOT NULL THEN l.partner ELSE p.partner END AS partner,
               CASE WHEN p.outcome = {MISSED} AND l.n IS NOT NULL THEN 1 ELSE 0 END AS late
        FROM (SELECT chk, n, shown, wa, partner,
                     CASE WHEN NOT (sure = 1 AND wa = wb AND enclosed = 1) THEN {MAYBE}
                          WHEN partnered = {CERTAIN} THEN {COUNTED}
                          WHEN partnered = {NEVER} THEN {MISSED}
                          WHEN ratio = 1 AND running = 1 THEN {PENDING}
                          ELSE {MAYBE} END AS outcome
              FROM placed
              WHERE wa <> {NOWHERE} AND (ratio = 1 OR partnered <> {NEVER})) p
        JOIN asked a ON a.chk = p.chk
        LEFT JOIN late l ON l.pairing = a.pairing AND l.n = p.n""",
    )


def read_told(session: Session) -> list[tuple[int, ...]]:
    """(check, n, window, outcome, partner, late) of the first rows that certainly count, then of those that may."""
    possible = f"CASE WHEN outcome = {MAYBE} THEN 1 ELSE 0 END"
    return session.read(f"""
        SELECT chk, n, w, outcome, partner, late
        FROM (SELECT told.*, {possible} AS possible,
                     ROW_NUMBER() OVER (PARTITION BY chk, {possible} ORDER BY shown, n) AS place
              FROM told) t
        WHERE place <= {EVIDENCE_LIMIT}
        ORDER BY chk, possible, place""")


def read_totals(session: Session) -> dict[int, tuple[int, int, int]]:
    """Check → how many rows count for certain, how many may, and how many were late."""
    rows = session.read(f"""
        SELECT chk, COUNT(*), CAST(SUM(CASE WHEN outcome = {MAYBE} THEN 1 ELSE 0 END) AS {INTEGER}),
               CAST(SUM(late) AS {INTEGER})
        FROM told GROUP BY chk""")
    return {check: (rows - possible, possible, late) for check, rows, possible, late in rows}
