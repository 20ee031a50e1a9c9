"""Worlds with more rows than any list shows."""

from __future__ import annotations

import random

from tests.differential.strategies import Described

ROWS = 900


def crowd(rnd: random.Random) -> Described:
    """A few activities and commitments on many rows of a few days, some of them before or after the period."""
    overlap, day = {"how": "overlap", "seconds": 60}, {"how": "day"}
    answer = {"how": "time", "key": "case", "deadline": [1, "working_days", None]}
    whole, weekly = {"target": [1, None]}, {"target": [2, None], "every": ["week", "full_target"]}
    share = {"ratio": True, "target": ["1", "1"]}
    commitments: list[Described] = [
        {"what": "insats", **whole},
        {"what": "insats", **weekly},
        {"what": "insats", "with": "stod", "ways": [overlap], "ratio": False, **weekly},
        {"what": "stod", "with": "insats", "ways": [day, overlap], "ratio": False, **whole},
        {"what": "anmalan", "with": "svar", "ways": [answer], **share},
        {"what": "anmalan", "with": "svar", "ways": [{**answer, "key": None, "deadline": [0, "days", None]}], **share},
    ]
    return {
        "period": "2022-03-14/2022-04-10",
        "calendar": [],
        "sources": [{"name": "a.csv", "covers": ["2022-01-01/2022-12-31"], "superseded": 0, "undated": 0}],
        "activities": {
            "insats": {"selector": {"activity": "x", "place": "Torget", "theme": "lugn"}, "sources": []},
            "stod": {"selector": {"activity": "y", "time": {"from": "09:00", "to": "15:00"}}, "sources": []},
            "anmalan": {"selector": {"activity": "x"}, "sources": []},
            "svar": {"selector": {"activity": "y", "outdoors": True}, "sources": []},
        },
        "commitments": commitments,
        "events": [_row(rnd) for _ in range(ROWS)],
        "as_ofs": ["2022-12-31", "2022-03-28"],
        "judged": True,
    }


def _row(rnd: random.Random) -> Described:
    day = rnd.choice(["03-10", "03-14", "03-15", "03-21", "03-28", "04-01", "04-12"])
    clock = f" {rnd.randrange(6, 20):02}:{rnd.randrange(0, 60, 5):02}"
    cells = {
        "activity": rnd.choice("xy"),
        "place": rnd.choice(["Torget", "Torget", "skolan", "parken"]),
        "theme": rnd.choice(["lugn", "lugn", "oro"]),
        "case": rnd.choice([None, *map(str, range(200))]),
        "outdoors": rnd.random() < 0.7,
    }
    return {
        "source": 0,
        "start": f"2022-{day}{clock if rnd.random() < 0.95 else ''}",
        "end": rnd.choice([None, 600, 1800, 3600]),
        "state": rnd.choice(["held"] * 12 + ["possible", "cancelled"]),
        "rejected": False,
        "unreadable": [],
        "cells": cells,
    }
