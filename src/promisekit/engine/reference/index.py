"""How rows are found quickly: by the values of the columns that a selector asks to be equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from promisekit.events import UNREADABLE, Event
from promisekit.selectors.model import Condition, Every, OneOf, Selector


class Index:
    """The events of a log by the texts in their columns, made column by column when first asked for."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        self._columns: dict[str, dict[str | None, list[int]]] = {}

    def candidates(self, selector: Selector) -> list[int]:
        """Positions, in order, of the events that the selector may match: by its most selective equality."""
        found: list[int] | None = None
        for condition in equalities(selector):
            rows = self.rows_with(condition)
            if found is None or len(rows) < len(found):
                found = rows
        return list(range(len(self._events))) if found is None else found

    def near(self, selector: Selector) -> list[int]:
        """Positions, in order, of the events that may fail just one condition: those of the same activity and of the
        same member of a register (whose condition stands in a conjunction of its own)."""
        fixed = [one for one in equalities(selector) if one.column == "activity"]
        inner = selector.parts if isinstance(selector, Every) else ()
        fixed += [one for part in inner if isinstance(part, Every) for one in equalities(part)]
        found = [self.rows_with(condition) for condition in fixed]
        return min(found, key=len) if found else list(range(len(self._events)))

    def rows_with(self, condition: Condition) -> list[int]:
        """Positions of the events that an equality does not exclude: equal, empty or unreadable."""
        column = self._column(condition.column)
        assert isinstance(condition.test, OneOf)
        values = {*condition.test.values, None}
        return sorted(row for value in values for row in column.get(value, ()))

    def _column(self, name: str) -> dict[str | None, list[int]]:
        if name not in self._columns:
            rows: dict[str | None, list[int]] = defaultdict(list)
            for position, event in enumerate(self._events):
                value = event.values.get(name)
                rows[None if value is UNREADABLE or not isinstance(value, str) else value].append(position)
            self._columns[name] = rows
        return self._columns[name]


def equalities(selector: Selector) -> Iterator[Condition]:
    """The conditions of a conjunction, those within it included, that ask a text to be one of some values."""
    if isinstance(selector, Every):
        for part in selector.parts:
            yield from equalities(part)
    elif isinstance(selector, Condition) and isinstance(selector.test, OneOf):
        yield selector
