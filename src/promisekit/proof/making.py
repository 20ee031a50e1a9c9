"""Making single rows: one that an activity means, on a day; with a partner where a relation asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from promisekit.events import Value
from promisekit.plan.eligible import rows_of
from promisekit.plan.nodes import Select
from promisekit.proof.rows import Row, means, moment_at
from promisekit.selectors.model import CALENDAR, CLOCK, LENGTH, WEEKDAY
from promisekit.selectors.solving import Facts, Goal, TooMany, Want, alternatives, unlimited, values_for
from promisekit.windows import Day, Moment, Zone

OF_TIME = frozenset({CLOCK, WEEKDAY, CALENDAR, LENGTH})
Cells = Mapping[str, Value]
NO_CELLS: Cells = {}


class Moulded(Struct, frozen=True):
    """What is asked of a row besides its activity: its time of day, its length, some of its cells, other activities."""

    clock: int | None = None
    length: int | None = None
    cells: Cells = field(default_factory=dict)
    meant: tuple[Select, ...] = ()
    """Activities that mean the row too."""
    not_meant: tuple[Select, ...] = ()
    """Activities that certainly do not."""


PLAIN = Moulded()


class Maker(Struct, frozen=True):
    """Makes rows for a plan's activities. `apart`: activities that are best not meant by rows made for others;
    `together`: those that are best meant."""

    zone: Zone
    sources: tuple[str, ...]
    apart: tuple[Select, ...] = ()
    together: tuple[Select, ...] = ()
    told: Cells = field(default_factory=dict)
    """What stands in columns that are measured or compared where nothing has to: an empty cell may hold anything."""
    ends: bool = True
    """Whether the log has a column for ends."""

    def row(self, select: Select, day: Day, mould: Moulded = PLAIN) -> Row | None:
        """A row that the activity certainly means, on that one of its days; None where none was found."""
        hard: list[Goal] = [(select.selector, Want.TRUE)]
        hard += [(one.selector, Want.TRUE) for one in mould.meant if one.dated == select.dated]
        hard += [(one.selector, Want.FALSE) for one in mould.not_meant if one.dated == select.dated]
        chosen = (select, *mould.meant)
        soft: list[Goal] = [(one.selector, Want.FALSE) for one in self.apart if one not in chosen]
        soft += [(one.selector, Want.TRUE) for one in self.together if one not in (*chosen, *mould.not_meant)]
        goals, found = hard, self._row(select, hard, day, mould)
        if found is None:
            return None
        for goal in soft:  # as many of what would be best as there can be together
            more = self._row(select, [*goals, goal], day, mould)
            if more is not None:
                goals, found = [*goals, goal], more
        return found

    def _row(self, select: Select, goals: Sequence[Goal], day: Day, mould: Moulded) -> Row | None:
        try:
            for facts in alternatives(goals):
                for row in self._of(select, facts, day, mould):
                    meant = means(select, row, self.zone) is True
                    if meant and all(means(one, row, self.zone) is True for one in mould.meant):
                        return row
        except TooMany:
            pass
        return None

    def _of(self, select: Select, facts: Facts, day: Day, mould: Moulded) -> Iterator[Row]:
        """The rows of one alternative: each time of day and length that is allowed, the wanted ones first."""
        if not facts.fits(day) or not all(facts.allows(name, value) for name, value in mould.cells.items()):
            return
        clocks = facts.clocks() if mould.clock is None else [mould.clock]
        if mould.clock is None and len(clocks) > 1 and select.day_begins:
            clocks = sorted(clocks, key=lambda clock: clock is None or clock < select.day_begins)
        lengths: list[int | None] = facts.lengths() if mould.length is None else [mould.length]
        if not self.ends:
            lengths = [None]
        for clock in clocks:
            begins_next_day = clock is not None and clock < select.day_begins
            civil = Day(day + begins_next_day)
            for length in lengths:
                if not (facts.may_start(clock) and facts.may_last(length)):
                    continue
                try:
                    yield self._cast(select, facts, mould, (civil, clock, None if clock is None else length))
                except ValueError:  # the clocks jump over it, or a number has no end
                    continue

    def _cast(self, select: Select, facts: Facts, mould: Moulded, when: tuple[Day, int | None, int | None]) -> Row:
        day, clock, length = when
        cells = dict(mould.cells)
        for name in facts.asked:
            if name not in OF_TIME and name not in cells:
                cells[name] = self._dated(facts, name, day)
        cells |= {name: value for name, value in self.told.items() if name not in cells and facts.allows(name, value)}
        if select.dated is not None:
            cells[select.dated] = moment_at(day, clock, self.zone)
        told = {name: value for name, value in sorted(cells.items()) if value is not None}
        if not all(map(writable, told.values())):
            raise ValueError("no decimal number")
        row = Row((select.sources or self.sources)[0], day, clock, length, told)
        row.event(2, self.zone)
        return row

    def _dated(self, facts: Facts, name: str, day: Day) -> Value:
        """A value for a column; of dates the row's own day, where that is one."""
        values = facts.values(name)
        if any(isinstance(value, Moment) for value in values):
            own = moment_at(day, None, self.zone)
            first = next(value for value in values if isinstance(value, Moment))
            return own if facts.allows(name, own) else moment_at(first.first, None, self.zone)
        return values[0] if values else None


def writable(value: Value) -> bool:
    """Whether a value can stand in a cell: of numbers, those that have an end as decimals."""
    if not isinstance(value, Fraction):
        return True
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def shared_values(column: str, left: Select, right: Select) -> list[Value]:
    """Values that rows of both activities can have in a column; some more that nobody names, where any may be had."""
    found: dict[Value, None] = {}
    for mine in rows_of(left.selector):
        for theirs in rows_of(right.selector):
            asked = (*mine.of(column), *theirs.of(column))
            found |= dict.fromkeys(value for value in values_for(asked) if value is not None)
            if unlimited(asked):
                named = [value for value in values_for(asked) if isinstance(value, str)]
                found |= dict.fromkeys(f"{named[-1]}-{number}" for number in (1, 2, 3))
    return list(found)


def own_values(column: str, select: Select) -> list[Value]:
    """Values that rows of an activity can have in a column."""
    return shared_values(column, select, select)


def moulded(mould: Moulded, **cells: Value) -> Moulded:
    """The same with some more cells given."""
    return replace(mould, cells={**mould.cells, **cells})
