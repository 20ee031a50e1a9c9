"""Near misses: rows of the checks' activities that fail one condition, and partners that fail one of the pair.

The table:
    near(chk, w, n, shown, origin, code)   near misses; `code` says what fails. Of those that fail a part of an activity
                                           that is counted, only the first: the others are just counted
"""

from __future__ import annotations

from promisekit.engine.observations import NEAR_MISS_LIMIT
from promisekit.engine.relational import nearly, tied
from promisekit.engine.relational.asked import NOWHERE, By, How
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.nearly import PARTS, TURN
from promisekit.engine.relational.pairing import CERTAIN, by_deadline, make_certain
from promisekit.engine.relational.session import INTEGER, Session
from promisekit.engine.relational.sight import Horizon
from promisekit.engine.relational.tiling import in_windows

OF_PAIR, OF_TIME, OF_END, OF_SELECTOR = 0, 1, 2, 3
"""Where a near miss comes from; also their order where one row is several."""

PLACE, CLOCK, ORDER, DEADLINE, PERIOD, PART, PARTNER_PART, UNTIL, SLOT, BETWEEN, END = range(11)
"""What fails. A `PART` is one of the selector of the rows that are counted, a `PARTNER_PART` one of the partners'."""


def make_near(now: Horizon, keys: int, session: Session) -> None:
    """Makes `near`."""
    nearly.make_almost_left(keys, session)
    make_certain("almost_partner", "almost_left", now, session)
    nearly.make_near_part(session)
    nearly.make_near_first(session)
    nearly.make_rest_placed(session)
    tied.make_tied_left(session)
    make_certain("tied_partner", "tied_left", now, session, right="tied_right")
    _make_astray(session)
    nearly.make_lonely(session)
    nearly.make_nearly_right(keys, session)
    tied.make_tied_lonely(session)
    near = [_of_pairs(), _of_times(), _of_ends(), _of_partnered(), _of_tied(), _of_selects()]
    session.make("near", "\nUNION ALL\n".join(near))


def read_near(session: Session) -> list[tuple[int, ...]]:
    """The first near misses of every check, in order: check, window, row, origin, code, and of a pair's the lonely row
    with its first day and the last that would have been in time, when both began and ended, and the last instant that
    would have been in time where hours are counted; for how many seconds they should have been together."""
    return session.read(f"""
        SELECT t.chk, t.w, t.n, t.origin, t.code, COALESCE(l.n, {NOWHERE}), COALESCE(l.first, 0),
               COALESCE(l.due_last, 0), COALESCE(r.s0, 0), COALESCE(r.s1, 0), COALESCE(r.e1, 0), COALESCE(l.s0, 0),
               COALESCE(l.e1, 0), COALESCE(l.hourly, 0), COALESCE(l.until_last, 0), COALESCE(l.seconds, 0)
        FROM (SELECT near.*, ROW_NUMBER() OVER (PARTITION BY chk ORDER BY w, shown, n, origin) AS place FROM near) t
        LEFT JOIN lonely l ON l.chk = t.chk AND l.turn = t.code - MOD(t.code, {TURN})
        LEFT JOIN way_right r ON r.way = l.way AND r.n = t.n
        WHERE t.place <= {NEAR_MISS_LIMIT}
        ORDER BY t.chk, t.place""")


def _code(fails: int, part: str = str(NOWHERE), turn: str = "0") -> str:
    return f"{turn} + {fails * PARTS} + {part} + 1"


def read_near_totals(session: Session) -> dict[int, int]:
    """Check → how many near misses there are."""
    rows = session.read(f"""
        SELECT chk, CAST(SUM(number) AS {INTEGER})
        FROM (SELECT n.chk, 1 AS number FROM near n JOIN asked c ON c.chk = n.chk
              WHERE n.origin <> {OF_SELECTOR} OR c.sel = {NOWHERE}
              UNION ALL
              SELECT c.chk, r.number
              FROM asked c
              JOIN nearly a ON a.sel = c.sel
              JOIN (SELECT rest, layer, COUNT(*) AS number FROM rest_placed GROUP BY rest, layer) r
                ON r.rest = a.rest AND r.layer = c.layer
              UNION ALL
              SELECT k.chk, -k.number AS number FROM spared_placed k
              JOIN asked c ON c.chk = k.chk AND c.sel <> {NOWHERE}) counted
        GROUP BY chk""")
    return {row[0]: row[1] for row in rows}


