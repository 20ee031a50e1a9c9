"""Relations: which rows of a left side have a partner on the right one, certainly or possibly, at an as-of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from msgspec import Struct

from promisekit.engine.known import ByClock
from promisekit.engine.observations import Reason
from promisekit.engine.phases import last_day_in_time, meeting_days, open_reasons
from promisekit.engine.reference.finder import Finder, Row
from promisekit.engine.reference.pairs import in_time, known_value, own_date, pair, timely
from promisekit.engine.reference.seen import Seen
from promisekit.engine.tied import compared_by
from promisekit.events import Unreadable
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.nodes import Deadline, Hours, InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.match import every
from promisekit.windows import AsOf, Day, DaySet, Instant, Span, Window, Zone, day_set


class Paired(Struct, frozen=True):
    """A row of the left side and whether it has a partner: True, None (cannot tell) or False."""

    row: Row
    partnered: bool | None
    partner: Seen | None
    doubts: frozenset[Reason]
    """Why `partnered` is None: an open span in which a partner may lie, or something imprecise."""


class Cut(Struct, frozen=True):
    """A moment by which partners must have come, beside the deadline: on one of the days `first..last`, at one of the
    instants `earliest..latest`."""

    first: Day
    last: Day
    earliest: float
    latest: float

    def includes(self, deadline: Deadline, left: Seen, partner: Seen) -> bool | None:
        """Whether a partner, which comes with `left` or later, came by then; in instants where the deadline counts
        hours."""
        if isinstance(deadline, Hours):
            certain = partner.start_latest <= self.earliest
            possible = max(left.start_earliest, partner.start_earliest) <= self.latest
        else:
            certain, possible = partner.last <= self.first, max(left.first, partner.first) <= self.last
        return True if certain else None if possible else False


class Open(Struct, frozen=True):
    """Days on which something may be that nobody knows of, from which instant on, and the as-of in such days."""

    days: DaySet
    since: Instant | None
    as_of: AsOf

    @property
    def reasons(self) -> set[Reason]:
        """Why it may be."""
        return open_reasons(self.days, self.as_of)


class Side(Struct, frozen=True):
    """The rows of an activity, and the days on which it is known that there are no others."""

    rows: list[Row]
    known: DaySet
    as_of: AsOf
    """With the days of this activity, like `known`."""
    day_begins: int
    zone: Zone
    clock: ByClock
    """What is known where hours count."""

    def open_until(self, deadline: Deadline, left: Seen, cut: Cut | None = None) -> Open:
        """When something that nobody knows of may be in time for a row; with `cut`, in time is what also comes by
        then."""
        if isinstance(deadline, Hours):
            return self._open_by_clock(deadline, left, cut)
        last = self.last_in_time(deadline, left.last, left.start_latest)
        last = last if cut is None else min(last, cut.last)
        days = self.known.missing(Span(left.first, Day(max(last + 1, left.first))))
        since = Instant(self.zone.at(days.spans[0].start, self.day_begins)) if days else None
        return Open(days, since, self.as_of)

    def _open_by_clock(self, deadline: Hours, left: Seen, cut: Cut | None) -> Open:
        last: float = due_at(deadline, Instant(left.start_latest), self.zone, self.day_begins)
        last = last if cut is None else min(last, cut.latest)
        if last < left.start_earliest:
            return Open(DaySet(), None, self.clock.as_of)
        first, after = (self.zone.wall(Instant(int(at)))[0] for at in (left.start_earliest, last))
        runs = self.clock.days.missing(Span(first, Day(after + 1)))
        found = [(run, since) for run, since in self.clock.opens(runs, self.zone) if since <= last]
        return Open(day_set(run for run, _ in found), found[0][1] if found else None, self.clock.as_of)

    def last_in_time(self, deadline: Deadline, day: Day, instant: int) -> Day:
        """The last day in time for a trigger on that day, or at that instant."""
        return last_day_in_time(deadline, day, Instant(instant), self.zone, self.day_begins)


class Partners:
    """The right side of a pairing, arranged for being asked about one left row after the other."""

    def __init__(self, right: Side, ways: tuple[On, ...]) -> None:
        self.right = right
        self.finders = {way: self.finder(way, right.rows) for way in ways}

    def finder(self, way: On, rows: list[Row], *, anywhere: bool = False) -> Finder:
        """Rows of the right side, arranged for a way of belonging together; or for that way at any place or key."""
        column = None if anywhere else compared_by(way)
        return Finder(way, column, rows, self.right.zone, self.right.day_begins)

    def of(self, row: Row, cut: Cut | None = None) -> Paired:
        """What is known of the partners of one row; with `cut`, of those that came by then."""
        certain: list[Seen] = []
        possible: list[Seen] = []
        doubts: set[Reason] = set()
        for way, finder in self.finders.items():
            found = self._found(way, finder, row.seen)
            if cut is not None and isinstance(way, InTime):
                # A date that cannot be read stands in for any day.
                found = [
                    (one, truth if one is row.seen else every((truth, cut.includes(way.deadline, row.seen, one))))
                    for one, truth in found
                ]
            certain += [partner for partner, truth in found if truth is True]
            possible += [partner for partner, truth in found if truth is None]
            doubts |= _open(way, row.seen, self.right, cut).reasons
        if certain:
            return Paired(row, True, _began_first(certain, certain=True), frozenset())
        if possible:
            doubts.add(Reason.IMPRECISE)
        return Paired(row, None if doubts else False, _began_first(possible, certain=False), frozenset(doubts))

    def elsewhere(self, left: Seen, column: str, holds: Callable[[Seen], bool]) -> bool:
        """Whether a row certainly has a partner but for a column that is compared: among those of which it holds that
        their cell in it would be right for the row too."""
        zone, begins = self.right.zone, self.right.day_begins
        return any(
            other.sure and timely(way, left, other.seen, zone, begins) is True
            for way, finder in self.finders.items()
            if compared_by(way) == column
            for other in finder.where(holds, left)
        )

    def _found(self, way: On, finder: Finder, left: Seen) -> list[tuple[Seen, bool | None]]:
        if isinstance(way, InTime) and way.column is not None:
            return self._own_date(way, way.column, left)
        zone = self.right.zone
        return [
            (other.seen, _with(pair(way, left, other.seen, zone, self.right.day_begins), other))
            for other in finder.near(left)
        ]

    def _own_date(self, way: InTime, column: str, left: Seen) -> list[tuple[Seen, bool | None]]:
        found = self.own(column, left)
        if isinstance(found, Unreadable):
            return [(left, None)]
        if found is None:
            return []
        truth = in_time(way.deadline, left, found, self.right.zone, self.right.day_begins)
        # A date that reaches past the as-of may yet turn out to lie after the deadline.
        return [(found, truth if truth is False or found.certain else None)]

    def own(self, column: str, left: Seen) -> Seen | Unreadable | None:
        """The date in a column of the row itself, as far as it is known."""
        return own_date(column, left, self.right.as_of, self.right.day_begins)

    def late(self, left: Seen) -> Seen | None:
        """The first certain partner that is right but for coming after the deadline."""
        late: list[Seen] = []
        for way, finder in self.finders.items():
            if isinstance(way, InTime):
                if way.column is not None:
                    own = self.own(way.column, left)
                    late += [own] if isinstance(own, Seen) and self.too_late(way.deadline, left, own) else []
                elif way.key is None or known_value(way.key, left):
                    late += self._after(way.deadline, finder, left)
        return _began_first(late, certain=False)

    def too_late(self, deadline: Deadline, left: Seen, right: Seen) -> bool:
        """Whether `right` certainly comes after the deadline."""
        if isinstance(deadline, Hours):
            return right.start_earliest > due_at(
                deadline, Instant(left.start_latest), self.right.zone, self.right.day_begins
            )
        return right.first > due(deadline, left.last)

    def _after(self, deadline: Deadline, finder: Finder, left: Seen) -> list[Seen]:
        """Of the certain partners after the deadline, those of the first such day."""
        late: list[Seen] = []
        for row in finder.since(left, self.right.last_in_time(deadline, left.last, left.start_latest)):
            if late and row.seen.first > late[0].first:
                break
            if row.sure and row.seen.event.key != left.event.key and self.too_late(deadline, left, row.seen):
                late.append(row.seen)
        return late

    def could_meet(self, left_known: DaySet, window: Window) -> bool:
        """Whether a left event that nobody knows of, and that would count in the window, could have a partner."""
        right = self.right
        for way in self.finders:
            meeting = meeting_days(way, left_known, window, right.as_of, right.zone, right.day_begins)
            for span in meeting.spans:
                if right.known.missing(span):
                    return True
                if not isinstance(way, SameRow) and any(_touches(row.seen, span, way) for row in right.rows):
                    return True
        return False


def _with(truth: bool | None, partner: Row) -> bool | None:
    """The truth of a pair, given that the partner itself may be only possible."""
    return truth if truth is False or partner.sure else None


def _began_first(partners: Iterable[Seen], *, certain: bool) -> Seen | None:
    """The partner to show: the one that certainly (or else possibly) began first."""
    starts = attrgetter("start_latest" if certain else "start_earliest")
    return min(partners, key=lambda partner: (starts(partner), partner.event.key), default=None)


def _open(way: On, left: Seen, right: Side, cut: Cut | None) -> Open:
    """When a partner that nobody knows of may be."""
    if isinstance(way, InTime):
        return right.open_until(way.deadline, left, cut)
    return Open(_open_days(way, left, right), None, right.as_of)


def _open_days(way: SameRow | SameDay | Overlap, left: Seen, right: Side) -> DaySet:
    match way:
        case SameRow():
            return DaySet()  # the row itself is known
        case SameDay():
            return right.known.missing(Span(left.first, Day(left.last + 1)))
        case Overlap(seconds):
            return DaySet(tuple(_long_enough(left, right, seconds)))


def _long_enough(left: Seen, right: Side, seconds: int) -> Iterator[Span]:
    """The runs of open days in which an unknown partner could overlap with `left` for long enough."""
    # What still goes on at the as-of is followed for as long as the overlap takes and a day more: all of that is open.
    end = min(left.end_latest, max(left.start_latest, right.as_of.until) + seconds + 86_400)
    last = right.zone.wall(Instant(int(end)))[0]
    for run in right.known.missing(Span(left.first, Day(last + 1))).spans:
        begin, end = right.zone.at(run.start, right.day_begins), right.zone.at(run.end, right.day_begins)
        if min(left.end_latest, end) - max(left.start_earliest, begin) >= seconds:
            yield run


def _touches(seen: Seen, span: Span, way: On) -> bool:
    """Whether a known right event reaches into the span (under overlap generously: a day more rather than less)."""
    last = seen.last
    if isinstance(way, Overlap):
        last = Day(max(last, int(min(seen.end_latest / 86_400, 10**6)) + 1))
    return seen.first < span.end and last >= span.start
