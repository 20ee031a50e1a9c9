"""The definition: what a complete world says of a plan's nodes, counted in the plainest way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from promisekit.plan.checks import counted_in, relation_of
from promisekit.plan.nodes import (
    All,
    Assess,
    AtLeast,
    Calendar,
    Check,
    KOfN,
    Need,
    Node,
    Number,
    Ratio,
    Relation,
    Select,
    Target,
    When,
)
from promisekit.verdict.model import Verdict
from tests.properties.complete import Cell, Chosen, Happened, World
from tests.properties.naive_days import Frame, frames, in_proportion
from tests.properties.naive_measures import UNTOLD, Seen, Value, value_in
from tests.properties.naive_relations import answered, excused, holds, pair


@dataclass(frozen=True)
class Told:
    """What a window shows: a number, a share as (part, whole), or nothing; and its verdict."""

    value: Number | tuple[Number, Number] | None
    verdict: Verdict


class Definition:
    """What complete worlds say of one node."""

    def __init__(self, node: Node, last: int) -> None:
        self.node = node
        self._last = last  # the period's last day
        self._frames: dict[int, list[Frame]] = {}
        self._meant: dict[tuple[int, int, int, int], tuple[bool, Mapping[str, Cell]]] = {}

    def verdict(self, world: World, chosen: Chosen) -> Verdict:
        """The verdict on the node in a complete world; open only where a per cent of nothing is asked for."""
        return self._verdict(self.node, world, chosen)

    def _verdict(self, node: Node, world: World, chosen: Chosen) -> Verdict:
        match node:
            case Check():
                return needed(node.need, [one.verdict for one in self.told(node, world, chosen)])
            case KOfN(need, parts):
                return needed(need, [self._verdict(part.node, world, chosen) for part in parts])
            case When(trigger, then):
                return self._when(trigger, then, world, chosen)
            case Assess():
                return chosen.said

    def _when(self, trigger: Check, then: Check | KOfN | Assess, world: World, chosen: Chosen) -> Verdict:
        asked = self.told(trigger, world, chosen)
        if isinstance(then, Check):
            owed = self.told(then, world, chosen)
            if len(owed) == len(asked):
                both = zip(asked, owed, strict=True)
                kept = [two.verdict if one.verdict is Verdict.KEPT else Verdict.NOT_APPLICABLE for one, two in both]
                return needed(then.need, kept)
        if self._verdict(trigger, world, chosen) is not Verdict.KEPT:
            return Verdict.NOT_APPLICABLE
        return self._verdict(then, world, chosen)

    def told(self, check: Check, world: World, chosen: Chosen) -> list[Told]:
        """Every window of a check with its value and verdict."""
        shift = counted_in(check).day_begins
        if id(check) not in self._frames:
            self._frames[id(check)] = frames(check, shift)
        rows = self._rows(relation_of(check), world, shift)
        if isinstance(check.measure, Ratio):
            whole, met = self._whole(check.measure, world, shift), {id(row) for row in rows}
        else:
            whole, met = rows, set()
        seen = Seen(rows, whole, met, shift, chosen)
        found = []
        for frame in self._frames[id(check)]:
            value = value_in(check, seen, frame)
            found.append(Told(value, _against(value, _target(check, frame))))
        return found

    def means(self, select: Select, row: Happened) -> bool:
        """Whether an event is of an activity."""
        known = (id(select), row.begin, row.end, id(row.values))
        if known not in self._meant:
            meant = row.source in select.sources and holds(select.selector, row, select.day_begins, self._last)
            self._meant[known] = meant, row.values  # kept, so that no other cells get its id
        return self._meant[known][0]

    def _whole(self, measure: Ratio, world: World, shift: int) -> list[Happened]:
        whole = self._rows(measure.whole, world, shift)
        if not measure.excuses:
            return whole
        others, (way,) = self._rows(measure.part.right, world, shift), measure.part.on
        return [row for row in whole if not excused(way, measure.excuses, row, others, shift)]

    def _rows(self, relation: Relation, world: World, shift: int) -> list[Happened]:
        if isinstance(relation, Select):
            return [row for row in world if self.means(relation, row)]
        left, right = self._rows(relation.left, world, shift), self._rows(relation.right, world, shift)
        return [
            row
            for row in left
            if any(answered(way, row, shift) or any(pair(way, row, one, shift) for one in right) for way in relation.on)
        ]


def needed(need: Need, verdicts: Sequence[Verdict]) -> Verdict:
    """Whether so many of those that apply are kept as are needed."""
    if Verdict.OPEN in verdicts:  # what cannot be told may be anything
        at = list(verdicts).index(Verdict.OPEN)
        found = {needed(need, [*verdicts[:at], one, *verdicts[at + 1 :]]) for one in Verdict if one is not Verdict.OPEN}
        return found.pop() if len(found) == 1 else Verdict.OPEN
    live = [one for one in verdicts if one is not Verdict.NOT_APPLICABLE]
    if not live:
        return Verdict.NOT_APPLICABLE
    kept = live.count(Verdict.KEPT)
    match need:
        case All():
            enough = kept == len(live)
        case AtLeast(number):
            enough = kept >= number
        case _:
            enough = Fraction(kept, len(live)) >= need.share
    return Verdict.KEPT if enough else Verdict.BROKEN


def _target(check: Check, frame: Frame) -> Target:
    if not (isinstance(check.partition, Calendar) and check.partition.partial == "prorate"):
        return check.target
    low = in_proportion(check.target.low, frame.portion, low=True)
    return Target(low, in_proportion(check.target.high, frame.portion, low=False), check.target.strict)


def _against(value: Value, target: Target) -> Verdict:
    if isinstance(value, tuple):
        value = Fraction(value[0]) / value[1] if value[1] else None
    if value is None:
        return Verdict.NOT_APPLICABLE
    if value == UNTOLD:
        return Verdict.OPEN
    low, high = target.low, target.high
    above = low is None or value > low or (value == low and not target.strict)
    below = high is None or value < high or (value == high and not target.strict)
    return Verdict.KEPT if above and below else Verdict.BROKEN
