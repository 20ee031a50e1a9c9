"""From what was tallied to one interval per window, with every reason why it may be wider than a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from promisekit.engine.measures import (
    Found,
    Newest,
    Reading,
    Spread,
    compared,
    different,
    exact,
    gap,
    newest,
    spread,
)
from promisekit.engine.observations import Bounds, Cell, Phase, Reason
from promisekit.engine.phases import days_since, in_order, open_days, open_reasons, phase_reasons
from promisekit.engine.relational.amounts import NONE_ADDED, Added
from promisekit.engine.relational.asked import By
from promisekit.engine.relational.cells import Known, Place
from promisekit.engine.relational.counting import Sums
from promisekit.engine.relational.lasting import Lasted
from promisekit.engine.relational.readings import BASELINE
from promisekit.engine.relational.sight import Horizon
from promisekit.engine.relational.spreading import NO_VALUES, OnDays, Values
from promisekit.plan.nodes import CountingUnit, Distinct, Duration, Latest, Number, Sum
from promisekit.plan.windows import unit_of
from promisekit.windows import Day, DaySet, Span

At = tuple[int, int]


class Tallied(Struct, frozen=True):
    """What was tallied, by check and window; each measure looks at its own."""

    sums: Mapping[At, Sums]
    days: Mapping[At, list[OnDays]]
    values: Mapping[At, Values]
    amounts: Mapping[At, Added]
    readings: Mapping[At, Sequence[Reading]]
    lasted: Mapping[At, Lasted]


def cell_of(place: Place, tallied: Tallied, known: Known, now: Horizon, *, more: bool) -> Cell:
    """One window: intervals and doubts. `more`: whether there may be more rows than are known."""
    days = known[place.check.counted]
    found = _FINDING[place.check.by](place, tallied, days, now, more)
    # A share may be of more than is known, even where no more can be in its part.
    of_whole = found.whole is not None and place.phase is not Phase.CLOSED
    may_grow = more or of_whole if found.more is None else found.more
    doubts = found.doubts | phase_reasons(place.window, place.phase, days) if may_grow else found.doubts
    return Cell(place.window, place.phase, found.count, found.missed, found.whole, in_order(doubts))


def _rows(place: Place, tallied: Tallied, _: DaySet, __: Horizon, more: bool) -> Found:
    sums = tallied.sums[place.at]
    doubts = _doubts(sums)
    count = Bounds(sums.low, sums.high, sums.now)
    if not place.check.is_ratio:
        return Found(_open(count, more), doubts)
    # If nothing more happens, what has no partner yet never gets one.
    missed = Bounds(sums.missed_low, sums.missed_high, sums.whole_now - sums.now)
    return _share(place, (count, missed, Bounds(sums.whole_low, sums.whole_high, sums.whole_now)), doubts, more)


def _amounts(place: Place, tallied: Tallied, _: DaySet, __: Horizon, more: bool) -> Found:
    added = tallied.amounts.get(place.at, NONE_ADDED)
    doubts = _doubts(tallied.sums[place.at], vague=added.vague)
    if isinstance(place.check.check.measure, Sum):
        return Found(_open(added.met, more), doubts)
    missed = Bounds(added.rest.low, added.rest.high, exact(added.whole.now - added.met.now))
    return _share(place, (added.met, missed, added.whole), doubts, more)


def _share(place: Place, bounds: tuple[Bounds, Bounds, Bounds], doubts: set[Reason], more: bool) -> Found:
    count, missed, whole = bounds
    is_open = place.phase is not Phase.CLOSED
    if whole.low == 0:
        doubts.add(Reason.NOT_TRIGGERED)
    return Found(_open(count, more), doubts, _open(missed, is_open), _open(whole, is_open))


def _values(place: Place, tallied: Tallied, _: DaySet, __: Horizon, more: bool) -> Found:
    values = tallied.values.get(place.at, NO_VALUES)
    low, now = (
        max(number, int(some)) for number, some in ((values.sure, values.any_sure), (values.begun, values.any_begun))
    )
    doubts = _doubts(tallied.sums[place.at], vague=values.vague)
    return Found(_open(Bounds(low, values.all + values.untold, now), more), doubts)


def _days(place: Place, tallied: Tallied, known: DaySet, _: Horizon, more: bool) -> Found:
    rows = tallied.days.get(place.at, [])
    open_ = open_days(place.window, place.phase, known).within(place.window.span) if more else DaySet()
    unknown = {day for span in open_.spans for day in span.days()}
    measure = place.check.check.measure
    if isinstance(measure, Distinct) and measure.unit is not None:
        return _units(measure.unit, rows, unknown)
    span = place.window.span
    sure = {(row.first, row.last) for row in rows if row.sure}
    possible = unknown | {Day(day) for row in rows for day in range(row.first, row.last + 1)}
    begun = {Day(row.first) for row in rows if row.begun}
    doubts = {reason for row in rows if not (row.sure and row.one_day) for reason in _doubts_of(row)}
    return Found(gap(span, sure, possible, begun), doubts)


def _units(unit: CountingUnit, rows: Sequence[OnDays], unknown: set[Day]) -> Found:
    spreads: list[Spread] = []
    doubts: set[Reason] = set()
    for row in rows:
        one = spread(unit, Day(row.first), Day(row.last), sure=row.sure)
        if one is not None:
            # More rows than there are units cannot be in more units.
            spreads += [one] * min(row.number, one.last - one.first + 1)
            if not (one.sure and one.first == one.last):
                doubts |= _doubts_of(row)
    open_units = {number for day in unknown if (number := unit_of(unit, day)) is not None}
    begun = {number for row in rows if row.begun and (number := unit_of(unit, Day(row.first))) is not None}
    return Found(different(spreads, open_units, len(begun)), doubts)


def _doubts_of(row: OnDays) -> set[Reason]:
    if not row.undecided:
        return {Reason.IMPRECISE}
    found = {Reason.RUNNING: row.running, Reason.UNCOVERED: row.uncovered, Reason.IMPRECISE: row.imprecise}
    return {reason for reason, there in found.items() if there}


def _latest(place: Place, tallied: Tallied, known: DaySet, now: Horizon, _: bool) -> Found:
    measure = place.check.check.measure
    assert isinstance(measure, Latest), "only latest values are read"
    latest, baseline = newest(tallied.readings.get(place.at, ())), measure.baseline
    begins = place.check.day_begins
    # What nobody knows of and what lies before the newest reading is older than it.
    more = bool(days_since(open_days(place.window, place.phase, known), latest.since, now.zone, begins))
    doubts = set() if latest.certain else {Reason.IMPRECISE}
    base: Newest | Number | None = None
    before = False
    if isinstance(baseline, Span):
        base = newest(tallied.readings.get((place.check.number, BASELINE), ()))
        missing = days_since(known.missing(baseline), base.since, now.zone, begins)
        before = bool(missing)
        doubts |= open_reasons(missing, now.days[begins])
        doubts |= set() if base.certain else {Reason.IMPRECISE}
    else:
        base = baseline
    count, whole = compared(latest, base, measure.compared, open_=more, before=before)
    if whole.low == 0:
        doubts.add(Reason.NOT_TRIGGERED)
    return Found(count, doubts, whole=whole, more=more)


def _lasted(place: Place, tallied: Tallied, _: DaySet, __: Horizon, more: bool) -> Found:
    lasted = tallied.lasted.get(place.at, Lasted())
    measure = place.check.check.measure
    summed = isinstance(measure, Duration) and measure.total == "sum"
    return Found(_open(Bounds(lasted.low, lasted.high, lasted.low), more and summed), _doubts(lasted))


def _open(bounds: Bounds, is_open: bool) -> Bounds:
    return Bounds(bounds.low, None, bounds.now) if is_open else bounds


def _doubts(sums: Sums | Lasted, *, vague: bool = False) -> set[Reason]:
    found = {Reason.RUNNING: sums.running, Reason.UNCOVERED: sums.uncovered, Reason.IMPRECISE: sums.imprecise or vague}
    return {reason for reason, there in found.items() if there}


_FINDING = {
    By.ROWS: _rows,
    By.OVERLAP: _rows,
    By.DAYS: _days,
    By.VALUES: _values,
    By.AMOUNTS: _amounts,
    By.LATEST: _latest,
    By.DURATION: _lasted,
}
