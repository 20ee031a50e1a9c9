"""Selectors in words, for plans and reports."""

from __future__ import annotations

from typing import Literal

from promisekit.selectors.model import Condition, Either, Every, Except, Selector
from promisekit.words import Message, say, sequence

COLUMNS: dict[str, Message] = {
    "activity": say("activity"),
    "theme": say("theme"),
    "place": say("place"),
    "actors": say("taking part"),
    "case": say("case"),
    "status": say("status"),
    "time": say("time of day"),
    "weekday": say("weekday"),
    "calendar": say("calendar"),
    "duration": say("duration"),
    "except": say("exception"),
}


def column_words(name: str) -> Message:
    """A column (or another condition) by its everyday name; the author's own columns keep theirs."""
    return COLUMNS.get(name) or say("{name}", name=name)


def selector_words(selector: Selector) -> Message:
    """A selector as people would say it: `activity: riktad insats and theme: narkotika, except where place: torget`."""
    match selector:
        case Condition(column=column, wanted=wanted):
            return say("{column}: {wanted}", column=column_words(column), wanted=wanted)
        case Except():
            return _all_but((), (selector,))
        case Every(parts):
            excepted = tuple(part for part in parts if isinstance(part, Except))
            return _all_but(tuple(part for part in parts if not isinstance(part, Except)), excepted)
        case Either(parts):
            return _joined(parts, "or")


def exception_words(exception: Except) -> Message:
    """What was wanted of a row that an exception took away: that it is none of these."""
    return say("not {inner}", inner=_inner(exception.selector))


def _all_but(meant: tuple[Selector, ...], excepted: tuple[Except, ...]) -> Message:
    words = _joined(meant, "and") if meant else say("every row")
    if not excepted:
        return words
    inner = _joined(tuple(exception.selector for exception in excepted), "or")
    return say("{meant}, except where {excepted}", meant=words, excepted=inner)


def _joined(parts: tuple[Selector, ...], join: Literal["and", "or"]) -> Message:
    if len(parts) == 1:
        return selector_words(parts[0])
    inner = tuple(_inner(part) for part in parts)
    return sequence(inner, "and") if join == "and" else sequence(inner, "or")


def _inner(selector: Selector) -> Message:
    """A part of an enumeration: an enumeration of its own stands in parentheses."""
    words = selector_words(selector)
    return words if isinstance(selector, Condition) else say("({inner})", inner=words)
