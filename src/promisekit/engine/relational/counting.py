"""Rows into windows: what each window counts, which rows float between windows, and the rows to show.

The tables:
    placed(chk, n, …, wa, wb)  the rows of every check: the first and last window that they can belong to (NOWHERE where
                               none), whether all days that they may start on lie in windows (`enclosed`), and whether
                               they certainly belong to the first one (`inside`)
    grouped(chk, …, number)    the same, put together where they count alike
    told(chk, n, outcome, …)   what became of every row that can belong to a window
"""

from __future__ import annotations

from msgspec import Struct

from promisekit.engine.relational.asked import NOWHERE, By
from promisekit.engine.relational.pairing import (
    ANSWERED_ELSE,
    CERTAIN,
    EXCUSED,
    NEVER,
    NOT_EXCUSED,
    POSSIBLE,
)
from promisekit.engine.relational.session import INTEGER, Session
from promisekit.engine.relational.sight import FOREVER
from promisekit.engine.relational.tiling import in_windows

PARTNERED = "partnered, partner, running, uncovered, imprecise, held"
DOUBTS = "partnered, running, uncovered, imprecise"

COUNTED, MAYBE, MISSED, PENDING = 0, 1, 2, 3
"""What became of a row: it counts, it may count, it is certainly not in the part, or it still has time."""


def related(which: str, columns: str) -> str:
    """The rows `s` of the relations of those checks `a`, with `columns` and what is known of their partners.

    A row that may be excused is not sure to be one of them; it is `held` for one as long as nothing excuses it.
    """
    return f"""
        SELECT a.chk, s.n, s.place_in_log, s.shown, s.first, s.last, s.sure, {columns}
               {CERTAIN} AS partnered, {NOWHERE} AS partner, 0 AS running, 0 AS uncovered, 0 AS imprecise,
               s.sure AS held
        FROM asked a JOIN seen s ON s.sel = a.sel
        WHERE {which}
        UNION ALL
        SELECT a.chk, s.n, s.place_in_log, s.shown, s.first, s.last,
               CASE WHEN d.excused = {NOT_EXCUSED} THEN s.sure ELSE 0 END AS sure, {columns}
               d.partnered, d.partner, d.running, d.uncovered, d.imprecise,
               CASE WHEN d.excused < {ANSWERED_ELSE} THEN s.sure ELSE 0 END AS held
        FROM asked a
        JOIN pairing p ON p.pairing = a.pairing
        JOIN seen s ON s.sel = p.lsel
        JOIN paired d ON d.pairing = p.pairing AND d.n = s.n AND d.excused <> {EXCUSED}
        WHERE {which}"""


def make_placed(session: Session) -> None:
    """Makes `placed`, of rows by their days and of those that go on in some window."""
    kept = f"{PARTNERED}, ratio, floats, tallied, wa, wb, enclosed, begins"
    session.make(
        "placed",
        f"""
        SELECT chk, n, place_in_log, shown, first, last, sure, {kept},
               CASE WHEN wa = wb AND enclosed = 1 THEN 1 ELSE 0 END AS inside, 0 AS endless, 0 AS s0
        FROM ({in_windows(related(f"a.tallied < {By.OVERLAP}", ""), PARTNERED)}) days
        UNION ALL
        SELECT chk, n, place_in_log, shown, first, last, sure, {kept}, inside, endless, s0
        FROM going_on""",
    )


def at_windows(table: str) -> str:
    """The rows of a table by their days in each window `w` from `wa` to `wb`: whether it is the only one that they can
    be in, and whether they are in it by their first day."""
    flags = "CASE WHEN g.wa = g.wb AND g.enclosed = 1 THEN 1 ELSE 0 END AS inside"
    return f"""
        SELECT g.*, g.wa AS w, {flags}, g.begins AS begun FROM {table} g WHERE g.wa = g.wb
        UNION ALL
        SELECT g.*, v.w, 0 AS inside, CASE WHEN v.w = g.wa THEN g.begins ELSE 0 END AS begun
        FROM {table} g JOIN win v ON v.chk = g.chk AND v.w >= g.wa AND v.w <= g.wb
        WHERE g.wa < g.wb"""


