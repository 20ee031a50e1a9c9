"""The commitments of a certificate, judged anew: whatever differs from what it says refuses it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from .log import Log
from .measures import Check
from .pairs import Activity
from .terms import (
    Seen,
    Window,
    agree,
    number,
    ordinal,
)
from .verdicts import ends, of_interval, of_share, owed, placed, together, told

Ends = frozenset[str]
"""The verdicts that something may end with."""


class Report(NamedTuple):
    """What was checked: how many numbers and rows were found again, and what was taken as it stands."""

    verdict: str
    figures: int
    rows: int
    not_checked: list[str]
    trusted: dict[str, int]


class Tree:
    """The commitments of a certificate, judged anew from the log."""

    def __init__(self, said: dict[str, Any], log: Log) -> None:
        self.said, self.log, self.figures, self.rows = said, log, 0, 0
        self.activities = {name: Activity(log, one) for name, one in said["activities"].items()}
        self.not_checked = ["merging"] if said["merging"] else []
        self.trusted = {"activities": len(self.activities), "targets": 0, "statements": 0}
        self.trusted["coverages_declared"] = sum(source["covers"] is not None for source in said["sources"])
        self.trusted["coverages_assumed"] = len(said["sources"]) - self.trusted["coverages_declared"]
        self.trusted["rows_set_right"] = len(said["set_aside"])

    def report(self) -> Report:
        """The verdict on the promise, once all that it rests on has been found again."""
        each = [self.node(one["id"], one) for one in self.said["commitments"]]
        agree(self.said["promise"]["id"], "verdict", self.said["verdict"], found := told(together("all", each)))
        return Report(found, self.figures, self.rows, self.not_checked, self.trusted)

    def node(self, where: str, said: dict[str, Any], beside: Sequence[Ends] = ()) -> Ends:
        """What may become of a node; not applicable where people have set it aside."""
        if "check" in said:
            found = self.check(where, said["check"], beside)[0]
        elif "k_of_n" in said:
            parts = said["k_of_n"]["parts"]
            found = together(said["k_of_n"]["need"], [self.node(f"{where}/{one['id']}", one) for one in parts])
        elif "when" in said:
            found = self.when(where, said["when"]["trigger"], said["when"]["then"])
        else:
            found = ends(self.assessed(said["assess"]))
        self.trusted["statements"] += said["waived"] is not None
        agree(where, "verdict_before_waiver", said["before_waiver"], told(found))
        found = ends("not_applicable") if said["waived"] else found
        agree(where, "verdict", said["verdict"], told(found))
        return found

    def when(self, where: str, trigger: dict[str, Any], then: dict[str, Any]) -> Ends:
        """What is owed only where its trigger is kept: window by window where both have as many, else as a whole."""
        whole, each = self.check(f"{where}?", trigger["check"], ())
        agree(f"{where}?", "verdict", trigger["verdict"], told(whole))
        if "check" in then:
            windows = then["check"]["windows"]
            return self.check(where, then["check"], each if len(each) == len(windows) else [whole] * len(windows))[0]
        return owed(whole, self.node(where, then))

    def assessed(self, said: dict[str, Any]) -> str:
        """The verdict of the voices that count: the newest of every role by the day that is asked for."""
        self.trusted["statements"] += len(said["statements"])
        known = [one for one in said["statements"] if ordinal(one["date"]) <= self.log.day]
        newest = {one["role"]: one["verdict"] for one in sorted(known, key=lambda one: ordinal(one["date"]))}
        voices = [newest[role] for role in newest if role in said["by"]]
        wanted = {"any": 1, "all": len(said["by"])}.get(said["quorum"], said["quorum"])
        return voices[0] if len(set(voices)) == 1 and len(voices) >= wanted else "open"

    def check(self, where: str, said: dict[str, Any], beside: Sequence[Ends]) -> tuple[Ends, list[Ends]]:
        """What may become of a check and of each of its windows, each number found again."""
        check = Check(self.log, said, self.activities)
        tiled(where, said, check.windows)
        excused = bool(check.measure.get("excuses"))
        if excused:
            self.not_checked.append(f"excuses {where}")
        else:
            self._rows(where, said["rows"], check)
        each = []
        for at, (window, one) in enumerate(zip(check.windows, said["windows"], strict=True)):
            here = f"{where} {one['days'][0]}/{one['days'][1]}"
            claimed = {name: interval(one[name]) for name in ("low", "high", "missed", "of")}
            found = claimed if excused else check.measured(window)
            for name in ("low", "high", "missed", "of"):
                value = found.get(name)
                agree(here, name, interval(one[name]), value)
                self.figures += not excused and (name in ("low", "high") or value is not None)
            self.trusted["targets"] += 1
            self.trusted["statements"] += one["waived"]
            own = ends(self._own(check, one["target"], found))
            own = owed(beside[at], own) if beside else own
            each.append(ends("not_applicable") if one["waived"] else own)
            agree(here, "verdict", one["verdict"], told(each[-1]))
        whole = together(said["need"], each)
        if len(whole) > 1 and said["need"] == "all" and check.measure["name"] == "Count" and not check.by_time:
            due = [
                not one["waived"] and (not beside or beside[at] == {"kept"}) for at, one in enumerate(said["windows"])
            ]
            whole = whole if placed(check, said["windows"], due) else ends("broken")
        return whole, each

    def _own(self, check: Check, target: list[Any], found: dict[str, Any]) -> str:
        """The verdict on the numbers of a window."""
        if "missed" in found:
            return of_share((found["low"], found["high"]), found["missed"], target)
        if "of" in found:
            low, high = found["of"]
            if high == 0:
                return str(check.measure["without"])
            return "open" if low == 0 or high is None else of_interval(found["low"], found["high"], target)
        return of_interval(found["low"], found["high"], target)

    def _rows(self, where: str, said: list[dict[str, Any]], check: Check) -> None:
        """Every row that counts or may count is listed, as what it is, and no other."""
        listed = {(one["file"], one["row"]): one for one in said}
        agree(where, "rows_listed_once", len(said), len(listed))
        for seen in check.rows:
            at = next((at for at, window in enumerate(check.windows) if check.inside(seen, window)[0]), None)
            one = listed.pop(seen.key, None)
            here = f"{where} {seen.key[0]}:{seen.key[1]}"
            agree(here, "window", None if one is None else one["window"], at)
            if one is None or at is None:
                continue
            self.rows += 1
            agree(here, "counts", one["counts"], found := outcome(check, seen, check.windows[at]))
            doubt = "row" if seen.row.held < 2 else "selector" if seen.told < 2 else "place"
            agree(here, "why", one["why"], None if found in ("counted", "missed") else doubt)
            partner = one["partner"]
            wanted = 2 if one["counts"] == "counted" else 1
            fits = partner is None or check.found[seen.key].get(tuple(partner), 0) >= wanted
            named = partner is not None or not needs_partner(check, seen, one["counts"])
            agree(here, "partner", True, fits and named)
            agree(here, "due", one["due"], check.due(seen))
        agree(where, "rows_that_do_not_count", [], sorted(listed))


def needs_partner(check: Check, seen: Seen, counts: str) -> bool:
    """Whether a partner has to be named: where a row counts because it has one that is another row."""
    partners = [key for key, told in check.found.get(seen.key, {}).items() if told == 2]
    return bool(check.ways) and counts == "counted" and seen.key not in partners


def outcome(check: Check, seen: Seen, window: Window) -> str:
    """What became of a row in a window."""
    if check.measure["name"] != "Ratio":
        return "counted" if seen.sure and seen.paired == 2 and check.inside(seen, window)[1] else "possible"
    if not (seen.sure and check.inside(seen, window)[1]):
        return "possible"
    return ("missed", "pending" if seen.running else "possible", "counted")[seen.paired]


def interval(said: Any) -> Any:
    return tuple(map(number, said)) if isinstance(said, list) else number(said)


def tiled(where: str, said: dict[str, Any], windows: list[Window]) -> None:
    """The windows lie in the span, in order and without overlap; those of the calendar without gap, unless only some of
    them are `chosen`."""
    first, last = map(ordinal, said["span"])
    agree(where, "tiling", True, said["tiling"] in ("whole", "calendar", "chosen", "listed"))
    for earlier, later in pairwise(windows):
        agree(where, "windows_in_order", True, earlier.last < later.first)
        if said["tiling"] == "calendar":
            agree(where, "windows_without_gap", later.first, earlier.last + 1)
    if said["tiling"] != "listed":
        agree(where, "windows_in_span", True, all(first <= one.first <= one.last <= last for one in windows))
    if said["tiling"] == "whole":
        agree(where, "window", [(first, last)], [(one.first, one.last) for one in windows])
