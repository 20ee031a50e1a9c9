"""Which rows have a partner: one sweep answers it for every way of belonging together, whatever the skew.

That two events overlap, start on one day, or follow each other in time is always the same question: is there a right
row in the same zone (place or key) that reaches far enough (`reach` no more than the left row's) and began early enough
(its value no less than the left row's `floor`)? So left and right rows are put in one line by their reach, and the
greatest value up to each left row is a running maximum. A value is an instant turned around, so that the greatest
began first, packed with its row's number, so that the winner is the partner to show: of certain partners the one that
had begun for certain first, of possible ones the one that may have begun first.

              certain partner                               possible partner
    overlap   e0 >= left.s1 + m and s1 <= left.e0 - m       e1 >= left.s0 + m and s0 <= left.e1 - m
    in time   first >= left.last and last <= due(left.first)    last >= left.first and first <= due(left.last)

`DAY` is "in time" at one place with no day of delay. Certain partners need certain rows and the same known key; a row
that does not tell its key is a possible partner of all, and all are of it: two zones of their own.

    partner(pairing, n, value)                   rows with a certain partner, and which
    possible_partner(pairing, n, value)          rows without one that have a possible partner
    waiting(pairing, n, running, uncovered, …)   rows that a partner nobody knows of could still join, why, and from
                                                 which day and instant on
    paired(pairing, n, partnered, partner, running, uncovered, imprecise, excused)
    late(pairing, n, partner)                    for rows that certainly have none: the first partner after the deadline
"""

from __future__ import annotations

from promisekit.engine.relational.asked import NOWHERE, How
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.load import MOST_ROWS
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import FOREVER, Horizon

LEFT_UNTOLD, RIGHT_UNTOLD = -2, -1
"""The zones of left and of right rows that do not tell their key."""

CERTAIN, POSSIBLE, NEVER = 2, 1, 0

NOT_EXCUSED, MAYBE_EXCUSED, ANSWERED_ELSE, EXCUSED = range(4)
"""What excuses make of a row. `ANSWERED_ELSE`: it is excused if it was not answered before."""

SWEPT = f"how IN ({How.DAY}, {How.OVERLAP}, {How.TIME})"


def packed(instant: str, number: str = "n") -> str:
    """An instant turned around and a row's number as one integer; greater means earlier, then a smaller number."""
    return f"({FOREVER} - ({instant})) * {MOST_ROWS} + ({MOST_ROWS} - 1 - {number})"


def floor(instant: str) -> str:
    """What a packed value is no less than, just if its instant is no later than this one."""
    return f"({FOREVER} - ({instant})) * {MOST_ROWS}"


def number_in(value: str) -> str:
    """The row's number in a packed value."""
    return f"({MOST_ROWS} - 1 - MOD({value}, {MOST_ROWS}))"


def make_paired(now: Horizon, session: Session) -> None:
    """Makes `partner`, `possible_partner`, `waiting` and `undecided`, the rows without a certain partner."""
    make_certain("partner", "way_left", now, session)
    make_undecided("undecided", "way_left", "partner", session)
    make_possible("possible_partner", "undecided", now, session)
    make_waiting("waiting", "undecided", "SELECT pairing, rsel AS sel FROM pairing", now, session)


def make_undecided(name: str, left: str, partner: str, session: Session) -> None:
    """Makes a table of the rows of `left` that are not in the table `partner`."""
    session.make(
        name,
        f"""
        SELECT l.* FROM {left} l
        LEFT JOIN {partner} c ON c.pairing = l.pairing AND c.n = l.n
        WHERE c.n IS NULL""",
    )


