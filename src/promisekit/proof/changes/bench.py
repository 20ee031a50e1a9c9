"""Where changed worlds are judged: one commitment, by the reference engine, over the whole way from log to verdict."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from msgspec import Struct, field

from promisekit.pipeline import EngineName, engine_for
from promisekit.plan.checks import checks_of, selects_of
from promisekit.plan.nodes import Commitment, Plan, Select
from promisekit.proof.changes.model import Change
from promisekit.proof.changes.world import World, applied
from promisekit.verdict.amend import amend
from promisekit.verdict.tree import Known, judge_node
from promisekit.verdict.verdicts import Verdict


class Bench(Struct, frozen=True):
    """Judges a commitment in a world and in changed ones."""

    plan: Plan
    """A plan of that commitment alone."""
    world: World
    asked: list[int] = field(default_factory=lambda: [0])
    """How many worlds were judged."""

    @property
    def commitment(self) -> Commitment:
        """What is judged."""
        return self.plan.commitments[0]

    @property
    def selects(self) -> tuple[Select, ...]:
        """The activities that it looks at."""
        found = (select for check in checks_of(self.plan).values() for select in selects_of(check))
        return tuple(dict.fromkeys(found))

    def gives(self, wanted: Verdict, changes: Iterable[Change]) -> bool:
        """Whether the world with these changes gives that verdict; none has a time that the clocks jump over."""
        try:
            return self.verdict(changes) is wanted
        except ValueError:
            return False

    def verdict(self, changes: Iterable[Change] = (), engine: EngineName = "reference") -> Verdict:
        """The verdict in the world with these changes. Raises ValueError for a time that the clocks jump over."""
        self.asked[0] += 1
        world = applied(self.world, changes)
        amended = amend(self.plan, world.log, world.said, world.as_of)
        plan, log = (self.plan, world.log) if amended is None else (amended.plan, amended.log)
        checks = frozenset(checks_of(plan))
        seen = {}
        if checks:
            with closing(engine_for(engine, plan, log)) as measured:
                seen = dict(measured.observe(world.as_of, checks).checks)
        one = self.commitment
        return judge_node(one.id, one.node, Known(world.as_of, seen, world.said)).verdict
