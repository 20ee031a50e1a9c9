"""Every event of a source in exactly one heap, at the as-of."""

from __future__ import annotations

from promisekit.engine.relational.asked import NOWHERE
from promisekit.engine.relational.load import CANCELLED
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import Horizon

HEAPS = ("rejected", "later", "cancelled", "used", "unused")
"""In the order in which they are tried."""


def read_tallies(now: Horizon, session: Session) -> dict[tuple[int, str], int]:
    """(source, heap) → how many events of it are there."""
    session.make(
        "used",
        f"""
        SELECT DISTINCT n FROM (SELECT n FROM told
                                UNION ALL
                                SELECT partner AS n FROM told WHERE partner <> {NOWHERE}
                                UNION ALL
                                SELECT s.n FROM asked a JOIN seen s ON s.sel = a.sel
                                WHERE s.first <= a.base_last AND s.last >= a.base_first) rows_told""",
    )
    rows = session.read(f"""
        SELECT source, heap, COUNT(*)
        FROM (SELECT e.source,
                     CASE WHEN e.rejected = 1 THEN 0
                          WHEN e.s0 >= {now.until} THEN 1
                          WHEN e.state = {CANCELLED} THEN 2
                          WHEN u.n IS NOT NULL THEN 3
                          ELSE 4 END AS heap
              FROM event e
              LEFT JOIN used u ON u.n = e.n) heaps
        GROUP BY source, heap""")
    return {(source, HEAPS[heap]): number for source, heap, number in rows}
