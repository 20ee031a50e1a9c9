"""Verdicts: numbers against their targets, and verdicts put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .measures import Check
from .terms import (
    number,
)

ENDS = ("kept", "broken", "not_applicable")


def of_interval(low: Any, high: Any, target: list[Any]) -> str:
    """The verdict on a number that lies in `low..high`."""
    (least, most), strict = map(number, target[:2]), target[2]
    inside = (least is None or low > least or (low == least and not strict)) and (
        most is None or (high is not None and (high < most or (high == most and not strict)))
    )
    below = least is not None and high is not None and (high < least or (high == least and strict))
    above = most is not None and (low > most or (low == most and strict))
    return "kept" if inside else "broken" if below or above else "open"


def of_share(part: tuple[Any, Any], rest: tuple[Any, Any], target: list[Any]) -> str:
    """The verdict on the share that a part has of the part and the rest."""
    if part[1] == rest[1] == 0:
        return "not_applicable"
    if part[0] + rest[0] == 0:
        return "open"
    least = Fraction(0) if rest[1] is None else Fraction(part[0]) / (part[0] + rest[1])
    most = Fraction(1) if part[1] is None else Fraction(part[1]) / (part[1] + rest[0])
    low, high = (end if (told := number(bound)) is None else told for bound, end in zip(target, (0, 1), strict=False))
    if low <= least and most <= high:
        return "kept"
    never_least, never_most = rest[1] is None and part[0] > 0, part[1] is None and rest[0] > 0
    out = most < low or (most == low and never_most) or least > high or (least == high and never_least)
    return "broken" if out else "open"


def ends(verdict: str) -> frozenset[str]:
    """What may become of something with a verdict: itself, or anything while it is open."""
    return frozenset(ENDS) if verdict == "open" else frozenset([verdict])


def told(may: frozenset[str]) -> str:
    """The verdict of what may end so: open where it may end in several ways."""
    return next(iter(may)) if len(may) == 1 else "open"


def together(need: Any, each: Sequence[frozenset[str]]) -> frozenset[str]:
    """What may become of several: so many as are needed of those that apply must be kept."""
    best, worst = extremes(each)
    found = {"not_applicable"} if all("not_applicable" in may for may in each) else set()
    if best[1] and best[0] >= wanted(need, best[1]):
        found.add("kept")
    if worst[1] and worst[0] < wanted(need, worst[1]):
        found.add("broken")
    return frozenset(found)


def extremes(each: Sequence[frozenset[str]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """At best and at worst, how many are kept and how many apply."""
    kept, broken = sum("kept" in may for may in each), sum("broken" in may for may in each)
    surely_kept, surely_broken = (sum(may == {one} for may in each) for one in ("kept", "broken"))
    worst = surely_kept, surely_kept + broken
    if not worst[1] and kept:  # that it applies takes one, which is kept then
        worst = 1, 1
    return (kept, kept + surely_broken), worst


def wanted(need: Any, live: int) -> int:
    """How many of so many must be kept."""
    if need == "all":
        return live
    return int(need["at_least"]) if "at_least" in need else math.ceil(number(need["share"]) * live)


def take(rows: list[tuple[int, int, bool]], at: int, many: int) -> int:
    """Puts so many rows into a window, those first that have to leave soonest; answers how many there were."""
    taken = [one for one in rows if one[1] <= at <= one[0]][: max(0, many)]
    for one in taken:
        rows.remove(one)
    return len(taken)


def placed(check: Check, windows: list[dict[str, Any]], owed: list[bool]) -> bool:
    """Whether rows that may lie in one of several windows can serve all windows at once, each in one of them."""
    if any(later.first != earlier.last + 1 for earlier, later in pairwise(check.windows)):
        return True
    floating = []
    for seen in check.rows:
        touched = [at for at, window in enumerate(check.windows) if window.begun(seen)]
        if len(touched) > 1:
            within = check.windows[touched[0]].first <= seen.first and seen.last <= check.windows[touched[-1]].last
            floating.append((touched[-1], touched[0], seen.sure and seen.paired == 2 and within))
    free, must = sorted(floating), sorted(one for one in floating if one[2])
    for at, (window, due) in enumerate(zip(windows, owed, strict=True)):
        low, high = map(number, window["target"][:2]) if due else (None, None)
        here = sum(first <= at <= last for last, first, _ in floating)
        need = 0 if low is None or window["high"] is None else math.floor(low) - (window["high"] - here)
        room = len(must) if high is None else math.floor(high) - window["low"]
        if take(free, at, need) < need or room < take(must, at, room) or any(last == at for last, _, _ in must):
            return False
    return True


def owed(trigger: frozenset[str], then: frozenset[str]) -> frozenset[str]:
    """What may become of what is owed only where its trigger is kept."""
    if trigger == {"kept"}:
        return then
    return then | {"not_applicable"} if "kept" in trigger else frozenset(["not_applicable"])
