"""What one row adds to a measure: shown with the rows that count, and asked of those that nearly did."""

from __future__ import annotations

from promisekit.engine.measures import addend, amount, exact
from promisekit.engine.reference.cells import Here
from promisekit.engine.reference.counts import spread_of, value_of
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.pairs import blank
from promisekit.engine.reference.places import ByTime, Places, by_window
from promisekit.engine.reference.seen import Seen, inner
from promisekit.engine.reference.sums import amount_in
from promisekit.events import Value
from promisekit.plan.nodes import Count, CountingUnit, Distinct, Duration, Latest, Measure, Number, Ratio, Sum
from promisekit.plan.windows import unit_of
from promisekit.windows import DaySet


class Adding:
    """Asked about one row after the other; `members` are the rows that are counted or may be."""

    def __init__(self, measure: Measure, places: Places, members: list[Member]) -> None:
        self.measure = measure
        self._places = places
        self._members = members
        self._by_window: list[list[Member]] | None = None
        self._there: dict[int, frozenset[object]] = {}

    def amount(self, seen: Seen, window: int) -> Number | None:
        """What a row that counts in a window says it adds, where rows differ in that."""
        match self.measure:
            case Sum(column=column):
                return addend(seen.event.values.get(column))
            case Latest(column=column):
                return amount(seen.event.values.get(column))
            case Duration(weight=weight):
                return _seconds(seen, weight, self._places, window)
            case _:
                return None

    def near(self, seen: Seen, window: int, *, placed: bool = True) -> Number | None:
        """What a row would add to a window if it counted there; None where that cannot be told. With `placed`, it is
        there as it is; otherwise its time is what would have to be another."""
        match self.measure:
            case Count():
                return 1
            case Ratio(weight=weight):
                return amount_in(_member(seen), weight)
            case Sum(column=column):
                return addend(seen.event.values.get(column))
            case Distinct(unit=unit, column=column):
                return self._different(seen, window, unit, column or "")
            case Duration(weight=weight):
                return _seconds(seen, weight, self._places, window if placed else None)
            case _:
                return None

    def _different(self, seen: Seen, window: int, unit: CountingUnit | None, column: str) -> int | None:
        """Nothing where its unit or value is surely there already, otherwise 1."""
        if window not in self._there:
            self._there[window] = self._surely_there(window, unit, column)
        if unit is None:
            value = seen.event.values.get(column)
            return None if blank(value) else int(value not in self._there[window])
        first, last = unit_of(unit, seen.first), unit_of(unit, seen.last)
        return int(first != last or (first is not None and first not in self._there[window]))

    def _surely_there(self, window: int, unit: CountingUnit | None, column: str) -> frozenset[object]:
        if self._by_window is None:
            self._by_window = by_window(self._places, self._members, lambda member: member.seen)
        here = Here(window, self._places.windows[window], self._by_window[window], True, False, DaySet())
        sure = [member for member in here.members if here.sure(member)]
        if unit is None:
            values: set[Value] = {value for member in sure if not blank(value := value_of(member, column))}
            return frozenset(values)
        spreads = [spread_of(here, unit, member) for member in sure]
        return frozenset(one.first for one in spreads if one is not None and one.sure and one.first == one.last)


def _member(seen: Seen) -> Member:
    return Member(seen, True, True)


def _seconds(seen: Seen, weight: str | None, places: Places, window: int | None) -> Number | None:
    """For how long a row certainly goes on, in a window or at all, times its weight; None where that is not told."""
    assert isinstance(places, ByTime), "time is measured in windows that know their instants"
    bounds = (float("-inf"), float("inf")) if window is None else places.instants[window]
    times = amount_in(_member(seen), weight)
    return None if times is None else exact(inner(seen, *bounds) * times)
