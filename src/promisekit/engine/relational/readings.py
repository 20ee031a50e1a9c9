"""The latest values: of every window, and of the days that checks compare them with, the rows that may be the newest.

readings(chk, w, n, …)   the rows that say a value, in the windows that they can belong to; `w` is BASELINE where
                         they lie in the days of the baseline
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from promisekit.engine.measures import Reading, amount
from promisekit.engine.relational.asked import NOWHERE, By
from promisekit.engine.relational.counting import at_windows
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.load import Loaded, code_of
from promisekit.engine.relational.session import Session
from promisekit.plan.nodes import Number

BASELINE = -2
"""In place of a window's number."""

Value = tuple[Number | None, Number, Number]
"""A value, and the ends of the interval in which it lies; None where it is not told."""


class Readings:
    """The values of the columns that readings stand in."""

    def __init__(self, layout: Layout, loaded: Loaded, session: Session) -> None:
        self._session = session
        self._code = code_of(layout, loaded)
        self._values: dict[int, list[Value]] = {
            coded: [_value(cells) for cells in loaded.cells(columns)]
            for coded, (by, columns) in enumerate(layout.coded.things)
            if by is By.LATEST
        }

    def read(self) -> Mapping[tuple[int, int], Sequence[Reading]]:
        """(check, window) → its readings. Windows that no row can belong to are not there."""
        if not self._values:
            return {}
        self._make()
        found: dict[tuple[int, int], list[Reading]] = defaultdict(list)
        rows = self._session.read("""
            SELECT DISTINCT chk, w, s0, s1, sure, coded, code
            FROM (SELECT readings.*, MAX(CASE WHEN sure = 1 THEN s0 END) OVER (PARTITION BY chk, w) AS begun
                  FROM readings) ordered
            WHERE begun IS NULL OR s1 >= begun""")
        for chk, w, earliest, latest, sure, coded, code in rows:
            point, low, high = self._values[coded][code]
            found[chk, w].append(Reading(earliest, latest, bool(sure), low, high, point))
        return found

    def read_baselines(self) -> list[tuple[int, ...]]:
        """check, row, whether it certainly lies in the days of the baseline: those that may be the newest there."""
        if not self._values:
            return []
        return self._session.read(f"""
            SELECT chk, n, sure
            FROM (SELECT *, MAX(CASE WHEN sure = 1 THEN s0 END) OVER (PARTITION BY chk) AS begun
                  FROM readings WHERE w = {BASELINE}) ordered
            WHERE begun IS NULL OR s1 >= begun
            ORDER BY chk, n""")

    def _make(self) -> None:
        windows = f"""
            SELECT chk, n, wa, wb, enclosed, begins, sure FROM placed
            WHERE tallied = {By.LATEST} AND wa <> {NOWHERE}"""
        self._session.make("latest_placed", windows)
        self._session.make(
            "readings",
            f"""
            SELECT a.chk, g.w, g.n, s.s0, s.s1, CASE WHEN g.sure = 1 AND g.inside = 1 THEN 1 ELSE 0 END AS sure,
                   a.coded, {self._code} AS code
            FROM ({at_windows("latest_placed")}) g
            JOIN asked a ON a.chk = g.chk
            JOIN seen s ON s.sel = a.sel AND s.n = g.n
            JOIN event e ON e.n = g.n
            UNION ALL
            SELECT a.chk, {BASELINE} AS w, s.n, s.s0, s.s1,
                   CASE WHEN s.sure = 1 AND s.first >= a.base_first AND s.last <= a.base_last THEN 1 ELSE 0 END AS sure,
                   a.coded, {self._code} AS code
            FROM asked a
            JOIN seen s ON s.sel = a.sel AND s.first <= a.base_last AND s.last >= a.base_first
            JOIN event e ON e.n = s.n""",
        )


def _value(cells: tuple[object, ...]) -> Value:
    point, *ends = map(amount, cells)
    if point is None:
        return None, 0, 0
    told = [end for end in ends if end is not None]
    return (point, min(told), max(told)) if len(told) == 2 else (point, point, point)
