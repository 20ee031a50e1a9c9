"""What changes are looked for in: a commitment's checks, what was measured of them, and the rows that matter to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import Counted, EventRef, Observation
from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.reference.engine import Found
from promisekit.events import Event, RowKey, Value
from promisekit.log.mapping import ColumnType
from promisekit.plan.checks import checks_of
from promisekit.plan.nodes import Check, Commitment, Select
from promisekit.proof.changes.bench import Bench
from promisekit.proof.changes.model import Change, Happened, corrects
from promisekit.proof.changes.world import World
from promisekit.proof.judging import court_for
from promisekit.proof.making import Maker, writable
from promisekit.selectors.match import timed
from promisekit.spec import Loaded
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, DaySet, Moment, Span

SORTS = {"text": str, "list": tuple, "number": Fraction, "flag": bool, "date": Moment}
VALUES = 4
"""So many values are tried in a cell."""
WORK, FEWEST = 1_000_000, 10
"""So many rows are judged in one go, but so many worlds in any case."""
ROWS = 120
"""Of an activity, so many of the rows that it means, and so many that it nearly means, are changed one by one."""


class Ground(Struct, frozen=True):
    """Everything that changes of one commitment are made from."""

    bench: Bench
    """Judges over the rows that matter alone."""
    maker: Maker
    verdict: Verdict
    found: Mapping[Select, Found]
    seen: Mapping[str, Observation]
    """What was measured of each check, near misses included."""
    matters: Span
    """The days that matter, baselines and late answers included."""
    ahead: Span
    """The days after the as-of up to the last that matters; may be empty."""
    types: Mapping[str, ColumnType]
    """The types of the mapped columns, by name."""
    all_rows: bool
    """Whether there are no more rows than are changed one by one."""

    @property
    def checks(self) -> Mapping[str, Check]:
        """The checks by their names."""
        return checks_of(self.bench.plan)

    @property
    def world(self) -> World:
        """The world that is changed."""
        return self.bench.world

    @property
    def tries(self) -> int:
        """How many worlds may be judged in one go: in a large log each takes long."""
        return max(FEWEST, WORK // max(1, len(self.world.log.events)))

    def rows_of(self, select: Select) -> Iterator[tuple[Event, bool | None]]:
        """The rows that an activity means, or may, as they stand in the log; those in doubt first."""
        own = self._own
        matching = [(own[event.key], truth) for event, truth in self.found[select].matching]
        matching.sort(key=lambda one: one[0].certain and one[1] is True)
        yield from matching[:ROWS]

    def row(self, ref: EventRef | None) -> Event | None:
        """The row that is pointed at."""
        return None if ref is None else self._own.get((ref.source, ref.file, ref.row))

    @property
    def _own(self) -> Mapping[RowKey, Event]:
        return {event.key: event for event in self.world.log.events}

    def known(self, select: Select) -> DaySet:
        """The civil days that all sources of an activity cover, of those that are over."""
        days: DaySet | None = None
        for source in self.world.log.sources:
            if not select.sources or source.name in select.sources:
                known = source.coverage.known(self.world.as_of, self.world.period)
                days = known if days is None else days.cut(known)
        missing = set(select.sources) - {source.name for source in self.world.log.sources}
        return DaySet() if days is None or missing else days

    def writable(self, column: str, found: Iterable[Value]) -> list[Value]:
        """Of some values, those that can stand in a column; a few of them."""
        sort = SORTS[self.types.get(column, "text")]
        return [value for value in found if isinstance(value, sort) and writable(value)][:VALUES]

    def corrects(self, change: Change) -> bool:
        """Whether a change is told as a correction: what is final, no other can turn."""
        return self.verdict is not Verdict.OPEN or self.contradicts(change)

    def contradicts(self, change: Change) -> bool:
        """Whether a change contradicts what the exports say, by what they cover at the as-of."""
        covered = isinstance(change, Happened) and any(
            change.row.day in source.coverage.known(self.world.as_of, self.world.period)
            for source in self.world.log.sources
            if source.name == change.row.source
        )
        return corrects(change, covered=covered)


def ground_for(loaded: Loaded, commitment: Commitment, world: World) -> tuple[Ground, Bench]:
    """What changes of a commitment are looked for in; and a bench over the whole log, for what was found."""
    plan = replace(loaded.plan, commitments=(commitment,))
    whole = Bench(plan, world)
    engine = ReferenceEngine(plan, world.log)
    found = {select: engine.found(select, world.as_of) for select in whole.selects}
    seen = engine.observe(world.as_of).checks
    few = replace(whole, world=replace(world, log=replace(world.log, events=_that_matter(world, found))))
    sources = tuple(source.name for source in world.log.sources)
    court = court_for(plan, sources)
    (covered,) = court.covered.spans
    ahead = Span(Day(max(covered.start, world.as_of.closed_before)), covered.end)
    most = max((len(one.matching) for one in found.values()), default=0)
    mappings = [mapping for mapping in map(loaded.sources.of, sources) if mapping is not None]
    types = {column.name: column.type for mapping in mappings for column in mapping.columns}
    ends = len(mappings) == len(sources) and all(mapping.column("end") is not None for mapping in mappings)
    maker = Maker(world.zone, sources, ends=ends)
    return Ground(few, maker, whole.verdict(), found, seen, covered, ahead, types, most <= ROWS), whole


def _that_matter(world: World, found: Mapping[Select, Found]) -> Sequence[Event]:
    """The rows that an activity means, may mean or nearly means; all of them where that depends on the as-of."""
    if any(timed(select.selector) for select in found):
        return world.log.events
    keys = {event.key for one in found.values() for event, _ in (*one.matching, *one.almost)}
    return tuple(event for event in world.log.events if event.key in keys)


def missed(seen: Observation) -> Iterator[Counted]:
    """The rows of a share that have no partner, for certain or so far."""
    yield from (one for one in seen.counted if one.due is not None or one.outcome.value in ("missed", "pending"))
