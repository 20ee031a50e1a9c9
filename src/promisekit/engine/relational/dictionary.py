"""Dictionaries: every distinct value of a column has a number, and every question an answer to each number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from promisekit.engine.relational.alternatives import CLOCKS, DAYS, LENGTHS, SOURCE, Cell, Length, Question
from promisekit.events import UNREADABLE, Event, Value
from promisekit.selectors.dates import Dates
from promisekit.windows import Day, Instant, Moment, days_of

BLANK = 2
"""Numbers below this are those of empty and unreadable cells, which equal nothing for certain."""


class Column:
    """The distinct values of a column in the order in which they were met; of several columns, their combinations."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.cells: list[tuple[Cell, ...]] = [(None,), (UNREADABLE,)] if len(names) == 1 else []
        self.numbers: dict[object, int] = {cells[0]: number for number, cells in enumerate(self.cells)}

    def number(self, event: Event) -> int:
        """The number of what an event has here."""
        if len(self.names) == 1:
            value = _value(self.names[0], event)
        else:
            value = tuple(_value(name, event) for name in self.names)
        number = self.numbers.get(value)
        return self._add(value, tuple(_cell(name, event) for name in self.names)) if number is None else number

    def number_of(self, value: Value) -> int:
        """The number of a value of the only column, one that a log has."""
        number = self.numbers.get(value)
        return self._add(value, (value,)) if number is None else number

    def _add(self, value: object, cells: tuple[Cell, ...]) -> int:
        number = self.numbers[value] = len(self.cells)
        self.cells.append(cells)
        return number

    def answers(self, question: Question, dates: Dates | None) -> Iterator[tuple[int, bool]]:
        """The numbers that a question does not exclude, and whether the answer is a certain yes."""
        for number in self._candidates(question):
            answer = question.answer(self.cells[number], dates)
            if answer is not False:
                yield number, answer is True

    def _candidates(self, question: Question) -> Iterable[int]:
        if question.texts is None:
            return range(len(self.cells))
        # An equality need not be asked of every value there is.
        found = {self.numbers[text] for text in question.texts if text in self.numbers}
        return sorted({*range(BLANK), *found})


def _value(name: str, event: Event) -> object:
    if name.startswith(DAYS):
        return days_of(event.start, _begins(name))
    if name == CLOCKS:
        return event.start.clock
    if name == LENGTHS:
        return event.start, event.end
    return event.source if name == SOURCE else event.values.get(name)


def _cell(name: str, event: Event) -> Cell:
    """The cell as selectors know it: what is asked of an event's start is asked of a moment that tells no more."""
    if name.startswith(DAYS):
        first, last = days_of(event.start, _begins(name))
        return Moment(first, last, Instant(0), Instant(0), None)
    if name == CLOCKS:
        return Moment(Day(0), Day(0), Instant(0), Instant(0), event.start.clock)
    if name == LENGTHS:
        return Length(event.start, event.end)
    return event.source if name == SOURCE else event.values.get(name)


def _begins(name: str) -> int:
    """The second at which the days of that name begin."""
    return int(name.removeprefix(DAYS) or 0)
