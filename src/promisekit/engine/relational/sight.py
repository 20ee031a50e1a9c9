"""What is known at an as-of: the rows of every activity that is asked about, and both sides of every pairing.

The tables:
    asked(chk, sel, pairing, …)      the checks that are asked about, with the first and last day of their windows
    pairing(pairing, lsel, rsel, …)  their pairings: whether some check asks for a share, and the first and last day of
                                     the windows of those that count
    way(way, pairing, how, …)        the ways of all pairings of the plan
    seen(sel, n, sure, …)            the rows of an activity: certainly in it or possibly. It starts on one of the days
                                     first..last, runs certainly from s1 to e0, possibly from s0 to e1
    rest_seen(rest, n, …)            rows that meet all parts of a selector but one, or that were cancelled
    way_left, way_right              both sides of every way, with the number of the place or key (below BLANK: untold)
    due(deadline, day, due, until)   the last day in time for a trigger on a day, and its last second
    gap(sel, first, last, begins, ends)  the spans of days on which an activity may have rows that nobody knows of
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.layout import NOWHERE, Asked, How, Layout
from promisekit.engine.relational.load import CANCELLED, HELD
from promisekit.engine.relational.session import Session
from promisekit.plan.deadlines import due
from promisekit.windows import AsOf, Day, DaySet, Zone

FOREVER = 2**33
"""Later than any instant that a log can name (the year 2242), and small enough to be packed beside a row's number."""
FAR = 10**7
"""More days than lie between any two dates."""

SEEN = ("n", "place_in_log", "shown", "first", "last", "s0", "s1", "e0", "e1")


@dataclass(frozen=True, slots=True)
class Horizon:
    """The as-of in numbers."""

    until: int
    day: int
    closed: int
    """The first day that is not wholly known."""
    closed_begins: int


def horizon(as_of: AsOf, zone: Zone) -> Horizon:
    """An as-of in numbers."""
    return Horizon(as_of.until, as_of.day, as_of.closed_before, zone.begin(as_of.closed_before))


def load_ways(layout: Layout, session: Session) -> None:
    """Makes `way`, which does not depend on the as-of."""
    ways = [
        (pairing, ordinal, way)
        for pairing, paired in enumerate(layout.pairings.things)
        for ordinal, way in enumerate(paired.ways)
    ]
    session.load(
        "way",
        ("way", "pairing", "ordinal", "how", "seconds", "keyed_by", "deadline", "own"),
        [
            (number, pairing, ordinal, way.how, way.seconds, way.key, way.deadline, way.own)
            for number, (pairing, ordinal, way) in enumerate(ways)
        ],
    )


def load_asked(checks: Sequence[Asked], layout: Layout, session: Session) -> None:
    """Makes `asked` and `pairing`."""
    rows = []
    for check in checks:
        spans = [window.span for window in check.windows]
        first, last = (spans[0].start, spans[-1].last) if spans else (1, 0)
        tiling, number = check.partition, len(spans)
        rows.append((check.number, check.select, check.pairing, tiling, first, last, number, int(check.is_ratio)))
    session.load("asked", ("chk", "sel", "pairing", "tiling", "first", "last", "windows", "ratio"), rows)
    session.load("pairing", ("pairing", "lsel", "rsel", "shared", "first", "last"), _pairings(checks, layout))


def _pairings(checks: Sequence[Asked], layout: Layout) -> Iterator[tuple[int, ...]]:
    by_pairing: dict[int, list[Asked]] = defaultdict(list)
    for check in checks:
        if check.pairing != NOWHERE:
            by_pairing[check.pairing].append(check)
    for number, members in sorted(by_pairing.items()):
        pairing = layout.pairings.things[number]
        shared = int(any(check.is_ratio for check in members))
        spans = [window.span for check in members if not check.is_ratio for window in check.windows]
        first, last = min((span.start for span in spans), default=1), max((span.last for span in spans), default=0)
        yield number, pairing.left, pairing.right, shared, first, last


def make_seen(now: Horizon, keys: int, session: Session) -> None:
    """Makes `seen` of the activities that are asked about."""
    session.make(
        "seen",
        f"""
        SELECT m.sel, CASE WHEN m.sure = 1 AND m.state = {HELD} AND m.s1 < {now.until} THEN 1 ELSE 0 END AS sure,
               {_clipped(now, keys)}
        FROM m
        JOIN (SELECT sel FROM asked UNION SELECT lsel FROM pairing UNION SELECT rsel FROM pairing) a ON a.sel = m.sel
        WHERE m.state <> {CANCELLED} AND m.s0 < {now.until}""",
    )


def make_rest_seen(now: Horizon, keys: int, session: Session) -> None:
    """Makes `rest_seen`."""
    session.make(
        "rest_seen",
        f"""
        SELECT m.rest, {_clipped(now, keys)}
        FROM rest m
        JOIN (SELECT DISTINCT a.rest
              FROM nearly a
              JOIN (SELECT sel FROM asked UNION SELECT lsel FROM pairing UNION SELECT rsel FROM pairing) b
                ON b.sel = a.sel) a
          ON a.rest = m.rest
        WHERE m.s0 < {now.until}""",
    )


