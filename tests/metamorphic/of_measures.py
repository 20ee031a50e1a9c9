"""Laws of what engines measure, tried on batches of tiny worlds of every kind.

Each compares what an engine says of a batch with what it says of a changed one; commitment by commitment, since the
worlds of a batch have nothing to do with one another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace as changed
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.base import Engine
from promisekit.engine.observations import Bounds, Cell
from promisekit.events import Event, State
from promisekit.log.model import Log
from promisekit.plan.checks import checks_in
from promisekit.plan.nodes import (
    All,
    AtLeast,
    Calendar,
    Check,
    Commitment,
    Count,
    Distinct,
    Duration,
    KOfN,
    Node,
    Part,
    Plan,
    Select,
    Sum,
    When,
    Whole,
)  # fmt: skip
from promisekit.selectors.model import Either, Every, Selector
from promisekit.verdict.model import Verdict
from promisekit.verdict.tree import Known, judge_node
from promisekit.windows import Day, Moment
from promisekit.words import say
from tests.metamorphic.laws import Laws
from tests.properties.brief import brief
from tests.properties.campaign import WORLDS, narrows
from tests.properties.generate import ZONE, Batch, Setting, as_of_in, batch, generate, setting
from tests.properties.shapes import KINDS
from tests.properties.tiny import FIRST, LAST, TICKS, TinyWorld, walk

FINAL = (Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_APPLICABLE)
"""What does not change as more gets known."""
CYCLE = 28 * 365 + 7
"""After so many days, weekdays, months, leap years and the nights when clocks change come again; Easter does not."""


class Said(Struct, frozen=True):
    """What is said of one commitment."""

    verdict: Verdict
    cells: dict[str, tuple[Cell, ...]]


Engines = Callable[[Plan, Log], Engine]


class Worlds(Struct):
    """Tiny worlds that an engine can be asked about, as they are or otherwise."""

    make: Engines
    kind: str
    seed: str
    shared: Setting
    worlds: list[TinyWorld]
    whole: Batch

    def otherwise(self, worlds: Sequence[TinyWorld]) -> dict[str, Said]:
        """What is said of other worlds."""
        return self.of(batch(worlds))

    def logged(self, change: Callable[[list[Event]], list[Event]]) -> dict[str, Said]:
        """What is said where the log has other rows."""
        log = self.whole.log
        return self.of(changed(self.whole, log=replace(log, events=tuple(change(list(log.events))))))

    def promised(self, change: Callable[[Node], Node]) -> dict[str, Said]:
        """What is said where other things are promised."""
        plan = self.whole.plan
        commitments = tuple(replace(one, node=change(one.node)) for one in plan.commitments)
        return self.of(changed(self.whole, plan=replace(plan, commitments=commitments)))

    def of(self, asked: Batch) -> dict[str, Said]:
        """What is said of a plan, a log and an as-of."""
        with closing(self.make(asked.plan, asked.log)) as engine:
            known = Known(asked.as_of, engine.observe(asked.as_of).checks, ())
            return {one.id: _said(one, known) for one in asked.plan.commitments}

    def said(self) -> dict[str, Said]:
        """What is said of them as they are."""
        return self.of(self.whole)

    def shown(self, name: str, before: object, after: object) -> str:
        """A fault in words."""
        world = self.worlds[int(name[1:].split("-")[0])]
        return f"{brief(before)}\n  then {brief(after)}\n  in {brief(world)}"


def _said(one: Commitment, known: Known) -> Said:
    cells = {name: known.checks[name].cells for name, _ in checks_in(one.id, one.node)}
    verdict = judge_node(one.id, one.node, known).verdict
    return Said(verdict, {name.removeprefix(one.id): found for name, found in cells.items()})


def asked(rnd: random.Random, make: Engines, kind: str | None = None) -> Worlds:
    """A random batch of a random kind."""
    kind, seed = kind or rnd.choice(list(KINDS)), str(rnd.getrandbits(64))
    shared = setting(rnd)
    worlds = drawn(kind, seed, shared)
    return Worlds(make, kind, seed, shared, worlds, batch(worlds))


def drawn(kind: str, seed: str, shared: Setting) -> list[TinyWorld]:
    """The worlds of a seed; in another setting the same ones at another time."""
    rnd = random.Random(seed)
    return [generate(rnd, kind, number, shared) for number in range(WORLDS)]


law: Laws[Worlds] = Laws()


def same(worlds: Worlds, after: dict[str, Said]) -> Iterator[str | None]:
    """Nothing may change."""
    for name, before in worlds.said().items():
        yield None if before == after[name] else worlds.shown(name, before, after[name])


def narrower(worlds: Worlds, before: dict[str, Said], after: dict[str, Said]) -> Iterator[str | None]:
    """More is known: nothing final may change, and no interval may widen."""
    for name, one in before.items():
        other = after[name]
        kept = one.verdict not in FINAL or other.verdict is one.verdict
        pairs = [two for check, cells in one.cells.items() for two in zip(cells, other.cells[check], strict=True)]
        holds = kept and all(narrows(first, second) for first, second in pairs)
        yield None if holds else worlds.shown(name, one, other)


def upright(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether neither end of any count lies lower than in `cells`."""
    return all(_no_lower(one.count, two.count) for one, two in zip(cells, others, strict=True))