class Sums(Struct, frozen=True):
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
    alike = f"chk, ratio, floats, wa, wb, enclosed, begins, sure, held, {DOUBTS}"
    session.make(
        "grouped",
        f"""
        SELECT {alike}, COUNT(*) AS number
        FROM placed
        WHERE wa <> {NOWHERE} AND tallied < {By.OVERLAP} AND (ratio = 1 OR partnered <> {NEVER})
        GROUP BY {alike}""",
    )
    in_window = f"chk, w, sure, held, {DOUBTS}, inside, begun, still_on"
    # All that cannot be told of such a row is for how long it still goes on.
    goes_on = f"sure = 1 AND partnered = {CERTAIN} AND inside = 0 AND e1 = {FOREVER} AND s0 = s1"
    inside, begun = "g.inside = 1", "g.begun = 1"
    in_part, in_rest = (f"g.partnered = {value}" for value in (CERTAIN, NEVER))
    unsettled = f"NOT (g.sure = 1 AND {inside}) AND g.still_on = 0"
    rows = session.read(f"""
        SELECT w.chk, w.w,
               {_total(f"{in_part} AND g.sure = 1 AND {inside}")},
               {_total(f"NOT {in_rest}")},
               {_total(f"{in_part} AND g.held = 1 AND {begun}")},
               {_total(f"{in_rest} AND g.sure = 1 AND {inside}")},
               {_total(f"NOT {in_part}")},
               {_total(f"g.sure = 1 AND {inside}")},
               {_total("g.sure >= 0")},
               {_total(f"g.held = 1 AND {begun}")},
               {_any("g.running = 1 OR g.still_on = 1")},
               {_any("g.uncovered = 1")},
               {_any(f"g.imprecise = 1 OR ({unsettled} AND g.running = 0 AND g.uncovered = 0)")}
        FROM (SELECT win.chk, win.w FROM win JOIN asked ON asked.chk = win.chk) w
        LEFT JOIN (SELECT {in_window}, number FROM (SELECT d.*, 0 AS still_on FROM ({at_windows("grouped")}) d) days
                   UNION ALL
                   SELECT {in_window}, COUNT(*) AS number
                   FROM (SELECT r.*, r.sure AS held, CASE WHEN {goes_on} THEN 1 ELSE 0 END AS still_on
                         FROM goes_on r) times
                   GROUP BY {in_window}) g
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
        WHERE floats = 1 AND wa < wb
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
                     CASE WHEN ratio = 1 AND held = 1 AND inside = 1 AND partnered = {POSSIBLE} AND running = 1
                               THEN {PENDING}
                          WHEN NOT (sure = 1 AND inside = 1) OR partnered = {POSSIBLE} THEN {MAYBE}
                          WHEN partnered = {CERTAIN} THEN {COUNTED}
                          ELSE {MISSED} END AS outcome
              FROM placed
              WHERE wa <> {NOWHERE} AND endless = 0 AND (ratio = 1 OR partnered <> {NEVER})) p
        JOIN asked a ON a.chk = p.chk
        LEFT JOIN late l ON l.pairing = a.pairing AND l.n = p.n""",
    )


def read_told(session: Session, most: int) -> list[tuple[int, ...]]:
    """(check, n, window, outcome, partner, late) of the first `most` rows that certainly count, then that may."""
    possible = f"CASE WHEN outcome = {MAYBE} THEN 1 ELSE 0 END"
    return session.read(f"""
        SELECT chk, n, w, outcome, partner, late
        FROM (SELECT told.*, {possible} AS possible,
                     ROW_NUMBER() OVER (PARTITION BY chk, {possible} ORDER BY shown, n) AS place
              FROM told) t
        WHERE place <= {most}
        ORDER BY chk, possible, place""")


def read_totals(session: Session) -> dict[int, tuple[int, int, int]]:
    """Check → how many rows count for certain, how many may, and how many were late."""
    rows = session.read(f"""
        SELECT chk, CAST(SUM(CASE WHEN outcome <> {MAYBE} THEN 1 ELSE 0 END) AS {INTEGER}),
               CAST(SUM(CASE WHEN outcome = {MAYBE} THEN 1 ELSE 0 END) AS {INTEGER}), CAST(SUM(late) AS {INTEGER})
        FROM (SELECT chk, outcome, late FROM told
              UNION ALL
              SELECT chk, NULL AS outcome, 1 AS late FROM astray WHERE too_late = 1) rows_told
        GROUP BY chk""")
    return {check: (certain, possible, late) for check, certain, possible, late in rows}
