"""Rows that fail one part of a selector, listed only as far as some near miss can come of them.

The tables:
    near_part(chk, sel, part, rest, …)      the parts that a near miss of a check may fail; `tied` where the same cell
                                            fails the pair too
    near_first(slotting, n, w)              where checks ask when a row goes on, the first window in which such a row
                                            goes on for long enough
    rest_placed(rest, layer, w, n, place) the rows that meet all but one part, in the windows of the checks that count
                                            such rows, numbered in the order in which near misses are told
    spared_placed(chk, part, number)        how many of those do not fail the part
    almost_left(way, part, …)               rows that fail one part of the left side of a pairing that is counted
    lonely(chk, w, way, turn, …)            the first rows of every check that certainly have no partner, for every way
    nearly_right(way, part, …)              rows that fail one part of what would be a partner of a lonely one

The last three are found by the place or key of the other side, so that the rows of one municipality are not tried
against the pairings of all others.
"""

from __future__ import annotations

from promisekit.engine.observations import EVIDENCE_LIMIT
from promisekit.engine.relational.asked import NOWHERE, How
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.lasting import make_reaches
from promisekit.engine.relational.pairing import NEVER
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import DUE_OF_LEFT, pair_key, seen_of, way_left_columns

MOST_WAYS = 1_024
"""More than there are ways for two rows to belong together."""
PARTS = 65_536
"""More than the parts of any selector."""
TURN = 16 * PARTS
"""A near miss of a pair is told of the first lonely row that it would have been a partner of. So the row's turn, what
fails and which part are packed into one number, of which the least is told."""


def make_near_part(session: Session) -> None:
    """Makes `near_part`."""
    columns = "a.sel, a.part, a.rest, c.chk, c.pairing, c.tiling, c.slotting, c.layer, c.first, c.last, c.left_out"
    session.make(
        "near_part",
        f"""
        SELECT {columns}, 0 AS tied FROM asked c JOIN nearly a ON a.sel = c.sel
        UNION ALL
        SELECT DISTINCT {columns}, 1 AS tied
        FROM asked c
        JOIN pairing p ON p.pairing = c.pairing
        JOIN way w ON w.pairing = p.pairing
        JOIN tied t ON t.sel = p.lsel AND t.key = w.keyed_by
        JOIN nearly a ON a.sel = t.sel AND a.part = t.part
        WHERE c.ratio = 0""",
    )


def make_rest_placed(session: Session) -> None:
    """Makes `rest_placed` and `spared_placed`."""
    session.make(
        "rest_placed",
        f"""
        SELECT rest, layer, w, n, shown, ROW_NUMBER() OVER (PARTITION BY rest, layer ORDER BY w, shown, n) AS place
        FROM (SELECT c.rest, c.layer, f.after AS w, r.n, r.shown
              FROM (SELECT DISTINCT rest, layer, tiling, first, last FROM near_part WHERE slotting = {NOWHERE}) c
              JOIN rest_seen r ON r.rest = c.rest AND r.first <= c.last AND r.last >= c.first
              JOIN tile f ON f.tiling = c.tiling AND f.day = CASE WHEN r.first < c.first THEN c.first ELSE r.first END
              JOIN tile l ON l.tiling = c.tiling AND l.day = CASE WHEN r.last > c.last THEN c.last ELSE r.last END
              WHERE f.after <= l.before
              UNION ALL
              SELECT c.rest, c.layer, f.w, r.n, r.shown
              FROM (SELECT DISTINCT rest, layer, slotting, left_out FROM near_part WHERE slotting <> {NOWHERE}) c
              JOIN rest_seen r ON r.rest = c.rest AND (c.left_out = 0 OR r.ended = 1)
              JOIN near_first f
                ON f.slotting = c.slotting AND f.n = r.n AND f.s0 = r.s0 AND f.s1 = r.s1 AND f.e1 = r.e1) placed""",
    )
    session.make(
        "spared_placed",
        """
        SELECT a.chk, a.part, COUNT(*) AS number
        FROM near_part a
        JOIN spared s ON s.sel = a.sel AND s.part = a.part
        JOIN rest_placed r ON r.rest = a.rest AND r.layer = a.layer AND r.n = s.n
        GROUP BY a.chk, a.part""",
    )


