"""Events more: rows that nobody has seen, made from what a window, a missing partner or a trigger asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from promisekit.events import Event
from promisekit.plan.checks import relation_of
from promisekit.plan.deadlines import due, due_at
from promisekit.plan.eligible import rows_of
from promisekit.plan.measures import Ratio
from promisekit.plan.nodes import All, Check, Hours, InTime, Listed, On, Overlap, SameDay, SameRow, Select, Semi
from promisekit.plan.windows import target_in, windows_of
from promisekit.proof.changes.ground import ROWS, Ground
from promisekit.proof.changes.model import Change, Filled, Happened
from promisekit.proof.filling import fillings
from promisekit.proof.making import Moulded
from promisekit.proof.pairing import PLACE, lonely, members
from promisekit.proof.rows import Row, means, moment_at
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span, Window

FEW = 2
"""So many ways to fill a window are taken."""
WINDOWS = 62
"""So many windows of a check are filled."""
Rows = tuple[Row, ...]


def rows_more(ground: Ground, check: Check, wanted: Verdict) -> Iterator[tuple[int, Rows]]:
    """For each window, by its number, ways to give it the verdict by events more: first on days of which nothing is
    known yet, then on any."""
    open_days = _unknown(ground, check)
    for at, window in enumerate(windows_of(check)[:WINDOWS]):
        for span in dict.fromkeys([*(day.cut(window.span) for day in open_days), window.span]):
            if len(span):
                alone = _alone(check, window, span)
                for rows in islice(fillings(ground.maker, alone, windows_of(alone)[0], wanted), FEW):
                    if rows:
                        yield at, tuple(_new(ground, rows))


def _alone(check: Check, window: Window, span: Span) -> Check:
    """The check of one window, on some of its days alone."""
    cut = window if span == window.span or window.clock is not None else replace(window, span=span)
    return replace(check, partition=Listed((cut,)), target=target_in(check, window), need=All(), average=None)


def _unknown(ground: Ground, check: Check) -> Sequence[Span]:
    """The days that are not covered or not over: those ahead first."""
    relation = relation_of(check)
    select = relation.left if isinstance(relation, Semi) else relation
    gaps = ground.known(select).missing(check.span).spans
    return sorted(gaps, key=lambda span: span.end <= ground.ahead.start)


def _new(ground: Ground, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, a little later where the log has one of the same time already."""
    taken = {(event.source, event.start.earliest) for event in ground.world.log.events}
    for row in rows:
        moved = row
        while moved.clock is not None and moved.clock < 86_000 and _at(ground, moved) in taken:
            moved = replace(moved, clock=moved.clock + 60)
        yield moved if _fits(ground, row, moved) else row


def _at(ground: Ground, row: Row) -> tuple[str, int]:
    return row.source, moment_at(row.day, row.clock, ground.maker.zone).earliest


def _fits(ground: Ground, row: Row, moved: Row) -> bool:
    """Whether a row is still what it was made for a little later."""
    zone = ground.maker.zone
    return all(means(one, row, zone) == means(one, moved, zone) for one in ground.bench.selects)


def events_more(ground: Ground) -> Iterator[Change]:
    """Single events more: of each window one, partners of rows that have none, and rows that have none."""
    for check in ground.checks.values():
        for wanted in (Verdict.KEPT, Verdict.BROKEN):
            yield from (Happened(rows[0]) for _, rows in rows_more(ground, check, wanted))
        relation = relation_of(check)
        if isinstance(relation, Semi):
            yield from (change for _, change in partners(ground, relation))
            yield from _without_partner(ground, check, relation)
        yield from _plain(ground, check)


def _plain(ground: Ground, check: Check) -> Iterator[Change]:
    """One row of what is measured, on the first day of each window that it may lie on."""
    relation = relation_of(check)
    for window in windows_of(check)[:WINDOWS]:
        for span in (*(day.cut(window.span) for day in _unknown(ground, check)), window.span):
            for day in islice(span.days(), FEW):
                made = next(members(ground.maker, relation, day), None)
                if made is not None and len(made) == 1:
                    yield from (Happened(row) for row in _new(ground, made))


def _without_partner(ground: Ground, check: Check, relation: Semi) -> Iterator[Change]:
    """A row more that has no partner, which takes from a share."""
    if isinstance(check.measure, Ratio):
        for window in windows_of(check)[:WINDOWS]:
            for span in (*(day.cut(window.span) for day in _unknown(ground, check)), window.span):
                for day in islice(span.days(), FEW):
                    for made in islice(lonely(ground.maker, relation, day), FEW):
                        yield from (Happened(row) for row in _new(ground, made))


def partners(ground: Ground, relation: Semi) -> Iterator[tuple[Event, Change]]:
    """Partners for rows of the left side, each as a row of its own, or as a date or another cell of the row."""
    for event, _ in islice(ground.rows_of(relation.left), ROWS):
        for way in relation.on:
            yield from ((event, change) for change in _partner(ground, relation, way, event))


def _partner(ground: Ground, relation: Semi, way: On, event: Event) -> Iterator[Change]:
    match way:
        case SameRow():
            yield from _both(event, relation.right)
        case SameDay() | Overlap():
            length = max(way.seconds if isinstance(way, Overlap) else 0, 3600)
            mould = Moulded(clock=event.start.clock, length=length, cells={PLACE: event.values.get(PLACE)})
            yield from _made(ground, relation.right, [event.start.first], mould)
        case InTime():
            yield from _answers(ground, relation, way, event)


def _both(event: Event, right: Select) -> Iterator[Change]:
    """The cells by which a row is of the other activity too, where it is but one."""
    for facts in rows_of(right.selector):
        wrong = [name for name in facts.asked if name in event.values and not facts.allows(name, event.values[name])]
        for value in facts.values(wrong[0])[:FEW] if len(wrong) == 1 else ():
            yield Filled(event, wrong[0], value)


def _answers(ground: Ground, relation: Semi, way: InTime, event: Event) -> Iterator[Change]:
    start, as_of, zone = event.start, ground.world.as_of, ground.maker.zone
    if isinstance(way.deadline, Hours):
        last = zone.wall(due_at(way.deadline, start.latest, zone, relation.right.day_begins))[0]
    else:
        last = due(way.deadline, start.first)
    days = [day for day in (start.first, last, Day(as_of.day + 1)) if start.first <= day <= last]
    if way.column is not None:
        for day in dict.fromkeys(min(one, as_of.day) for one in days):
            yield Filled(
                event, way.column, moment_at(day, start.clock if isinstance(way.deadline, Hours) else None, zone)
            )
        return
    cells = {} if way.key is None else {way.key: event.values.get(way.key)}
    if None in cells.values():
        return
    clock = start.clock if isinstance(way.deadline, Hours) else None
    yield from _made(ground, relation.right, list(dict.fromkeys(days)), Moulded(clock=clock, cells=cells))


def _made(ground: Ground, select: Select, days: Sequence[Day], mould: Moulded) -> Iterator[Change]:
    for day in days:
        row = ground.maker.row(select, day, mould)
        if row is not None:
            yield from (Happened(one) for one in _new(ground, [row]))
