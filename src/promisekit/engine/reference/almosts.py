"""Rows that fail exactly one condition of a selector, and which one."""

from __future__ import annotations

from msgspec import Struct

from promisekit.engine.telling import CANCELLED, Failing, excepted, of_condition
from promisekit.engine.tied import parts_of
from promisekit.events import Event, State
from promisekit.plan.nodes import Select
from promisekit.selectors.dates import Dates
from promisekit.selectors.match import matches
from promisekit.selectors.model import Condition, Except

ACTIVITY = "activity"


class Almost(Struct, frozen=True):
    """A row that fails one condition, and which."""

    event: Event
    failing: Failing
    part: int | None = None
    """The position of that condition among the parts of the selector; None where the row was cancelled."""


def almost(select: Select, event: Event, dates: Dates | None = None) -> Almost | None:
    """What keeps `event` from matching, where it is just one thing: a condition, an exception, or that it was
    cancelled. With `dates`, of what is known then."""
    if event.state is State.POSSIBLE:
        return None
    parts = parts_of(select)
    failing = []
    for position, part in enumerate(parts):
        truth = matches(part, event, dates, select.day_begins)
        if truth is None:
            return None
        if truth is False:
            failing.append(position)
    if event.state is State.CANCELLED:
        return None if failing else Almost(event, CANCELLED)
    if len(failing) != 1 or len(parts) < 2:
        return None
    part = parts[failing[0]]
    if isinstance(part, Except):
        return Almost(event, excepted(part), failing[0])
    # A row of another activity is no near miss, and neither is one of another member of a register, whose condition
    # stands in a conjunction of its own. A choice between conditions is not one condition.
    if not isinstance(part, Condition) or part.column == ACTIVITY:
        return None
    return Almost(event, of_condition(part, event, None if dates is None else dates.as_of), failing[0])
