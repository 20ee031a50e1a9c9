"""When two events belong together: one three-valued function for each way."""

from __future__ import annotations

from msgspec.structs import replace

from promisekit.engine.reference.seen import Seen, see
from promisekit.engine.tied import compared_by
from promisekit.events import UNREADABLE, State, Unreadable, Value
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.nodes import Deadline, Hours, InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.match import every
from promisekit.windows import AsOf, Instant, Moment, Zone


def pair(on: On, left: Seen, right: Seen, zone: Zone, day_begins: int) -> bool | None:
    """Whether `right` is a partner of `left`, both taken as certain; None where the rows cannot tell."""
    column = compared_by(on)
    alike = True if column is None else same(column, left, right)
    return False if alike is False else every((alike, timely(on, left, right, zone, day_begins)))


def timely(on: On, left: Seen, right: Seen, zone: Zone, day_begins: int) -> bool | None:
    """Whether `right` would be a partner of `left` if the column that is compared said the same in both."""
    one_row = left.event.key == right.event.key
    match on:
        case SameRow():
            return one_row
        case _ if one_row:
            return False
        case SameDay():
            return same_day(left, right)
        case Overlap(seconds):
            return overlap(seconds, left, right)
        case InTime(deadline=deadline):
            return in_time(deadline, left, right, zone, day_begins)


def same(column: str, left: Seen, right: Seen) -> bool | None:
    """Whether both have the same value in a column; an empty cell equals nothing certainly and anything possibly."""
    mine, theirs = left.event.values.get(column), right.event.values.get(column)
    return None if blank(mine) or blank(theirs) else mine == theirs


def blank(value: Value) -> bool:
    """Whether a cell tells nothing: it is empty, or cannot be read."""
    return value is None or value is UNREADABLE


def known_value(column: str, seen: Seen) -> bool:
    """Whether the row tells its value in a column."""
    return not blank(seen.event.values.get(column))


def same_day(left: Seen, right: Seen) -> bool | None:
    """Whether they start on the same day."""
    if left.first > right.last or right.first > left.last:
        return False
    return True if left.first == left.last == right.first == right.last else None


def overlap(seconds: int, left: Seen, right: Seen) -> bool | None:
    """Whether they run at the same time for so many seconds at least. Touching is not overlap."""
    if min(left.end_latest, right.end_latest) - max(left.start_earliest, right.start_earliest) < seconds:
        return False
    if min(left.end_earliest, right.end_earliest) - max(left.start_latest, right.start_latest) >= seconds:
        return True
    return None


def in_time(deadline: Deadline, left: Seen, right: Seen, zone: Zone, day_begins: int) -> bool | None:
    """Whether `right` comes with `left` or later, by the deadline.

    Where days are counted, the order within a day does not matter; where hours are, the instants are compared.
    """
    if isinstance(deadline, Hours):
        due_ = due_at(deadline, Instant(left.start_latest), zone, day_begins)
        if right.start_latest < left.start_earliest or due_ < max(left.start_earliest, right.start_earliest):
            return False
        in_order = left.start_latest <= right.start_earliest
    else:
        # A deadline may have passed before the trigger: then nothing is in time.
        if right.last < left.first or due(deadline, left.last) < max(left.first, right.first):
            return False
        in_order = left.last <= right.first
    return True if in_order and ends_in_time(deadline, left, right, zone, day_begins) else None


def ends_in_time(deadline: Deadline, left: Seen, right: Seen, zone: Zone, day_begins: int) -> bool:
    """Whether `right` certainly comes by the deadline, however early."""
    if isinstance(deadline, Hours):
        return right.start_latest <= due_at(deadline, Instant(left.start_earliest), zone, day_begins)
    return right.last <= due(deadline, left.first)


def own_date(column: str, left: Seen, as_of: AsOf, day_begins: int) -> Seen | Unreadable | None:
    """The date in a column of the row itself as an event of its own; None where it is empty or not known yet."""
    value = left.event.values.get(column)
    if not isinstance(value, Moment):
        return UNREADABLE if value is UNREADABLE else None
    return see(replace(left.event, start=value, end=value, state=State.HELD), as_of, day_begins)
