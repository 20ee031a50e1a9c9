"""Since when a verdict is final: the earliest day as of which it is the same, and stays so.

While nobody says anything new knowledge only grows, and halving finds the day. A statement can turn a verdict, so each
time between two of them is halved by itself, the latest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence

from msgspec import Struct

from promisekit.engine.base import Engine
from promisekit.plan.assessment import Assessment, within
from promisekit.plan.checks import checks_in
from promisekit.plan.nodes import Need, Node
from promisekit.verdict.tree import Known, judge_node, spans_of, upwards
from promisekit.verdict.truth import together
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import AsOf, Day, end_of

Search = Generator[Day, bool, Day]


class Decided(Struct, frozen=True):
    """A node whose verdict is final."""

    name: str
    node: Node
    verdict: Verdict
    engine: Engine
    """The one that its verdict was measured by."""
    amended: Day | None = None
    """From which day on all is known that was said about its rows and cases, and that the engine works in."""
    before: Engine | None = None
    """The engine for the days before that, where nothing of it was known on them."""

    def engine_on(self, day: Day) -> Engine:
        """The engine that measures what was known on a day."""
        return self.engine if self.before is None or self.amended is None or day >= self.amended else self.before


Waiting = tuple[Decided, Search, bool | None]
"""A search, and the answer to what it asked last."""


def final_days(decided: Iterable[Decided], said: Sequence[Assessment], as_of: AsOf) -> Mapping[str, Day]:
    """The day for each of them, by name. All are searched for together, so that an engine is asked once for each day
    that any of them needs, however many they are."""
    days: dict[str, Day] = {}
    waiting: list[Waiting] = [(one, _search(_turns(one, said, as_of.day), as_of.day), None) for one in decided]
    while waiting:
        asked: dict[tuple[int, Day], list[Waiting]] = defaultdict(list)
        for one, search, answer in waiting:
            try:
                day = next(search) if answer is None else search.send(answer)
            except StopIteration as found:
                days[one.name] = found.value
            else:
                asked[id(one.engine_on(day)), day].append((one, search, None))
        waiting = [answered for (_, day), group in asked.items() for answered in _answered(day, group, said)]
    return days


def quiet(name: str, said: Sequence[Assessment]) -> bool:
    """Whether nobody has said anything about a node, its parts or what it is a part of."""
    return not any(one.row is None and _concerns(name, one) for one in said)


def day_of_parts(need: Need, verdict: Verdict, parts: Sequence[tuple[Verdict, Day | None]]) -> Day | None:
    """Since when so many parts have had so many verdicts that theirs together is final.

    `parts`: the verdict of each, and since when it is final (None while it is open). Before that day each was open, if
    nobody said anything: so nothing has to be measured again.
    """
    days = sorted({day for _, day in parts if day is not None})

    def is_final(day: Day) -> bool:
        known = [one if since is not None and since <= day else Verdict.OPEN for one, since in parts]
        return together(need, known) is verdict

    number = bisect_left(days, True, key=is_final)
    return days[number] if number < len(days) else None


def _answered(day: Day, group: Sequence[Waiting], said: Sequence[Assessment]) -> list[Waiting]:
    """The searches, all with the same engine, with what it says of that day."""
    engine = group[0][0].engine_on(day)
    as_of = end_of(day, engine.zone)
    names = frozenset(name for one, _, _ in group for name, _ in checks_in(one.name, one.node))
    known = Known(as_of, engine.observe(as_of, names).checks if names else {}, tuple(said))
    return [(one, search, judge_node(one.name, one.node, known).verdict is one.verdict) for one, search, _ in group]


def _turns(one: Decided, said: Sequence[Assessment], last: Day) -> list[Day]:
    """The first day that matters, and every later one on which something was said about it."""
    first = min((span.start for span in spans_of(one.node)), default=last)
    dates = {said.date for said in said if said.row is None and said.case is None and _concerns(one.name, said)}
    if one.amended is not None:
        dates.add(one.amended)
    start = min([first, *dates])
    if one.amended is not None and one.before is None:
        start = one.amended
    return sorted({min(start, last), *(date for date in dates if start <= date <= last)})


def _concerns(name: str, said: Assessment) -> bool:
    """Whether a statement is about a node, a part of it, or (waiving windows) something that it is a part of."""
    return within(said.about, name) or (said.window is not None and said.about in upwards(name))


def _search(turns: Sequence[Day], last: Day) -> Search:
    """Asks for days whether the verdict was the same at their end, and returns the first from which on it was.

    It is so on the day `last`. Between two of the `turns` it is so from some day on, once it is.
    """
    high = last
    for number in range(len(turns) - 1, -1, -1):
        low = turns[number]
        while low < high:
            middle = Day((low + high) // 2)
            if (yield middle):
                high = middle
            else:
                low = Day(middle + 1)
        if high > turns[number] or number == 0:
            return high
        if not (yield Day(high - 1)):
            return high
        high = Day(high - 1)
    return high
