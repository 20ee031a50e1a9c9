"""Since when a verdict is final, compared with asking for every single day."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from promisekit.plan.nodes import All, AtLeast, Need, ShareOf
from promisekit.verdict.final import _search, day_of_parts
from promisekit.verdict.truth import together
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day

LAST = 30


def first_of(days: list[bool]) -> int:
    """The first day from which on it was always so."""
    return max((day + 1 for day, same in enumerate(days) if not same), default=0)


@given(st.lists(st.integers(1, LAST), max_size=4, unique=True), st.data())
def test_the_day_is_found_however_often_statements_turned_the_verdict(dates: list[int], data: st.DataObject) -> None:
    turns = [0, *sorted(dates)]
    days: list[bool] = []
    for begin, end in zip(turns, [*turns[1:], LAST + 1], strict=True):
        since = data.draw(st.integers(begin, end if end <= LAST else LAST))  # from then on, if at all, until the next
        days += [day >= since for day in range(begin, end)]
    found, asked = searched(turns, days)
    assert found == first_of(days)
    assert asked <= 6 * len(turns)


def searched(turns: list[int], days: list[bool]) -> tuple[int | None, int]:
    """What the search finds when it is told of every day that it asks for, and how many those are."""
    search, asked = _search([Day(turn) for turn in turns], Day(len(days) - 1)), 0
    try:
        day = next(search)
        while True:
            asked += 1
            day = search.send(days[day])
    except StopIteration as found:
        return found.value, asked


def test_nothing_is_asked_where_only_one_day_can_be_meant() -> None:
    assert searched([7], [False] * 7 + [True]) == (7, 0)


PARTS = st.lists(st.tuples(st.sampled_from(list(Verdict)), st.integers(0, LAST)), min_size=1, max_size=5)


@given(st.sampled_from([All(), AtLeast(1), AtLeast(2), ShareOf(Fraction(2, 3))]), PARTS)
def test_the_day_of_a_composite_follows_from_those_of_its_parts(need: Need, drawn: list[tuple[Verdict, int]]) -> None:
    parts = [(one, None if one is Verdict.OPEN else Day(day)) for one, day in drawn]
    verdict = together(need, [one for one, _ in parts])
    if verdict is Verdict.OPEN:
        return
    known = ([one if day is not None and day <= now else Verdict.OPEN for one, day in parts] for now in range(LAST + 1))
    assert day_of_parts(need, verdict, parts) == first_of([together(need, now) is verdict for now in known])
