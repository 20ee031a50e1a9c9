"""On which days a relation can have rows at all, whatever a log says: for some no row, or no day, can ever be meant.

What cannot be told quickly is taken for possible, so that nothing is called impossible that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from promisekit.plan.deadlines import due
from promisekit.plan.nodes import Deadline, Hours, InTime, On, Overlap, Relation, SameDay, SameRow, Select, Semi
from promisekit.selectors.model import Selector
from promisekit.selectors.solving import Facts, TooMany, Want, alternatives, values_for
from promisekit.windows import Day, Moment, Span

PLACE = "place"
LONG = 10**9
"""So many seconds no event lasts."""
ANY_ROW = (Facts({}),)


@lru_cache(maxsize=4096)
def rows_of(selector: Selector) -> tuple[Facts, ...]:
    """The alternatives of rows that a selector means for certain; none where no row can be meant."""
    return _rows(((selector, Want.TRUE),))


@lru_cache(maxsize=4096)
def rows_between(meant: Selector, not_meant: Selector) -> tuple[Facts, ...]:
    """The alternatives of rows that the first means for certain and the second does not."""
    return _rows(((meant, Want.TRUE), (not_meant, Want.NOT_TRUE)))


@lru_cache(maxsize=4096)
def rows_apart(meant: Selector, not_meant: Selector) -> tuple[Facts, ...]:
    """The alternatives of rows that the first means for certain and the second certainly does not."""
    return _rows(((meant, Want.TRUE), (not_meant, Want.FALSE)))


@lru_cache(maxsize=4096)
def rows_in_both(one: Selector, other: Selector) -> tuple[Facts, ...]:
    """The alternatives of rows that both mean for certain."""
    return _rows(((one, Want.TRUE), (other, Want.TRUE)))


def _rows(goals: tuple[tuple[Selector, Want], ...]) -> tuple[Facts, ...]:
    try:
        return tuple(alternatives(goals))
    except TooMany:
        return ANY_ROW


class Pairing(Struct, frozen=True):
    """One way in which a row of the left side can have a partner: what is asked of it, and which of its days it has."""

    left: Facts
    on: Callable[[Day], bool]
    any_day: bool


class Eligible(Struct, frozen=True, dict=True):  # `dict` for the cached property
    """The rows that a relation can have."""

    relation: Relation

    @cached_property
    def pairings(self) -> tuple[Pairing, ...]:
        """What can be asked of a row of the relation; nothing where it can have none."""
        relation = self.relation
        if isinstance(relation, Select):
            return tuple(Pairing(facts, facts.fits, facts.any_day) for facts in rows_of(relation.selector))
        return tuple(pairing for way in relation.on for pairing in _paired(relation, way))

    @property
    def any_row(self) -> bool:
        """Whether there can be a row at all."""
        return bool(self.pairings)

    def days(self, span: Span) -> list[Day]:
        """The days of a span on which there can be a row."""
        if any(pairing.any_day for pairing in self.pairings):
            return list(span.days())
        return [day for day in span.days() if self._on(day)]

    def on_some(self, span: Span) -> bool:
        """Whether there can be a row on some day of a span."""
        if any(pairing.any_day for pairing in self.pairings):
            return bool(len(span))
        return any(self._on(day) for day in span.days())

    def _on(self, day: Day) -> bool:
        return any(pairing.on(day) for pairing in self.pairings)


def _paired(relation: Semi, way: On) -> Iterator[Pairing]:
    left, right = relation.left, relation.right
    if isinstance(way, SameRow):
        alike = left.dated == right.dated
        both = rows_in_both(left.selector, right.selector) if alike else rows_of(left.selector)
        yield from (Pairing(facts, facts.fits, facts.any_day) for facts in both)
        return
    if isinstance(way, InTime) and way.column is not None:
        for facts in rows_of(left.selector):
            if any(value is not None for value in values_for(facts.of(way.column))):
                yield _answered_on_row(facts, way, way.column)
        return
    if isinstance(way, Overlap) and (left.dated or right.dated):
        return  # what takes place at a date does not go on
    for mine in rows_of(left.selector):
        for theirs in rows_of(right.selector):
            pairing = _pairing(way, mine, theirs)
            if pairing is not None:
                yield pairing


def _pairing(way: On, left: Facts, right: Facts) -> Pairing | None:
    match way:
        case SameDay():
            if _shared(PLACE, left, right):
                return Pairing(left, lambda day: left.fits(day) and right.fits(day), left.any_day and right.any_day)
        case Overlap(seconds):
            if _shared(PLACE, left, right) and _long(left, seconds) and _long(right, seconds):
                return Pairing(left, left.fits, left.any_day)
        case InTime(key=key, deadline=deadline):
            if key is None or _shared(key, left, right):
                return Pairing(left, lambda day: left.fits(day) and _in_time(deadline, day, right), False)
        case SameRow():
            pass
    return None


def _shared(column: str, left: Facts, right: Facts) -> bool:
    """Whether two rows can have the same value in a column."""
    return any(value is not None for value in values_for((*left.of(column), *right.of(column))))


def _long(facts: Facts, seconds: int) -> bool:
    lengths = [length for length in facts.lengths() if length is not None]
    return facts.may_last(seconds) or facts.may_last(LONG) or any(length >= seconds for length in lengths)


def _in_time(deadline: Deadline, day: Day, answers: Facts) -> bool:
    """Whether an answer of these can come in time for a trigger on that day."""
    last = deadline.latest if not hasattr(deadline, "day") else deadline.day
    if last is not None and last < day:
        return False
    if answers.any_day or isinstance(deadline, Hours):
        return True
    return any(answers.fits(Day(later)) for later in range(day, due(deadline, day) + 1))


def _answered_on_row(facts: Facts, way: InTime, column: str) -> Pairing:
    asked = facts.of(column)
    named = [value.first for value in values_for(asked) if isinstance(value, Moment)]

    def on(day: Day) -> bool:
        if not facts.fits(day):
            return False
        if isinstance(way.deadline, Hours):
            return way.deadline.latest is None or way.deadline.latest >= day
        last = due(way.deadline, day)
        if last < day:
            return False
        return not asked or any(_allows(facts, column, Day(one)) for one in (day, last, *named) if day <= one <= last)

    return Pairing(facts, on, False)


def _allows(facts: Facts, column: str, day: Day) -> bool:
    from promisekit.windows import Instant

    return facts.allows(column, Moment(day, day, Instant(0), Instant(0), None))
