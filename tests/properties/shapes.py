"""Random nodes of every kind, small enough for tiny worlds."""

from __future__ import annotations

from collections.abc import Callable

from promisekit.plan.nodes import (
    Assess,
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    KOfN,
    Latest,
    Measure,
    Node,
    Overlaps,
    Part,
    Quotient,
    Ratio,
    Sum,
    Target,
    When,
)
from promisekit.windows import Span
from promisekit.words import say
from tests.properties.shaper import Shaper
from tests.properties.tiny import TICK


def count(make: Shaper) -> Check:
    return make.check(Count(make.select("l")), make.bounds([0, 1, 1, 2]))


def overlap_count(make: Shaper) -> Check:
    seconds = make.rnd.choice([0, 0, 1, 2, 9]) * TICK
    measure = Count(make.relation())
    return make.check(measure, make.bounds([0, 1, 1, 2]), slots=True, attribution=Overlaps(seconds))


def pairs(make: Shaper) -> Check:
    return make.check(Count(make.semi()), make.bounds([0, 1, 1, 2]))


def distinct_unit(make: Shaper) -> Check:
    unit = make.rnd.choice(["day", "day", "week", "weekend", "month"])
    return make.check(Distinct(make.relation(), unit), make.bounds([1, 1, 2, 3]))


def distinct_column(make: Shaper) -> Check:
    return make.check(Distinct(make.relation(), None, "place"), make.bounds([1, 1, 2, 3]))


def total(make: Shaper) -> Check:
    return make.check(Sum(make.relation(), "amount"), make.bounds([0, 1, 3, 4, 5]))


def duration(make: Shaper) -> Check:
    rnd = make.rnd
    how = rnd.choice(["union", "union", "sum"])
    weight = "amount" if how == "sum" and rnd.random() < 0.4 else None
    measure = Duration(make.relation(), how, weight, rnd.choice(["unknown", "not_counted"]))
    return make.check(measure, make.bounds([0, 1, 2, 4], TICK), slots=True)


def gap(make: Shaper) -> Check:
    return make.check(Gap(make.relation()), Target(None, make.rnd.choice([1, 2, 2, 3, 4])))


def latest(make: Shaper) -> Check:
    rnd = make.rnd
    low, high = ("low", "high") if make.survey else (None, None)
    baseline = rnd.choice([None, 2, 0, Span(make.day(-1), make.day(1)), Span(make.day(0), make.day(2))])
    measure = Latest(make.select("l"), "value", low, high, baseline, rnd.choice(["difference", "percent"]))
    step = 50 if measure.compared == "percent" and baseline is not None else 1
    return make.check(measure, make.bounds([-2, 0, 1, 2], step, strict=rnd.random() < 0.3))


def share(make: Shaper) -> Check:
    semi = make.semi()
    weight = "amount" if make.rnd.random() < 0.4 else None
    return make.check(Ratio(semi, semi.left, weight), make.share())


def response(make: Shaper) -> Check:
    semi = make.answered()
    return make.check(Ratio(semi, semi.left, excuses=("withdrawn",)), make.share())


def quotient(make: Shaper) -> Check:
    return make.check(Quotient(make.select("l"), "part", "amount"), make.share())


CHECKS: dict[str, Callable[[Shaper], Check]] = {
    "count": count,
    "overlap_count": overlap_count,
    "pairs": pairs,
    "distinct_unit": distinct_unit,
    "distinct_column": distinct_column,
    "sum": total,
    "duration": duration,
    "gap": gap,
    "latest": latest,
    "share": share,
    "response": response,
    "quotient": quotient,
}


def composite(make: Shaper, *, depth: int = 1) -> KOfN:
    """Parts of any sort, some of them composites themselves or judged by people."""
    parts = []
    for number in range(make.rnd.randrange(1, 4)):
        inner: Node = any_check(make)
        if make.rnd.random() < 0.15:
            inner = Assess(make.span, ("well",), ("us",))
        elif depth and make.rnd.random() < 0.2:
            inner = composite(make, depth=0)
        elif depth and make.rnd.random() < 0.2:
            inner = conditional(make)
        member = f"m{number}" if make.rnd.random() < 0.3 else None
        parts.append(Part(f"p{number}", "tiny", None, None, say("a part"), None, inner, member))
    return KOfN(make.need(len(parts)), tuple(parts))


def conditional(make: Shaper) -> When:
    """What is owed only where something else happened."""
    measure: Measure = make.rnd.choice([Count(make.select("r")), Distinct(make.select("r"), "day")])
    target = Target(make.rnd.choice([1, 1, 2]), None)
    then: Check | KOfN = any_check(make) if make.rnd.random() < 0.8 else composite(make, depth=0)
    partition = then.partition if isinstance(then, Check) and make.rnd.random() < 0.7 else make.partition()
    return When(Check(make.span, partition, measure, target), then)


def any_check(make: Shaper) -> Check:
    """A check of any sort."""
    return make.rnd.choice(list(CHECKS.values()))(make)


KINDS: dict[str, Callable[[Shaper], Node]] = {**CHECKS, "composite": composite, "conditional": conditional}
