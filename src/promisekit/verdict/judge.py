"""Judging: observations and assessments into results, one for every commitment, always."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from promisekit.engine.base import Engine
from promisekit.events import RowKey
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import TRIGGER, checks_in
from promisekit.plan.nodes import KOfN, Node, Plan, When
from promisekit.verdict.check import Judged
from promisekit.verdict.final import Decided, day_of_parts, final_days, quiet
from promisekit.verdict.model import Result, Verdict
from promisekit.verdict.result import Ground, tell
from promisekit.verdict.said import SetAside
from promisekit.verdict.status import status_of_promise
from promisekit.verdict.touched import rows_touching
from promisekit.verdict.tree import Known, bare, judge_node
from promisekit.verdict.truth import every
from promisekit.windows import AsOf, Day


class Edited(Struct, frozen=True):
    """An engine over the plan and the log as people have set them right, and what they have."""

    engine: Engine
    rows: tuple[SetAside, ...] = ()
    excused: Mapping[str, Mapping[RowKey, Assessment]] = {}


def judge(
    plan: Plan,
    engine: Engine,
    as_of: AsOf,
    assessments: Sequence[Assessment] = (),
    edited: Edited | None = None,
) -> Result:
    """The verdicts on a plan. The engines are asked again for earlier days to find when each became final.

    `engine` measures the log as it stands; where people have set rows or cases right, the verdicts stand on what the
    one in `edited` measures, and what they would have been is told beside them.
    """
    observed = engine.observe(as_of)
    stands = observed if edited is None else edited.engine.observe(as_of)
    known = Known(as_of, stands.checks, tuple(assessments))
    before = bare(Known(as_of, observed.checks, tuple(assessments)))
    judged = {one.id: judge_node(one.id, one.node, known) for one in plan.commitments}
    search = _Search(known, before, engine, edited)
    decided = chain.from_iterable(search.decided(one.id, one.node, judged[one.id]) for one in plan.commitments)
    days = dict(final_days(decided, assessments, as_of))
    for one in plan.commitments:
        search.derive(one.id, one.node, judged[one.id], days)
    ground = Ground(
        plan,
        known,
        before,
        edited.excused if edited else {},
        edited.rows if edited else (),
        days,
    )
    plain = edited is None and not any(one.waiver for one in assessments)
    results = tuple(
        tell(
            one.id,
            one,
            judged[one.id],
            judged[one.id] if plain else judge_node(one.id, one.node, before),
            ground,
        ).result
        for one in plan.commitments
    )
    verdict = every([judged[one.id].may for one in plan.commitments])
    return Result(as_of, verdict, status_of_promise(verdict, results), results, observed.sources, ground.rows)


class _Search(Struct, frozen=True):
    """What there is to search for days in: what was measured and said, and by which engines."""

    known: Known
    before: Known
    engine: Engine
    edited: Edited | None

    def decided(self, name: str, node: Node, judged: Judged) -> Iterator[Decided]:
        """A node and its parts, those of them that are decided."""
        if judged.verdict is not Verdict.OPEN and not self._derived(name, node, judged):
            dates = self._amended(name, node)
            if self.edited is None or not dates:
                yield Decided(name, node, judged.verdict, self.engine)
            else:
                before = self.engine if len(set(dates)) == 1 else None
                yield Decided(name, node, judged.verdict, self.edited.engine, max(dates), before)
        inner = node.then if isinstance(node, When) else node
        if isinstance(inner, KOfN):
            for part, one in zip(inner.parts, judged.parts, strict=True):
                yield from self.decided(f"{name}/{part.id}", part.node, one)

    def derive(self, name: str, node: Node, judged: Judged, days: dict[str, Day]) -> None:
        """Adds the days that follow from those of parts."""
        inner = node.then if isinstance(node, When) else node
        if isinstance(inner, KOfN):
            named = [(f"{name}/{part.id}", part.node, one) for part, one in zip(inner.parts, judged.parts, strict=True)]
            for part, inside, one in named:
                self.derive(part, inside, one, days)
            if judged.verdict is not Verdict.OPEN and self._derived(name, node, judged):
                since = [(one.verdict, days.get(part)) for part, _, one in named]
                day = day_of_parts(inner.need, judged.verdict, since)
                days[name] = self.known.as_of.day if day is None else day

    def _derived(self, name: str, node: Node, judged: Judged) -> bool:
        """Whether the day of a composite follows from those of its parts: where nothing but the log decides them, and
        none is decided before its own verdict is, as what waits for a trigger may be."""
        parts = isinstance(node, KOfN) and any(one.verdict is not Verdict.OPEN for one in judged.parts)
        waits = any(check.endswith(TRIGGER) for check, _ in checks_in(name, node))
        return parts and not waits and quiet(name, self.known.said) and not self._amended(name, node)

    def _amended(self, name: str, node: Node) -> list[Day]:
        """The days on which rows and cases were set right that matter to a node."""
        if self.edited is None:
            return []
        names = [check for check, _ in checks_in(name, node)]
        excused = self.edited.excused
        rows = rows_touching(names, self.known.checks, self.before.checks, self.edited.rows, excused)
        cases = [one.date for check in names for one in excused.get(check, {}).values()]
        return [*(row.date for row in rows), *cases]
