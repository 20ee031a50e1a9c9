"""Strategies that choose: one of several, each as often as its weight says, or nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Described = dict[str, Any]


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


def mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy, or now and then an empty cell."""
    return weighted((11, strategy), (1, st.none()))
