"""The search for the smallest changes that turn a verdict. Whatever it finds was judged; what it never tried it never
claims.

Single changes are all tried, in a fixed order. Where none is enough, sets of changes that ought to be are put together,
judged, and made smaller until no part of them is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from promisekit.pipeline import EngineName, Inputs
from promisekit.plan.checks import TRIGGER, relation_of
from promisekit.plan.nodes import Commitment, Part, Plan, Semi
from promisekit.proof.changes.additions import events_more, partners, rows_more
from promisekit.proof.changes.bench import Bench
from promisekit.proof.changes.beyond import delivering, passing, statements, withdrawing
from promisekit.proof.changes.ground import Ground, ground_for
from promisekit.proof.changes.model import (
    Change,
    Changes,
    Filled,
    Happened,
    Held,
    NotHeld,
    Passed,
    Turn,
    Turned,
    distinct,
)
from promisekit.proof.changes.on_rows import of_rows
from promisekit.proof.changes.world import World, as_known
from promisekit.proof.judging import parts_in
from promisekit.proof.shrinking import shrunk
from promisekit.spec import Loaded
from promisekit.spec.assessed_log import stand_in
from promisekit.verdict.verdicts import Verdict

SINGLES = 3000
"""So many single changes of rows are tried for a commitment, and so many events more; of more it is said that not all
were."""
TRIES = 400
"""So many sets of several changes are judged for one verdict."""
TOGETHER = 24
"""Of so many pools of changes, each two are tried together."""
ENOUGH = 4
"""Of so many sets that were enough, the smallest is taken."""
PARTS_TRIED = 8
"""Of sets of so many changes, every smaller part is tried."""
LARGEST = 400
WANTED = (Verdict.KEPT, Verdict.BROKEN)


def turned_all(inputs: Inputs, path: str | None = None, engine: EngineName = "auto") -> list[Turned]:
    """What would turn the verdict on each commitment, or on the one, or the part of one, that `path` leads to.

    `engine` judges once more what the reference engine found. Raises Invalid for statements about rows not in the log.
    """
    plan, world = inputs.loaded.plan, world_of(inputs)
    if inputs.said is not None:
        stand_in(inputs.said, plan, inputs.log)
    asked = plan.commitments if path is None else (_at(plan, path),)
    return [turned(inputs.loaded, one, world, engine) for one in asked]


def world_of(inputs: Inputs) -> World:
    """What was read as the world that changes are worked into."""
    plan, said = inputs.loaded.plan, inputs.said
    return World(inputs.log, said.assessments if said else (), inputs.as_of, plan.period, plan.zone)


def _at(plan: Plan, path: str) -> Commitment:
    """The commitment, or the part of one, that the ids lead to, as a commitment."""
    found: Commitment | Part = next(one for one in plan.commitments if f"{path}/".startswith(f"{one.id}/"))
    name = found.id
    while name != path:
        found = next(part for part in parts_in(found.node) if f"{path}/".startswith(f"{name}/{part.id}/"))
        name = f"{name}/{found.id}"
    if isinstance(found, Commitment):
        return found
    return Commitment(path, found.kind, found.owner, found.quote, found.statement, found.reading, found.node)


def turned(loaded: Loaded, commitment: Commitment, world: World, engine: EngineName = "auto") -> Turned:
    """What would turn the verdict on a commitment into each other one."""
    ground, whole = ground_for(loaded, commitment, as_known(world))
    singles, all_tried = single_changes(ground)
    wanted = [verdict for verdict in WANTED if verdict is not ground.verdict]
    first = _first(ground, singles, wanted)
    turns = []
    for verdict in wanted:
        found = (first[verdict],) if verdict in first else _several(ground, verdict, singles)
        turns.append(_turn(ground, whole, verdict, found, engine))
    return Turned(commitment, ground.verdict, tuple(turns), len(singles), all_tried)


def single_changes(ground: Ground) -> tuple[list[Change], bool]:
    """Every single change that is considered, those that add to what is known before those that correct it; and
    whether none was left out because they are so many."""
    most = min(SINGLES, ground.tries)
    found = [distinct(islice(one, most + 1)) for one in (_beside_rows(ground), of_rows(ground), events_more(ground))]
    singles = distinct(change for changes in found for change in changes[:most])
    all_there = ground.all_rows and all(len(changes) <= most for changes in found)
    return sorted(singles, key=ground.corrects), all_there


def _beside_rows(ground: Ground) -> Iterator[Change]:
    """Single changes of what people said, of the coverage and of the as-of."""
    for verdict in WANTED:
        yield from (change for _, change in statements(ground, verdict.value))
    yield from delivering(ground)
    yield from passing(ground)
    yield from withdrawing(ground)


def _first(ground: Ground, singles: Sequence[Change], wanted: Sequence[Verdict]) -> dict[Verdict, Change]:
    """For each verdict the first single change that gives it."""
    found: dict[Verdict, Change] = {}
    for change in singles:
        if len(found) == len(wanted):
            break
        try:
            verdict = ground.bench.verdict((change,))
        except ValueError:
            continue
        if verdict in wanted:
            found.setdefault(verdict, change)
    return found


def _turn(ground: Ground, whole: Bench, verdict: Verdict, found: Changes, engine: EngineName) -> Turn:
    """What was found, judged once more in the whole log."""
    if not found or whole.verdict(found, engine) is not verdict:
        return Turn(verdict, ())
    return Turn(verdict, found, sum(map(ground.corrects, found)), len(found) <= PARTS_TRIED)


def _several(ground: Ground, verdict: Verdict, singles: Sequence[Change]) -> Changes:
    """The smallest of the first sets of changes that were found to give the verdict; nothing where none was."""
    found: list[Changes] = []
    for changes in islice(_proposals(ground, verdict, singles), min(TRIES, ground.tries)):
        if len(found) == ENOUGH:
            break
        if ground.bench.gives(verdict, changes):
            found.append(_smallest(ground, verdict, changes))
    return min(found, key=lambda one: (len(one), sum(map(ground.corrects, one))), default=())


def _smallest(ground: Ground, verdict: Verdict, changes: Changes) -> Changes:
    """A part of a set of changes that is enough, no part of which is."""
    left, _ = shrunk(changes, lambda fewer: bool(fewer) and ground.bench.gives(verdict, fewer))
    if len(left) > PARTS_TRIED:
        return left
    for size in range(2, len(left)):
        for fewer in combinations(left, size):
            if ground.bench.gives(verdict, fewer):
                return fewer
    return left


def _proposals(ground: Ground, verdict: Verdict, singles: Sequence[Change]) -> Iterator[Changes]:
    """Sets of changes that ought to be enough: what is known comes first, then what would correct it."""
    known: list[Changes] = [()]
    delivered = tuple(delivering(ground))
    passed = tuple(change for change in singles if isinstance(change, Passed))[-1:]
    known += [one for one in (passed, delivered, (*delivered, *passed)) if one]
    pools = [pool for pool in _different(_pools(ground, verdict)) if len(pool) <= min(LARGEST, ground.tries)]
    for base in known:
        if len(base) > 1:
            yield base
        for pool in pools:
            if len(base) + len(pool) > 1:
                yield (*pool, *base)
    for one, other in combinations(pools[:TOGETHER], 2):
        for base in (known[0], known[-1]):
            yield distinct((*one, *other, *base))


def _pools(ground: Ground, verdict: Verdict) -> Iterator[Changes]:
    """Changes that pull in one direction: of all rows, of those in each window, of all who may judge."""
    yield tuple(change for _, change in statements(ground, verdict.value))
    yield tuple(withdrawing(ground))
    rows = tuple(_one_a_row(of_rows(ground)))
    doubtful = tuple(change for change in rows if not ground.corrects(change))
    yield tuple(change for change in doubtful if isinstance(change, Held))
    yield tuple(NotHeld(change.row) for change in doubtful if isinstance(change, Held))
    for name, check in ground.checks.items():
        turn = Verdict.KEPT if name.endswith(TRIGGER) else verdict
        by_window: dict[int, list[Changes]] = {}
        for at, made in rows_more(ground, check, turn):
            by_window.setdefault(at, []).append(tuple(map(Happened, made)))
        for way in range(2):
            yield distinct(one for ways in by_window.values() for one in ways[min(way, len(ways) - 1)])
        yield from (ways[0] for ways in list(by_window.values())[:12])
        relation = relation_of(check)
        if isinstance(relation, Semi):
            yield tuple({event.key: change for event, change in reversed(list(partners(ground, relation)))}.values())
    more = tuple(change for change in events_more(ground) if isinstance(change, Happened))
    yield more[:LARGEST]
    yield tuple(change for change in rows if isinstance(change, Held))
    yield tuple(change for change in rows if isinstance(change, Filled))
    yield tuple(change for change in rows if not isinstance(change, NotHeld))
    certain = [event for select in ground.bench.selects for event, _ in ground.rows_of(select)]
    yield distinct(map(NotHeld, certain))


def _one_a_row(changes: Iterator[Change]) -> Iterator[Change]:
    """The first change of each row."""
    seen = set()
    for change in changes:
        row = getattr(change, "row", None)
        if row is not None and row.key not in seen:
            seen.add(row.key)
            yield change


def _different(pools: Iterator[Changes]) -> list[Changes]:
    """The pools that hold something, each once."""
    found: list[Changes] = []
    for pool in pools:
        if pool and pool not in found:
            found.append(pool)
    return found
