"""Selectors in words, for plans and reports."""

from __future__ import annotations

from promisekit.selectors.model import Condition, Either, Selector
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
}


def column_words(name: str) -> Message:
    """A column (or another condition) by its everyday name; the author's own columns keep theirs."""
    return COLUMNS.get(name) or say("{name}", name=name)


def selector_words(selector: Selector) -> Message:
    """A selector as people would say it: `activity: riktad insats and theme: narkotika`."""
    if isinstance(selector, Condition):
        return say("{column}: {wanted}", column=column_words(selector.column), wanted=selector.wanted)
    if not selector.parts:
        return say("every row")
    if len(selector.parts) == 1:
        return selector_words(selector.parts[0])
    return sequence(tuple(_inner(part) for part in selector.parts), "or" if isinstance(selector, Either) else "and")


def _inner(selector: Selector) -> Message:
    """A part of an enumeration: an enumeration of its own stands in parentheses."""
    words = selector_words(selector)
    return words if isinstance(selector, Condition) else say("({inner})", inner=words)
