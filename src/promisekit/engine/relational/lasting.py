"""When rows go on: which windows they reach into, and for how long.

    slot(slotting, w, begins, ends, needed, touching)
                                         the instants of the windows of checks that ask so, and how long a row must go
                                         on in one to belong to it; `touching` where to begin in it is enough
    going(chk, n, …)                     the rows of those checks with their instants
    reaches(chk, w, n, surely, at_most, …)
                                         the rows in the windows that they may go on in for long enough: for how long
                                         they certainly do and at most, and whether that certainly is enough (`inside`)
    goes_on                              those of them that count or may count
    going_on(chk, n, …, wa, wb, inside)  the rows of `going` once, with the first and the last of their windows
    open_time(chk, w, begins, ends)      when something may go on in a window that nobody knows of

The windows that a row may reach into follow each other, so the first and the last are enough: those are how many end
before it begins, and how many begin before it ends, which one line of windows and rows in order of time tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from promisekit.engine.relational.amounts import Amounts
from promisekit.engine.relational.asked import BY_TIME, NOWHERE, By, seconds_needed
from promisekit.engine.relational.counting import DOUBTS, PARTNERED, related
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.load import Loaded, code_of
from promisekit.engine.relational.pairing import CERTAIN, NEVER, POSSIBLE
from promisekit.engine.relational.session import INTEGER, WIDE, Session
from promisekit.engine.relational.sight import FOREVER
from promisekit.plan.nodes import Duration, Number
from promisekit.windows import Zone

At = tuple[int, int]
OF_ROW = """s.s0, s.s1, s.e0, s.e1, a.ratio, a.floats, a.tallied, a.slotting, a.coded,
               CASE WHEN a.left_out = 1 AND s.ended = 0 THEN 1 ELSE 0 END AS endless,"""
SURE = f"g.sure = 1 AND g.partnered = {CERTAIN}"


class Lasted(Struct, frozen=True):
    """For how many seconds rows go on in a window, and why that may be another number."""

    low: Number = 0
    high: Number | None = 0
    running: bool = False
    uncovered: bool = False
    imprecise: bool = False


class Lasting:
    """The rows of the checks that ask when a row goes on."""

    def __init__(self, layout: Layout, loaded: Loaded, zone: Zone, session: Session) -> None:
        self._session = session
        self._code = code_of(layout, loaded)
        self._made = False
        self._asked = [check for check in layout.checks if check.by in BY_TIME]
        rows = []
        for check in {check.slotting: check for check in self._asked}.values():
            seconds = seconds_needed(check.check) or 0
            for number, window in enumerate(check.windows):
                begins, ends = window.instants(zone, check.day_begins)
                needed = max(1, min(seconds, ends - begins))
                rows.append((check.slotting, number, begins, ends, needed, int(seconds == 0)))
        session.load("slot", ("slotting", "w", "begins", "ends", "needed", "touching"), rows)
        durations = [(check.number, check.check.measure) for check in self._asked]
        session.load(
            "lasting",
            ("chk", "summed"),
            [(number, int(one.total == "sum")) for number, one in durations if isinstance(one, Duration)],
        )

    def make(self) -> None:
        """Makes `going`, `reaches`, `goes_on` and `going_on`."""
        if not self._asked and self._made:
            return
        self._made = True
        self._session.make(
            "going",
            f"""
            SELECT a.*, {self._code} AS code
            FROM ({related(f"a.tallied IN ({By.OVERLAP}, {By.DURATION})", OF_ROW)}) a JOIN event e ON e.n = a.n""",
        )
        make_reaches("reaches", "going", f"chk, sure, {DOUBTS}, endless, coded, code", self._session)
        self._session.make("goes_on", f"SELECT * FROM reaches WHERE partnered <> {NEVER} AND endless = 0")
        self._session.make(
            "going_on",
            f"""
            SELECT g.chk, g.n, g.place_in_log, g.shown, g.first, g.last, g.sure, {PARTNERED}, g.ratio, g.floats,
                   g.tallied, COALESCE(w.wa, {NOWHERE}) AS wa, COALESCE(w.wb, {NOWHERE}) AS wb, 0 AS enclosed,
                   0 AS begins, COALESCE(w.inside, 0) AS inside, g.endless, g.s0
            FROM going g
            LEFT JOIN (SELECT t.chk, t.n, t.wa, t.wb, f.inside
                       FROM (SELECT chk, n, MIN(w) AS wa, MAX(w) AS wb FROM reaches GROUP BY chk, n) t
                       JOIN reaches f ON f.chk = t.chk AND f.n = t.n AND f.w = t.wa) w
              ON w.chk = g.chk AND w.n = g.n""",
        )

    def read(self, open_times: Iterable[tuple[int, ...]], amounts: Amounts) -> Mapping[At, Lasted]:
        """(check, window) → for how long its rows go on. Windows with nothing in them are not there."""
        if not self._asked:
            return {}
        self._session.load("open_time", ("chk", "w", "begins", "ends"), open_times)
        found = {at: Lasted(*united) for at, united in self._united().items()}
        for at, (low, high) in {**self._summed(), **self._weighed(amounts)}.items():
            found[at] = Lasted(low, high)
        for chk, w, running, uncovered, imprecise in self._doubts():
            one = found.get((chk, w), Lasted())
            found[chk, w] = Lasted(one.low, one.high, bool(running), bool(uncovered), bool(imprecise))
        return found

    def _united(self) -> dict[At, tuple[int, int]]:
        """Time at which several rows go on counts once: of what each adds, what lies after all before it."""
        row = """FROM goes_on g
                 JOIN lasting d ON d.chk = g.chk AND d.summed = 0
                 JOIN slot v ON v.slotting = g.slotting AND v.w = g.w"""
        rows = self._session.read(f"""
            SELECT chk, w, CAST(SUM(CASE WHEN certain = 1 THEN added ELSE 0 END) AS {INTEGER}),
                   CAST(SUM(CASE WHEN certain = 0 THEN added ELSE 0 END) AS {INTEGER})
            FROM (SELECT chk, w, certain,
                         CASE WHEN ends <= reached THEN 0
                              WHEN begins < reached THEN ends - reached
                              ELSE ends - begins END AS added
                  FROM (SELECT t.*, COALESCE(MAX(ends) OVER (PARTITION BY chk, w, certain ORDER BY begins, ends
                                                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                                             begins) AS reached
                        FROM (SELECT g.chk, g.w, 1 AS certain, {_cut("g.s1", "g.e0")} {row}
                              WHERE {SURE} AND g.surely > 0
                              UNION ALL
                              SELECT g.chk, g.w, 0 AS certain, {_cut("g.s0", "g.e1")} {row}
                              UNION ALL
                              SELECT chk, w, 0 AS certain, begins, ends FROM open_time) t) line) pieces
            GROUP BY chk, w""")
        return {(chk, w): (low, high) for chk, w, low, high in rows}

    def _summed(self) -> dict[At, tuple[Number, Number | None]]:
        rows = self._session.read(f"""
            SELECT g.chk, g.w, CAST(SUM(CASE WHEN {SURE} THEN g.surely ELSE 0 END) AS {INTEGER}),
                   CAST(SUM(g.at_most) AS {INTEGER})
            FROM goes_on g JOIN lasting d ON d.chk = g.chk AND d.summed = 1
            WHERE g.coded = {NOWHERE}
            GROUP BY g.chk, g.w""")
        return {(chk, w): (low, high) for chk, w, low, high in rows}

    def _weighed(self, amounts: Amounts) -> dict[At, tuple[Number, Number | None]]:
        low = f"CASE WHEN {SURE} THEN CAST(t.met_lo{{0}} AS {WIDE}) * g.surely ELSE 0 END"
        high = f"CAST(t.met_hi{{0}} AS {WIDE}) * g.at_most"
        rows = self._session.read(f"""
            SELECT g.chk, g.w, MAX(g.coded), MAX(t.met_op), {amounts.digits_of(low)}, {amounts.digits_of(high)}
            FROM goes_on g
            JOIN lasting d ON d.chk = g.chk AND d.summed = 1
            JOIN amount t ON t.coded = g.coded AND t.code = g.code
            GROUP BY g.chk, g.w""")
        found: dict[At, tuple[Number, Number | None]] = {}
        for chk, w, coded, is_open, *digits in rows:
            least, most = (amounts.number(coded, part) for part in (digits[: amounts.digits], digits[amounts.digits :]))
            found[chk, w] = least, None if is_open else most
        return found

    def _doubts(self) -> list[tuple[int, ...]]:
        """(check, window, running, uncovered, imprecise). Of a row that has not ended all that may be doubted is for
        how long it still goes on."""
        runs = f"{SURE} AND g.e1 = {FOREVER} AND g.e0 < v.ends AND g.s0 = g.s1"
        settled = f"{SURE} AND COALESCE(t.vague, 0) = 0 AND g.surely = g.at_most"
        undecided = f"g.partnered = {POSSIBLE}"
        return self._session.read(f"""
            SELECT g.chk, g.w, MAX(CASE WHEN ({runs}) OR ({undecided} AND g.running = 1) THEN 1 ELSE 0 END),
                   MAX(CASE WHEN {undecided} THEN g.uncovered ELSE 0 END),
                   MAX(CASE WHEN ({runs}) OR ({settled}) THEN 0 WHEN {undecided} THEN g.imprecise ELSE 1 END)
            FROM goes_on g
            JOIN lasting d ON d.chk = g.chk
            JOIN slot v ON v.slotting = g.slotting AND v.w = g.w
            LEFT JOIN amount t ON t.coded = g.coded AND t.code = g.code
            GROUP BY g.chk, g.w""")


def make_reaches(name: str, rows: str, columns: str, session: Session) -> None:
    """Makes a table of the rows (slotting, n, s0, s1, e0, e1, `columns`) in every window that they may go on in for
    long enough. A row that several checks ask the same about is looked up once; at other instants it is another one."""
    passed = "SUM(1 - is_row) OVER (PARTITION BY slotting ORDER BY instant, turn ROWS UNBOUNDED PRECEDING)"
    nothing = "0 AS n, 0 AS s0, 0 AS s1, 0 AS e1"
    # A row touches the window that it begins in, even if it ends at once.
    over = "CASE WHEN e1 > s1 THEN e1 ELSE s1 + 1 END"
    session.make(
        "reaching",
        f"""
        SELECT f.slotting, f.n, f.s0, f.s1, f.e1, f.passed AS wa, l.passed - f.passed - 1 AS steps
        FROM (SELECT slotting, n, s0, s1, e1, is_row, CAST({passed} AS {INTEGER}) AS passed
              FROM (SELECT slotting, ends AS instant, 0 AS turn, 0 AS is_row, {nothing} FROM slot
                    UNION ALL
                    SELECT DISTINCT slotting, s0 AS instant, 1 AS turn, 1 AS is_row, n, s0, s1, e1 FROM {rows}) line) f
        JOIN (SELECT slotting, n, s0, s1, e1, is_row, CAST({passed} AS {INTEGER}) AS passed
              FROM (SELECT slotting, begins AS instant, 1 AS turn, 0 AS is_row, {nothing} FROM slot
                    UNION ALL
                    SELECT DISTINCT slotting, {over} AS instant, 0 AS turn, 1 AS is_row, n, s0, s1, e1
                    FROM {rows}) line) l
          ON l.slotting = f.slotting AND l.n = f.n AND l.s0 = f.s0 AND l.s1 = f.s1 AND l.e1 = f.e1
        WHERE f.is_row = 1 AND l.is_row = 1 AND l.passed > f.passed""",
    )
    lengths = session.read("SELECT DISTINCT steps FROM reaching")
    session.load("step", ("steps", "step"), [(steps, step) for (steps,) in lengths for step in range(steps + 1)])
    session.make(
        name,
        f"""
        SELECT g.*, g.inside AS begun
        FROM (SELECT r.slotting, v.w, r.n, r.s0, r.s1, r.e0, r.e1, {columns},
                     {_common("r.s1", "r.e0")} AS surely, {_common("r.s0", "r.e1")} AS at_most,
                     {_enough("r.s1", "r.e0", "r.s0 >= v.begins AND r.s1 < v.ends")} AS inside,
                     {_enough("r.s0", "r.e1", "r.s0 < v.ends AND r.s1 >= v.begins")} AS reaches
              FROM reaching x
              JOIN step k ON k.steps = x.steps
              JOIN {rows} r ON r.slotting = x.slotting AND r.n = x.n AND r.s0 = x.s0 AND r.s1 = x.s1 AND r.e1 = x.e1
              JOIN slot v ON v.slotting = x.slotting AND v.w = x.wa + k.step) g
        WHERE g.reaches = 1""",
    )


def _cut(begins: str, ends: str) -> str:
    """What of a span of time lies in the window `v`."""
    return f"""CASE WHEN {begins} < v.begins THEN v.begins ELSE {begins} END AS begins,
               CASE WHEN {ends} > v.ends THEN v.ends ELSE {ends} END AS ends"""


def _enough(begins: str, ends: str, touches: str) -> str:
    """Whether a span of time is long enough in the window `v`, or touches it where that is enough."""
    return f"CASE WHEN {_common(begins, ends)} >= v.needed OR (v.touching = 1 AND {touches}) THEN 1 ELSE 0 END"


def _common(begins: str, ends: str) -> str:
    """For how long a span of time lies in the window `v`."""
    length = f"""CASE WHEN {ends} > v.ends THEN v.ends ELSE {ends} END
                 - CASE WHEN {begins} < v.begins THEN v.begins ELSE {begins} END"""
    return f"CASE WHEN {length} > 0 THEN {length} ELSE 0 END"
