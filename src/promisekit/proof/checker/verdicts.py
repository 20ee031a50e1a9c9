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


def together(need: Any, verdicts: Sequence[str]) -> str:
    """So many as are needed of those that apply must be kept."""
    live = [one for one in verdicts if one != "not_applicable"]
    kept, undecided = live.count("kept"), live.count("open")
    if not live:
        return "not_applicable"
    if need == "all":
        return "broken" if "broken" in live else "open" if undecided else "kept"
    wanted = need["at_least"] if "at_least" in need else math.ceil(number(need["share"]) * len(live))
    if kept >= wanted:
        return "kept"
    return "broken" if kept + undecided < wanted and undecided < len(live) else "open"


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


def owed(trigger: str, then: str) -> str:
    return then if trigger == "kept" else "open" if trigger == "open" else "not_applicable"
