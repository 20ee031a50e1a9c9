"""When an answer is due, for every day or instant that a trigger may have.

`due(deadline, since, due, until)`: for a trigger on a day the last day in time and its last second; for one at an
instant, where a deadline counts hours, the last instant in time and its day.
"""

from __future__ import annotations

from collections.abc import Iterable

from promisekit.engine.phases import last_day_in_time
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.session import Session
from promisekit.plan.deadlines import due_at
from promisekit.plan.nodes import Hours
from promisekit.windows import Day, Instant, Zone

AT_FIRST = "CASE WHEN w.hourly = 1 THEN x.s0 ELSE x.first END"
AT_LAST = "CASE WHEN w.hourly = 1 THEN x.s1 ELSE x.last END"
"""What the earliest and the latest deadline of a row `x` in a way `w` are counted from."""


class Deadlines:
    """The table `due`, which grows by what is asked about."""

    def __init__(self, layout: Layout, zone: Zone, session: Session) -> None:
        self._layout = layout
        self._zone = zone
        self._session = session
        self._known: set[tuple[int, int]] = set()
        pairings = enumerate(layout.pairings.things)
        session.load("left_side", ("pairing", "sel"), [(number, pairing.left) for number, pairing in pairings])
        session.load("due", ("deadline", "since", "due", "until"), ())

    def ask_matched(self, tables: str) -> None:
        """Makes sure that the table tells of the rows in tables that were matched."""
        rows = f"""SELECT DISTINCT sel, first, last, s0, s1 FROM m{tables}
                   UNION ALL
                   SELECT a.sel, r.first, r.last, r.s0, r.s1
                   FROM nearly{tables} a
                   JOIN (SELECT DISTINCT rest, first, last, s0, s1 FROM rest{tables}) r ON r.rest = a.rest"""
        of_rows = f"FROM way w JOIN left_side p ON p.pairing = w.pairing JOIN ({rows}) x ON x.sel = p.sel"
        self.ask_since(
            self._session.read(f"""
                SELECT w.deadline, {AT_FIRST} AS since {of_rows}
                UNION
                SELECT w.deadline, {AT_LAST} AS since {of_rows}""")
        )

    def ask_since(self, asked: Iterable[tuple[int, ...]]) -> None:
        """Makes sure that the table tells of deadlines, by their numbers, counted from a day or instant each."""
        new = sorted({(deadline, at) for deadline, at in asked} - self._known)
        if new:
            rows = [self._row(*known) for known in new]
            self._session.load("due_new", ("deadline", "since", "due", "until"), rows)
            self._session.append("due", "due_new")
            self._known.update(new)

    def _row(self, number: int, at: int) -> tuple[int, int, int, int]:
        deadline, begins = self._layout.deadlines.things[number]
        if isinstance(deadline, Hours):
            last = last_day_in_time(deadline, Day(0), Instant(at), self._zone, begins)
            return number, at, last, due_at(deadline, Instant(at), self._zone, begins)
        last = last_day_in_time(deadline, Day(at), Instant(0), self._zone, begins)
        return number, at, last, self._zone.at(Day(last + 1), begins) - 1