def make_together(session: Session) -> None:
    """Makes `paired`: what is known of the partners of every row, and of what excuses it from having one."""
    answered_else = f"z.state = {ANSWERED_ELSE}"
    session.make(
        "paired",
        f"""
        SELECT s.pairing, s.n,
               CASE WHEN c.n IS NOT NULL OR {answered_else} THEN {CERTAIN}
                    WHEN p.n IS NOT NULL OR w.n IS NOT NULL THEN {POSSIBLE}
                    ELSE {NEVER} END AS partnered,
               CASE WHEN c.n IS NOT NULL THEN {number_in("c.value")}
                    WHEN p.n IS NOT NULL THEN {number_in("p.value")}
                    ELSE {NOWHERE} END AS partner,
               CASE WHEN z.running = 1 THEN 1 WHEN {answered_else} THEN 0 ELSE COALESCE(w.running, 0) END AS running,
               CASE WHEN z.uncovered = 1 THEN 1 WHEN {answered_else} THEN 0
                    ELSE COALESCE(w.uncovered, 0) END AS uncovered,
               CASE WHEN z.imprecise = 1 THEN 1 WHEN {answered_else} THEN 0
                    WHEN p.n IS NOT NULL THEN 1 ELSE 0 END AS imprecise,
               COALESCE(z.state, {NOT_EXCUSED}) AS excused
        FROM (SELECT p.pairing, x.n FROM pairing p JOIN seen x ON x.sel = p.lsel) s
        LEFT JOIN partner c ON c.pairing = s.pairing AND c.n = s.n
        LEFT JOIN possible_partner p ON p.pairing = s.pairing AND p.n = s.n
        LEFT JOIN waiting w ON w.pairing = s.pairing AND w.n = s.n
        LEFT JOIN excused z ON z.pairing = s.pairing AND z.n = s.n""",
    )


def make_certain(name: str, left: str, now: Horizon, session: Session, right: str = "way_right") -> None:
    """Makes a table (pairing, n, value) of the rows of `left` that certainly have a partner in `right`, and which."""
    long_enough = f"(how <> {How.OVERLAP} OR e0 - s1 >= seconds)"
    session.make(
        "target",
        f"""
        SELECT way, pair_key AS zone, {_reach("-e0", "-s0", "-first")} AS reach,
               {packed("s1")} AS value
        FROM {right}
        WHERE {SWEPT} AND sure = 1 AND pair_key >= {BLANK} AND {long_enough}""",
    )
    session.make(
        "probe",
        f"""
        SELECT way, pairing, n, pair_key AS zone,
               {_reach("-(s1 + seconds)", "-s1", "-last")} AS reach,
               CASE WHEN how = {How.OVERLAP} THEN {floor("e0 - seconds")} ELSE {floor("until_first")} END AS at_least
        FROM {left}
        WHERE {SWEPT} AND pair_key >= {BLANK} AND {long_enough}""",
    )
    own = by_deadline("o.s0 >= l.s1 AND o.s1 <= l.until_first", "o.first >= l.last AND o.last <= l.due_first")
    session.make(
        name,
        f"""
        SELECT pairing, n, MAX(value) AS value
        FROM ({_sweep()}
              UNION ALL
              SELECT l.pairing, l.n, {packed("l.s1", "l.n")} AS value
              FROM {left} l JOIN {right} r ON r.way = l.way AND r.n = l.n
              WHERE l.how = {How.ROW} AND r.sure = 1
              UNION ALL
              SELECT l.pairing, l.n, {packed("o.s1", "l.n")} AS value
              FROM {left} l JOIN own_date o ON o.own = l.own AND o.n = l.n
              WHERE l.how = {How.OWN} AND o.readable = 1 AND o.s1 < {now.until} AND {own}) found
        GROUP BY pairing, n""",
    )


