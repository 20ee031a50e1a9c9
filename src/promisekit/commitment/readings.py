"""Readings that kinds share: what is taken for granted where words leave a choice."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.commitment.base import Context
from promisekit.selectors.model import Condition, Either, Every, HasAny, OneOf, Selector
from promisekit.selectors.telling import column_words
from promisekit.words import Message, say


def together_readings(context: Context, activity: str) -> Iterator[Message]:
    """That several places (or other values) in one activity are counted together."""
    for column in dict.fromkeys(_several(context.activities[activity].selector)):
        yield say(
            "several values of {column} in `{what}` count together, not each for itself",
            column=column_words(column),
            what=activity,
        )


def _several(selector: Selector) -> Iterator[str]:
    """The columns of which a selector takes several values."""
    match selector:
        case Condition(column, OneOf(values) | HasAny(values)) if len(values) > 1:
            yield column
        case Every(parts):
            for part in parts:
                yield from _several(part)
        case Either(parts):
            yield from (part.column for part in parts if isinstance(part, Condition))
        case _:
            pass
