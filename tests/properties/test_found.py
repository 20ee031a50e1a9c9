"""Tiny worlds in which an engine once said something that the definition does not."""

from __future__ import annotations

import pytest

from promisekit.plan.nodes import (
    By,
    Calendar,
    Check,
    Count,
    Duration,
    Hours,
    InTime,
    Overlap,
    Overlaps,
    Select,
    Semi,
    Target,
    Whole,
)
from promisekit.selectors.model import Condition, OneOf
from promisekit.windows import Day, Span
from promisekit.words import say
from tests.properties.campaign import answers, compared, engine_named
from tests.properties.shaper import DAYS
from tests.properties.tiny import FIRST, LAST, TICK, Row, TinyWorld, Unknown

BASE = Day(19_063)
SPAN = Span(BASE, Day(BASE + DAYS))
EVER = frozenset(range(FIRST - 1, LAST + 4))


def _select(side: str, day_begins: int = 0) -> Select:
    wanted = Condition("activity", OneOf((f"{side}0",)), say("{side}", side=side))
    return Select(f"{side}0", wanted, (f"{side}0",), day_begins)


def _world(check: Check, rows: tuple[Row, ...], covered: dict[str, frozenset[int]], as_of: int) -> TinyWorld:
    cells = {side: ({"activity": f"{side}0", "place": "p"},) for side in "lr"}
    unknown = {side: Unknown(range(-1, 7), (0, 1, 2, 3), (1, 0), cells[side], 2) for side in "lr"}
    return TinyWorld("found", 0, check, rows, covered, unknown, {}, BASE, (as_of, None))


def _row(side: str, day: int, tick: int | None) -> Row:
    return Row(side, day, day, tick, None, True, {"activity": f"{side}0", "place": "p"})


BY_DAY_ONE = Semi(_select("l"), _select("r"), (InTime(None, By(Day(BASE + 1))),))
BESIDE = Semi(_select("l"), _select("r"), (Overlap(TICK),))
IN_HOURS = InTime("place", Hours(5 * TICK, "always", Day(BASE + 3)))
AT_SIX = Semi(_select("l", TICK), _select("r", TICK), (IN_HOURS,))

FOUND = {
    "an unknown row that began before the window and was answered there": _world(
        Check(SPAN, Calendar("day"), Count(BY_DAY_ONE), Target(1, None), attribution=Overlaps(TICK)),
        (),
        {"l": EVER, "r": EVER},
        -1,
    ),
    "an unknown row that met its partner before the window": _world(
        Check(Span(Day(BASE + 3), Day(BASE + 4)), Whole(), Duration(BESIDE, "union", None, "unknown"), Target(1, None)),
        (),
        {"l": EVER - {2, 3, 4}, "r": EVER - {2}},
        6,
    ),
    "a last day that ends at six in the morning": _world(
        Check(SPAN, Whole(), Count(AT_SIX), Target(1, None)),
        (_row("l", 2, 3), _row("r", 4, 0)),
        {"l": EVER, "r": EVER},
        6,
    ),
}


@pytest.mark.parametrize("engine", ["reference", "relational"])
@pytest.mark.parametrize("name", FOUND)
def test_what_was_once_said_wrongly_no_longer_is(name: str, engine: str) -> None:
    (said,) = answers([FOUND[name]], engine_named(engine))
    assert compared(FOUND[name], said, 2000).faults == ()
