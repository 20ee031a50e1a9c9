"""Events and the coverage of the exports they come from."""

from promisekit.events.coverage import Coverage, all_of
from promisekit.events.model import LONGEST_WITHOUT_END, UNREADABLE, Doubt, Event, State, Unreadable, Value, fold

__all__ = [
    "LONGEST_WITHOUT_END",
    "UNREADABLE",
    "Coverage",
    "Doubt",
    "Event",
    "State",
    "Unreadable",
    "Value",
    "all_of",
    "fold",
]
