"""Worlds in which both sides of a pair name the place or the key that they must share, with some wrong cells."""

from __future__ import annotations

import random
from typing import Any

from tests.differential.strategies import Described

PLACES = ["Torget", "Torget", "Torget", "Skolan", "Parken", None]
CASES = ["1", "1", "2", None]
NAMED: dict[str, list[Any]] = {
    "place": ["torget", "torget", ["torget", "Parken"], {"not": "skolan"}, {"recorded": True}, {"starts_with": "to"}],
    "case": ["1", "1", {"not": "2"}, {"recorded": True}],
}
DEADLINES: list[list[Any]] = [
    [0, "days", None], [2, "working_days", None], [3600, "always", None], [72 * 3600, "weekdays", None],
    ["by", "2022-03-20"],
]  # fmt: skip
HELD = ["held"] * 12 + ["cancelled", "possible"]


def tied(rnd: random.Random, rows: int = 24) -> Described:
    """One world: two activities, every way of belonging together, counted, measured and as a share."""
    column = rnd.choice(["place", "place", "case"])
    sides = {"p": _activity(rnd, "x", column), "q": _activity(rnd, rnd.choice("xyy"), column)}
    return {
        "period": "2022-03-14/2022-03-20",
        "calendar": ["2022-03-15/2022-03-15"],
        "sources": [{"name": "a.csv", "covers": ["2022-01-01/2022-12-31"], "superseded": 0, "undated": 0}],
        "activities": sides,
        "commitments": [_commitment(rnd, column) for _ in range(4)],
        "events": [_row(rnd) for _ in range(rows)],
        "as_ofs": rnd.choice([["2022-12-31"], ["2022-12-31"], ["2022-03-17", "2022-03-16T12:00"]]),
        "judged": rnd.random() < 0.2,
    }


def _activity(rnd: random.Random, activity: str, column: str) -> Described:
    selector: Described = {"activity": activity}
    if rnd.random() < 0.85:
        selector[column] = rnd.choice(NAMED[column])
    if rnd.random() < 0.3:
        selector["theme"] = "lugn"
    if rnd.random() < 0.15:
        selector["except"] = {column: rnd.choice(NAMED[column])}
    return {"selector": selector, "sources": []}


def _commitment(rnd: random.Random, column: str) -> Described:
    present = [{"how": "overlap", "seconds": 60}, {"how": "day"}, {"how": "row"}, {"how": "overlap", "seconds": 5400}]
    ways = rnd.sample(present, rnd.choice([1, 1, 2]))
    if column == "case" or rnd.random() < 0.3:
        ways = [{"how": "time", "key": column, "deadline": rnd.choice(DEADLINES)}]
    measures: list[Described] = [
        {"ratio": True, "target": ["1", "1"]},
        {"measure": {"kind": "count"}, "target": [rnd.choice([1, 2, 5]), None]},
        {"measure": {"kind": "count"}, "overlaps": rnd.choice([0, 1800]), "target": [1, None]},
        {"measure": {"kind": "distinct", "unit": "day"}, "target": [2, None]},
        {"measure": {"kind": "distinct", "unit": None, "column": "place"}, "target": [2, None]},
        {"measure": {"kind": "sum", "column": "amount"}, "target": [4, None]},
        {
            "measure": {"kind": "duration", "total": "sum", "weight": "amount", "without_end": "not_counted"},
            "target": [7200, None],
        },
    ]
    every = rnd.choice([{}, {}, {"every": ["day", "full_target"]}, {"every": ["week", "full_target"]}])
    shift = rnd.choice([{}, {}, {}, {"day_begins": 6 * 3600}])
    sides = rnd.choice([("p", "q"), ("q", "p"), ("p", "p")])
    return {"what": sides[0], "with": sides[1], "ways": ways, **rnd.choice(measures), **every, **shift}


def _row(rnd: random.Random) -> Described:
    day = rnd.choice(["03-13", "03-15", "03-15", "03-16", "03-18", "03-22"])
    clock = rnd.choice(["", f" {rnd.randrange(8, 14):02}:00", f" {rnd.randrange(8, 14):02}:30"])
    start = "2022-W11" if rnd.random() < 0.04 else f"2022-{day}{clock}"
    cells = {
        "activity": rnd.choice(["x", "y"]),
        "place": rnd.choice(PLACES),
        "case": rnd.choice(CASES),
        "theme": rnd.choice(["lugn", "lugn", "oro"]),
        "amount": rnd.choice(["1", "2", None]),
    }
    unreadable = rnd.choice([[]] * 15 + [["place"], ["case"]])
    state = rnd.choice(HELD)
    return {"source": 0, "start": start, "end": rnd.choice([3600, 7200, 86_400, None]), "state": state,
            "rejected": False, "unreadable": unreadable, "cells": cells}  # fmt: skip
