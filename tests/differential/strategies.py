"""Strategies for worlds: all selectors, windows, ways, deadlines and kinds of dirt that the language has."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.differential.chances import Described, maybe, mostly, weighted
from tests.differential.days import AUTUMN, SPRING, days_of, moments
from tests.differential.nodes import nodes

SOURCES = ["a.csv", "b.csv", "c.csv"]
ACTIVITIES = ["x", "y", "z"]
PLACES = ["Torget", "skolan"]
CASES = ["1", "2"]
ACTORS = ["kommunen", "polisen", "skolan"]


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
            "withdrawn": maybe(moments(period)),
            "moved": weighted((1, moments(period)), (3, st.none())),
            "amount": weighted((9, st.sampled_from(["0", "1", "2.5", "3"])), (1, st.none()), (1, st.just("-1"))),
            "part": mostly(st.sampled_from(["0", "1", "2"])),
            "value": mostly(st.sampled_from(["-2", "0", "1", "1.5", "4"])),
            "low": weighted((2, st.sampled_from(["-2.5", "0", "1"])), (1, st.none())),
            "high": weighted((2, st.sampled_from(["0.5", "2", "4.5"])), (1, st.none())),
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
            "unreadable": weighted(
                (15, st.just([])),
                (
                    1,
                    st.sampled_from(
                        [["place"], ["case"], ["answered"], ["withdrawn"], ["amount"], ["value", "part"], ["low"]]
                    ),
                ),
            ),
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
        "duration": st.sampled_from(
            [{"at_least": "1 hour"}, {"at_most": "90 minutes"}, {"at_least": "1 minute", "at_most": "2 hours"}]
        ),
        "withdrawn": st.sampled_from([{"recorded": True}, {"recorded": False}, {"on_or_after": "2022-03-27"}]),
        "answered": st.sampled_from(
            [{"recorded": True}, {"recorded": False}, {"on_or_after": "2022-03-27"}, {"on_or_before": "2022-10-30"}]
        ),
    }
    if depth:
        inner = st.lists(selectors(depth=depth - 1).filter(bool), min_size=1, max_size=2)
        conditions |= {"any": inner, "all": inner, "except": selectors(depth=depth - 1).filter(bool)}
    names = st.lists(st.sampled_from(sorted(conditions)), max_size=2 if depth else 1, unique=True)
    anything = names.flatmap(lambda chosen: st.fixed_dictionaries({name: conditions[name] for name in chosen}))
    plain = st.sampled_from(ACTIVITIES).map(lambda name: {"activity": name})
    joined = st.builds(lambda first, second: {**second, **first}, plain, anything)
    return weighted((3, plain), (5, joined), (1, anything)) if depth == 2 else anything


def activities() -> st.SearchStrategy[Described]:
    """A named selector, sometimes of some sources only."""
    sources = st.lists(st.sampled_from([*SOURCES, "d.csv"]), max_size=2, unique=True)
    return st.fixed_dictionaries({"selector": selectors(), "sources": weighted((9, st.just([])), (1, sources))})


TIED = {
    "place": st.sampled_from(["torget", "torget", ["torget", "Skolan"], {"not": "skolan"}, {"recorded": True}]),
    "case": st.sampled_from(["1", "1", {"not": "2"}, {"recorded": True}]),
}
"""Conditions on the columns that pairs compare."""


@st.composite
def named_activities(draw: st.DrawFn, names: list[str]) -> Described:
    """Activities by their names. Sometimes all of them ask about a column that pairs compare, so that one wrong cell
    fails both a selector and the pair."""
    found = {name: draw(activities()) for name in names}
    column = draw(weighted((3, st.none()), (2, st.just("place")), (1, st.just("case"))))
    if column is not None:
        plain = st.sampled_from(ACTIVITIES).map(lambda name: {"activity": name})
        for one in found.values():
            inner = draw(weighted((3, plain), (1, st.just(one["selector"]))))
            condition = draw(weighted((7, TIED[column].map(lambda value: {column: value})), (1, st.just({}))))
            excepted = draw(
                weighted((7, st.just({})), (1, TIED[column].map(lambda value: {"except": {column: value}})))
            )
            one["selector"] = {**inner, **condition, **excepted}
    return found


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
        "activities": draw(named_activities(names)),
        "commitments": draw(st.lists(nodes(period, names), min_size=2, max_size=8)),
        "events": draw(st.lists(events(period), min_size=rows, max_size=rows)),
        "as_ofs": draw(weighted((2, as_of.map(lambda text: [text])), (1, st.lists(as_of, min_size=2, max_size=2)))),
        "judged": draw(weighted((7, st.just(False)), (1, st.just(True)))),
    }
