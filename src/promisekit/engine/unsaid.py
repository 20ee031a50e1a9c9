"""What a row leaves unsaid of what a check asks: one definition for every engine, for the rows that are shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from promisekit.engine.observations import Unsaid, Why
from promisekit.engine.tied import compared_by
from promisekit.events import UNREADABLE, Doubt, Event
from promisekit.plan.checks import counted_in, excuses_of, relation_of
from promisekit.plan.nodes import (
    Check,
    Distinct,
    Duration,
    InTime,
    Latest,
    On,
    Overlap,
    Overlaps,
    Ratio,
    SameRow,
    Select,
    Semi,
    Sum,
)
from promisekit.selectors.match import matches
from promisekit.selectors.model import CALENDAR, CLOCK, LENGTH, WEEKDAY, Condition, Either, Except, Selector
from promisekit.windows import AsOf, Moment

OF_ROW = {
    Doubt.REJECTED: Why.REJECTED,
    Doubt.PLANNED: Why.PLANNED,
    Doubt.STATUS: Why.STATUS,
    Doubt.DUPLICATE: Why.DUPLICATE,
}


def unsaid(check: Check, event: Event, partner: Event | None, as_of: AsOf) -> tuple[Unsaid, ...]:
    """Everything that a row of the check leaves unsaid, the heaviest first, and then what its partner does."""
    relation = relation_of(check)
    ways = relation.on if isinstance(relation, Semi) else ()
    own = chain(_of_row(event), _of_select(counted_in(check), event), _of_ways(ways, event, as_of))
    found = [*own, *_of_measure(check, event, as_of)]
    if isinstance(relation, Semi) and any(isinstance(way, SameRow) for way in ways):
        found += _of_select(relation.right, event)
    if isinstance(relation, Semi) and partner is not None and partner.key != event.key:
        theirs = chain(_of_row(partner), _of_select(relation.right, partner), _of_ways(ways, partner, as_of))
        found += [Unsaid(one.why, one.column, beside=True) for one in theirs]
    return tuple(dict.fromkeys(found))


def _of_row(event: Event) -> Iterator[Unsaid]:
    """Whether it took place, and on which day."""
    yield from (Unsaid(OF_ROW[doubt]) for doubt in event.doubts)
    if not event.start.one_day:
        yield Unsaid(Why.DAY)


def _of_select(select: Select, event: Event) -> Iterator[Unsaid]:
    """Whether it is one of those that are meant, and when."""
    if select.dated is not None and event.values.get(select.dated) is UNREADABLE:
        yield Unsaid(Why.UNREADABLE, select.dated)
    yield from _of_selector(select.selector, event, select.day_begins)


def _of_selector(selector: Selector, event: Event, day_begins: int) -> Iterator[Unsaid]:
    """The conditions that the row does not answer, where the answer matters."""
    if isinstance(selector, Except):
        yield from _of_selector(selector.selector, event, day_begins)
        return
    if matches(selector, event, None, day_begins) is not None:
        return
    if isinstance(selector, Condition):
        yield _of_condition(selector.column, event)
        return
    for part in selector.parts:
        if isinstance(selector, Either) or matches(part, event, None, day_begins) is None:
            yield from _of_selector(part, event, day_begins)


def _of_condition(column: str, event: Event) -> Unsaid:
    if column == CLOCK:
        return Unsaid(Why.CLOCK)
    if column in (WEEKDAY, CALENDAR):
        return Unsaid(Why.DAY)
    if column == LENGTH:
        return Unsaid(Why.END) if event.end is None else Unsaid(Why.CLOCK)
    return _of_cell(column, event) or Unsaid(Why.EMPTY, column)


def _of_cell(column: str, event: Event) -> Unsaid | None:
    """What is wrong with a cell that has to be told; None where it is told."""
    value = event.values.get(column)
    if value is None:
        return Unsaid(Why.EMPTY, column)
    if value is UNREADABLE:
        return Unsaid(Why.UNREADABLE, column)
    return Unsaid(Why.DATE, column) if isinstance(value, Moment) and not value.one_day else None


def _of_ways(ways: tuple[On, ...], event: Event, as_of: AsOf) -> Iterator[Unsaid]:
    """What has to be known of two rows that are to belong together."""
    for way in ways:
        column = compared_by(way)
        if column is not None and (told := _of_cell(column, event)) is not None:
            yield told
        if isinstance(way, Overlap):
            yield from _of_time(event, as_of)
        if isinstance(way, InTime) and way.column is not None:
            told = _of_cell(way.column, event)
            if told is not None and told.why is not Why.EMPTY:
                yield told


def _of_measure(check: Check, event: Event, as_of: AsOf) -> Iterator[Unsaid]:
    """What has to be known of a row to add it up, or to place it in a window of some hours."""
    match check.measure:
        case Duration(weight=column) | Sum(column=column) | Latest(column=column):
            needed = column
        case Distinct(column=column) | Ratio(weight=column):
            needed = column
        case _:
            needed = None
    if needed is not None and (told := _of_cell(needed, event)) is not None:
        yield told
    for name in excuses_of(check):
        if (told := _of_cell(name, event)) is not None and told.why is not Why.EMPTY:
            yield told
    if isinstance(check.attribution, Overlaps) or isinstance(check.measure, Duration):
        yield from _of_time(event, as_of)


def _of_time(event: Event, as_of: AsOf) -> Iterator[Unsaid]:
    """When it began and ended."""
    if event.start.clock is None:
        yield Unsaid(Why.CLOCK)
    if event.end is None:
        yield Unsaid(Why.END)
    elif event.end.earliest >= as_of.until:
        yield Unsaid(Why.GOES_ON)
    elif event.end.clock is None and event.start.clock is not None:
        yield Unsaid(Why.END_CLOCK)
