"""Rows that go on for a time in a window: for as long as a slot or a number of hours needs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from promisekit.plan.checks import relation_of
from promisekit.plan.eligible import Eligible
from promisekit.plan.nodes import Check, Duration, Relation, Semi
from promisekit.proof.making import Maker, Moulded
from promisekit.proof.pairing import members
from promisekit.proof.rows import Row
from promisekit.windows import Day, Span, Window

DAY = 86_400
MOST_ROWS = 5000


def going_on(maker: Maker, check: Check, window: Window, seconds: int) -> Iterator[list[Row]]:
    """Ways in which events of a check go on in a window for so many seconds: one that does so by itself; several one
    after the other; several at once, or one that counts for several, where each of them counts."""
    relation = relation_of(check)
    begin, end = window.instants(maker.zone, _day_begins(relation))
    measure, room = check.measure, end - begin
    if not seconds and isinstance(measure, Duration):
        yield []
        return
    needed = max(1, seconds if isinstance(measure, Duration) else min(seconds or 60, room))
    if needed <= room:
        yield from _alone(maker, relation, window, needed, measure.weight if isinstance(measure, Duration) else None)
    if isinstance(measure, Duration):
        if measure.weight is not None:
            yield from _weighty(maker, relation, window, measure.weight, needed)
        yield from _several(maker, relation, window, needed, at_once=measure.total == "sum")


def _day_begins(relation: Relation) -> int:
    return relation.left.day_begins if isinstance(relation, Semi) else relation.day_begins


def _alone(maker: Maker, relation: Relation, window: Window, needed: int, weight: str | None) -> Iterator[list[Row]]:
    cells = {} if weight is None else {weight: Fraction(1)}
    for day, clock, first in _starts(maker, relation, window):
        for length in dict.fromkeys([first + needed, *_lengths(relation)]):
            if length >= first + needed:
                yield from members(maker, relation, day, Moulded(clock=clock, length=length, cells=cells))


def _starts(maker: Maker, relation: Relation, window: Window) -> Iterator[tuple[Day, int, int]]:
    """Where a row may begin, on a day of its activity and by the clock, and how long before the window that is."""
    begin, end = window.instants(maker.zone, _day_begins(relation))
    civil, clock = maker.zone.wall(begin)
    shift = _day_begins(relation)
    eligible = Eligible(relation)
    clocks = {one: None for pairing in eligible.pairings for one in pairing.left.clocks() if one is not None}
    for start in dict.fromkeys([clock, *clocks]):
        for offset in (0, 1, -1, 2, 3, 4, 5, 6):
            instant = maker.zone.at(Day(civil + offset), start)
            day = Day(civil + offset - (start < shift))
            if instant < end and eligible.on_some(Span(day, Day(day + 1))):
                yield day, start, max(0, begin - instant)


def _lengths(relation: Relation) -> list[int]:
    found = (length for pairing in Eligible(relation).pairings for length in pairing.left.lengths())
    return sorted({length for length in found if length})


def _weighty(maker: Maker, relation: Relation, window: Window, weight: str, needed: int) -> Iterator[list[Row]]:
    """One row that counts as many times over as it takes."""
    begin, end = window.instants(maker.zone, _day_begins(relation))
    for length in dict.fromkeys([min(needed, end - begin), *_lengths(relation), 3600]):
        times = Fraction(needed, length)
        for cells in ({weight: times}, {weight: Fraction(-(-needed // length))}):
            for day, clock, first in list(_starts(maker, relation, window))[:4]:
                if not first:
                    yield from members(maker, relation, day, Moulded(clock=clock, length=length, cells=cells))


def _several(maker: Maker, relation: Relation, window: Window, needed: int, *, at_once: bool) -> Iterator[list[Row]]:
    begin, end = window.instants(maker.zone, _day_begins(relation))
    lengths = _lengths(relation)
    for day, clock, first in list(_starts(maker, relation, window))[:4]:
        for longest in reversed(dict.fromkeys([*lengths, end - begin])):
            number = -(-needed // longest)
            if number > MOST_ROWS or first:
                continue
            one = next(members(maker, relation, day, Moulded(clock=clock, length=longest)), None)
            if one is None:
                continue
            last = needed - (number - 1) * longest
            rows = [replace(one[0], clock=clock + (0 if at_once else step * longest)) for step in range(number)]
            yield [*_over_midnight(rows), *one[1:]]
            yield [*_over_midnight([*rows[:-1], replace(rows[-1], length=last)]), *one[1:]]


def _over_midnight(rows: list[Row]) -> list[Row]:
    """The same with clocks that stay within a day."""
    return [replace(row, day=Day(row.day + (row.clock or 0) // DAY), clock=(row.clock or 0) % DAY) for row in rows]
