"""When two events belong together: one three-valued function for each way."""

from __future__ import annotations

from dataclasses import replace

from promisekit.engine.reference.seen import Seen, see
from promisekit.events import UNREADABLE, State, Unreadable, Value
from promisekit.plan.deadlines import due
from promisekit.plan.nodes import Deadline, InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.match import every
from promisekit.windows import AsOf, Moment

PLACE = "place"


def pair(on: On, left: Seen, right: Seen) -> bool | None:
    """Whether `right` is a partner of `left`, both taken as certain; None where the rows cannot tell."""
    match on:
        case SameRow():
            return left.event is right.event
        case SameDay():
            return left.event is not right.event and every((same(PLACE, left, right), same_day(left, right)))
        case Overlap(seconds):
            return left.event is not right.event and every((same(PLACE, left, right), overlap(seconds, left, right)))
        case InTime(key=key, deadline=deadline):
            keyed = True if key is None else same(key, left, right)
            return left.event is not right.event and every((keyed, in_time(deadline, left, right)))


def same(column: str, left: Seen, right: Seen) -> bool | None:
    """Whether both have the same value in a column; an empty cell equals nothing certainly and anything possibly."""
    mine, theirs = left.event.values.get(column), right.event.values.get(column)
    return None if _blank(mine) or _blank(theirs) else mine == theirs


def _blank(value: Value) -> bool:
    return value is None or value is UNREADABLE


def known_value(column: str, seen: Seen) -> bool:
    """Whether the row tells its value in a column."""
    return not _blank(seen.event.values.get(column))


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


def in_time(deadline: Deadline, left: Seen, right: Seen) -> bool | None:
    """Whether `right` comes on the day of `left` or later, by the deadline. The order within a day does not matter."""
    if right.last < left.first or right.first > due(deadline, left.last):
        return False
    if left.last <= right.first and right.last <= due(deadline, left.first):
        return True
    return None


def own_date(column: str, left: Seen, as_of: AsOf) -> Seen | Unreadable | None:
    """The date in a column of the row itself as an event of its own; None where it is empty or not known yet."""
    value = left.event.values.get(column)
    if not isinstance(value, Moment):
        return UNREADABLE if value is UNREADABLE else None
    return see(replace(left.event, start=value, end=value, state=State.HELD), as_of)
