"""Making a world that differs smaller, as long as it still does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.differential.strategies import Described

LISTS = ("commitments", "as_ofs", "events")


def smallest(world: Described, differs: Callable[[Described], bool]) -> Described:
    """The world without whatever can be left out: commitments, as-ofs, rows, cells and activities."""
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller in _smaller(world):
            if differs(smaller):
                world, shrunk = smaller, True
                break
    return world


def _smaller(world: Described) -> Iterator[Described]:
    """One commitment and one as-of first; then halves of the lists, then all but one; then less in each."""
    for name in LISTS[:2]:
        if len(world[name]) > 2:
            yield from ({**world, name: [one]} for one in world[name])
    for name in LISTS:
        items = world[name]
        size = len(items) // 2
        while size:
            for at in range(0, len(items), size):
                rest = [*items[:at], *items[at + size :]]
                if rest or name == "events":
                    yield {**world, name: rest}
            size //= 2
    used = str(world["commitments"])
    needed = {name: one for name, one in world["activities"].items() if f"'{name}'" in used}
    if len(needed) < len(world["activities"]):
        yield {**world, "activities": needed}
    for at, event in enumerate(world["events"]):
        for column, cell in event["cells"].items():
            if cell is not None:
                other = {**event, "cells": {**event["cells"], column: None}}
                yield {**world, "events": [*world["events"][:at], other, *world["events"][at + 1 :]]}
