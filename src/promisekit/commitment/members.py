"""The events of an activity that are about one of several: a member of a register, a tier."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from promisekit.commitment.base import Context, Flaw
from promisekit.diagnostics import Route
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.events import fold
from promisekit.plan.nodes import Select
from promisekit.selectors.model import Condition, Every, OneOf, Selector
from promisekit.words import say


def about(select: Select, column: str, value: str) -> Select:
    """Those of its events that hold a value in a text column.

    The condition is a whole of its own: an event of another member is no near miss of this one.
    """
    condition = Every((Condition(column, OneOf((fold(value),)), say("{value}", value=value)),))
    return replace(select, selector=Every((condition, *parts_of(select.selector))))


def parts_of(selector: Selector) -> tuple[Selector, ...]:
    """The conditions that all must hold."""
    return selector.parts if isinstance(selector, Every) else (selector,)


def text_column_flaws(context: Context, route: Route, name: str) -> Iterator[Flaw]:
    """A column that is no text, or is not there."""
    known = context.key_columns
    if name not in known:
        message = say("there is no text column `{name}`", name=name)
        yield Flaw(
            "column.unknown",
            route,
            message,
            did_you_mean(name, known, say("the log maps {names}", names=listed(known))),
        )