def _of_selects() -> str:
    """Rows that would count but for one failing part: no more than are told, however many are spared among them."""
    return f"""
        SELECT c.chk, r.w, r.n, r.shown, {OF_SELECTOR} AS origin, {_code(PART, "a.part")} AS code
        FROM asked c
        JOIN nearly a ON a.sel = c.sel
        LEFT JOIN spared_placed k ON k.chk = c.chk AND k.part = a.part
        JOIN rest_placed r
          ON r.rest = a.rest AND r.layer = c.layer AND r.place <= {NEAR_MISS_LIMIT} + COALESCE(k.number, 0)
        LEFT JOIN spared s ON s.sel = a.sel AND s.part = a.part AND s.n = r.n
        WHERE s.n IS NULL"""


def _of_partnered() -> str:
    """Rows that have a partner and would count but for one failing part."""
    rows = """
        SELECT DISTINCT a.chk, s.n, s.place_in_log, s.shown, s.first, s.last, 1 AS sure, s.part,
                        a.slotting, s.s0, s.s1, s.e1
        FROM asked a
        JOIN almost_left s ON s.pairing = a.pairing
        JOIN almost_partner c ON c.pairing = s.pairing AND c.n = s.n
        WHERE a.ratio = 0 AND (a.left_out = 0 OR s.ended = 1) AND a.slotting"""
    code = f"{OF_SELECTOR} AS origin, {_code(PART, 'part')} AS code"
    return f"""
        SELECT chk, wa AS w, n, shown, {code}
        FROM ({in_windows(f"{rows} = {NOWHERE}", "part")}) placed
        WHERE wa <> {NOWHERE}
        UNION ALL
        SELECT p.chk, f.w, p.n, p.shown, {code}
        FROM ({rows} <> {NOWHERE}) p
        JOIN near_first f ON f.slotting = p.slotting AND f.n = p.n AND f.s0 = p.s0 AND f.s1 = p.s1 AND f.e1 = p.e1"""


def _of_tied() -> str:
    """Rows that would have a partner and count but for one cell, which fails a part and the pair."""
    return f"""
        SELECT t.chk, t.w, t.n, t.shown, {OF_SELECTOR} AS origin, {_code(PART, "t.part")} AS code
        FROM tied_near t
        JOIN tied_partner c ON c.pairing = t.pairing AND c.n = t.n
        LEFT JOIN almost_partner d ON d.pairing = t.pairing AND d.n = t.n
        WHERE d.n IS NULL"""


def _make_astray(session: Session) -> None:
    """Makes `astray`: rows that would count but are in no window, with why, and the window that they are nearest to."""
    until, there = "a.until = 1 AND p.first > a.span_last", f"p.tallied >= {By.OVERLAP}"
    slot, late = f"{there} AND t.after = t.before", f"{there} AND p.s0 < v.ends"
    between = "p.first >= a.span_first AND p.first <= a.span_last"
    session.make(
        "astray",
        f"""
        SELECT p.chk, p.n, p.shown, CASE WHEN {until} THEN 1 ELSE 0 END AS too_late,
               CASE WHEN p.first >= a.base_first AND p.first <= a.base_last THEN 1 ELSE 0 END AS compared_with,
               CASE WHEN {until} THEN {UNTIL} WHEN ({slot}) OR ({late}) THEN {SLOT} WHEN {between} THEN {BETWEEN}
                    ELSE {PERIOD} END AS fails,
               CASE WHEN {until} THEN 0 WHEN {late} THEN b.w WHEN t.day IS NOT NULL THEN t.near
                    WHEN p.first < a.first THEN 0 ELSE a.windows - 1 END AS w
        FROM placed p
        JOIN asked a ON a.chk = p.chk
        LEFT JOIN tile t ON t.tiling = a.tiling AND t.day = p.first
        LEFT JOIN beyond b ON b.tiling = a.tiling AND b.day = p.first
        LEFT JOIN slot v ON v.slotting = a.slotting AND v.w = b.w
        WHERE p.ratio = 0 AND p.wa = {NOWHERE} AND a.windows > 0 AND p.endless = 0
          AND p.sure = 1 AND p.partnered = {CERTAIN} AND (p.first = p.last OR ({until}))""",
    )


