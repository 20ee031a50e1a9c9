"""The engine: which rows each selector means is found once; what is known of them is asked anew for every as-of."""

from __future__ import annotations

from msgspec import Struct

from promisekit.engine.known import by_clock, dates_of, known_of
from promisekit.engine.observations import EVIDENCE_LIMIT, Observation, Observations, SourceTally
from promisekit.engine.reference.almosts import Almost, almost
from promisekit.engine.reference.check import measure, places_of
from promisekit.engine.reference.finder import Row
from promisekit.engine.reference.index import Index
from promisekit.engine.reference.places import Places
from promisekit.engine.reference.relations import Side
from promisekit.engine.reference.seen import Seen, see
from promisekit.events import Doubt, Event, State, dated
from promisekit.log.model import Log
from promisekit.plan.checks import checks_of
from promisekit.plan.nodes import Plan, Select
from promisekit.selectors.dates import Dates
from promisekit.selectors.match import matches, timed
from promisekit.windows import AsOf, DaySet, Zone, as_of_in_days, known_days


class Found(Struct, frozen=True):
    """What a selector means in a log: rows that match (True or None), and rows that almost do."""

    matching: list[tuple[Event, bool | None]]
    almost: list[tuple[Event, Almost]]


class ReferenceEngine:
    """The meaning of a plan. Reads the log's events as they are; `observe` is pure."""

    name = "reference"

    def __init__(self, plan: Plan, log: Log) -> None:
        self.plan = plan
        self.log = log
        self._found: dict[Select, Found] = {}
        self._checks = checks_of(plan)
        self._places: dict[str, Places] = {}
        self._index = Index(log.events)

    @property
    def zone(self) -> Zone:
        """The zone that the promise's days are counted in."""
        return self.plan.zone

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None, most: int = EVIDENCE_LIMIT) -> Observations:
        """What the log shows of every check at `as_of`; or, of the checks named in `only`, the cells alone."""
        sight = Sight(self, as_of, only is not None, most)
        checks: dict[str, Observation] = {}
        used: set[tuple[str, str, int]] = set()
        for name, check in self._checks.items():
            if only is None or name in only:
                if name not in self._places:
                    self._places[name] = places_of(check, self.zone)
                measured = measure(check, self._places[name], sight)
                checks[name] = measured.observation
                used |= measured.used
        tallies = {} if only is not None else self._tallies(as_of, used)
        return Observations(as_of, checks, tallies)

    def known(self, select: Select, as_of: AsOf) -> DaySet:
        """The days that every source of the activity covers, of those that are over; days as the activity counts
        them."""
        return known_days(known_of(self.log, select.sources, as_of, self.plan.period), select.day_begins)

    def close(self) -> None:
        """Nothing to give back: the rows belong to the log."""

    def found(self, select: Select, as_of: AsOf) -> Found:
        """The rows that a selector means: looked for once, unless the answer depends on the as-of."""
        if timed(select.selector):
            return self._match(select, dates_of(self.log, select.sources, as_of, self.plan.period))
        if select not in self._found:
            self._found[select] = self._match(select, None)
        return self._found[select]

    def _match(self, select: Select, dates: Dates | None) -> Found:
        found = Found([], [])
        for event in self._of_sources(select, self._index.candidates(select.selector)):
            truth = matches(select.selector, event, dates, select.day_begins)
            if truth is not False:
                found.matching.append((event, truth))
        for event in self._of_sources(select, self._index.near(select.selector)):
            miss = almost(select, event, dates)
            if miss is not None:
                found.almost.append((event, miss))
        return found

    def _of_sources(self, select: Select, positions: list[int]) -> list[Event]:
        events = (self.log.events[position] for position in positions)
        chosen = [event for event in events if not select.sources or event.source in select.sources]
        if select.dated is None:
            return chosen
        return [event for event in (dated(one, select.dated) for one in chosen) if event is not None]

    def _tallies(self, as_of: AsOf, used: set[tuple[str, str, int]]) -> dict[str, SourceTally]:
        heaps = {
            source.name: dict.fromkeys(("used", "unused", "cancelled", "later", "rejected"), 0)
            for source in self.log.sources
        }
        for event in self.log.events:
            heaps[event.source][_heap(event, as_of, used)] += 1
        tallies = {}
        for source in self.log.sources:
            heap = heaps[source.name]
            heap["rejected"] += source.undated
            heap["unused"] += source.superseded
            coverage = source.coverage.known(as_of, self.plan.period)
            tallies[source.name] = SourceTally(rows=sum(heap.values()), **heap, coverage=coverage)
        return tallies


class Sight(Struct, frozen=True):
    """What a check can see of an engine's log at one as-of."""

    engine: ReferenceEngine
    as_of: AsOf
    cells_only: bool
    most: int
    """How many rows of a sort are listed."""
    _found: dict[Select, Found] = {}

    @property
    def zone(self) -> Zone:
        """The zone that days are counted in."""
        return self.engine.zone

    def side(self, select: Select) -> Side:
        """The rows of a selector that are known, and the days on which there are no others."""
        rows = []
        as_of, day_begins = as_of_in_days(self.as_of, select.day_begins, self.zone), select.day_begins
        for event, truth in self._of(select).matching:
            seen = None if event.state is State.CANCELLED else see(event, as_of, day_begins)
            if seen is not None:
                rows.append(Row(seen, seen.certain and truth is True))
        clock = by_clock(self.engine.log, select.sources, self.as_of, self.engine.plan.period)
        return Side(rows, self.engine.known(select, self.as_of), as_of, day_begins, self.zone, clock)

    def almosts(self, select: Select) -> list[tuple[Seen, Almost]]:
        """The rows that fail one condition of a selector and are known."""
        as_of, day_begins = as_of_in_days(self.as_of, select.day_begins, self.zone), select.day_begins
        seen = ((see(event, as_of, day_begins), found) for event, found in self._of(select).almost)
        return [(event, found) for event, found in seen if event is not None]

    def _of(self, select: Select) -> Found:
        if select not in self._found:
            self._found[select] = self.engine.found(select, self.as_of)
        return self._found[select]

    def assumed(self, select: Select) -> set[str]:
        """The sources of the activity whose coverage nobody declared."""
        return {
            source.name
            for source in self.engine.log.sources
            if source.coverage.declared is None and (not select.sources or source.name in select.sources)
        }


def _heap(event: Event, as_of: AsOf, used: set[tuple[str, str, int]]) -> str:
    """The one heap that a row belongs to; the first that applies."""
    if Doubt.REJECTED in event.doubts:
        return "rejected"
    if event.start.earliest >= as_of.until:
        return "later"
    if event.state is State.CANCELLED:
        return "cancelled"
    return "used" if event.key in used else "unused"