def make_possible(name: str, undecided: str, now: Horizon, session: Session) -> None:
    """Makes a table (pairing, n, value) of the rows of `undecided` that may have a partner, and which."""
    # Rows that do not tell their key are few: copies are made only for the ways that have some.
    long_enough = f"(how <> {How.OVERLAP} OR e1 - s0 >= seconds)"
    right = f"""
        SELECT way, pair_key, {_reach("-e1", "-s1", "-last")} AS reach, {packed("s0")} AS value
        FROM way_right WHERE {SWEPT} AND {long_enough}"""
    left = f"""
        SELECT way, pairing, n, pair_key,
               {_reach("-(s0 + seconds)", "-s0", "-first")} AS reach,
               CASE WHEN how = {How.OVERLAP} THEN {floor("e1 - seconds")} ELSE {floor("until_last")} END AS at_least
        FROM {undecided} l WHERE {SWEPT} AND {long_enough} AND (how = {How.OVERLAP} OR {BEGINS_IN_TIME})"""
    own = by_deadline("o.s1 >= l.s0 AND o.s0 <= l.until_last", "o.last >= l.first AND o.first <= l.due_last")
    told = f"CASE WHEN pair_key >= {BLANK} THEN pair_key ELSE"
    session.make(
        "target",
        f"""
        SELECT way, {told} {RIGHT_UNTOLD} END AS zone, reach, value FROM ({right}) r
        UNION ALL
        SELECT r.way, {LEFT_UNTOLD} AS zone, r.reach, r.value FROM ({right}) r
        JOIN (SELECT DISTINCT way FROM {undecided} WHERE pair_key < {BLANK}) u ON u.way = r.way""",
    )
    session.make(
        "probe",
        f"""
        SELECT way, pairing, n, {told} {LEFT_UNTOLD} END AS zone, reach, at_least FROM ({left}) l
        UNION ALL
        SELECT l.way, l.pairing, l.n, {RIGHT_UNTOLD} AS zone, l.reach, l.at_least FROM ({left}) l
        JOIN (SELECT DISTINCT way FROM way_right WHERE pair_key < {BLANK}) u ON u.way = l.way
        WHERE l.pair_key >= {BLANK}""",
    )
    session.make(
        name,
        f"""
        SELECT pairing, n, MAX(value) AS value
        FROM ({_sweep()}
              UNION ALL
              SELECT l.pairing, l.n, {packed("l.s0", "l.n")} AS value
              FROM {undecided} l JOIN way_right r ON r.way = l.way AND r.n = l.n
              WHERE l.how = {How.ROW}
              UNION ALL
              SELECT l.pairing, l.n, {packed("CASE WHEN o.readable = 1 THEN o.s0 ELSE l.s0 END", "l.n")} AS value
              FROM {undecided} l
              JOIN own_date o ON o.own = l.own AND o.n = l.n
              WHERE l.how = {How.OWN}
                AND (o.readable = 0 OR (o.s0 < {now.until} AND {BEGINS_IN_TIME} AND {own}))) found
        GROUP BY pairing, n""",
    )


def make_waiting(name: str, undecided: str, sides: str, now: Horizon, session: Session) -> None:
    """Makes a table of the rows of `undecided` that something nobody knows of could come to, as `waiting` is.

    `sides`: a query (pairing, sel) for the activity that it would be of.
    """
    # What still goes on at the as-of is followed for as long as the overlap takes and a day more: all of that is open.
    end = f"CASE WHEN l.s1 > {now.until} THEN l.s1 ELSE {now.until} END + l.seconds + 86400"
    open_ = by_deadline("g.begins <= l.until_last AND g.ends > l.s0", "g.first <= l.due_last AND g.last >= l.first")
    in_time = f"{BEGINS_IN_TIME} AND {open_}"
    overlaps = """CASE WHEN l.e1 < g.ends THEN l.e1 ELSE g.ends END
                  - CASE WHEN l.s0 > g.begins THEN l.s0 ELSE g.begins END >= l.seconds"""
    ahead = by_deadline("l.until_last >= g.closed_begins", "l.due_last >= g.closed")
    runs = f"""CASE WHEN (l.how = {How.OVERLAP} AND l.e1 >= g.closed_begins AND {end} >= g.closed_begins)
                         OR (l.how <> {How.OVERLAP} AND {ahead}) THEN 1 ELSE 0 END"""
    begun = by_deadline("l.s0 < g.closed_begins", "l.first < g.closed")
    session.make(
        name,
        f"""
        SELECT l.pairing, l.n,
               MIN(CASE WHEN g.first > l.first THEN g.first ELSE l.first END) AS open_from, MIN(g.begins) AS opens,
               MAX(CASE WHEN g.last >= g.closed THEN {runs} ELSE 0 END) AS running,
               MAX(CASE WHEN g.first < g.closed AND {begun} THEN 1 ELSE 0 END) AS uncovered
        FROM {undecided} l
        JOIN ({sides}) p ON p.pairing = l.pairing
        JOIN gap g ON g.sel = p.sel AND g.hourly = l.hourly
        WHERE (l.how IN ({How.DAY}, {How.TIME}, {How.OWN}) AND {in_time}) OR (l.how = {How.OVERLAP} AND {overlaps})
        GROUP BY l.pairing, l.n""",
    )


