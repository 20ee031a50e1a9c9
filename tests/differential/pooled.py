"""Worlds put together: the log of each is asked about the commitments of all, as of the days of all.

Nearly all that a comparison costs is drawing a world and opening a database for it; asking about more commitments
together costs next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.differential.strategies import Described

AS_OFS = 3
"""Of so many days is each log asked."""


def pooled(worlds: Sequence[Described]) -> Iterator[Described]:
    """As many worlds as there were, of those that share their period (and with it their calendar); and one of those
    whose results are compared, as it is: results take long, since each verdict asks when it became final."""
    yield from [world for world in worlds if world["judged"]][:1]
    alike: dict[str, list[Described]] = defaultdict(list)
    for world in worlds:
        alike[world["period"]].append(world)
    for members in alike.values():
        activities: Described = {}
        commitments = []
        for number, world in enumerate(members):
            names = {name: f"{name}{number}" for name in world["activities"]}
            activities |= {names[name]: one for name, one in world["activities"].items()}
            commitments += [renamed(one, names) for one in world["commitments"]]
        as_ofs = list(dict.fromkeys(text for world in members for text in world["as_ofs"]))
        for number, world in enumerate(members):
            asked = [*world["as_ofs"], *as_ofs[number % len(as_ofs) :], *as_ofs]
            yield {
                **world,
                "activities": activities,
                "commitments": commitments,
                "as_ofs": list(dict.fromkeys(asked))[:AS_OFS],
                "judged": False,
            }


def renamed(written: Any, names: Mapping[str, str]) -> Any:
    """A node that speaks of its activities by other names."""
    if isinstance(written, list):
        return [renamed(one, names) for one in written]
    if not isinstance(written, dict):
        return written
    return {
        key: names[value] if key in ("what", "with") else renamed(value, names) if key in NESTED else value
        for key, value in written.items()
    }


NESTED = ("parts", "trigger", "then")
"""The keys that nodes stand under."""
