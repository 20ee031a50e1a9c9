"""What is wrong with statements about rows and cases, given the log: rows and cases that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promisekit.diagnostics import Diagnostic, Invalid, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.events import Doubt, Event, State
from promisekit.log.model import Log
from promisekit.plan.assessment import Assessment, RowNamed, case_column, has_case, rows_named, within
from promisekit.plan.checks import checks_of, counted_in
from promisekit.plan.nodes import Plan
from promisekit.spec.assessments import Assessments
from promisekit.words import Message, say

MANY = 5000
"""Among so many names at most one that is spelt nearly alike is looked for."""


def stand_in(said: Assessments, plan: Plan, log: Log) -> None:
    """Raises Invalid where a statement is about a row or a case that the log does not have."""
    found = [*_rows(said.assessments, log), *_cases(said.assessments, plan, log)]
    if found:
        raise Invalid(said.source.locate(found))


def _rows(said: Sequence[Assessment], log: Log) -> Iterator[Diagnostic]:
    about = [(one, one.row) for one in said if one.row is not None]
    if not about:
        return
    named = rows_named([row for _, row in about], log.events)
    for one, row in about:
        refused = _row(one, row, named[row], log)
        if refused is not None:
            yield refused.at(("assessments", one.position))


def _row(said: Assessment, row: RowNamed, events: Sequence[Event], log: Log) -> Refused | None:
    sources = [source.name for source in log.sources]
    route: Route = ("row", "row" if row.row is not None else "id")
    if row.source not in sources:
        hint = did_you_mean(row.source, sources, say("the sources are {names}", names=listed(sources)))
        message = say("there is no log of a source `{name}`", name=row.source)
        return Refused("assessment.unknown-row", message, hint, ("row", "source"))
    if not events:
        message = say("`{source}` has no row {row} that is used", source=row.source, row=row.id or str(row.row))
        hint = say("look at the line or the id; the header is line 1, and of rows with one id the last version is used")
        return Refused("assessment.unknown-row", message, hint, route)
    if len(events) > 1:
        message = say("`{source}` has several rows {row}", source=row.source, row=row.id or str(row.row))
        hint = say("name it by its id") if row.row is not None else say("name it by its line")
        return Refused("assessment.several-rows", message, hint, route)
    why = _nothing_to_set_aside(said, events[0])
    if why is None:
        return None
    hint = say("remove the statement, or set aside the row itself with `set_aside: row`")
    return Refused("assessment.nothing-to-set-aside", why, hint, ("set_aside",))


def _nothing_to_set_aside(said: Assessment, event: Event) -> Message | None:
    if said.set_aside == "end":
        if event.end is not None:
            return say("the row has an end")
        if event.start.clock is None:
            return say("the row has no time of day, so that its length cannot be set to nothing")
    if said.set_aside == "suspicion":
        if event.state is State.HELD:
            return say("the row counts as held already")
        if event.state is State.CANCELLED:
            return say("the row is cancelled, which is no suspicion")
        if Doubt.REJECTED in event.doubts:
            return say("the row was rejected, since something in it cannot be read")
    return None


def _cases(said: Sequence[Assessment], plan: Plan, log: Log) -> Iterator[Diagnostic]:
    for one in said:
        if one.case is None:
            continue
        looked_in = [
            (column, counted_in(check).sources)
            for name, check in checks_of(plan).items()
            if within(name, one.about) and (column := case_column(check)) is not None
        ]
        if looked_in and not any(_has(log, column, sources, one.case) for column, sources in looked_in):
            column, sources = looked_in[0]
            message = say("no row has the case `{case}` in `{column}`", case=one.case, column=column)
            hint = did_you_mean(one.case, _written(log, column, sources), say("look how it is written in the log"))
            yield Refused("assessment.unknown-case", message, hint).at(("assessments", one.position, "case"))


def _has(log: Log, column: str, sources: Sequence[str], case: str) -> bool:
    return any(has_case(event, column, case) for event in log.events if not sources or event.source in sources)


def _written(log: Log, column: str, sources: Sequence[str]) -> set[str]:
    names: set[str] = set()
    for event in log.events:
        if (not sources or event.source in sources) and event.texts.get(column):
            names.add(event.texts[column])
        if len(names) > MANY:
            return set()
    return names
