"""The engine: which rows each selector means is found once; what is known of them is asked anew for every as-of."""

from __future__ import annotations

from dataclasses import dataclass, field

from promisekit.engine.observations import Observation, Observations, SourceTally
from promisekit.engine.reference.check import measure
from promisekit.engine.reference.finder import Row
from promisekit.engine.reference.index import Index
from promisekit.engine.reference.near import Almost, almost
from promisekit.engine.reference.relations import Side
from promisekit.engine.reference.seen import Seen, see
from promisekit.events import Doubt, Event, State, all_of
from promisekit.log.model import Log
from promisekit.plan.nodes import Check, Plan, Select
from promisekit.selectors.match import matches
from promisekit.windows import AsOf, DaySet, Zone


@dataclass(frozen=True)
class Found:
    """What a selector means in a log: rows that match (True or None), and rows that almost do."""

    matching: list[tuple[Event, bool | None]]
    almost: list[tuple[Event, Almost]]


@dataclass(slots=True)
class ReferenceEngine:
    """The meaning of a plan. Reads the log's events as they are; `observe` is pure."""

    plan: Plan
    log: Log
    name: str = "reference"
    _found: dict[Select, Found] = field(default_factory=dict)
    _index: Index = field(init=False)

    def __post_init__(self) -> None:
        self._index = Index(self.log.events)

    @property
    def zone(self) -> Zone:
        """The zone that the promise's days are counted in."""
        return self.plan.zone

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None) -> Observations:
        """What the log shows of every check at `as_of`; or, of the commitments named in `only`, the cells alone."""
        sight = Sight(self, as_of, only is not None)
        checks: dict[str, Observation] = {}
        used: set[tuple[str, str, int]] = set()
        for commitment in self.plan.commitments:
            if isinstance(commitment.node, Check) and (only is None or commitment.id in only):
                measured = measure(commitment.node, sight)
                checks[commitment.id] = measured.observation
                used |= measured.used
        tallies = {} if only is not None else self._tallies(as_of, used)
        return Observations(as_of, checks, tallies)

    def known(self, select: Select, as_of: AsOf) -> DaySet:
        """The days that every source of the activity covers, of those that are over."""
        sources = {source.name: source for source in self.log.sources}
        names = select.sources or tuple(sources)
        period = self.plan.period
        return all_of(sources[name].coverage.known(as_of, period) if name in sources else DaySet() for name in names)

    def close(self) -> None:
        """Nothing to give back: the rows belong to the log."""

    def found(self, select: Select) -> Found:
        """The rows that a selector means, looked for once."""
        if select not in self._found:
            self._found[select] = self._match(select)
        return self._found[select]

    def _match(self, select: Select) -> Found:
        found = Found([], [])
        for event in self._of_sources(select, self._index.candidates(select.selector)):
            truth = matches(select.selector, event)
            if truth is not False:
                found.matching.append((event, truth))
        for event in self._of_sources(select, self._index.near(select.selector)):
            miss = almost(select.selector, event)
            if miss is not None:
                found.almost.append((event, miss))
        return found

    def _of_sources(self, select: Select, positions: list[int]) -> list[Event]:
        events = (self.log.events[position] for position in positions)
        return [event for event in events if not select.sources or event.source in select.sources]

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


@dataclass(frozen=True)
class Sight:
    """What a check can see of an engine's log at one as-of."""

    engine: ReferenceEngine
    as_of: AsOf
    cells_only: bool

    @property
    def zone(self) -> Zone:
        """The zone that days are counted in."""
        return self.engine.zone

    def side(self, select: Select) -> Side:
        """The rows of a selector that are known, and the days on which there are no others."""
        rows = []
        for event, truth in self.engine.found(select).matching:
            seen = None if event.state is State.CANCELLED else see(event, self.as_of)
            if seen is not None:
                rows.append(Row(seen, seen.certain and truth is True))
        return Side(rows, self.engine.known(select, self.as_of))

    def almosts(self, select: Select) -> list[tuple[Seen, Almost]]:
        """The rows that fail one condition of a selector and are known."""
        seen = ((see(event, self.as_of), found) for event, found in self.engine.found(select).almost)
        return [(event, found) for event, found in seen if event is not None]

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
