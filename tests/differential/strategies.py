"""Strategies for worlds: all selectors, windows, ways, deadlines and kinds of dirt that the language has."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Described = dict[str, Any]

SPRING, AUTUMN = "2022-03-14/2022-04-10", "2022-10-17/2022-11-13"
"""Four ISO weeks each, with a month's end and the night in which the clocks change."""
DAYS = {
    SPRING: "03-10 03-14 03-15 03-26 03-27 03-28 03-31 04-01 04-09 04-10 04-11 04-14",
    AUTUMN: "10-16 10-17 10-18 10-29 10-30 10-31 11-01 11-04 11-12 11-13 11-14 11-20",
}
VAGUE = {
    SPRING: "2022-03 2022-04 2022-W11 2022-W12 2022-W14 2022",
    AUTUMN: "2022-10 2022-11 2022-W42 2022-W43 2022-W45 2022",
}
CLOCKS = [
    "00:00",
    "00:30",
    "01:59:30",
    "02:00",
    "02:30",
    "03:00",
    "09:00",
    "10:00",
    "10:00:30",
    "10:01",
    "11:00",
    "23:00",
    "23:59",
]
SOURCES = ["a.csv", "b.csv", "c.csv"]
ACTIVITIES = ["x", "y", "z"]
PLACES = ["Torget", "skolan"]
CASES = ["1", "2"]
ACTORS = ["kommunen", "polisen", "skolan"]


@st.composite
def weighted(draw: st.DrawFn, *choices: tuple[int, st.SearchStrategy[Any]]) -> Any:
    """One of the strategies, each as often as its weight says (`one_of` takes equal ones for one)."""
    turn = draw(st.integers(1, sum(weight for weight, _ in choices)))
    for weight, strategy in choices:
        if turn <= weight:
            return draw(strategy)
        turn -= weight
    raise AssertionError(turn)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy, or nothing."""
    return st.one_of(st.none(), strategy)


def days_of(period: str) -> list[str]:
    """Days before, in and after a period, first to last."""
    return [f"2022-{day}" for day in DAYS[period].split()]


def moments(period: str) -> st.SearchStrategy[str]:
    """A moment as a log writes it, mostly with a clock time."""
    day = st.sampled_from(days_of(period))
    clocked = st.builds("{} {}".format, day, st.sampled_from(CLOCKS))
    zoned = st.builds("{}T{}Z".format, day, st.sampled_from(CLOCKS))
    return weighted((12, clocked), (1, zoned), (2, day), (1, st.sampled_from(VAGUE[period].split())))


def mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy, or now and then an empty cell."""
    return weighted((11, strategy), (1, st.none()))


def cells(period: str) -> st.SearchStrategy[Described]:
    """The cells of one row."""
    return st.fixed_dictionaries(
        {
            "activity": weighted((30, st.sampled_from(ACTIVITIES)), (1, st.none())),
            "place": mostly(st.sampled_from(PLACES)),
            "case": mostly(st.sampled_from(CASES)),
            "theme": mostly(st.sampled_from(["lugn", "oro"])),
            "actors": mostly(
                st.sampled_from([["kommunen"], ["polisen"], ["kommunen", "polisen"], ["skolan", "polisen"], []])
            ),
            "number": mostly(st.sampled_from(["0", "1", "2.5"])),
            "outdoors": mostly(st.booleans()),
            "answered": maybe(moments(period)),
        }
    )


def events(period: str) -> st.SearchStrategy[Described]:
    """One row of a log."""
    lasting = st.sampled_from([1800, 3600, 5400, 7200, 36_000, 90_000, 60, 59, 0, -60])
    return st.fixed_dictionaries(
        {
            "source": st.integers(0, 2),
            "start": moments(period),
            "end": weighted((8, lasting), (1, st.none()), (1, moments(period))),
            "state": weighted((12, st.just("held")), (1, st.just("possible")), (1, st.just("cancelled"))),
            "rejected": st.booleans(),
            "unreadable": weighted((15, st.just([])), (1, st.sampled_from([["place"], ["case"], ["answered"]]))),
            "cells": cells(period),
        }
    )


def selectors(*, depth: int = 2) -> st.SearchStrategy[Described]:
    """A selector as the language writes it."""
    theme = st.sampled_from(["lugn", "oro", {"not": "oro"}, {"starts_with": "lu"}, {"recorded": False}])
    activity = st.sampled_from([*ACTIVITIES, ["x", "y"], ["y", "z"]])
    actors = [{"any": ["kommunen"]}, {"all": ["kommunen", "polisen"]}, {"none": ["skolan"]}]
    numbers = [1, {"at_least": 1}, {"at_most": 1}, {"between": [1, 3]}, {"at_least": 1, "at_most": 2}]
    conditions: dict[Any, st.SearchStrategy[Any]] = {
        "activity": activity,
        "place": st.sampled_from([*PLACES, ["torget", "Skolan"], {"not": "torget"}]),
        "theme": theme,
        "actors": st.sampled_from([*actors, {"any": ["polisen"], "none": ["skolan"]}]),
        "case": st.sampled_from(["1", {"recorded": True}]),
        "number": st.sampled_from(numbers),
        "outdoors": st.booleans(),
        "time": st.sampled_from([{"from": "09:00", "to": "11:00"}, {"from": "23:00", "to": "02:30"}]),
        "weekday": st.sampled_from(["sun", ["mon", "sat"]]),
        "calendar": st.just("holidays"),
    }
    if depth:
        inner = st.lists(selectors(depth=depth - 1), min_size=1, max_size=2)
        conditions |= {"any": inner, "all": inner}
    names = st.lists(st.sampled_from(sorted(conditions)), max_size=2 if depth else 1, unique=True)
    anything = names.flatmap(lambda chosen: st.fixed_dictionaries({name: conditions[name] for name in chosen}))
    plain = st.sampled_from(ACTIVITIES).map(lambda name: {"activity": name})
    joined = st.builds(lambda first, second: {**second, **first}, plain, anything)
    return weighted((3, plain), (5, joined), (1, anything)) if depth == 2 else anything


