"""Strategies for nodes: every measure of every relation, in windows of every sort, alone and put together."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.differential.chances import Described, maybe, weighted
from tests.differential.days import days_of

HOUR = 3600
BOUNDS = [[1, None], [2, None], [None, 0], [None, 1], [1, 1], [1, 2]]
SHARES = [["1", "1"], ["1/2", None], [None, "1/2"], ["1/3", "2/3"]]
LENGTHS = [[HOUR, None], [40 * HOUR, None], [None, 7200], [1800, 5400]]
VALUES = [["1", None], [None, "0"], ["-1", "2"], ["0", None, True], [None, "5/2", True]]
GAPS = [[None, 1], [None, 3], [None, 7], [None, 14]]


def deadlines(period: str) -> st.SearchStrategy[list[Any]]:
    """By a day, or so long after, in days or by a clock."""
    day = st.sampled_from(days_of(period))
    units = st.sampled_from(["days", "weeks", "months", "working_days"])
    within = st.builds(lambda number, unit, latest: [number, unit, latest], st.integers(0, 3), units, maybe(day))
    lengths = st.sampled_from([1800, HOUR, 4 * HOUR, 24 * HOUR, 72 * HOUR])
    clocks = st.sampled_from(["always", "weekdays"])
    hours = st.builds(lambda seconds, clock, latest: [seconds, clock, latest], lengths, clocks, maybe(day))
    return weighted((3, within), (2, hours), (1, day.map(lambda day: ["by", day])))


def ways(period: str) -> st.SearchStrategy[list[Described]]:
    """How two rows belong together: some ways of presence, or one way of answering."""
    presence = st.sampled_from(
        [{"how": "overlap", "seconds": 60}, {"how": "day"}, {"how": "row"}, {"how": "overlap", "seconds": 5400}]
    )
    answer = st.fixed_dictionaries(
        {"how": st.just("time"), "key": st.sampled_from([None, "case", "place"]), "deadline": deadlines(period)}
    )
    own = st.fixed_dictionaries(
        {"how": st.just("time"), "key": st.none(), "deadline": deadlines(period), "column": st.just("answered")}
    )
    return st.one_of(
        presence.map(lambda way: [way]),
        st.lists(presence, min_size=2, max_size=3),
        answer.map(lambda way: [way]),
        own.map(lambda way: [way]),
    )


def needs() -> st.SearchStrategy[Any]:
    """How many of the windows or parts."""
    number = st.integers(1, 4).map(lambda number: ["at_least", number])
    share = st.sampled_from(["1/3", "1/2", "9/10"]).map(lambda share: ["share", share])
    return weighted((3, st.none()), (1, number), (1, share))


def partitions(period: str, *, slots: bool) -> st.SearchStrategy[Described]:
    """One window, calendar windows, or days of their own with or without a clock."""
    days = days_of(period)
    partials = st.sampled_from(["full_target", "prorate", "anchor_period", "whole_only"])
    numbers = st.sampled_from([1, 1, 2, 3])
    short = st.tuples(st.sampled_from(["day", "week"]), partials, numbers, maybe(st.sampled_from(days)))
    long = st.tuples(st.sampled_from(["month", "quarter", "half_year", "year"]), partials, numbers, st.none())
    left_out = weighted((3, st.just([])), (1, st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True)))
    tiled = st.builds(
        lambda every, left_out: {"every": list(every)} | ({"left_out": left_out} if left_out else {}),
        st.one_of(short.filter(_leaves_windows), long.filter(_leaves_windows)),
        left_out,
    )
    whole = st.sampled_from([{}, {}, {"until": True}])
    return weighted((2, whole), (3, tiled), (2 if slots else 1, _listed(days, slots=slots)))


def _leaves_windows(every: tuple[str, str, int, str | None]) -> bool:
    """Four weeks hold no whole month, and the validator refuses what has no window."""
    return every[1] != "whole_only" or (every[0] == "day" and every[2] == 1) or (every[0] == "week" and every[2] == 1)


@st.composite
def _listed(draw: st.DrawFn, days: list[str], *, slots: bool) -> Described:
    chosen = sorted(draw(st.lists(st.sampled_from(days), min_size=1, max_size=5, unique=True)))
    clocks = [
        (9 * HOUR, 11 * HOUR),
        (22 * HOUR, 28 * HOUR),
        (1 * HOUR, 3 * HOUR),
        (2 * HOUR, 4 * HOUR + 1800),
        (0, 86_400),
    ]
    clock = draw(maybe(st.sampled_from(clocks))) if slots else None
    return {"listed": [[f"{day}/{day}", None if clock is None else list(clock)] for day in chosen]}


def _measured(period: str) -> st.SearchStrategy[Described]:
    """What is measured of a relation, with a target that fits it."""
    units = st.sampled_from(["day", "week", "weekend", "month"])

    def of(targets: list[Any], **fields: Any) -> st.SearchStrategy[Described]:
        made = {name: one if isinstance(one, st.SearchStrategy) else st.just(one) for name, one in fields.items()}
        return st.fixed_dictionaries({"measure": st.fixed_dictionaries(made), "target": st.sampled_from(targets)})

    duration = of(
        LENGTHS,
        kind="duration",
        total=st.sampled_from(["union", "sum"]),
        weight=maybe(st.just("amount")),
        without_end=st.sampled_from(["unknown", "not_counted"]),
    ).map(_fitting)
    return weighted(
        (3, of(BOUNDS, kind="count")),
        (2, of(BOUNDS, kind="distinct", unit=units)),
        (2, of(BOUNDS, kind="distinct", unit=None, column=st.sampled_from(["place", "theme", "case"]))),
        (2, of([*VALUES, [5, None]], kind="sum", column=st.sampled_from(["amount", "value"]))),
        (3, duration),
        (2, of(GAPS, kind="gap")),
    )


def _fitting(written: Described) -> Described:
    """Only a sum has weights."""
    if written["measure"]["total"] == "union":
        return {**written, "measure": {**written["measure"], "weight": None}}
    return written


def _latest(period: str) -> st.SearchStrategy[Described]:
    days = days_of(period)
    baseline = st.sampled_from([None, "0", "2", "5/2", f"{days[0]}/{days[3]}", f"{days[2]}/{days[7]}"])
    bounds = st.sampled_from([{}, {}, {"low": "low", "high": "high"}])
    compared = st.sampled_from(["difference", "percent"])
    made = st.builds(
        lambda base, more, how: {"kind": "latest", "column": "value", "baseline": base, "compared": how, **more},
        baseline, bounds, compared,
    )  # fmt: skip
    return st.fixed_dictionaries({"measure": made, "target": st.sampled_from(VALUES)})


@st.composite
def checks(draw: st.DrawFn, period: str, names: list[str]) -> Described:
    """A check of any measure."""
    days = days_of(period)
    sort = draw(weighted((5, st.just("any")), (2, st.just("ratio")), (1, st.just("latest")), (1, st.just("quotient"))))
    written: Described = {"what": draw(st.sampled_from(names))}
    if sort == "ratio" or (sort == "any" and draw(st.booleans())):
        written |= {"with": draw(st.sampled_from(names)), "ways": draw(ways(period))}
    if sort == "any":
        written |= draw(_measured(period))
    elif sort == "latest":
        written |= draw(_latest(period))
    elif sort == "quotient":
        written |= {
            "measure": {"kind": "quotient", "above": "part", "below": "amount"},
            "target": draw(st.sampled_from(SHARES)),
        }
    else:
        weight = draw(weighted((2, st.none()), (1, st.just("amount"))))
        written |= {"measure": {"kind": "ratio", "weight": weight}, "target": draw(st.sampled_from(SHARES))}
        if [way["how"] for way in written["ways"]] == ["time"] and draw(st.booleans()):
            written["measure"]["excuses"] = draw(st.sampled_from([["withdrawn"], ["withdrawn", "moved"]]))
    kind = written["measure"]["kind"]
    if kind == "count" and draw(st.integers(0, 2)) == 0:
        written["overlaps"] = draw(st.sampled_from([0, 60, 1800, 7200]))
    written |= draw(partitions(period, slots=kind == "duration" or "overlaps" in written))
    span = draw(st.sampled_from([None, None, f"{days[2]}/{days[7]}"]))
    if span is not None and "listed" not in written:
        written["span"] = span
    shift = draw(weighted((3, st.just(0)), (1, st.sampled_from([6 * HOUR, 2 * HOUR, 22 * HOUR]))))
    return {**written, "need": draw(needs()), **({"day_begins": shift} if shift else {})}


@st.composite
def nodes(draw: st.DrawFn, period: str, names: list[str], depth: int = 2) -> Described:
    """A check, or checks put together."""
    check = checks(period, names)
    sort = draw(weighted((8, st.just("check")), (1, st.just("when")), (1, st.just("parts")))) if depth else "check"
    if sort == "check":
        return draw(check)
    if sort == "when":
        activity = st.fixed_dictionaries(
            {"what": st.sampled_from(names), "target": st.sampled_from([[1, None], [2, None]])}
        )
        then = draw(check if depth == 1 else st.one_of(check, _parts(period, names, 0)))
        trigger = draw(activity)
        same = {key: then[key] for key in ("every", "left_out", "listed", "span") if key in then}
        return {"trigger": {**trigger, **(same if draw(st.booleans()) else {})}, "then": then}
    return draw(_parts(period, names, depth - 1))


@st.composite
def _parts(draw: st.DrawFn, period: str, names: list[str], depth: int) -> Described:
    parts = draw(st.lists(nodes(period, names, depth), min_size=1, max_size=3))
    if draw(st.booleans()):
        parts = [{**part, "member": f"m{number}"} for number, part in enumerate(parts)]
    elif draw(st.integers(0, 3)) == 0:
        parts = [*parts, {"assess": ["us"]}]
    return {"parts": parts, "need": draw(needs())}
