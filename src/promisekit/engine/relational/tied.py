"""Near misses by one cell that fails both a part of a selector and the pair, whose column that part asks about.

The tables (`tied`, from which they are made, holds the values that such a part accepts):
    tied_near(chk, pairing, part, w, n, …)  rows of the checks' left sides that fail such a part, each in the first of
                                            its windows; of a large log only the first so many
    tied_left(way, …), tied_right(way, …)   those rows and the right ones whose value the part accepts, both with the
                                            number of the part for their key: a zone of its own for the sweep
    tied_lonely(chk, …, sel, part, rest)    the rows without a partner whose value a part of the right side accepts
"""

from __future__ import annotations

from promisekit.engine.observations import SEARCH_LIMIT
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import DUE_OF_LEFT, seen_of, way_left_columns


def make_tied_left(session: Session) -> None:
    """Makes `tied_near`, `tied_left` and `tied_right`."""
    session.make(
        "tied_near",
        f"""
        SELECT chk, pairing, sel, part, rest, w, n, shown
        FROM (SELECT a.chk, a.pairing, a.sel, a.part, a.rest, r.w, r.n, r.shown,
                     ROW_NUMBER() OVER (PARTITION BY a.chk, a.part ORDER BY r.w, r.shown, r.n) AS place
              FROM near_part a
              LEFT JOIN spared_placed k ON k.chk = a.chk AND k.part = a.part
              JOIN rest_placed r
                ON r.rest = a.rest AND r.layer = a.layer AND r.place <= {SEARCH_LIMIT} + COALESCE(k.number, 0)
              LEFT JOIN spared s ON s.sel = a.sel AND s.part = a.part AND s.n = r.n
              WHERE a.tied = 1 AND s.n IS NULL) found
        WHERE place <= {SEARCH_LIMIT}""",
    )
    keyed = "JOIN (SELECT DISTINCT sel, part, key FROM tied) k ON k.sel = t.sel AND k.part = t.part"
    session.make(
        "tied_left",
        f"""
        {way_left_columns(f"{BLANK} + t.part")}, 1 AS sure
        FROM (SELECT DISTINCT pairing, sel, part, rest, n FROM tied_near) t
        {keyed}
        JOIN way w ON w.pairing = t.pairing AND w.keyed_by = k.key
        JOIN rest_seen x ON x.rest = t.rest AND x.n = t.n
        {DUE_OF_LEFT}""",
    )
    session.make(
        "tied_right",
        f"""
        SELECT x.way, x.how, x.hourly, x.seconds, {seen_of("x")}, {BLANK} + t.part AS pair_key, x.sure
        FROM (SELECT DISTINCT pairing, sel, part FROM tied_near) p
        JOIN tied t ON t.sel = p.sel AND t.part = p.part
        JOIN way w ON w.pairing = p.pairing AND w.keyed_by = t.key
        JOIN way_right x ON x.way = w.way AND x.pair_key = t.code
        WHERE x.sure = 1""",
    )


def make_tied_lonely(session: Session) -> None:
    """Makes `tied_lonely`."""
    session.make(
        "tied_lonely",
        """
        SELECT l.*, a.sel, a.part, a.rest
        FROM lonely l
        JOIN pairing p ON p.pairing = l.pairing
        JOIN tied t ON t.sel = p.rsel AND t.key = l.keyed_by AND t.code = l.pair_key
        JOIN nearly a ON a.sel = t.sel AND a.part = t.part""",
    )
