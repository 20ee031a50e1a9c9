"""Placement of imprecise rows, compared with every way of placing them."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from promisekit.engine.observations import Bounds, Cell, Floating, Phase
from promisekit.plan.nodes import Target
from promisekit.verdict.placement import can_all_be_kept
from promisekit.windows import Span, tile

WINDOWS = tile(Span(0, 3), "day", None)  # type: ignore[arg-type]  # days are plain integers
FLOATS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=4)


def cells_of(own: list[tuple[int, int]], floats: list[tuple[int, int, bool]]) -> list[Cell]:
    """Cells with `own` certain and possible rows each, and every floating row in the high of each window it touches."""
    cells = []
    for number, (low, more) in enumerate(own):
        floating = sum(first <= number <= last for first, last, _ in floats)
        bounds = Bounds(low, low + more + floating, low)
        cells.append(Cell(WINDOWS[number], Phase.CLOSED, bounds, None, None, ()))
    return cells


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=3),
    FLOATS,
    st.sampled_from([Target(1, None), Target(2, None), Target(None, 1), Target(None, 0)]),
)
def test_refused_only_where_no_placement_keeps_every_window(
    own: list[tuple[int, int]], drawn: list[tuple[int, int, bool]], target: Target
) -> None:
    floats = [(min(a, b), max(a, b), certain) for a, b, certain in drawn if a != b]
    choices = [[*range(first, last + 1), *([] if certain else [None])] for first, last, certain in floats]
    possible = any(
        all(
            any(
                (target.low is None or count >= target.low) and (target.high is None or count <= target.high)
                for count in range(low + places.count(number), low + more + places.count(number) + 1)
            )
            for number, (low, more) in enumerate(own)
        )
        for places in product(*choices)
    )
    groups = tuple(Floating(first, last, certain, 1) for first, last, certain in floats)
    assert can_all_be_kept(cells_of(own, floats), [target] * 3, groups) == possible
