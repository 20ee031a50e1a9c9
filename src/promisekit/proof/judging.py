"""Judging invented logs, one after the other: what a commitment comes to when all is over and all is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from promisekit.engine.phases import last_day_in_time
from promisekit.engine.reference import ReferenceEngine
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import checks_in, checks_of, relation_of, selects_of
from promisekit.plan.nodes import Check, Commitment, Header, InTime, KOfN, Latest, Node, Part, Plan, Semi, When
from promisekit.plan.windows import windows_of
from promisekit.proof.rows import Row, log_of
from promisekit.verdict.check import Judged
from promisekit.verdict.tree import Known, judge_node, spans_of
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import AsOf, Day, DaySet, Span, Zone, day_set, end_of
from promisekit.words import Message

AFTER = 2
"""So many days after all that matters are covered too: nights may run into the next day, and its end must be past."""
NO_HEADER = Header("proof", "", "en", (), (), (), None, "", "")
NAME = "proof"
UNSAID = Message("")


class Court(Struct, frozen=True):
    """Gives verdicts on a node: everything that matters to it is over, and covered."""

    zone: Zone
    sources: tuple[str, ...]
    covered: DaySet
    as_of: AsOf
    asked: list[int] = field(default_factory=lambda: [0])
    """How often it was asked."""

    def judge(self, name: str, node: Node, rows: Sequence[Row], said: Sequence[Assessment] = ()) -> Judged:
        """The node of that name judged by the log of these rows."""
        self.asked[0] += 1
        commitment = Commitment(name, "proof", None, None, UNSAID, None, node)
        span = self.covered.spans[0]
        plan = Plan(NO_HEADER, span, self.zone, (commitment,))
        log = log_of(rows, self.sources, self.covered, self.zone)
        checks = checks_of(plan)
        seen = ReferenceEngine(plan, log).observe(self.as_of, frozenset(checks)).checks if checks else {}
        return judge_node(name, node, Known(self.as_of, seen, tuple(said)))

    def gives(
        self, wanted: Verdict, name: str, node: Node, rows: Sequence[Row], said: Sequence[Assessment] = ()
    ) -> bool:
        """Whether the log of these rows gives the node that verdict; no rows do that are dated when no clock shows."""
        try:
            return self.judge(name, node, rows, said).verdict is wanted
        except ValueError:
            return False


def court_for(plan: Plan, sources: Sequence[str]) -> Court:
    """A court for the commitments of a plan; `sources`: those of the promise."""
    spans = [span for one in plan.commitments for span in _days_of(one.node, plan.zone)]
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    covered = Span(first, Day(last + AFTER))
    named = {name for check in checks_of(plan).values() for select in selects_of(check) for name in select.sources}
    every = tuple(dict.fromkeys([*sources, *sorted(named)]))
    return Court(plan.zone, every, day_set([covered]), end_of(covered.last, plan.zone))


def _days_of(node: Node, zone: Zone) -> Iterator[Span]:
    """The days that matter to a node: its own, its windows', those of baselines, and those with answers in time."""
    yield from spans_of(node)
    for _, check in checks_in("", node):
        yield from _beyond(check, zone)


def _beyond(check: Check, zone: Zone) -> Iterator[Span]:
    measure, relation = check.measure, relation_of(check)
    yield from (window.reach for window in windows_of(check))
    if isinstance(measure, Latest) and isinstance(measure.baseline, Span):
        yield measure.baseline
    if isinstance(relation, Semi):
        for way in relation.on:
            if isinstance(way, InTime):
                instant = zone.begin(check.span.end)
                due = last_day_in_time(way.deadline, check.span.last, instant, zone, relation.right.day_begins)
                yield Span(check.span.start, Day(max(due, check.span.last) + 1))


def parts_in(node: Node) -> tuple[Part, ...]:
    """The parts of a composite; none of anything else."""
    inner = node.then if isinstance(node, When) else node
    return inner.parts if isinstance(inner, KOfN) else ()
