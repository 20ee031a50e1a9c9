"""Checks wherever they stand: each is measured by its own name."""

from __future__ import annotations

from promisekit.plan.nodes import AtLeast, Check, Count, KOfN, Part, When
from promisekit.windows import parse_as_of
from promisekit.words import say
from tests.unit.engine.small import ZONE, check, engine_of, events, interval, misses, rows_of

ALWAYS = "2022-01-01/2022-12-31"


def part(name: str, node: Check | KOfN | When) -> Part:
    return Part(name, "any", None, None, say("any"), None, node)


def test_parts_and_triggers_have_names_and_near_misses_of_their_own() -> None:
    visits, talks = check(Count(rows_of("visit"))), check(Count(rows_of("talk")))
    inner = KOfN(AtLeast(1), (part("a", visits), part("b", When(talks, visits))))
    engine = engine_of(
        events(("2022-03-05",), ("2022-04-02",)), ALWAYS, one=KOfN(AtLeast(1), (part("x", inner),)), two=talks
    )
    found = engine.observe(parse_as_of("2022-04-30", ZONE)).checks
    assert list(found) == ["one/x/a", "one/x/b?", "one/x/b", "two"]
    assert [interval(one.cells[0].count)[0] for one in found.values()] == [1, 0, 1, 0]
    assert [misses(one) for one in found.values()] == [{3: ("period", 1)}, {}, {3: ("period", 1)}, {}]
    only = engine.observe(parse_as_of("2022-04-30", ZONE), frozenset({"one/x/b?"}))
    assert (list(only.checks), only.sources) == (["one/x/b?"], {})
