"""Events and the coverage of the exports they come from."""

from promisekit.events.coverage import Coverage, all_of
from promisekit.events.known import known_end, known_length
from promisekit.events.model import (
    LONGEST_WITHOUT_END,
    UNREADABLE,
    Doubt,
    Event,
    RowKey,
    State,
    Unreadable,
    Value,
    dated,
    fold,
)

__all__ = [
    "LONGEST_WITHOUT_END",
    "UNREADABLE",
    "Coverage",
    "Doubt",
    "Event",
    "RowKey",
    "State",
    "Unreadable",
    "Value",
    "all_of",
    "dated",
    "fold",
    "known_end",
    "known_length",
]
