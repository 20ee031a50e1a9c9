"""What days and what values the rows of a window have: reduced to the distinct ones here, judged in `measures`.

dated, valued   the rows of the checks that ask so, put together where they are alike
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from promisekit.engine.relational.asked import NOWHERE, By
from promisekit.engine.relational.counting import at_windows
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.pairing import CERTAIN, NEVER, POSSIBLE
from promisekit.engine.relational.session import INTEGER, Session

At = tuple[int, int]
"""A check and one of its windows."""


class OnDays(Struct, frozen=True):
    """Rows that start on one of the days `first..last` of a window."""

    first: int
    last: int
    sure: bool
    """Whether they certainly are in the relation and in the window."""
    one_day: bool
    begun: bool
    running: bool
    uncovered: bool
    imprecise: bool
    undecided: bool
    """Whether it cannot be told that they have a partner."""
    number: int


def read_days(session: Session) -> Mapping[At, list[OnDays]]:
    """(check, window) → its rows, put together where they are alike."""
    session.make(
        "dated",
        f"""
        SELECT chk, wa, wb, enclosed, begins, sure, partnered, running, uncovered, imprecise, first, last,
               COUNT(*) AS number
        FROM placed
        WHERE tallied = {By.DAYS} AND wa <> {NOWHERE} AND partnered <> {NEVER}
        GROUP BY chk, wa, wb, enclosed, begins, sure, partnered, running, uncovered, imprecise, first, last""",
    )
    rows = session.read(f"""
        SELECT chk, w, first, last, sure, one_day, begun, running, uncovered, imprecise, undecided,
               CAST(SUM(number) AS {INTEGER})
        FROM (SELECT g.chk, g.w, CASE WHEN g.first < v.first THEN v.first ELSE g.first END AS first,
                     CASE WHEN g.last > v.last THEN v.last ELSE g.last END AS last,
                     CASE WHEN g.sure = 1 AND g.partnered = {CERTAIN} AND g.inside = 1 THEN 1 ELSE 0 END AS sure,
                     CASE WHEN g.first = g.last THEN 1 ELSE 0 END AS one_day,
                     CASE WHEN g.sure = 1 AND g.partnered = {CERTAIN} THEN g.begun ELSE 0 END AS begun,
                     g.running, g.uncovered, g.imprecise,
                     CASE WHEN g.partnered = {POSSIBLE} THEN 1 ELSE 0 END AS undecided, g.number
              FROM ({at_windows("dated")}) g
              JOIN win v ON v.chk = g.chk AND v.w = g.w) cut
        GROUP BY chk, w, first, last, sure, one_day, begun, running, uncovered, imprecise, undecided""")
    found: dict[At, list[OnDays]] = defaultdict(list)
    for chk, w, first, last, sure, one_day, begun, running, uncovered, imprecise, undecided, number in rows:
        doubts = bool(running), bool(uncovered), bool(imprecise), bool(undecided)
        found[chk, w].append(OnDays(first, last, bool(sure), bool(one_day), bool(begun), *doubts, number))
    return found


class Values(Struct, frozen=True):
    """How many different values rows have: the sure ones, all that can be in the window, and those that have begun."""

    sure: int
    any_sure: bool
    all: int
    untold: int
    begun: int
    any_begun: bool
    vague: bool


NO_VALUES = Values(0, False, 0, 0, 0, False, False)


def read_values(code: str, session: Session) -> Mapping[At, Values]:
    """(check, window) → the values of its rows; `code` is the number of a row's value."""
    session.make(
        "valued",
        f"""
        SELECT p.chk, p.wa, p.wb, p.enclosed, p.begins, p.sure, p.partnered, {code} AS code, COUNT(*) AS number
        FROM placed p
        JOIN asked a ON a.chk = p.chk
        JOIN event e ON e.n = p.n
        WHERE p.tallied = {By.VALUES} AND p.wa <> {NOWHERE} AND p.partnered <> {NEVER}
        GROUP BY p.chk, p.wa, p.wb, p.enclosed, p.begins, p.sure, p.partnered, {code}""",
    )
    sure = f"g.sure = 1 AND g.partnered = {CERTAIN}"
    inside, begun, told = f"{sure} AND g.inside = 1", f"{sure} AND g.begun = 1", f"g.code >= {BLANK}"

    def different(condition: str) -> str:
        return f"COUNT(DISTINCT CASE WHEN {condition} AND {told} THEN g.code END)"

    def some(condition: str) -> str:
        return f"MAX(CASE WHEN {condition} THEN 1 ELSE 0 END)"

    rows = session.read(f"""
        SELECT g.chk, g.w, {different(inside)}, {some(inside)}, {different("1 = 1")},
               CAST(SUM(CASE WHEN {told} THEN 0 ELSE g.number END) AS {INTEGER}), {different(begun)}, {some(begun)},
               {some(f"g.partnered <> {POSSIBLE} AND NOT ({told})")}
        FROM ({at_windows("valued")}) g
        GROUP BY g.chk, g.w""")
    return {
        (chk, w): Values(low, bool(any_sure), all_, untold, now, bool(any_begun), bool(vague))
        for chk, w, low, any_sure, all_, untold, now, any_begun, vague in rows
    }
