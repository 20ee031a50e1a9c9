"""A small promise for tests of kinds: what its commitments may look up, and how one is read, told and lowered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from promisekit.commitment import Commitment, Context, Flaw, NamedDays
from promisekit.kinds import kind_class
from promisekit.plan.nodes import Node, Select
from promisekit.selectors.model import EVERYTHING
from promisekit.windows import day_set, parse_span
from promisekit.windows.calendars import named
from promisekit.words import text

SPRING = parse_span("2022-03-01/2022-05-31")
YEARS = parse_span("2021-03-01/2023-05-31")
HOLIDAYS = ((parse_span("2022-02-28/2022-03-04"), "sportlov"), (parse_span("2022-04-11/2022-04-14"), "påsklov"))
WORLD = Context(
    period=SPRING,
    activities={"x": Select("x", EVERYTHING), "y": Select("y", EVERYTHING)},
    columns=frozenset({"start", "end", "place", "officers", "lower", "upper"}),
    key_columns=frozenset({"place"}),
    number_columns=frozenset({"officers", "lower", "upper"}),
    calendars={
        "working_days": NamedDays(partial(named, "working_days", YEARS)),
        "public_holidays": NamedDays(partial(named, "public_holidays", YEARS)),
        "lov": NamedDays(partial(day_set, [span for span, _ in HOLIDAYS]), HOLIDAYS),
    },
)
X = WORLD.activities["x"]


def read(kind: str, **keys: object) -> Commitment:
    """A commitment of that kind about `x`; `from_` and `except_` stand for the keys without the line."""
    written = {key.rstrip("_"): value for key, value in keys.items()}
    return kind_class(kind).model_validate({"id": "a", "kind": kind, "what": "x", **written})


def lowered(kind: str, **keys: object) -> Node:
    """Its node, nothing being wrong with it."""
    commitment = read(kind, **keys)
    assert codes(commitment.flaws(WORLD)) == []
    return commitment.lower(WORLD)


def wrong(kind: str, **keys: object) -> list[str]:
    """The codes of what is wrong with it."""
    return codes(read(kind, **keys).flaws(WORLD))


def said(kind: str, **keys: object) -> str:
    """Its statement."""
    return text(read(kind, **keys).statement(), "en")


def taken(kind: str, **keys: object) -> list[str]:
    """Its readings."""
    return [text(one, "en") for one in read(kind, **keys).readings(WORLD)]


def codes(flaws: Iterable[Flaw]) -> list[str]:
    """The codes of flaws."""
    return [flaw.code for flaw in flaws]