def make_near_first(session: Session) -> None:
    """Makes `near_first`."""
    row = "r.n, r.s0, r.s1, r.e0, r.e1"
    session.make(
        "near_rows",
        f"""
        SELECT c.slotting, {row}
        FROM (SELECT DISTINCT slotting, rest FROM near_part WHERE slotting <> {NOWHERE}) c
        JOIN rest_seen r ON r.rest = c.rest
        UNION
        SELECT c.slotting, {row}
        FROM (SELECT DISTINCT slotting, pairing FROM asked WHERE slotting <> {NOWHERE}) c
        JOIN almost_left r ON r.pairing = c.pairing""",
    )
    make_reaches("near_reaches", "near_rows", "0 AS coded", session)
    one = "slotting, n, s0, s1, e1"
    session.make("near_first", f"SELECT {one}, MIN(w) AS w FROM near_reaches GROUP BY {one}")


def make_almost_left(keys: int, session: Session) -> None:
    """Makes `almost_left`."""
    _make_zone(
        "lsel",
        f"""
        SELECT DISTINCT way, CASE WHEN how = {How.ROW} THEN n ELSE pair_key END AS place FROM way_right WHERE sure = 1
        UNION ALL
        SELECT way, {BLANK} AS place FROM way WHERE how = {How.OWN}""",
        session,
    )
    columns = f"{way_left_columns(pair_key(keys))}, 1 AS sure, z.part"
    condition = "x.first <= p.last AND x.last >= p.first"
    session.make("almost_left", _rows_at_zones(columns, keys, DUE_OF_LEFT, condition))


def make_lonely(session: Session) -> None:
    """Makes `lonely`."""
    session.make(
        "lonely",
        f"""
        SELECT p.chk, p.wa AS w, l.*, (p.place * {MOST_WAYS} + w.ordinal) * {TURN} AS turn
        FROM (SELECT placed.*, ROW_NUMBER() OVER (PARTITION BY chk ORDER BY place_in_log) AS place
              FROM placed
              WHERE sure = 1 AND partnered = {NEVER} AND wa <> {NOWHERE} AND endless = 0) p
        JOIN asked a ON a.chk = p.chk
        JOIN way_left l ON l.pairing = a.pairing AND l.n = p.n
        JOIN way w ON w.way = l.way
        WHERE p.place <= {EVIDENCE_LIMIT}""",
    )


def make_nearly_right(keys: int, session: Session) -> None:
    """Makes `nearly_right`."""
    _make_zone(
        "rsel",
        f"""
        SELECT DISTINCT way, CASE WHEN how = {How.ROW} THEN n ELSE pair_key END AS place
        FROM lonely WHERE pair_key >= {BLANK} AND how <> {How.OWN}""",
        session,
    )
    columns = f"SELECT w.way, z.part, {seen_of('x')}, {pair_key(keys)} AS pair_key"
    session.make("nearly_right", _rows_at_zones(columns, keys, "", "1 = 1"))


def _make_zone(side: str, places: str, session: Session) -> None:
    """Makes `zone`: where the other side of every way has rows, with the rests that this side must be looked for in.

    A table and no subquery, so that rows are found by rest and place at once: planned together, the rests come first.
    """
    session.make(
        "zone",
        f"""
        SELECT z.way, z.place, a.sel, a.part, a.rest
        FROM ({places}) z
        JOIN way w ON w.way = z.way
        JOIN pairing p ON p.pairing = w.pairing
        JOIN nearly a ON a.sel = p.{side}""",
    )


def _rows_at_zones(columns: str, keys: int, joins: str, condition: str) -> str:
    """The rows `x` of a way `w` that fail a part `z.part`, at the places in `zone`."""
    of_key = [(f"w.keyed_by = {key}", f"x.k{key} = z.place") for key in range(keys)]
    of_row = (f"w.how = {How.ROW}", "x.n = z.place")
    anywhere = (f"w.keyed_by = {NOWHERE} AND w.how <> {How.ROW}", "1 = 1")
    return "\nUNION ALL\n".join(
        f"""
        {columns}
        FROM zone z
        JOIN way w ON w.way = z.way AND {which}
        JOIN pairing p ON p.pairing = w.pairing
        JOIN rest_seen x ON x.rest = z.rest AND {same}
        {joins}
        LEFT JOIN spared s ON s.sel = z.sel AND s.part = z.part AND s.n = x.n
        WHERE s.n IS NULL AND {condition}"""
        for which, same in [*of_key, of_row, anywhere]
    )
