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
    gap(sel, hourly, first, last, …) the spans of days on which an activity may have rows that nobody knows of, and the
                                     instants around them. Where hours count (`hourly`), days are civil, and a covered
                                     one is known as far as it has run: it begins a span of its own, at the as-of
    excuse(chance, pairing, own, …)  the dates of left rows that may excuse them, numbered
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from promisekit.engine.known import ByClock
from promisekit.engine.relational.asked import BY_TIME, NOWHERE, Asked, How, baseline_of
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.dues import AT_FIRST, AT_LAST
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.load import CANCELLED, HELD
from promisekit.engine.relational.session import Session
from promisekit.plan.nodes import Until
from promisekit.windows import AsOf, DaySet, Zone, as_of_in_days

FOREVER = 2**33
"""Later than any instant that a log can name (the year 2242), and small enough to be packed beside a row's number."""
FAR = 10**7
"""More days than lie between any two dates."""

SEEN = ("n", "place_in_log", "shown", "ended", "first", "last", "s0", "s1", "e0", "e1")


class Horizon(Struct, frozen=True):
    """The as-of: everywhere the same instant, and the days around it by the second at which days begin."""

    as_of: AsOf
    days: Mapping[int, AsOf]
    zone: Zone

    @property
    def until(self) -> int:
        """The instant from which on nothing is known."""
        return self.as_of.until


def horizon(as_of: AsOf, shifts: Iterable[int], zone: Zone) -> Horizon:
    """An as-of for days that begin at these seconds."""
    return Horizon(as_of, {begins: as_of_in_days(as_of, begins, zone) for begins in shifts}, zone)


def load_ways(layout: Layout, session: Session) -> None:
    """Makes `way`, which does not depend on the as-of."""
    ways = [
        (pairing, ordinal, way)
        for pairing, paired in enumerate(layout.pairings.things)
        for ordinal, way in enumerate(paired.ways)
    ]
    session.load(
        "way",
        ("way", "pairing", "ordinal", "how", "seconds", "keyed_by", "deadline", "own", "hourly"),
        [
            (number, pairing, ordinal, way.how, way.seconds, way.key, way.deadline, way.own, way.hourly)
            for number, (pairing, ordinal, way) in enumerate(ways)
        ],
    )


ASKED = (
    "chk", "sel", "pairing", "tiling", "slotting", "layer", "first", "last", "windows", "ratio", "tallied", "coded",
    "floats", "left_out", "until", "base_first", "base_last",
    "span_first", "span_last",
)  # fmt: skip


def load_asked(checks: Sequence[Asked], layout: Layout, session: Session) -> None:
    """Makes `asked` and `pairing`."""
    session.load("asked", ASKED, map(_asked, checks))
    session.load("pairing", ("pairing", "lsel", "rsel", "shared", "first", "last"), _pairings(checks, layout))


def _asked(check: Asked) -> tuple[int, ...]:
    select = check.counted if check.pairing == NOWHERE else NOWHERE
    # What rows are put into windows by, alike for all checks that ask the same of them.
    layer = check.tiling if check.slotting == NOWHERE else -1 - 2 * check.slotting - int(check.leaves_out)
    numbers = check.number, select, check.pairing, check.tiling, check.slotting, layer
    base, span = baseline_of(check), check.check.span
    flags = int(check.floats), int(check.leaves_out), int(isinstance(check.check.partition, Until))
    compared = (1, 0) if base is None else (base.start, base.last)
    windows = *days_of_windows([check]), len(check.windows)
    return *numbers, *windows, int(check.is_ratio), check.by, check.coded, *flags, *compared, span.start, span.last


def days_of_windows(checks: Iterable[Asked]) -> tuple[int, int]:
    """The first and the last day of all windows; none lies between them where there are no windows."""
    spans = [window.span for check in checks for window in check.windows]
    return min((span.start for span in spans), default=1), max((span.last for span in spans), default=0)


def _pairings(checks: Sequence[Asked], layout: Layout) -> Iterator[tuple[int, ...]]:
    by_pairing: dict[int, list[Asked]] = defaultdict(list)
    for check in checks:
        if check.pairing != NOWHERE:
            by_pairing[check.pairing].append(check)
    for number, members in sorted(by_pairing.items()):
        pairing = layout.pairings.things[number]
        shared = int(any(check.is_ratio for check in members))
        # A row that goes on in a window may have begun any time before it.
        by_time = any(check.by in BY_TIME for check in members)
        spanned = days_of_windows(check for check in members if not check.is_ratio)
        first, last = (-FAR, FAR) if by_time else spanned
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
    return f"""m.n, m.place_in_log, m.shown, m.ended, m.first,
               m.last, m.s0, m.s1,
               CASE WHEN m.e0 >= {now.until} THEN {now.until} ELSE m.e0 END AS e0,
               CASE WHEN m.e1_from >= {now.until} THEN {FOREVER} ELSE m.e1 END AS e1
               {"".join(f", m.k{number}" for number in range(keys))}"""


