"""The tests of a promise, ready to be run, and what is wrong with them given the promise: days, logs, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.diagnostics.source import Source
from promisekit.log import Sources
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Plan
from promisekit.spec.assessed import lint
from promisekit.spec.assessments import as_assessment
from promisekit.spec.expecting import expecting
from promisekit.spec.tables import ONLY, Table, tables_of
from promisekit.spec.tests import WHOLE, SpecTest
from promisekit.windows import AsOf, parse_as_of, show_day
from promisekit.words import say


class Tested(Struct, frozen=True):
    """A test as it is written, and what it asks."""

    test: SpecTest
    position: int
    """Its place among the tests of the promise."""
    as_of: AsOf
    tables: tuple[Table, ...]
    """One for every source."""
    assessments: tuple[Assessment, ...]

    @property
    def route(self) -> Route:
        """Where it stands in the promise."""
        return ("tests", self.position)


def tested(
    tests: Mapping[int, SpecTest], plan: Plan, sources: Sources, source: Source
) -> tuple[list[Tested], list[Diagnostic]]:
    """The tests, by their positions in `source`, and everything wrong with them; those with errors are left out."""
    ready: list[Tested] = []
    found = list(_same_names(tests))
    for position, test in tests.items():
        one, wrong = _tested(test, position, plan, sources, source)
        found += wrong
        if one is not None:
            ready.append(one)
    return ready, found


def _same_names(tests: Mapping[int, SpecTest]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for position, test in tests.items():
        number = first.setdefault(test.name, position)
        if number != position:
            message = say("the name `{name}` is already that of test {number}", name=test.name, number=number + 1)
            refused = Refused("test.duplicate-name", message, say("say what sets this test apart from the other"))
            yield refused.at(("tests", position, "name"))


def _tested(
    test: SpecTest, position: int, plan: Plan, sources: Sources, source: Source
) -> tuple[Tested | None, list[Diagnostic]]:
    route: Route = ("tests", position)
    tables, found = tables_of(test.log, sources, (*route, "log"), source)
    said = {
        number: as_assessment(statement, number, {one.id: one for one in plan.commitments})
        for number, statement in enumerate(test.assessments)
    }
    parties = frozenset(party.id for party in plan.header.parties)
    about = lint(said, {one.id: one for one in plan.commitments}, parties)
    found += (replace(one, route=(*route, *one.route)) for one in about)
    found += expecting(test.expect, plan, (*route, "expect"))
    found += _covers(test, {*sources.named} or {*test.log, ONLY} - {WHOLE}, route)
    try:
        as_of = parse_as_of(test.as_of, plan.zone)
    except ValueError:
        message = say("`{text}` is not a date or a time that there is", text=test.as_of)
        refused = Refused("as-of.not-understood", message, say("write it as `{example}`", example="as_of: 2022-06-01"))
        return None, [*found, refused.at((*route, "as_of"))]
    if as_of.day < plan.period.start:
        message = say(
            "this is before the period, which begins on {day}: nothing can be known", day=show_day(plan.period.start)
        )
        refused = Refused("test.before-the-period", message, say("look at the year"))
        found.append(refused.at((*route, "as_of"), Severity.WARNING))
    if any(one.severity is Severity.ERROR for one in found):
        return None, found
    return Tested(test, position, as_of, tuple(tables), tuple(said.values())), found


def _covers(test: SpecTest, known: set[str], route: Route) -> Iterator[Diagnostic]:
    for name in sorted({*test.covers} - {WHOLE, *known}):
        message = say("the promise knows no source `{source}`", source=name)
        hint = did_you_mean(name, known, say("the sources are {listed}", listed=listed(known)))
        yield Refused("test.unknown-source", message, hint, at_key=True).at((*route, "covers", name))
