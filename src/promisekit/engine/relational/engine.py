"""The engine: loads a log and finds its matches once; what is known of them is asked anew for every as-of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from promisekit.engine.known import ByClock, by_clock, dates_of, known_of
from promisekit.engine.observations import (
    EVIDENCE_LIMIT,
    Cell,
    Counted,
    Floating,
    NearMiss,
    Observation,
    Observations,
    SourceTally,
)
from promisekit.engine.relational import counting, nearness, sight
from promisekit.engine.relational.adding import Adding
from promisekit.engine.relational.amounts import Amounts
from promisekit.engine.relational.asked import NOWHERE, Asked, By, Pairing
from promisekit.engine.relational.cells import Known, open_times, places_of, unbounded_places
from promisekit.engine.relational.dues import Deadlines
from promisekit.engine.relational.excusing import make_excused
from promisekit.engine.relational.lasting import Lasting
from promisekit.engine.relational.layout import lay_out
from promisekit.engine.relational.load import code_of, load
from promisekit.engine.relational.load_stored import load_stored
from promisekit.engine.relational.matching import MATCHED, Matcher, matchers
from promisekit.engine.relational.measuring import Tallied, cell_of
from promisekit.engine.relational.pairing import make_late, make_paired, make_together
from promisekit.engine.relational.reading.stored import StoredEvents
from promisekit.engine.relational.readings import Readings
from promisekit.engine.relational.session import Session
from promisekit.engine.relational.spreading import read_days, read_values
from promisekit.engine.relational.tally import HEAPS, read_tallies
from promisekit.engine.relational.telling import Miss, Teller
from promisekit.engine.relational.tiling import load_windows
from promisekit.log.model import Log
from promisekit.plan.nodes import Plan, Select
from promisekit.selectors.dates import Dates
from promisekit.windows import AsOf, DaySet, Zone, known_days


class RelationalEngine:
    """Measures in SQL. All checks are asked together, in the same few statements however many they are."""

    name = "duckdb"

    def __init__(self, plan: Plan, log: Log, memory_limit: str | None = None) -> None:
        self.plan = plan
        self.log = log
        self._layout = layout = lay_out(plan)
        stored = log.events if isinstance(log.events, StoredEvents) else None
        self._session = session = Session(memory_limit) if stored is None else stored.session
        self._looked = False
        self._excuses = any(pairing.excuses for pairing in layout.pairings.things)
        self._matchers = matchers(layout.selects.things)
        columns = [names for matcher in self._matchers for names in matcher.asking.columns]
        columns += [*((key,) for key in layout.keys.things), *(names for _, names in layout.coded.things)]
        dates = dict.fromkeys(one.dated for one in layout.selects.things if one.dated is not None)
        own = layout.own_dates.things
        self._loaded = (
            load(log, dict.fromkeys(columns), own, dates, session)
            if stored is None
            else load_stored(log, stored, columns, own, dates, self.zone)
        )
        for matcher in self._matchers:  # once, so that all tables are there; for an as-of, some of them anew
            self._match(matcher, None)
        for table in MATCHED:
            session.join(table, [f"{table}{matcher.tables}" for matcher in self._matchers])
        sight.load_ways(layout, session)
        load_windows(layout, session)
        self._deadlines = Deadlines(layout, self.zone, session)
        self._ask_deadlines(matcher for matcher in self._matchers if matcher.sources is None)
        self._lasting = Lasting(layout, self._loaded, self.zone, session)
        self._amounts = Amounts(layout, self._loaded, session)
        self._readings = Readings(layout, self._loaded, session)
        self._code = code_of(layout, self._loaded)

    @property
    def zone(self) -> Zone:
        """The zone that the promise's days are counted in."""
        return self.plan.zone

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None, most: int = EVIDENCE_LIMIT) -> Observations:
        """What the log shows of every check at `as_of`; or, of those named in `only`, the cells alone."""
        checks = [check for check in self._layout.checks if only is None or check.name in only]
        now = sight.horizon(as_of, self._layout.shifts, self.zone)
        known = self._known(as_of)
        self._look(checks, known, now)
        tallied, cells = self._cells(checks, known, now)
        floats = _floating(self._session)
        if only is not None:
            return Observations(as_of, {check.name: _bare(check, cells, floats) for check in checks}, {})
        make_late(now, self._session)
        counting.make_told(self._session)
        keys = len(self._layout.keys.things)
        sight.make_rest_seen(now, keys, self._session)
        nearness.make_near(now, keys, self._session)
        adding = Adding(self._loaded, now, self.zone, tallied.days)
        teller = Teller(self._loaded, as_of, self.zone, adding)
        return Observations(as_of, self._observed(checks, cells, floats, teller, most), self._tallies(as_of, now))

    def close(self) -> None:
        """Gives the database's memory back."""
        self._session.close()

    def _match(self, matcher: Matcher, dates: Dates | None) -> None:
        matcher.match(self._loaded, self._layout.keys.things, self._session, dates)

    def _ask_deadlines(self, anew: Iterable[Matcher]) -> None:
        for matcher in anew:
            self._deadlines.ask_matched(matcher.tables)

    def _known(self, as_of: AsOf) -> Known:
        """The days that every source of an activity covers, of those that are over."""
        period = self.plan.period
        of_sources: dict[tuple[str, ...], DaySet] = {}
        known = {}
        for number, select in enumerate(self._layout.selects.things):
            if select.sources not in of_sources:
                of_sources[select.sources] = known_of(self.log, select.sources, as_of, period)
            known[number] = known_days(of_sources[select.sources], select.day_begins)
        return known

    def _clock(self, select: Select, as_of: AsOf) -> ByClock:
        return by_clock(self.log, select.sources, as_of, self.plan.period)

    def _look(self, checks: Sequence[Asked], known: Known, now: sight.Horizon) -> None:
        """The tables of what is known at the as-of, up to the rows of every check."""
        layout, session = self._layout, self._session
        keys = len(layout.keys.things)
        anew = [matcher for matcher in self._matchers if matcher.sources is not None]
        for matcher in anew:
            self._match(matcher, dates_of(self.log, matcher.sources or (), now.as_of, self.plan.period))
        self._ask_deadlines(anew)
        sight.load_asked(checks, layout, session)
        sides = {side: known[side] for pairing in layout.pairings.things for side in _with_gaps(pairing)}
        clocks = {side: self._clock(layout.selects.things[side], now.as_of) for side in sides}
        sight.load_gaps(sides, clocks, now, layout, self.zone, session)
        sight.make_seen(now, keys, session)
        if layout.pairings.things or not self._looked:  # without pairings, these tables stay as empty as they were made
            sight.make_sides(keys, session)
            make_paired(now, session)
            if self._excuses or not self._looked:
                sight.load_excuses(checks, layout, session)
                make_excused(now, self._deadlines, session)
            make_together(session)
            self._looked = True
        self._lasting.make()
        counting.make_placed(session)

    def _cells(
        self, checks: Sequence[Asked], known: Known, now: sight.Horizon
    ) -> tuple[Tallied, dict[int, tuple[Cell, ...]]]:
        session = self._session
        sums = counting.read_cells(session)
        places = places_of(checks, known, now, self.zone)
        more = unbounded_places(places, self._layout, known, now, session)
        tallied_by = {check.by for check in checks}
        tallied = Tallied(
            sums=sums,
            days=read_days(session) if By.DAYS in tallied_by else {},
            values=read_values(self._code, session) if By.VALUES in tallied_by else {},
            amounts=self._amounts.read() if By.AMOUNTS in tallied_by else {},
            readings=self._readings.read() if By.LATEST in tallied_by else {},
            lasted=self._lasting.read(open_times(places, more, known, self.zone), self._amounts)
            if By.DURATION in tallied_by
            else {},
        )
        cells: dict[int, list[Cell]] = {check.number: [] for check in checks}
        for place in places:
            cells[place.check.number].append(cell_of(place, tallied, known, now, more=place.at in more))
        return tallied, {number: tuple(found) for number, found in cells.items()}

    def _observed(
        self,
        checks: Sequence[Asked],
        cells: dict[int, tuple[Cell, ...]],
        floats: dict[int, tuple[Floating, ...]],
        teller: Teller,
        most: int,
    ) -> dict[str, Observation]:
        by_number = {check.number: check for check in checks}
        rows = counting.read_told(self._session, most)
        misses = [Miss(*row) for row in nearness.read_near(self._session)]
        baselines = self._readings.read_baselines()
        self._loaded.events.fetch(_numbers(rows, misses) | {number for _, number, _ in baselines})
        told: dict[int, list[Counted]] = defaultdict(list)
        for row in rows:
            told[row[0]].append(teller.counted(by_number[row[0]], row))
        before: dict[int, list[Counted]] = defaultdict(list)
        for chk, number, sure in baselines:
            before[chk].append(teller.compared_with(by_number[chk], number, sure=bool(sure)))
        adders = ((by_number[miss.chk], miss.w, miss.n if miss.beside == NOWHERE else miss.beside) for miss in misses)
        teller.adding.look_up(adders, self._session)
        near: dict[int, list[NearMiss]] = defaultdict(list)
        for miss in misses:
            near[miss.chk].append(teller.near_miss(by_number[miss.chk], miss))
        totals = counting.read_totals(self._session)
        near_totals = nearness.read_near_totals(self._session)
        observed = {}
        for number, check in by_number.items():
            certain, possible, late = totals.get(number, (0, 0, 0))
            observed[check.name] = Observation(
                cells=cells[number],
                counted=tuple(told[number]),
                counted_total=certain,
                possible_total=possible,
                late_total=late,
                near_misses=tuple(near[number]),
                near_miss_total=near_totals.get(number, 0),
                floating=floats[number],
                assumed=self._assumed(check),
                baseline=tuple(sorted(before[number], key=lambda row: (row.event.start, row.event))[:most]),
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


def _with_gaps(pairing: Pairing) -> Iterator[int]:
    """The sides of which it matters on which days there may be something that nobody knows of."""
    yield pairing.right
    if pairing.excuses:
        yield pairing.left


def _numbers(rows: Iterable[tuple[int, ...]], misses: Iterable[Miss]) -> set[int]:
    """The events that are told."""
    told = {number for _, counted, _, _, partner, _ in rows for number in (counted, partner)}
    return (told | {number for miss in misses for number in (miss.n, miss.beside)}) - {NOWHERE}


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