def _no_lower(one: Bounds, other: Bounds) -> bool:
    return other.low >= one.low and (other.high is None or (one.high is not None and other.high >= one.high))


@law
def rows_in_any_order(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """In which order the rows of a log stand does not matter."""
    yield from same(worlds, worlds.logged(lambda rows: rnd.sample(rows, len(rows))))


@law
def commitments_in_any_order(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """In which order commitments stand does not matter."""
    plan = worlds.whole.plan
    other = replace(plan, commitments=tuple(rnd.sample(plan.commitments, len(plan.commitments))))
    yield from same(worlds, worlds.of(changed(worlds.whole, plan=other)))


@law
def each_half_by_itself(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Rows, sources and commitments that have nothing to do with a commitment do not matter to it."""
    mixed = rnd.sample(worlds.worlds, len(worlds.worlds))
    half = len(mixed) // 2
    yield from same(worlds, {**worlds.otherwise(mixed[:half]), **worlds.otherwise(mixed[half:])})


@law
def promised_twice(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """The same commitment promised twice gets the same verdict twice."""
    plan = worlds.whole.plan
    again = tuple(replace(one, id=f"{one.id}-again") for one in plan.commitments)
    after = worlds.of(changed(worlds.whole, plan=replace(plan, commitments=(*plan.commitments, *again))))
    for name, before in worlds.said().items():
        other = after[f"{name}-again"]
        yield None if before == other == after[name] else worlds.shown(name, before, other)


@law
def twenty_eight_years_later(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """What is promised and what happens twenty-eight years later, on the same days of the week and of the year, is
    judged alike: but for deadlines that look at Easter."""
    then = changed(worlds.shared, base=Day(worlds.shared.base + CYCLE))
    worlds_then = drawn(worlds.kind, worlds.seed, then)
    after = worlds.otherwise(worlds_then)
    for name, before in worlds.said().items():
        if not _asks_for_holidays(worlds.worlds[int(name[1:])].node):
            one, other = _regardless_of_when(before), _regardless_of_when(after[name])
            yield None if one == other else worlds.shown(name, one, other)


def _asks_for_holidays(node: Node) -> bool:
    named = (getattr(one, name, None) for one in walk(node) for name in ("unit", "clock"))
    return any(name in ("working_days", "weekdays") for name in named)


def _regardless_of_when(said: Said) -> tuple[object, ...]:
    cells = {
        name: [(one.phase, one.count, one.missed, one.whole, one.doubts, len(one.window.span)) for one in found]
        for name, found in said.cells.items()
    }
    return said.verdict, cells


@law
def a_later_as_of(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """As of a later day more is known: what is final stays so, and no interval widens."""
    day, tick = worlds.shared.as_of
    later = [(one, None) for one in range(day + (tick is None), LAST + 4)]
    later += [(day, at) for at in range(tick + 1, TICKS)] if tick is not None else []
    if later:
        at = as_of_in(changed(worlds.worlds[0], as_of=rnd.choice(later)))
        yield from narrower(worlds, worlds.said(), worlds.of(changed(worlds.whole, as_of=at)))


@law
def more_coverage(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Where more days are covered more is known: what is final stays so, and no interval widens."""
    more = frozenset(rnd.sample(range(FIRST - 1, LAST + 4), 3))
    wider = [changed(one, covered={side: days | more for side, days in one.covered.items()}) for one in worlds.worlds]
    yield from narrower(worlds, worlds.said(), worlds.otherwise(wider))


@law
def a_row_that_is_certain(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Where rows that may be turn out to be, more is known: what is final stays so, and no interval widens."""
    rows = _states(worlds, rnd, State.POSSIBLE, State.HELD)
    yield from narrower(worlds, worlds.said(), rows)


@law
def a_row_that_was_not(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Where rows that may be turn out not to be, more is known: what is final stays so, and no interval widens."""
    yield from narrower(worlds, worlds.said(), _states(worlds, rnd, State.POSSIBLE, State.CANCELLED))


def _states(worlds: Worlds, rnd: random.Random, before: State, after: State) -> dict[str, Said]:
    chosen = rnd.getrandbits(64)
    return worlds.logged(
        lambda rows: [
            replace(row, state=after) if row.state is before and chosen >> place % 64 & 1 else row
            for place, row in enumerate(rows)
        ]
    )


@law
def cancelled_is_removed(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """A row that was cancelled counts as if it were not there."""
    chosen = rnd.getrandbits(64)
    picked = [bool(chosen >> place % 64 & 1) for place in range(len(worlds.whole.log.events))]
    gone = worlds.logged(lambda rows: [row for row, out in zip(rows, picked, strict=True) if not out])
    cancelled = worlds.logged(
        lambda rows: [
            replace(row, state=State.CANCELLED) if out else row for row, out in zip(rows, picked, strict=True)
        ]
    )
    for name, one in gone.items():
        yield None if one == cancelled[name] else worlds.shown(name, one, cancelled[name])


@law
def an_imprecise_date(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Where a row's day is known less precisely, less is known: nothing is decided by that, and no interval narrows."""
    wider = worlds.logged(lambda rows: [_vaguer(row) if rnd.random() < 0.4 else row for row in rows])
    yield from narrower(worlds, wider, worlds.said())


def _vaguer(row: Event) -> Event:
    first, last = Day(row.start.first - 1), Day(row.start.last + 1)
    start = Moment(first, last, ZONE.begin(first), ZONE.begin(Day(last + 1)) - 1, None)
    return replace(row, start=start)


@law
def one_more_event(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """One more event never lowers what is counted: how many, how much, how long, on how many days."""
    more = [changed(one, rows=(*one.rows, *rnd.sample(one.rows, min(1, len(one.rows))))) for one in worlds.worlds]
    after = worlds.of(_numbered(batch(more)))
    for name, before in worlds.said().items():
        node = worlds.worlds[int(name[1:])].node
        if isinstance(node, Check) and isinstance(node.measure, Count | Distinct | Sum | Duration):
            holds = upright(before.cells[""], after[name].cells[""])
            yield None if holds else worlds.shown(name, before, after[name])


def _numbered(whole: Batch) -> Batch:
    """Every row with a number of its own."""
    events = tuple(replace(row, row=number + 2) for number, row in enumerate(whole.log.events))
    return changed(whole, log=replace(whole.log, events=events))


@law
def one_more_event_shortens_gaps(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """One more event never lengthens the longest time without one."""
    gaps = asked(rnd, worlds.make, "gap")
    more = [changed(one, rows=(*one.rows, *rnd.sample(one.rows, min(1, len(one.rows))))) for one in gaps.worlds]
    after = gaps.of(_numbered(batch(more)))
    for name, before in gaps.said().items():
        yield None if upright(after[name].cells[""], before.cells[""]) else gaps.shown(name, before, after[name])


@law
def part_of_one(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """All of one part is that part, and so is one of it at least."""
    before = worlds.said()
    for need in (All(), AtLeast(1)):
        after = worlds.promised(
            lambda node, need=need: KOfN(need, (Part("p", "tiny", None, None, say("it"), None, node),))
        )
        for name, one in before.items():
            yield None if one.verdict is after[name].verdict else worlds.shown(name, one, after[name])


@law
def a_selector_written_otherwise(rnd: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """A selector means the same however it is written: alone, twice, as the only one of several or of all."""

    def otherwise(selector: Selector) -> Selector:
        return rnd.choice(
            [Every((selector,)), Either((selector,)), Every((selector, selector)), Either((selector,) * 2)]
        )

    yield from same(worlds, worlds.promised(lambda node: selecting(node, otherwise)))


def selecting(node: Node, change: Callable[[Selector], Selector]) -> Node:
    """A node with other selectors: the same one for the same activity, wherever it stands."""
    known: dict[str, Select] = {}

    def of(one: object) -> object:
        if isinstance(one, Select):
            return known.setdefault(brief(one), replace(one, selector=change(one.selector)))
        if isinstance(one, tuple):
            return tuple(map(of, one))
        if isinstance(one, Struct):
            return replace(one, **{name: of(getattr(one, name)) for name in one.__struct_fields__})
        return one

    found = of(node)
    assert isinstance(found, Check | KOfN | When), "a changed node is one still"
    return found


@law
def between_is_both(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """Between two numbers is at least the one and at most the other: kept where both are, broken where one is."""
    both, least, most = (
        worlds.promised(lambda node, ends=ends: _ends(node, *ends)) for ends in ((1, 1), (1, 0), (0, 1))
    )
    for name, one in both.items():
        if isinstance(worlds.worlds[int(name[1:])].node, Check):
            ends = {least[name].verdict, most[name].verdict}
            holds = (one.verdict is Verdict.KEPT) == (ends == {Verdict.KEPT})
            holds = holds and (Verdict.BROKEN not in ends or one.verdict is Verdict.BROKEN)
            yield None if holds else worlds.shown(name, one, (least[name], most[name]))


def _ends(node: Node, low: int, high: int) -> Node:
    """A check of every window, with the low or the high end of its target, or with both; made up where it has one."""
    if not isinstance(node, Check):
        return node
    target = node.target
    first = target.low if target.low is not None else target.high
    last = target.high if target.high is not None else first
    bounds = replace(target, low=first if low else None, high=last if high else None)
    return replace(node, target=bounds, need=All())


@law
def less_is_easier(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """What is kept is kept with a less demanding number too; what is broken with that one is broken."""
    before = worlds.said()
    easier = worlds.promised(_easier)
    for name, one in before.items():
        node = worlds.worlds[int(name[1:])].node
        if isinstance(node, Check):
            hard, easy = one.verdict, easier[name].verdict
            # Whether a window applies at all is not looked at where too few of them may be left.
            worst = (Verdict.BROKEN,) if isinstance(node.need, All) else (Verdict.BROKEN, Verdict.OPEN)
            holds = (hard is not Verdict.KEPT or easy is Verdict.KEPT) and (easy is not Verdict.BROKEN or hard in worst)
            yield None if holds else worlds.shown(name, one, easier[name])


def _easier(node: Node) -> Node:
    if not isinstance(node, Check):
        return node
    step = Fraction(1, 4) if isinstance(node.target.low or node.target.high, Fraction) else 1
    low = None if node.target.low is None else node.target.low - step
    high = None if node.target.high is None else node.target.high + step
    return replace(node, target=replace(node.target, low=low, high=high))


@law
def the_whole_is_the_sum(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """What is counted in the whole period is what is counted on its days: exactly where all days of rows are known,
    else no less than the least of them together, and no more than the most."""
    if worlds.kind not in ("count", "sum", "pairs"):
        worlds = asked(random.Random(worlds.seed), worlds.make, "count")
    days, whole = (worlds.promised(lambda node, how=how: _tiled(node, how)) for how in (Calendar("day"), Whole()))
    for name, one in days.items():
        (cell,) = whole[name].cells[""]
        counts = [each.count for each in one.cells[""]]
        precise = all(row.first == row.last and row.tick is not None for row in worlds.worlds[int(name[1:])].rows)
        low, highs = sum(count.low for count in counts), [count.high for count in counts]
        most = None if None in highs else sum(high for high in highs if high is not None)
        holds = cell.count.low >= low and (most is None or (cell.count.high is not None and cell.count.high <= most))
        exact = not precise or (cell.count.low, cell.count.high) == (low, most)
        yield None if holds and exact else worlds.shown(name, one, whole[name])


def _tiled(node: Node, how: Calendar | Whole) -> Node:
    assert isinstance(node, Check), "only checks are tiled"
    return replace(node, partition=how, need=All())


@law
def no_more_days_than_events(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """There are no more different days (or weeks, or places) than events, for certain or at most."""
    worlds = asked(
        random.Random(worlds.seed), worlds.make, random.Random(worlds.seed).choice(["distinct_unit", "distinct_column"])
    )
    counted = worlds.promised(lambda node: _measuring(node, Count))
    for name, one in worlds.said().items():
        holds = upright(one.cells[""], counted[name].cells[""])
        yield None if holds else worlds.shown(name, one, counted[name])


@law
def no_more_time_together_than_in_sum(_: random.Random, worlds: Worlds) -> Iterator[str | None]:
    """The time at which anything goes on is no longer than the times of all added up."""
    worlds = asked(random.Random(worlds.seed), worlds.make, "duration")
    union, total = (
        worlds.promised(
            lambda node, how=how: _measuring(node, lambda relation: Duration(relation, how, None, "unknown"))
        )
        for how in ("union", "sum")
    )
    for name, one in union.items():
        holds = upright(one.cells[""], total[name].cells[""])
        yield None if holds else worlds.shown(name, one, total[name])


def _measuring(node: Node, measure: Callable[[object], object]) -> Node:
    assert isinstance(node, Check), "only checks measure"
    return replace(node, measure=measure(node.measure.relation))  # type: ignore[union-attr]