def make_sides(keys: int, session: Session) -> None:
    """Makes `way_left` and `way_right`."""
    session.make(
        "way_left",
        f"""
        {way_left_columns(pair_key(keys))}, x.sure
        FROM way w
        JOIN pairing p ON p.pairing = w.pairing
        JOIN seen x ON x.sel = p.lsel
        {DUE_OF_LEFT}""",
    )
    session.make(
        "way_right",
        f"""
        SELECT w.way, w.how, w.hourly, w.seconds, {seen_of("x")}, {pair_key(keys)} AS pair_key, x.sure
        FROM way w
        JOIN pairing p ON p.pairing = w.pairing
        JOIN seen x ON x.sel = p.rsel
        WHERE w.how <> {How.OWN}""",
    )


def way_left_columns(key: str) -> str:
    """A row `x` on the left side of a way `w`, with what is due on its first and on its last day; `key` is its key."""
    return f"""
        SELECT w.way, w.pairing, w.how, w.hourly, w.seconds, w.keyed_by, w.own, {seen_of("x")},
               {key} AS pair_key, f.due AS due_first, f.until AS until_first,
               l.due AS due_last, l.until AS until_last"""


DUE_OF_LEFT = f"""
        JOIN due f ON f.deadline = w.deadline AND f.since = {AT_FIRST}
        JOIN due l ON l.deadline = w.deadline AND l.since = {AT_LAST}"""


def pair_key(keys: int) -> str:
    """The number of the place or key that a way `w` asks of a row `x`; the same for all where it asks for none."""
    whens = [f"WHEN w.keyed_by = {number} THEN x.k{number}" for number in range(keys)]
    return " ".join(["CASE WHEN 1 = 0 THEN 0", *whens, f"ELSE {BLANK} END"])


def seen_of(row: str) -> str:
    """What is known of a row, by the name that it has in a query."""
    return ", ".join(f"{row}.{name}" for name in SEEN)


def load_gaps(
    known: Mapping[int, DaySet],
    clocks: Mapping[int, ByClock],
    now: Horizon,
    layout: Layout,
    zone: Zone,
    session: Session,
) -> None:
    """Makes `gap`: what lies between and around the known days of every activity that partners come from, or that
    excuses may come to. `clocks`: what is known of them where hours count."""
    rows: list[tuple[int, ...]] = []
    for select, days in known.items():
        begins = layout.selects.things[select].day_begins
        closed, clock = now.days[begins].closed_before, clocks[select]
        rows += [(select, 0, *gap, closed, zone.begin(closed)) for gap in _gaps(days, begins, zone)]
        closed = clock.as_of.closed_before
        gaps = (half for gap in _gaps(clock.days, 0, zone) for half in _split(gap, clock))
        rows += [(select, 1, *gap, closed, zone.begin(closed)) for gap in gaps]
    columns = ("sel", "hourly", "first", "last", "begins", "ends", "closed", "closed_begins")
    session.load("gap", columns, rows)


Gap = tuple[int, int, int, int]


def _split(gap: Gap, clock: ByClock) -> Iterator[Gap]:
    """A gap as it is where all may be known of the day of the as-of until then."""
    first, last, begins, ends = gap
    today = clock.as_of.day
    if not (clock.begun and first <= today <= last):
        yield gap
        return
    if first < today:
        yield first, today - 1, begins, ends
    yield today, last, clock.as_of.until, ends


def _gaps(days: DaySet, day_begins: int, zone: Zone) -> Iterator[Gap]:
    first, begins = -FAR, -FAR * 86_400
    for span in days.spans:
        yield first, span.start - 1, begins, zone.at(span.start, day_begins)
        first, begins = span.end, zone.at(span.end, day_begins)
    yield first, FAR, begins, FAR * 86_400


def load_excuses(checks: Iterable[Asked], layout: Layout, session: Session) -> None:
    """Makes `excuse`, of the pairings that are asked about."""
    asked = {check.pairing for check in checks}
    excuses = [
        (number, pairing.left, pairing.right, own, layout.same_day(layout.own_dates.things[own][1]))
        for number, pairing in enumerate(layout.pairings.things)
        if number in asked
        for own in pairing.excuses
    ]
    rows = [(chance, *excuse) for chance, excuse in enumerate(excuses)]
    session.load("excuse", ("chance", "pairing", "lsel", "rsel", "own", "same_day"), rows)
