"""The engine: loads a log and finds its matches once; what is known of them is asked anew for every as-of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from promisekit.engine.observations import Cell, Counted, Floating, NearMiss, Observation, Observations, SourceTally
from promisekit.engine.relational import counting, nearness, sight
from promisekit.engine.relational.asking import ask
from promisekit.engine.relational.cells import Known, cell_of, places_of, unbounded_places
from promisekit.engine.relational.layout import Asked, lay_out
from promisekit.engine.relational.load import load
from promisekit.engine.relational.matching import match
from promisekit.engine.relational.pairing import make_late, make_paired
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.tally import HEAPS, read_tallies
from promisekit.engine.relational.telling import Miss, counted, near_miss
from promisekit.events import all_of
from promisekit.log.model import Log
from promisekit.plan.nodes import Plan
from promisekit.windows import AsOf, DaySet, Zone


class RelationalEngine:
    """Measures in SQL. All checks are asked together, in the same few statements however many they are."""

    name = "duckdb"

    def __init__(self, plan: Plan, log: Log, memory_limit: str | None = None) -> None:
        self.plan = plan
        self.log = log
        self._layout = layout = lay_out(plan)
        self._session = session = Session(memory_limit)
        asking = ask(layout.selects.things)
        columns = dict.fromkeys([*asking.columns, *((key,) for key in layout.keys.things)])
        self._loaded = load(log, columns, layout.own_dates.things, session)
        match(asking, self._loaded, layout.keys.things, session)
        sight.load_ways(layout, session)
        counting.load_windows(layout, session)
        self._deadlines = sight.Deadlines(layout, self.zone, session)

    @property
    def zone(self) -> Zone:
        """The zone that the promise's days are counted in."""
        return self.plan.zone

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None) -> Observations:
        """What the log shows of every check at `as_of`; or, of the commitments named in `only`, the cells alone."""
        checks = [check for check in self._layout.checks if only is None or check.commitment in only]
        known = self._known(as_of)
        now = sight.horizon(as_of, self.zone)
        self._look(checks, known, now)
        cells = self._cells(checks, known, as_of)
        floats = _floating(self._session)
        if only is not None:
            return Observations(as_of, {check.commitment: _bare(check, cells, floats) for check in checks}, {})
        make_late(now, self._session)
        counting.make_told(self._session)
        keys = len(self._layout.keys.things)
        sight.make_rest_seen(now, keys, self._session)
        nearness.make_near(now, keys, self._session)
        return Observations(as_of, self._observed(checks, cells, floats), self._tallies(as_of, now))

    def close(self) -> None:
        """Gives the database's memory back."""
        self._session.close()

    def _known(self, as_of: AsOf) -> Known:
        """The days that every source of an activity covers, of those that are over."""
        period = self.plan.period
        each = {source.name: source.coverage.known(as_of, period) for source in self.log.sources}
        of_sources: dict[tuple[str, ...], DaySet] = {}
        known = {}
        for number, select in enumerate(self._layout.selects.things):
            names = select.sources or tuple(each)
            if names not in of_sources:
                of_sources[names] = all_of(each.get(name, DaySet()) for name in names)
            known[number] = of_sources[names]
        return known

    def _look(self, checks: Sequence[Asked], known: Known, now: sight.Horizon) -> None:
        """The tables of what is known at the as-of, up to the rows of every check."""
        layout, session = self._layout, self._session
        keys = len(layout.keys.things)
        self._deadlines.ask(now.day)
        sight.load_asked(checks, layout, session)
        sight.load_gaps({pairing.right: known[pairing.right] for pairing in layout.pairings.things}, self.zone, session)
        sight.make_seen(now, keys, session)
        sight.make_sides(keys, session)
        make_paired(now, session)
        counting.make_placed(session)

    def _cells(self, checks: Sequence[Asked], known: Known, as_of: AsOf) -> dict[int, tuple[Cell, ...]]:
        sums = counting.read_cells(self._session)
        places = places_of(checks, self._layout, known, as_of)
        unbounded = unbounded_places(places, self._layout, known, self._session)
        cells: dict[int, list[Cell]] = {check.number: [] for check in checks}
        for place in places:
            at = place.check.number, place.number
            days = known[self._layout.counted_in(place.check)]
            cells[place.check.number].append(cell_of(place, sums[at], days, as_of, unbounded=at in unbounded))
        return {number: tuple(found) for number, found in cells.items()}

    def _observed(
        self, checks: Sequence[Asked], cells: dict[int, tuple[Cell, ...]], floats: dict[int, tuple[Floating, ...]]
    ) -> dict[str, Observation]:
        by_number = {check.number: check for check in checks}
        told: dict[int, list[Counted]] = defaultdict(list)
        for row in counting.read_told(self._session):
            told[row[0]].append(counted(by_number[row[0]], row, self._loaded))
        near: dict[int, list[NearMiss]] = defaultdict(list)
        for row in nearness.read_near(self._session):
            near[row[0]].append(near_miss(by_number[row[0]], Miss(*row), self._loaded))
        totals = counting.read_totals(self._session)
        near_totals = nearness.read_near_totals(self._session)
        observed = {}
        for number, check in by_number.items():
            certain, possible, late = totals.get(number, (0, 0, 0))
            observed[check.commitment] = Observation(
                cells=cells[number],
                counted=tuple(told[number]),
                counted_total=certain,
                possible_total=possible,
                late_total=late,
                near_misses=tuple(near[number]),
                near_miss_total=near_totals.get(number, 0),
                floating=floats[number],
                assumed=self._assumed(check),
            )
        return observed

    def _assumed(self, check: Asked) -> tuple[str, ...]:
        """The sources whose coverage nobody declared, of those that a check rests on."""
        asked = [select.sources for select in (check.left, check.right) if select is not None]
        undeclared = {source.name for source in self.log.sources if source.coverage.declared is None}
        return tuple(sorted(name for name in undeclared if any(not names or name in names for names in asked)))

    def _tallies(self, as_of: AsOf, now: sight.Horizon) -> dict[str, SourceTally]:
        heaps = read_tallies(now, self._session)
        tallies = {}
        for number, source in enumerate(self.log.sources):
            heap = {name: heaps.get((number, name), 0) for name in HEAPS}
            heap["rejected"] += source.undated
            heap["unused"] += source.superseded
            coverage = source.coverage.known(as_of, self.plan.period)
            tallies[source.name] = SourceTally(rows=sum(heap.values()), **heap, coverage=coverage)
        return tallies


def _bare(
    check: Asked, cells: Mapping[int, tuple[Cell, ...]], floats: Mapping[int, tuple[Floating, ...]]
) -> Observation:
    """An observation of cells alone."""
    return Observation(cells[check.number], (), 0, 0, 0, (), 0, floats[check.number], ())


def _floating(session: Session) -> dict[int, tuple[Floating, ...]]:
    found: dict[int, tuple[Floating, ...]] = defaultdict(tuple)
    for check, first, last, certain, number in counting.read_floating(session):
        found[check] += (Floating(first, last, bool(certain), number),)
    return found
