"""Changes that are none of a row: time passes, an export is delivered, somebody judges."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import nodes_in
from promisekit.plan.nodes import Assess
from promisekit.plan.windows import windows_of
from promisekit.proof.changes.ground import Ground, missed
from promisekit.proof.changes.model import Change, Delivered, Judged, Passed, Withdrawn
from promisekit.windows import Day, Span

EXAMPLE = "Exempel"


def statements(ground: Ground, verdict: str) -> Iterator[tuple[str, Change]]:
    """A judgement by each who may judge, with the name of what it is about."""
    one = ground.bench.commitment
    day = ground.world.as_of.day
    for name, node, _ in nodes_in(one.id, one.node):
        if isinstance(node, Assess):
            part = name if "/" in name else None
            for role in node.by:
                said = Assessment(
                    one.id.partition("/")[0],
                    EXAMPLE,
                    role,
                    day,
                    "kept" if verdict == "kept" else "broken",
                    waiver=False,
                    note=EXAMPLE,
                    evidence=(EXAMPLE,),
                    part=part,
                )
                yield name, Judged(said)


def withdrawing(ground: Ground) -> Iterator[Change]:
    """Everything taken back that people have set aside or right."""
    yield from (Withdrawn(said) for said in ground.world.said if said.waiver or said.row is not None)


def passing(ground: Ground) -> Iterator[Change]:
    """The ends of the days that decide something: of each window, of each deadline, and of all that matters."""
    if not len(ground.ahead):
        return
    ends = {
        Day(window.reach.end - 1 + more)
        for one in ground.checks.values()
        for window in windows_of(one)
        for more in (0, 1)
    }
    ends |= {one.due for seen in ground.seen.values() for one in missed(seen) if one.due is not None}
    ends |= {check.span.last for check in ground.checks.values()} | {ground.ahead.last}
    yield from (Passed(day) for day in sorted(ends) if day in ground.ahead)


def delivering(ground: Ground) -> Iterator[Change]:
    """The exports of the days before the as-of that are not covered: of each source each gap, and all gaps as one."""
    if not ground.checks:
        return
    world, first = ground.world, ground.matters.start
    asked = {name for select in ground.bench.selects for name in select.sources}
    there = {source.name: source.coverage for source in world.log.sources}
    for name in dict.fromkeys([*there, *sorted(asked)]):
        past = Span(min(first, world.as_of.closed_before), world.as_of.closed_before)
        known = there[name].known(world.as_of, world.period) if name in there else None
        gaps = (past,) if known is None else known.missing(past).spans
        for gap in gaps:
            if len(gap):
                yield Delivered(name, gap)