def make_late(now: Horizon, session: Session) -> None:
    """Makes `late`, for the pairings that a share is asked of."""
    session.make(
        "missed",
        f"""
        SELECT l.*
        FROM undecided l
        JOIN pairing p ON p.pairing = l.pairing AND p.shared = 1
        JOIN paired d ON d.pairing = l.pairing AND d.n = l.n AND d.partnered = {NEVER}
        WHERE l.sure = 1""",
    )
    session.make(
        "target",
        f"""
        SELECT way, pair_key AS zone, {_reach("0", "-s0", "-first")} AS reach, {packed("s0")} AS value
        FROM way_right WHERE how = {How.TIME} AND sure = 1 AND pair_key >= {BLANK}""",
    )
    session.make(
        "probe",
        f"""
        SELECT way, pairing, n, pair_key AS zone, {_reach("0", "-(until_last + 1)", "-(due_last + 1)")} AS reach,
               0 AS at_least
        FROM missed WHERE how = {How.TIME} AND pair_key >= {BLANK}""",
    )
    session.make(
        "late",
        f"""
        SELECT pairing, n, {number_in("MAX(value)")} AS partner
        FROM ({_sweep()}
              UNION ALL
              SELECT l.pairing, l.n, {packed("o.s0", "l.n")} AS value
              FROM missed l JOIN own_date o ON o.own = l.own AND o.n = l.n
              WHERE l.how = {How.OWN} AND o.readable = 1 AND o.s0 < {now.until}
                AND {by_deadline("o.s0 > l.until_last", "o.first > l.due_last")}) found
        GROUP BY pairing, n""",
    )


def _reach(overlap: str, hourly: str, daily: str) -> str:
    """What a row is put in line by: instants for overlaps and for deadlines that count hours, else days."""
    return f"CASE WHEN how = {How.OVERLAP} THEN {overlap} WHEN hourly = 1 THEN {hourly} ELSE {daily} END"


def by_deadline(hourly: str, daily: str) -> str:
    """A condition for a deadline of a left row `l` that counts hours, and for one that counts days."""
    return f"((l.hourly = 1 AND {hourly}) OR (l.hourly = 0 AND {daily}))"


BEGINS_IN_TIME = by_deadline("l.s0 <= l.until_last", "l.first <= l.due_last")
"""A deadline may have passed before the trigger: then nothing is in time."""


def _sweep() -> str:
    """(pairing, n, value) of the best right row in `target` for every left row in `probe` that has one.

    A row is no partner of itself: where it wins, the runner-up does. That is the greatest of all that ever lost to the
    greatest before them or to the one that took its place.
    """
    line = """
        SELECT way, zone, reach, 0 AS turn, value, 0 AS pairing, 0 AS n, 0 AS at_least FROM target
        UNION ALL
        SELECT way, zone, reach, 1 AS turn, NULL AS value, pairing, n, at_least FROM probe"""
    up_to = "OVER (PARTITION BY way, zone ORDER BY reach, turn ROWS BETWEEN UNBOUNDED PRECEDING AND"
    return f"""
        SELECT pairing, n, MAX(value) AS value
        FROM (SELECT pairing, n, at_least, CASE WHEN {number_in("best")} = n THEN runner_up ELSE best END AS value
              FROM (SELECT turn, pairing, n, at_least, best,
                           MAX(CASE WHEN ahead < value THEN ahead WHEN ahead > value THEN value END)
                               {up_to} CURRENT ROW) AS runner_up
                    FROM (SELECT line.*,
                                 MAX(value) {up_to} CURRENT ROW) AS best,
                                 MAX(value) {up_to} 1 PRECEDING) AS ahead
                          FROM ({line}) line) compared) swept
              WHERE turn = 1) chosen
        WHERE value >= at_least
        GROUP BY pairing, n"""
