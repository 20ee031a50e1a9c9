"""What one row adds to a measure: shown with the rows that count, and asked of those that nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from promisekit.engine.measures import addend, amount, exact, spread
from promisekit.engine.relational.asked import Asked, By
from promisekit.engine.relational.counting import at_windows
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.load import Loaded
from promisekit.engine.relational.pairing import CERTAIN
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.sight import Horizon
from promisekit.engine.relational.spreading import OnDays
from promisekit.events import Event, known_end
from promisekit.plan.nodes import Count, CountingUnit, Distinct, Duration, Latest, Number, Ratio, Sum
from promisekit.plan.windows import unit_of
from promisekit.windows import Day, Zone, days_of

At = tuple[int, int]


class Adding(Struct):
    """Asked about one row after the other, as it is known at an as-of."""

    loaded: Loaded
    now: Horizon
    zone: Zone
    days: Mapping[At, Sequence[OnDays]]
    _units_there: dict[At, frozenset[int]] = {}
    _values_there: frozenset[tuple[int, int, int]] = frozenset()

    def look_up(self, rows: Iterable[tuple[Asked, int, int]], session: Session) -> None:
        """Finds out whether the values of these rows, each of a check and a window, are surely there."""
        asked = {
            (check.number, window, self._value(check, self.loaded.events[n]))
            for check, window, n in rows
            if check.by is By.VALUES
        }
        if asked:
            session.load("value_asked", ("chk", "w", "code"), sorted(asked))
            there = session.read(f"""
                SELECT DISTINCT q.chk, q.w, q.code
                FROM value_asked q
                JOIN ({at_windows("valued")}) g ON g.chk = q.chk AND g.w = q.w AND g.code = q.code
                WHERE g.sure = 1 AND g.partnered = {CERTAIN} AND g.inside = 1""")
            self._values_there = frozenset((chk, w, code) for chk, w, code in there)

    def amount(self, check: Asked, event: Event, window: int) -> Number | None:
        """What a row that counts in a window says it adds, where rows differ in that."""
        match check.check.measure:
            case Sum(column=column):
                return addend(event.values.get(column))
            case Latest(column=column):
                return amount(event.values.get(column))
            case Duration(weight=weight):
                return self._seconds(check, event, window, weight)
            case _:
                return None

    def near(self, check: Asked, event: Event, w: int, placed: int | None) -> Number | None:
        """What a row would add to the window `w` if it counted there; None where that cannot be told. `placed` is None
        where its time is what would have to be another."""
        match check.check.measure:
            case Count() | Ratio(weight=None):
                return 1
            case Sum(column=str(column)) | Ratio(weight=str(column)):
                return addend(event.values.get(column))
            case Distinct(unit=None):
                code = self._value(check, event)
                return None if code < BLANK else int((check.number, w, code) not in self._values_there)
            case Distinct(unit=unit) if unit is not None:
                return self._different(check, event, w, unit)
            case Duration(weight=weight):
                return self._seconds(check, event, placed, weight)
            case _:
                return None

    def _different(self, check: Asked, event: Event, w: int, unit: CountingUnit) -> int:
        """Nothing where its unit is surely there already, otherwise 1."""
        begins = check.day_begins
        first, last = days_of(event.start, begins)
        one, other = unit_of(unit, first), unit_of(unit, min(last, self.now.days[begins].day))
        return int(one != other or (one is not None and one not in self._there((check.number, w), unit)))

    def _there(self, at: At, unit: CountingUnit) -> frozenset[int]:
        if at not in self._units_there:
            rows = [row for row in self.days.get(at, ()) if row.sure]
            spreads = [spread(unit, Day(row.first), Day(row.last), sure=True) for row in rows]
            sure = [one.first for one in spreads if one is not None and one.sure and one.first == one.last]
            self._units_there[at] = frozenset(sure)
        return self._units_there[at]

    def _value(self, check: Asked, event: Event) -> int:
        measure = check.check.measure
        assert isinstance(measure, Distinct), "only different values are looked up"
        assert measure.column is not None, "values are those of a column"
        return self.loaded.columns[measure.column,].number(event)

    def _seconds(self, check: Asked, event: Event, window: int | None, weight: str | None) -> Number | None:
        """For how long a row certainly goes on, in a window or at all, times its weight; None where that is untold."""
        begins: float = min(event.start.latest, self.now.until - 1)
        ends, _ = known_end(event.start, event.end, self.now.as_of)
        if window is not None:
            first, last = check.windows[window].instants(self.zone, check.day_begins)
            begins, ends = max(begins, first), min(ends, last)
        times = _weight(event, weight)
        return None if times is None else exact(max(0, int(ends - begins)) * times)


def _weight(event: Event, column: str | None) -> Number | None:
    """How many times a row's time counts."""
    return 1 if column is None else addend(event.values.get(column))
