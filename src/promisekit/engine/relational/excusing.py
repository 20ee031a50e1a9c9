"""Which rows a date of their own excuses from having a partner: dated by the deadline, and not after an answer.

Whether a row was answered by the time of the date is the same question as whether it has a partner at all, with a
deadline that is cut short there. So what is asked of `way_left` is asked of `chance` once more.

The tables:
    excusing(pairing, n, dated_by, …)    left rows for each column that may excuse them. In all of these tables but the
                                         last, `pairing` is the number of that chance
    to_come(pairing, n, running, …)      those that a date nobody knows of could come to
    dating(pairing, n, first_then, …)    when they are dated there, or may be
    chance(pairing, n, in_time, …)       those that a date may excuse, with deadlines cut at the date, whether it
                                         certainly is there in time, and why not
    excused(pairing, n, state, …)        what becomes of them, by the number of the pairing
"""

from __future__ import annotations

from promisekit.engine.relational.dues import Deadlines
from promisekit.engine.relational.pairing import (
    ANSWERED_ELSE,
    EXCUSED,
    MAYBE_EXCUSED,
    by_deadline,
    make_certain,
    make_possible,
    make_undecided,
    make_waiting,
)
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import FAR, FOREVER, SEEN, Horizon

LEFT = ("pairing", "way", "how", "hourly", "seconds", "keyed_by", "own", *SEEN, "pair_key", "sure")


def make_excused(now: Horizon, deadlines: Deadlines, session: Session) -> None:
    """Makes `excused`."""
    left = ", ".join(f"l.{name}" for name in LEFT if name != "pairing")
    session.make(
        "excusing",
        f"""
        SELECT e.chance AS pairing, {left}, l.due_first, l.until_first, l.due_last, l.until_last, e.own AS dated_by,
               e.same_day
        FROM way_left l JOIN excuse e ON e.pairing = l.pairing""",
    )
    make_waiting("to_come", "excusing", "SELECT chance AS pairing, lsel AS sel FROM excuse", now, session)
    session.make("dating", _dates(now))
    in_days = "FROM dating WHERE hourly = 0"
    deadlines.ask_since(
        session.read(f"""
            SELECT same_day, first_then {in_days}
            UNION
            SELECT same_day, last_then {in_days} AND last_then < {FAR}""")
    )
    _make_chance(session)
    make_certain("answered_by", "chance", now, session)
    make_undecided("unanswered", "chance", "answered_by", session)
    make_possible("perhaps_by", "unanswered", now, session)
    make_waiting("waiting_by", "unanswered", "SELECT chance AS pairing, rsel AS sel FROM excuse", now, session)
    answered = {
        "running": "COALESCE(w.running, 0)",
        "uncovered": "COALESCE(w.uncovered, 0)",
        "imprecise": "CASE WHEN p.n IS NULL THEN 0 ELSE 1 END",
    }
    reasons = ", ".join(
        f"MAX(CASE WHEN u.in_time = 0 THEN u.{name} ELSE {found} END) AS {name}" for name, found in answered.items()
    )
    session.make(
        "excused",
        f"""
        SELECT e.pairing, u.n,
               MAX(CASE WHEN u.in_time = 0 THEN {MAYBE_EXCUSED}
                        WHEN p.n IS NULL AND w.n IS NULL THEN {EXCUSED}
                        ELSE {ANSWERED_ELSE} END) AS state, {reasons}
        FROM unanswered u
        JOIN excuse e ON e.chance = u.pairing
        LEFT JOIN perhaps_by p ON p.pairing = u.pairing AND p.n = u.n
        LEFT JOIN waiting_by w ON w.pairing = u.pairing AND w.n = u.n
        GROUP BY e.pairing, u.n""",
    )


def _make_chance(session: Session) -> None:
    """Makes `chance`: of dates that are known, cannot be read, or may still come.

    Where the deadline counts days, what comes on the day of the date itself still comes by then, so it is cut at the
    end of that day.
    """
    left = ", ".join(f"l.{name}" for name in LEFT)
    late = by_deadline("l.s0_then > l.until_last", "l.first_then > l.due_last")
    in_time = by_deadline("l.s1_then <= l.until_first", "l.last_then <= l.due_first")
    certain = f"l.whole = 1 AND {in_time}"
    session.make(
        "chance",
        f"""
        SELECT {left},
               {_least("due_first", "l.first_then")}, {_least("until_first", "COALESCE(f.until, l.s0_then)")},
               {_least("due_last", "l.last_then")}, {_least("until_last", "COALESCE(t.until, l.s1_then)")},
               CASE WHEN {certain} THEN 1 ELSE 0 END AS in_time, l.running, l.uncovered,
               CASE WHEN l.dated = 1 AND NOT ({certain}) THEN 1 ELSE 0 END AS imprecise
        FROM dating l
        LEFT JOIN due f ON l.hourly = 0 AND f.deadline = l.same_day AND f.since = l.first_then
        LEFT JOIN due t ON l.hourly = 0 AND t.deadline = l.same_day AND t.since = l.last_then
        WHERE NOT (l.readable = 1 AND {late})""",
    )


def _dates(now: Horizon) -> str:
    """Rows with when they are dated (`first_then`, `last_then`, `s0_then`, `s1_then`) and what is known of that."""
    begins = "CASE WHEN t.opens > x.s0 THEN t.opens ELSE x.s0 END - 1"
    known = f"(o.readable = 0 OR o.s0 < {now.until})"
    return f"""
        SELECT x.*, CASE WHEN o.readable = 1 THEN o.first ELSE x.first END AS first_then,
               CASE WHEN o.readable = 1 THEN o.last ELSE {FAR} END AS last_then,
               CASE WHEN o.readable = 1 THEN o.s0 ELSE x.s0 END AS s0_then,
               CASE WHEN o.readable = 1 THEN o.s1 ELSE {FOREVER} END AS s1_then,
               1 AS dated, o.readable, CASE WHEN o.readable = 1 AND o.s1 < {now.until} THEN 1 ELSE 0 END AS whole,
               0 AS running, 0 AS uncovered
        FROM excusing x
        JOIN own_date o ON o.own = x.dated_by AND o.n = x.n
        WHERE {known}
        UNION ALL
        SELECT x.*, t.open_from AS first_then, {FAR} AS last_then, {begins} AS s0_then, {FOREVER} AS s1_then,
               0 AS dated, 0 AS readable, 0 AS whole, t.running, t.uncovered
        FROM excusing x
        JOIN to_come t ON t.pairing = x.pairing AND t.n = x.n
        LEFT JOIN own_date o ON o.own = x.dated_by AND o.n = x.n AND {known}
        WHERE o.n IS NULL"""


def _least(name: str, other: str) -> str:
    return f"CASE WHEN l.{name} < {other} THEN l.{name} ELSE {other} END AS {name}"
