"""What the commitments of a document may look up by name: activities, columns by their type, calendars, tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from promisekit.commitment.base import Context, NamedDays, Table
from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused, did_you_mean
from promisekit.log.mapping import ColumnType
from promisekit.plan.nodes import Select
from promisekit.selectors.model import Selector
from promisekit.selectors.parse import DATED, SOURCES, UNTESTED, Vocabulary, parse_selector
from promisekit.spec.document import CalendarSpan, ColumnSpec, Document
from promisekit.windows import Day, Span, day_set, parse_day
from promisekit.windows.calendars import BUILTIN, named
from promisekit.words import say

RESERVED_TYPES: Mapping[str, ColumnType] = {
    "id": "text",
    "start": "date",
    "end": "date",
    "status": "text",
    "recorded_at": "date",
}
"""Columns whose type is given by what they mean."""
KNOWN_COLUMNS = frozenset({*RESERVED_TYPES, "activity", "theme", "place", "actors", "case"})
"""The names that mean the same in every promise."""
YEAR = 366


def column_type(name: str, spec: ColumnSpec) -> ColumnType:
    """The type of a column: what its reserved name means, else what the author says."""
    return RESERVED_TYPES.get(name, spec.type)


def context_of(document: Document, activities: Mapping[str, Activity], folder: Path) -> Context:
    """What the document's commitments may look up by name; `folder` is where the document lies."""
    columns = _columns_by_type(document)
    calendars = calendars_of(document)
    return Context(
        period=document.period.span(),
        activities={name: activity.select for name, activity in activities.items()},
        columns=frozenset(name for names in columns.values() for name in names),
        date_columns=frozenset(columns.get("date", ())) - UNTESTED,
        key_columns=frozenset(columns.get("text", ())) - UNTESTED,
        number_columns=frozenset(columns.get("number", ())),
        parties={name: party.name for name, party in document.parties.items()},
        calendars=calendars,
        selector=partial(_selector_inside, document, calendars),
        table=cache(partial(_table, folder)),
    )


def _selector_inside(
    document: Document, calendars: Mapping[str, NamedDays], written: object, activity: str
) -> tuple[Selector, tuple[Diagnostic, ...]]:
    """A selector that narrows an activity down: it speaks of the columns of the same sources."""
    return parse_selector(
        written, (), _vocabulary(document, sources_named(document.activities.get(activity)), calendars)
    )


def _table(folder: Path, name: str) -> Table:
    from promisekit.spec.registers import read_table  # imported late: few promises have a register

    return read_table(folder, name)


class Activity(Struct, frozen=True):
    """An activity as a plan node, and what is wrong with it."""

    select: Select
    found: tuple[Diagnostic, ...]


def activities_of(document: Document) -> dict[str, Activity]:
    """Every activity of the document by its name; wrong conditions are left out of the selectors."""
    calendars = calendars_of(document)
    return {name: _activity(document, name, written, calendars) for name, written in document.activities.items()}


def _activity(document: Document, name: str, written: object, calendars: Mapping[str, NamedDays]) -> Activity:
    # Where the promise names its sources, all of them are meant: one without a log leaves its days uncovered.
    named_sources = sources_named(written)
    conditions = written
    if isinstance(written, dict):
        conditions = {key: value for key, value in written.items() if key not in (SOURCES, DATED)}
    vocabulary = _vocabulary(document, named_sources, calendars)
    selector, found = parse_selector(conditions, ("activities", name), vocabulary)
    meant = named_sources or tuple(source for source in document.log.mappings() if source is not None)
    column, wrong = _dated(written, ("activities", name), vocabulary)
    return Activity(Select(name, selector, meant, dated=column), (*found, *wrong))


def _dated(written: object, route: Route, vocabulary: Vocabulary) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The date column under `dated:`, at whose date the activity's rows take place."""
    given = written.get(DATED) if isinstance(written, dict) else None
    if given is None:
        return None, ()
    dates = [name for name, kind in vocabulary.columns.items() if kind == "date" and name not in UNTESTED]
    if isinstance(given, str) and given in dates:
        return given, ()
    name = given if isinstance(given, str) else "…"
    message = say("there is no date column `{name}`", name=name)
    hint = did_you_mean(name, dates, say("give the column `type: date` under `log.columns:`"))
    return None, (Refused("column.unknown", message, hint).at((*route, DATED)),)


def _vocabulary(document: Document, only: tuple[str, ...], calendars: Mapping[str, NamedDays]) -> Vocabulary:
    shared = shared_columns(document, only)
    days = {name: calendar.days for name, calendar in calendars.items()}
    return Vocabulary(shared, days, _columns_elsewhere(document, shared))


def sources_named(written: object) -> tuple[str, ...]:
    """The sources that an activity names under `sources:`; none means all of them."""
    given = written.get(SOURCES) if isinstance(written, dict) else None
    names = [given] if isinstance(given, str) else given
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def shared_columns(document: Document, only: tuple[str, ...] = ()) -> dict[str, ColumnType]:
    """The columns that the named sources (all, where none is named) map, all of them with the same type."""
    by_source = document.log.mappings()
    chosen = [spec for name, spec in by_source.items() if not only or name is None or name in only]
    read = chosen or list(by_source.values())  # where no source is called so, that is told, and not every column
    first, *others = [{name: column_type(name, column) for name, column in spec.columns.items()} for spec in read]
    return {name: kind for name, kind in first.items() if all(other.get(name) == kind for other in others)}


def _columns_elsewhere(document: Document, shared: Mapping[str, ColumnType]) -> dict[str, tuple[str, ...]]:
    """The columns that are not `shared`, each with the sources that map it; none where their types differ."""
    found: dict[str, dict[str, ColumnType]] = {}
    for source, spec in document.log.mappings().items():
        for name, column in spec.columns.items():
            if source is not None and name not in shared:
                found.setdefault(name, {})[source] = column_type(name, column)
    return {name: tuple(types) if len({*types.values()}) == 1 else () for name, types in found.items()}


def _columns_by_type(document: Document) -> dict[ColumnType, set[str]]:
    """The columns that any source maps: a key or a date that a row lacks is unknown there, which is no mistake."""
    found: dict[ColumnType, set[str]] = {}
    for spec in document.log.mappings().values():
        for name, column in spec.columns.items():
            found.setdefault(column_type(name, column), set()).add(name)
    return found


def calendars_of(document: Document) -> dict[str, NamedDays]:
    """The builtin calendars and the document's own; written out over the period and a year on either side."""
    period = document.period.span()
    span = Span(Day(period.start - YEAR), Day(period.end + YEAR))
    calendars: dict[str, NamedDays] = {name: NamedDays(cache(partial(named, name, span))) for name in BUILTIN}
    calendars |= {name: _own_days(days) for name, days in document.calendars.items()}
    return calendars


def _own_days(days: list[CalendarSpan]) -> NamedDays:
    spans = [(Span(parse_day(day.from_), Day(parse_day(day.to) + 1)), day.label) for day in days]
    return NamedDays(partial(day_set, [span for span, _ in spans]), tuple(spans))
