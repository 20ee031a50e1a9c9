"""Making rows with a partner, and rows without one, for the relations that ask for partners."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from promisekit.events import Value
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.eligible import rows_of
from promisekit.plan.nodes import Deadline, Hours, InTime, On, Overlap, Relation, SameDay, SameRow, Select, Semi
from promisekit.proof.making import PLAIN, Maker, Moulded, moulded, own_values, shared_values
from promisekit.proof.rows import Row, moment_at
from promisekit.windows import Day, Moment

PLACE = "place"
NEAR = 40
"""So many days after a trigger an answer is looked for."""


def members(maker: Maker, relation: Relation, day: Day, mould: Moulded = PLAIN) -> Iterator[list[Row]]:
    """Ways to make one row of the relation on a day, its partner after it."""
    if isinstance(relation, Select):
        row = maker.row(relation, day, mould)
        if row is not None:
            yield [row]
        return
    for way in relation.on:
        yield from _paired(maker, relation, way, day, mould)


def _paired(maker: Maker, relation: Semi, way: On, day: Day, mould: Moulded) -> Iterator[list[Row]]:
    left, right = relation.left, relation.right
    match way:
        case SameRow():
            row = maker.row(left, day, replace(mould, meant=(*mould.meant, right)))
            if row is not None:
                yield [row]
        case SameDay():
            for place in shared_values(PLACE, left, right):
                yield from _both(
                    maker, relation, [(day, day)], moulded(mould, place=place), Moulded(cells={PLACE: place})
                )
        case Overlap(seconds):
            for place in shared_values(PLACE, left, right):
                yield from _overlapping(maker, relation, seconds, day, moulded(mould, place=place), place)
        case InTime(column=str(column)):
            yield from _on_row(maker, left, way, column, day, mould)
        case InTime(key=key, deadline=deadline):
            for value in shared_values(key, left, right) if key else [None]:
                mine = mould if key is None else moulded(mould, **{key: value})
                yield from _answered(
                    maker, relation, deadline, day, mine, Moulded() if key is None else Moulded(cells={key: value})
                )


def _both(
    maker: Maker, relation: Semi, days: list[tuple[Day, Day]], mine: Moulded, theirs: Moulded
) -> Iterator[list[Row]]:
    for day, other in days:
        left = maker.row(relation.left, day, mine)
        right = maker.row(relation.right, other, theirs) if left is not None else None
        if left is not None and right is not None:
            yield [left, right if right != left else replace(right, length=(right.length or 0) + 60)]


def _overlapping(
    maker: Maker, relation: Semi, seconds: int, day: Day, mine: Moulded, place: Value
) -> Iterator[list[Row]]:
    """Both begin as early as they may, and go on until they have been there together for long enough."""
    for one in _clocks(relation.left):
        for other in _clocks(relation.right):
            for beside in (0, -1, 1):
                begin, begin_other = one, other + beside * 86_400
                end = max(begin, begin_other) + seconds
                left = maker.row(
                    relation.left, day, replace(mine, clock=one, length=mine.length or max(end - begin, 60))
                )
                theirs = Moulded(clock=other, length=max(end - begin_other, 60), cells={PLACE: place})
                right = left and maker.row(relation.right, Day(day + beside), theirs)
                if left is not None and right:
                    yield [left, right if right != left else replace(right, length=(right.length or 0) + 60)]


def _clocks(select: Select) -> list[int]:
    found = {clock: None for facts in rows_of(select.selector) for clock in facts.clocks() if clock is not None}
    return list(found)[:4]


def _on_row(maker: Maker, left: Select, way: InTime, column: str, day: Day, mould: Moulded) -> Iterator[list[Row]]:
    """A row that has its answer's date on it: its own day, or one by the deadline that its activity asks for."""
    timed = isinstance(way.deadline, Hours) or bool(left.day_begins)
    for clock in _clocks(left):
        last = day if isinstance(way.deadline, Hours) else due(way.deadline, day)
        for answer in range(day, min(last, Day(day + NEAR)) + 1):
            told = moment_at(Day(answer), clock if timed else None, maker.zone)
            row = maker.row(left, day, moulded(replace(mould, clock=clock), **{column: told}))
            if row is not None:
                yield [row]
                break


def _answered(
    maker: Maker, relation: Semi, deadline: Deadline, day: Day, mine: Moulded, theirs: Moulded
) -> Iterator[list[Row]]:
    left = maker.row(relation.left, day, mine)
    if left is None:
        return
    if isinstance(deadline, Hours):
        start = left.event(2, maker.zone).start
        last = due_at(deadline, start.latest, maker.zone, relation.right.day_begins)
        for later in range(NEAR):
            for clock in [left.clock, *_clocks(relation.right)]:
                right = maker.row(relation.right, Day(day + later), replace(theirs, clock=clock))
                begins = right and right.event(3, maker.zone).start
                if right is not None and begins and start.latest <= begins.earliest and begins.latest <= last:
                    yield [left, right if right != left else replace(right, length=(right.length or 0) + 60)]
                    return
        return
    for later in range(day, min(due(deadline, day), Day(day + NEAR)) + 1):
        made = list(_both(maker, relation, [(day, Day(later))], mine, theirs))
        if made:
            yield made[0]
            return


def lonely(maker: Maker, relation: Semi, day: Day, number: int = 0) -> Iterator[list[Row]]:
    """Ways to make a row of the left side that has no partner, with a value of its own where partners meet."""
    mould = PLAIN
    for way in relation.on:
        match way:
            case SameRow():
                mould = replace(mould, not_meant=(*mould.not_meant, relation.right))
            case InTime(column=str(column)) if way.column is not None:
                yield from _late_on_row(maker, relation.left, way, column, day)
                return
            case _:
                name = PLACE if not isinstance(way, InTime) else way.key
                values = own_values(name, relation.left) if name else []
                if name and values:
                    mould = moulded(mould, **{name: values[-1 - number % len(values)]})
    row = maker.row(relation.left, day, mould)
    if row is not None:
        yield [row]


def _late_on_row(maker: Maker, left: Select, way: InTime, column: str, day: Day) -> Iterator[list[Row]]:
    """Without an answer, or with one that comes too late or before."""
    last = Day(day + 60) if isinstance(way.deadline, Hours) else due(way.deadline, day)
    asked = (value.first for value in own_values(column, left) if isinstance(value, Moment))
    for answer in (None, Day(last + 1), Day(day - 1), *(one for one in asked if not day <= one <= last)):
        told = None if answer is None else moment_at(answer, None, maker.zone)
        row = maker.row(left, day, Moulded(cells={column: told}))
        if row is not None:
            yield [row]