def activities() -> st.SearchStrategy[Described]:
    """A named selector, sometimes of some sources only."""
    sources = st.lists(st.sampled_from([*SOURCES, "d.csv"]), max_size=2, unique=True)
    return st.fixed_dictionaries({"selector": selectors(), "sources": weighted((9, st.just([])), (1, sources))})


def deadlines(period: str) -> st.SearchStrategy[list[Any]]:
    """By a day, or so long after."""
    day = st.sampled_from(days_of(period))
    units = st.sampled_from(["days", "weeks", "months", "working_days"])
    within = st.builds(lambda number, unit, latest: [number, unit, latest], st.integers(0, 3), units, maybe(day))
    return weighted((3, within), (1, day.map(lambda day: ["by", day])))


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


def commitments(period: str, names: list[str]) -> st.SearchStrategy[Described]:
    """A count, a count of pairs or a share, over the period, a part of it or calendar windows."""
    name = st.sampled_from(names)
    days = days_of(period)
    parts = st.sampled_from([None, None, f"{days[2]}/{days[7]}"])
    partials = st.sampled_from(["full_target", "prorate", "anchor_period", "whole_only"])
    every = st.one_of(
        st.just((None, None)),
        st.tuples(st.sampled_from(["day", "week"]), partials),
        st.tuples(st.sampled_from(["month", "quarter", "half_year", "year"]), partials).filter(_leaves_windows),
    )
    bounds = st.sampled_from([[1, None], [2, None], [None, 0], [None, 1], [1, 1], [1, 2]])
    shares = st.sampled_from([["1", "1"], ["1/2", None], [None, "1/2"]])
    placed = {"every": every, "span": parts}
    pair = {"what": name, "with": name, "ways": ways(period)}
    count = st.fixed_dictionaries({"what": name, "target": bounds, **placed})
    pairs = st.fixed_dictionaries({**pair, "ratio": st.just(False), "target": bounds, **placed})
    ratio = st.fixed_dictionaries({**pair, "ratio": st.just(True), "target": shares})
    return weighted((2, count), (3, pairs), (2, ratio))


def _leaves_windows(every: tuple[str, str]) -> bool:
    """Four weeks hold no whole month, and the validator refuses what has no window."""
    return every[1] != "whole_only"


@st.composite
def worlds(draw: st.DrawFn) -> Described:
    """A world: some activities, some commitments on them, a log and some as-ofs."""
    period = draw(st.sampled_from([SPRING, SPRING, AUTUMN]))
    days = days_of(period)
    names = ["p", "q", "r"]
    spans = st.sampled_from(
        [
            period,
            f"{days[0]}/{days[4]}",
            f"{days[6]}/{days[-1]}",
            f"{days[1]}/{days[1]}",
            f"{days[0]}/{days[-1]}",
            "2022-01-01/2022-12-31",
        ]
    )
    sources = st.fixed_dictionaries(
        {
            "covers": weighted(
                (5, st.just(["2022-01-01/2022-12-31"])), (1, st.none()), (1, st.lists(spans, max_size=2))
            ),
            "superseded": st.integers(0, 1),
            "undated": st.integers(0, 1),
        }
    )
    as_of = weighted(
        (6, st.sampled_from(["2022-12-31", "2023-02-01"])),
        (2, st.sampled_from(days)),
        (1, st.builds("{}T{}".format, st.sampled_from(days), st.sampled_from(["00:00", "10:00", "10:59", "23:59"]))),
    )
    number = draw(weighted((3, st.just(1)), (1, st.integers(2, 3))))
    rows = draw(st.integers(0, 18))
    return {
        "period": period,
        "calendar": [f"{days[1]}/{days[1]}", f"{days[4]}/{days[5]}"],
        "sources": [{"name": SOURCES[place], **draw(sources)} for place in range(number)],
        "activities": {name: draw(activities()) for name in names},
        "commitments": draw(st.lists(commitments(period, names), min_size=2, max_size=8)),
        "events": draw(st.lists(events(period), min_size=rows, max_size=rows)),
        "as_ofs": draw(weighted((2, as_of.map(lambda text: [text])), (1, st.lists(as_of, min_size=2, max_size=2)))),
        "judged": draw(weighted((7, st.just(False)), (1, st.just(True)))),
    }
