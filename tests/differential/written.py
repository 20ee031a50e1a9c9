"""Nodes written down as plain data, and what they mean: one key for each field that is not as by default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from promisekit.plan.nodes import (
    All,
    Assess,
    AtLeast,
    By,
    Calendar,
    Check,
    Count,
    Deadline,
    Distinct,
    Duration,
    Gap,
    Hours,
    InTime,
    KOfN,
    Latest,
    Listed,
    Measure,
    Need,
    Node,
    On,
    Overlap,
    Overlaps,
    Part,
    Partition,
    Quotient,
    Ratio,
    Relation,
    SameDay,
    SameRow,
    Select,
    Semi,
    ShareOf,
    Starts,
    Sum,
    Target,
    Until,
    When,
    Whole,
    Within,
)
from promisekit.windows import Span, Window, parse_day, parse_span, tile
from promisekit.words import say

Described = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """Reads nodes that speak of these activities, in a period."""

    activities: Mapping[str, Select]
    period: str

    def node(self, written: Described) -> Node:
        """Any node."""
        if "parts" in written:
            parts = [self._part(number, part) for number, part in enumerate(written["parts"])]
            return KOfN(need_of(written.get("need")), tuple(parts))
        if "trigger" in written:
            then = self.node(written["then"])
            if isinstance(then, When):
                raise ValueError("what is owed has no trigger of its own")
            return When(self.check(written["trigger"]), then)
        if "assess" in written:
            return Assess(parse_span(self.period), ("well",), tuple(written["assess"]))
        return self.check(written)

    def _part(self, number: int, written: Described) -> Part:
        member = written.get("member")
        return Part(f"p{number}", "any", None, None, say("a part"), None, self.node(written), member)

    def check(self, written: Described) -> Check:
        """A check."""
        low, high, *strict = written["target"]
        target = Target(*(None if bound is None else Fraction(bound) for bound in (low, high)), strict=bool(strict))
        span = parse_span(written.get("span") or self.period)
        overlaps = written.get("overlaps")
        attribution = Starts() if overlaps is None else Overlaps(overlaps)
        return Check(
            span, _partition(written, span), self._measure(written), target, need_of(written.get("need")), attribution
        )

    def _measure(self, written: Described) -> Measure:
        relation, more = self._relation(written), dict(written.get("measure") or {})
        kind = more.pop("kind", "ratio" if written.get("ratio") else "count")
        if kind == "ratio":
            if not isinstance(relation, Semi):
                raise ValueError("a share is of pairs")
            excuses = tuple(more.pop("excuses", ()))
            return Ratio(relation, relation.left, excuses=excuses, **more)
        if isinstance(relation, Select) and kind in ("latest", "quotient"):
            return _latest(relation, more) if kind == "latest" else Quotient(relation, **more)
        match kind:
            case "count":
                return Count(relation)
            case "distinct":
                return Distinct(relation, **more)
            case "sum":
                return Sum(relation, **more)
            case "duration":
                return Duration(relation, **more)
            case "gap":
                return Gap(relation)
        raise ValueError(f"no measure {kind}")

    def _relation(self, written: Described) -> Relation:
        shift = written.get("day_begins", 0)
        what = replace(self.activities[written["what"]], day_begins=shift)
        if "ways" not in written:
            return what
        ways = tuple(_way(way) for way in written["ways"])
        own = any(isinstance(way, InTime) and way.column is not None for way in ways)
        return Semi(what, what if own else replace(self.activities[written["with"]], day_begins=shift), ways)


def _latest(relation: Select, more: dict[str, Any]) -> Latest:
    baseline = more.pop("baseline", None)
    if baseline is not None:
        baseline = parse_span(baseline) if "-" in baseline else Fraction(baseline)
    return Latest(relation, baseline=baseline, **more)


def _partition(written: Described, span: Span) -> Partition:
    if "listed" in written:
        return Listed(tuple(_window(*one) for one in written["listed"]))
    unit, *more = written.get("every") or (None,)
    if unit is None:
        return Until() if written.get("until") else Whole()
    partial, number, anchor = [*more, 1, None][:3] if len(more) < 3 else more
    tiling = Calendar(unit, partial, number, None if anchor is None else parse_day(anchor))
    windows = tile(span, tiling.unit, tiling.partial, tiling.number, tiling.anchor)
    chosen = {position % len(windows) for position in written.get("left_out", ()) if windows}
    left_out = tuple(windows[position].span for position in sorted(chosen))
    return replace(tiling, left_out=left_out) if len(left_out) < len(windows) else tiling


def _window(span: str, clock: Sequence[int] | None) -> Window:
    days = parse_span(span)
    return Window(days, say("{span}", span=span), Fraction(1), None if clock is None else (clock[0], clock[1]))


def need_of(written: Any) -> Need:
    """`None`, `["at_least", 2]` or `["share", "1/2"]`."""
    if not written:
        return All()
    return AtLeast(written[1]) if written[0] == "at_least" else ShareOf(Fraction(written[1]))


def _way(written: Described) -> On:
    match written["how"]:
        case "row":
            return SameRow()
        case "day":
            return SameDay()
        case "overlap":
            return Overlap(written["seconds"])
        case _:
            return InTime(written["key"], _deadline(written["deadline"]), written.get("column"))


def _deadline(written: Sequence[Any]) -> Deadline:
    if written[0] == "by":
        return By(parse_day(written[1]))
    number, unit, latest = written
    last = None if latest is None else parse_day(latest)
    if unit in ("always", "weekdays"):
        return Hours(number, unit, last)
    return Within(number, unit, last)