def _of_times() -> str:
    """Rows that would count but for when they are; those that others are compared with have their own time."""
    code = f"{_code(0)} + fails * {PARTS}"
    return f"SELECT chk, w, n, shown, {OF_TIME} AS origin, {code} AS code FROM astray WHERE compared_with = 0"


def _of_ends() -> str:
    """Rows whose end is not recorded, where such a row is not counted."""
    return f"""
        SELECT chk, wa AS w, n, shown, {OF_END} AS origin, {_code(END)} AS code
        FROM placed
        WHERE endless = 1 AND wa <> {NOWHERE} AND sure = 1 AND partnered = {CERTAIN}"""


def _of_pairs() -> str:
    """For each lonely row the partners that fail one condition. A partner is told once a window."""
    other = f"r.way = l.way AND r.n <> l.n AND r.pair_key >= {BLANK} AND l.pair_key >= {BLANK}"
    same_key, elsewhere = f"{other} AND r.pair_key = l.pair_key", f"{other} AND r.pair_key <> l.pair_key"
    same_day = "r.first = l.first AND l.first = l.last AND r.first = r.last"
    together = _overlap("e0", "s1") + " >= l.seconds"
    apart = _overlap("e1", "s0") + " < l.seconds"
    keyed = f"l.keyed_by <> {NOWHERE}"
    early = by_deadline("r.s1 < l.s0", "r.last < l.first")
    late = by_deadline("r.s0 > l.until_last", "r.first > l.due_last")
    in_time = by_deadline("r.s0 >= l.s1 AND r.s1 <= l.until_first", "r.first >= l.last AND r.last <= l.due_first")
    at_once = {How.DAY: same_day, How.OVERLAP: together, How.TIME: in_time}
    rows = [
        (How.DAY, PLACE, f"{elsewhere} AND {same_day}"),
        (How.OVERLAP, PLACE, f"{elsewhere} AND r.first <= l.last AND {together}"),
        (How.OVERLAP, CLOCK, f"{same_key} AND {same_day} AND {apart}"),
        (How.TIME, ORDER, f"{same_key} AND {keyed} AND {early}"),
        (How.TIME, DEADLINE, f"{same_key} AND {keyed} AND NOT {early} AND {late}"),
        (How.ROW, PARTNER_PART, "r.way = l.way AND r.n = l.n"),
        *((how, PARTNER_PART, f"{same_key} AND {condition}") for how, condition in at_once.items()),
    ]
    found = [_failing(how, fails, condition) for how, fails, condition in rows]
    found += [_failing_both(how, condition) for how, condition in at_once.items()]
    return f"""
        SELECT chk, w, n, MIN(shown) AS shown, {OF_PAIR} AS origin, MIN(code) AS code
        FROM ({" UNION ALL ".join(found)}) found
        GROUP BY chk, w, n"""


def _failing_both(how: How, condition: str) -> str:
    """The rows that would be a lonely row's partner but for one cell, which fails a part of their own and the pair."""
    return f"""
        SELECT l.chk, l.w, r.n, r.shown, {_code(PARTNER_PART, "l.part", "l.turn")} AS code
        FROM tied_lonely l
        JOIN rest_seen r ON r.rest = l.rest AND r.n <> l.n AND {condition}
        LEFT JOIN spared s ON s.sel = l.sel AND s.part = l.part AND s.n = r.n
        WHERE l.how = {how} AND s.n IS NULL"""


def _failing(how: How, fails: int, condition: str) -> str:
    """The right rows that fail this for a lonely row of that way: sure ones, or some that fail a part of their own."""
    of_part = fails == PARTNER_PART
    table, code = (
        ("nearly_right", _code(fails, "r.part", "l.turn")) if of_part else ("way_right", _code(fails, turn="l.turn"))
    )
    sure = "" if of_part else " AND r.sure = 1"
    return f"""
        SELECT l.chk, l.w, r.n, r.shown, {code} AS code
        FROM lonely l
        JOIN {table} r ON {condition}{sure}
        WHERE l.how = {how}"""


def _overlap(end: str, start: str) -> str:
    """The length of what two spans of time have in common; negative where they lie apart."""
    return f"""CASE WHEN l.{end} < r.{end} THEN l.{end} ELSE r.{end} END
                    - CASE WHEN l.{start} > r.{start} THEN l.{start} ELSE r.{start} END"""
