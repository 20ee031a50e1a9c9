"""Relations: which rows are in `Select` and `Semi`, certainly or possibly, at an as-of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from promisekit.engine.observations import Reason
from promisekit.engine.phases import meeting_days, open_reasons
from promisekit.engine.reference.finder import Finder, Row
from promisekit.engine.reference.pairs import in_time, known_value, own_date, pair
from promisekit.engine.reference.seen import Seen
from promisekit.events import Unreadable
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow
from promisekit.windows import AsOf, Day, DaySet, Instant, Span, Window, Zone


@dataclass(frozen=True, slots=True)
class Paired:
    """A row of the left side and whether it has a partner: True, None (cannot tell) or False."""

    row: Row
    partnered: bool | None
    partner: Seen | None
    doubts: frozenset[Reason]
    """Why `partnered` is None: an open span in which a partner may lie, or something imprecise."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pairing: its rows, and the days on which it is known that there are no others."""

    rows: list[Row]
    known: DaySet


class Partners:
    """The right side of a pairing, arranged for being asked about one left row after the other."""

    def __init__(self, right: Side, ways: tuple[On, ...], as_of: AsOf, zone: Zone) -> None:
        self.right = right
        self.finders = {way: Finder(way, right.rows) for way in ways}
        self._as_of = as_of
        self._zone = zone

    def of_all(self, rows: Iterable[Row]) -> list[Paired]:
        """Every row with what is known of its partners."""
        return [self.of(row) for row in rows]

    def of(self, row: Row) -> Paired:
        """What is known of the partners of one row."""
        certain: list[Seen] = []
        possible: list[Seen] = []
        doubts: set[Reason] = set()
        for way, finder in self.finders.items():
            found = self._found(way, finder, row.seen)
            certain += [partner for partner, truth in found if truth is True]
            possible += [partner for partner, truth in found if truth is None]
            missing = open_days(way, row.seen, self.right.known, self._as_of, self._zone)
            doubts |= open_reasons(missing, self._as_of)
        if certain:
            return Paired(row, True, _began_first(certain, certain=True), frozenset())
        if possible:
            doubts.add(Reason.IMPRECISE)
        return Paired(row, None if doubts else False, _began_first(possible, certain=False), frozenset(doubts))

    def _found(self, way: On, finder: Finder, left: Seen) -> list[tuple[Seen, bool | None]]:
        if isinstance(way, InTime) and way.column is not None:
            return _own_date(way, way.column, left, self._as_of)
        return [(other.seen, _with(pair(way, left, other.seen), other)) for other in finder.near(left)]

    def late(self, left: Seen) -> Seen | None:
        """The first certain partner that is right but for coming after the deadline."""
        late: list[Seen] = []
        for way, finder in self.finders.items():
            if isinstance(way, InTime):
                last = due(way.deadline, left.last)
                if way.column is not None:
                    own = own_date(way.column, left, self._as_of)
                    late += [own] if isinstance(own, Seen) and own.first > last else []
                elif way.key is None or known_value(way.key, left):
                    late += self._after(finder, left, last)
        return _began_first(late, certain=False)

    @staticmethod
    def _after(finder: Finder, left: Seen, last: Day) -> list[Seen]:
        """Of the certain partners whose day lies after the deadline, those of the first such day."""
        late: list[Seen] = []
        for row in finder.after(left, last):
            if late and row.seen.first > late[0].first:
                break
            if row.sure and row.seen.event is not left.event:
                late.append(row.seen)
        return late


def _with(truth: bool | None, partner: Row) -> bool | None:
    """The truth of a pair, given that the partner itself may be only possible."""
    return truth if truth is False or partner.sure else None


def _own_date(way: InTime, column: str, left: Seen, as_of: AsOf) -> list[tuple[Seen, bool | None]]:
    found = own_date(column, left, as_of)
    if isinstance(found, Unreadable):
        return [(left, None)]
    if found is None:
        return []
    truth = in_time(way.deadline, left, found)
    # A date that reaches past the as-of may yet turn out to lie after the deadline.
    return [(found, truth if truth is False or found.certain else None)]


def _began_first(partners: Iterable[Seen], *, certain: bool) -> Seen | None:
    """The partner to show: the one that certainly (or else possibly) began first."""
    starts = attrgetter("start_latest" if certain else "start_earliest")
    return min(partners, key=lambda partner: (starts(partner), partner.event.key), default=None)


def open_days(way: On, left: Seen, known: DaySet, as_of: AsOf, zone: Zone) -> DaySet:
    """The days on which a partner that nobody knows of may lie."""
    match way:
        case SameRow():
            return DaySet()  # the row itself is known
        case SameDay():
            return known.missing(Span(left.first, Day(left.last + 1)))
        case InTime(deadline=deadline):
            return known.missing(Span(left.first, Day(due(deadline, left.last) + 1)))
        case Overlap(seconds):
            return DaySet(tuple(_long_enough(left, known, seconds, as_of, zone)))


def _long_enough(left: Seen, known: DaySet, seconds: int, as_of: AsOf, zone: Zone) -> Iterator[Span]:
    """The runs of open days in which an unknown partner could overlap with `left` for long enough."""
    # What still goes on at the as-of is followed for as long as the overlap takes and a day more: all of that is open.
    end = min(left.end_latest, max(left.start_latest, as_of.until) + seconds + 86_400)
    last = zone.wall(Instant(int(end)))[0]
    for run in known.missing(Span(left.first, Day(last + 1))).spans:
        begin, end = zone.begin(run.start), zone.begin(run.end)
        if min(left.end_latest, end) - max(left.start_earliest, begin) >= seconds:
            yield run


def could_meet(ways: tuple[On, ...], left_known: DaySet, right: Side, window: Window) -> bool:
    """Whether a left event that nobody knows of, and that would count in the window, could have a partner."""
    for way in ways:
        for span in meeting_days(way, left_known, window).spans:
            if right.known.missing(span):
                return True
            if not isinstance(way, SameRow) and any(_touches(row.seen, span, way) for row in right.rows):
                return True
    return False


def _touches(seen: Seen, span: Span, way: On) -> bool:
    """Whether a known right event reaches into the span (under overlap generously: a day more rather than less)."""
    last = seen.last
    if isinstance(way, Overlap):
        last = Day(max(last, int(min(seen.end_latest / 86_400, 10**6)) + 1))
    return seen.first < span.end and last >= span.start
