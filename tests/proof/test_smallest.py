"""Witnesses are the smallest there are: in tiny worlds no log of fewer rows gives the verdict, of all there are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import pytest

from promisekit.events import Value
from promisekit.plan.nodes import (
    All,
    AtLeast,
    By,
    Calendar,
    Check,
    Count,
    Distinct,
    Gap,
    InTime,
    KOfN,
    Measure,
    Node,
    Overlap,
    Part,
    Ratio,
    SameDay,
    SameRow,
    Select,
    Semi,
    Sum,
    Target,
    When,
    Whole,
)
from promisekit.proof.judging import Court
from promisekit.proof.making import Maker
from promisekit.proof.rows import Row
from promisekit.proof.search import Search
from promisekit.selectors.parse import Vocabulary, parse_selector
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span, Zone, day_set, end_of, parse_day
from promisekit.words import say

ZONE = Zone()
FIRST = parse_day("2022-03-07")
DAYS = Span(FIRST, Day(FIRST + 4))
COURT = Court(ZONE, ("log",), day_set([DAYS]), end_of(DAYS.last, ZONE))
WORDS = Vocabulary({"activity": "text", "place": "text", "number": "number"})
MOST = 3
"""So many rows have the logs that are all tried."""


def _activity(name: str, **asked: object) -> Select:
    selector, found = parse_selector({"activity": name, **asked}, (), WORDS)
    assert not found
    return Select(name, selector)


X, X_THERE, Y = _activity("x"), _activity("x", place="there"), _activity("y")


def _check(measure: Measure, low: object, high: object, **more: object) -> Check:
    ends = [None if end is None else Fraction(str(end)) for end in (low, high)]
    return Check(DAYS, more.pop("every", Whole()), measure, Target(*ends), **more)  # type: ignore[arg-type]


def _parts(need: object, *nodes: Node) -> KOfN:
    parts = (Part(f"p{at}", "any", None, None, say("a part"), None, node) for at, node in enumerate(nodes))
    return KOfN(need, tuple(parts))  # type: ignore[arg-type]


SAME_DAY, AT_ONCE, THERE = Semi(X, Y, (SameDay(),)), Semi(X, Y, (Overlap(60),)), Semi(X, X_THERE, (SameRow(),))
ANSWERED = Semi(X, Y, (InTime("place", By(DAYS.last)),))
NODES: Mapping[str, Node] = {
    "count": _check(Count(X), 2, 2),
    "most": _check(Count(X), None, 1),
    "every two days": _check(Count(X), 1, None, every=Calendar("day", None, 2)),
    "one of two": _check(Count(X), 1, None, every=Calendar("day", None, 2), need=AtLeast(1)),
    "days": _check(Distinct(X, "day"), 2, None),
    "places": _check(Distinct(X, None, "place"), 2, None),
    "sum": _check(Sum(X, "number"), 3, 4),
    "gap": _check(Gap(X), None, 3),
    "same day": _check(Count(SAME_DAY), 2, None),
    "overlap": _check(Count(AT_ONCE), 2, None),
    "share": _check(Ratio(THERE, X), "1/2", "1/2"),
    "third": _check(Ratio(THERE, X), "1/3", "1/2"),
    "answers": _check(Ratio(ANSWERED, X), 1, 1),
    "quota": _parts(All(), _check(Count(X), 3, None), _check(Count(X_THERE), 2, None)),
    "either": _parts(AtLeast(1), _check(Count(X), 3, None), _check(Count(Y), 2, None)),
    "when": When(_check(Count(Y), 1, None), _check(Count(X), 2, None)),
}


def _universe() -> list[Row]:
    rows = []
    for day in DAYS.days():
        for activity in ("x", "y"):
            for place in ("here", "there"):
                for number in (Fraction(0), Fraction(3)) if activity == "x" and day == FIRST else (Fraction(0),):
                    cells: dict[str, Value] = {"activity": activity, "place": place, "number": number}
                    rows.append(Row("log", day, 36_000, 3600, cells))
    return rows


UNIVERSE = _universe()


def fewest(node: Node, verdict: Verdict) -> int | None:
    """Of all logs of a few rows, how many rows the smallest has that gives the verdict."""
    for number in range(MOST + 1):
        if any(COURT.gives(verdict, "c", node, rows) for rows in combinations(UNIVERSE, number)):
            return number
    return None


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.BROKEN])
@pytest.mark.parametrize("name", list(NODES))
def test_no_log_of_fewer_rows_gives_the_verdict(name: str, verdict: Verdict) -> None:
    found = Search(COURT, Maker(ZONE, ("log",))).find(NODES[name], verdict)
    assert found is not None
    assert found.smallest
    assert COURT.gives(verdict, "proof", NODES[name], found.rows)
    assert len(found.rows) == fewest(NODES[name], verdict)