def _clipped(now: Horizon, keys: int) -> str:
    return f"""m.n, m.place_in_log, m.shown, m.first,
               CASE WHEN m.last > {now.day} THEN {now.day} ELSE m.last END AS last,
               m.s0, CASE WHEN m.s1 >= {now.until} THEN {now.until} - 1 ELSE m.s1 END AS s1,
               CASE WHEN m.e0 >= {now.until} THEN {now.until} ELSE m.e0 END AS e0,
               CASE WHEN m.e1_from >= {now.until} THEN {FOREVER} ELSE m.e1 END AS e1
               {"".join(f", m.k{number}" for number in range(keys))}"""


def make_sides(keys: int, session: Session) -> None:
    """Makes `way_left` and `way_right`."""
    session.make(
        "way_left",
        f"""
        {way_left_columns(keys)}, x.sure
        FROM way w
        JOIN pairing p ON p.pairing = w.pairing
        JOIN seen x ON x.sel = p.lsel
        {DUE_OF_LEFT}""",
    )
    session.make(
        "way_right",
        f"""
        SELECT w.way, w.how, w.seconds, {seen_of("x")}, {pair_key(keys)} AS pair_key, x.sure
        FROM way w
        JOIN pairing p ON p.pairing = w.pairing
        JOIN seen x ON x.sel = p.rsel
        WHERE w.how <> {How.OWN}""",
    )


def way_left_columns(keys: int) -> str:
    """A row `x` on the left side of a way `w`, with what is due on its first and on its last day."""
    return f"""
        SELECT w.way, w.pairing, w.how, w.seconds, w.keyed_by, w.own, {seen_of("x")}, {pair_key(keys)} AS pair_key,
               f.due AS due_first, f.until AS until_first, l.due AS due_last, l.until AS until_last"""


DUE_OF_LEFT = """
        JOIN due f ON f.deadline = w.deadline AND f.day = x.first
        JOIN due l ON l.deadline = w.deadline AND l.day = x.last"""


def pair_key(keys: int) -> str:
    """The number of the place or key that a way `w` asks of a row `x`; the same for all where it asks for none."""
    whens = [f"WHEN w.keyed_by = {number} THEN x.k{number}" for number in range(keys)]
    return " ".join(["CASE WHEN 1 = 0 THEN 0", *whens, f"ELSE {BLANK} END"])


def seen_of(row: str) -> str:
    """What is known of a row, by the name that it has in a query."""
    return ", ".join(f"{row}.{name}" for name in SEEN)


class Deadlines:
    """The table `due`, which grows by the days that are asked about."""

    def __init__(self, layout: Layout, zone: Zone, session: Session) -> None:
        self._deadlines = layout.deadlines.things
        self._zone = zone
        self._session = session
        rows = """SELECT DISTINCT sel, first, last FROM m
                  UNION ALL
                  SELECT a.sel, r.first, r.last
                  FROM nearly a JOIN (SELECT DISTINCT rest, first, last FROM rest) r ON r.rest = a.rest"""
        pairings = enumerate(layout.pairings.things)
        session.load("left_side", ("pairing", "sel"), [(number, pairing.left) for number, pairing in pairings])
        asked = session.read(f"""
            SELECT DISTINCT w.deadline, x.first, x.last
            FROM way w JOIN left_side p ON p.pairing = w.pairing JOIN ({rows}) x ON x.sel = p.sel""")
        self._known = {(deadline, day) for deadline, first, last in asked for day in (first, last)}
        session.load("due", ("deadline", "day", "due", "until"), (self._row(*known) for known in sorted(self._known)))

    def ask(self, day: int) -> None:
        """Makes sure that the table tells of a day."""
        new = [known for number in range(len(self._deadlines)) if (known := (number, day)) not in self._known]
        if new:
            self._session.add("due", [self._row(*known) for known in new])
            self._known.update(new)

    def _row(self, number: int, day: int) -> tuple[int, int, int, int]:
        last = due(self._deadlines[number], Day(day))
        return number, day, last, self._zone.begin(Day(last + 1)) - 1


def load_gaps(known: Mapping[int, DaySet], zone: Zone, session: Session) -> None:
    """Makes `gap`: what lies between and around the known days of every activity that partners come from."""
    columns = ("sel", "first", "last", "begins", "ends")
    session.load("gap", columns, [(sel, *gap) for sel, days in known.items() for gap in _gaps(days, zone)])


def _gaps(days: DaySet, zone: Zone) -> Iterator[tuple[int, int, int, int]]:
    first, begins = -FAR, -FAR * 86_400
    for span in days.spans:
        yield first, span.start - 1, begins, zone.begin(span.start)
        first, begins = span.end, zone.begin(span.end)
    yield first, FAR, begins, FAR * 86_400
