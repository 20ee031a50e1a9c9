"""What is wrong between the keys of the log's mapping, the calendars and the activities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.diagnostics.refused import Refused, did_you_mean, listed, missing
from promisekit.events import fold
from promisekit.selectors.parse import RESERVED, SOURCES, UNTESTED
from promisekit.selectors.times import NAMES
from promisekit.spec.context import KNOWN_COLUMNS, RESERVED_TYPES, Activity, shared_columns, sources_named
from promisekit.spec.document import ColumnSpec, MappingSpec, StatusSpec
from promisekit.spec.reading import Draft
from promisekit.spec.shapes import DUPLICATES
from promisekit.windows import UNITS, parse_day
from promisekit.windows.calendars import BUILTIN
from promisekit.words import say, sequence

TAKEN = frozenset({*UNITS, "period", *(name for names in NAMES for name in names)})
"""Windows and weekdays, which a calendar's name would be taken for."""


def lint_log(draft: Draft) -> Iterator[Diagnostic]:
    """Every mapping: its columns, its words for the status."""
    written = draft.data.get("log")
    for source, mapping in draft.document.log.mappings().items():
        route: Route = ("log",) if source is None else ("log", source)
        inner = written if source is None or not isinstance(written, dict) else written.get(source)
        columns = inner.get("columns") if isinstance(inner, dict) else None
        if isinstance(columns, dict):
            yield from _columns(columns, mapping, (*route, "columns"))
            yield from _status(mapping, "status" in columns, route)
    yield from _duplicates(draft)


def _duplicates(draft: Draft) -> Iterator[Diagnostic]:
    """Rows can only be alike in columns that tell what took place, and that every source maps."""
    log = draft.document.log
    if log.duplicates is None or "log" in draft.sections:
        return
    known = frozenset(shared_columns(draft.document)) - UNTESTED
    for position, name in enumerate(log.duplicates.same):
        if name not in known:
            message = say("rows cannot be compared by `{name}`: not every source maps it as a column", name=name)
            hint = did_you_mean(name, known, say("compare them by {names}", names=listed(known)))
            yield Refused("column.unknown", message, hint).at(("log", DUPLICATES, "same", position))
    if log.duplicates.across != "source":
        return
    for activity, written in draft.document.activities.items():
        names = sources_named(written)
        if names and set(names) != set(log.mappings()):
            message = say("`{name}` is looked for in {sources} alone", name=activity, sources=sequence(names))
            hint = say("rows that are alike are merged across sources: what is merged into another source is not seen")
            route = ("activities", activity, SOURCES)
            yield Refused("duplicates.sources", message, hint).at(route, Severity.WARNING)


def _columns(written: Mapping[str, object], mapping: MappingSpec, route: Route) -> Iterator[Diagnostic]:
    if "start" not in written:
        message = say("the key `start` is missing: which column tells when something took place?")
        hint = say("add for example `{example}`", example="start: Start")
        yield missing("start", set(written) - KNOWN_COLUMNS, message, hint).at(route)
    for name in written:
        if name in RESERVED:
            message = say("`{name}` is a word of the selectors' own and cannot name a column", name=name)
            yield Refused("column.reserved-name", message, say("choose another name"), at_key=True).at((*route, name))
    for name, column in mapping.columns.items():
        yield from _column(name, column, (*route, name))


def _column(name: str, column: ColumnSpec, route: Route) -> Iterator[Diagnostic]:
    given = RESERVED_TYPES.get(name)
    if given is not None and "type" in column.model_fields_set and column.type != given:
        message = say("the column `{name}` is always read as `{type}`", name=name, type=given)
        yield Refused("column.type-given", message, say("remove `type:`")).at((*route, "type"))
    if column.split is not None and column.type != "list":
        message = say("`split` has no meaning in a column of type `{type}`", type=given or column.type)
        hint = say("add `type: list`, or remove `split:`")
        yield Refused("column.split-without-list", message, hint, at_key=True).at((*route, "split"))


def _status(mapping: MappingSpec, has_column: bool, route: Route) -> Iterator[Diagnostic]:
    if has_column and mapping.status is None and "status" not in mapping.model_fields_set:
        message = say("a status is mapped, but no word is said to mean that something took place")
        hint = say("add for example `{example}`", example="status: {held: [genomförd], cancelled: [inställd]}")
        yield Refused("status.undeclared", message, hint, at_key=True).at((*route, "columns", "status"))
    if mapping.status is None:
        return
    if not has_column:
        message = say("there are words for a status, but no column `status`")
        hint = say("add `status:` under `columns:`, or remove these words")
        yield Refused("status.no-column", message, hint, at_key=True).at((*route, "status"))
    yield from _status_words(mapping.status, (*route, "status"))


def _status_words(status: StatusSpec, route: Route) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for group, words in status:
        for position, word in enumerate(words or ()):
            earlier = seen.setdefault(fold(word), group)
            if earlier != group:
                message = say("`{word}` already means `{group}`", word=word, group=earlier)
                hint = say("give each word one meaning; upper and lower case are alike")
                yield Refused("status.two-meanings", message, hint).at((*route, group, position))


def lint_calendars(draft: Draft) -> Iterator[Diagnostic]:
    """Calendars that take the name of a builtin one, and spans that end before they begin."""
    for name, days in draft.document.calendars.items():
        route: Route = ("calendars", name)
        if name in BUILTIN:
            message = say("the calendar `{name}` is there already", name=name)
            hint = say("choose another name, or remove it")
            yield Refused("calendar.builtin", message, hint, at_key=True).at(route)
        elif name in TAKEN:
            message = say("`{name}` means something else wherever a calendar can be named", name=name)
            yield Refused("calendar.builtin", message, say("choose another name"), at_key=True).at(route)
        for position, day in enumerate(days):
            if parse_day(day.to) < parse_day(day.from_):
                message = say("the span {text} ends before it begins", text=f"{day.from_}/{day.to}")
                hint = say("write the first day under `from`, the last one under `to`")
                yield Refused("span.not-understood", message, hint).at((*route, position))


def lint_activities(draft: Draft, activities: Mapping[str, Activity]) -> Iterator[Diagnostic]:
    """What is wrong in selectors, and sources that there are not. Columns that could not be read are not missed."""
    written = _columns_written(draft)
    read = {name for mapping in draft.document.log.mappings().values() for name in mapping.columns}
    unread = written - read if "log" in draft.sections else frozenset()
    for name, activity in activities.items():
        yield from _sources(draft, name)
        for found in activity.found:
            missed = found.code == "column.unknown" and not written
            if not missed and not unread & set(map(str, found.route[2:])):
                yield found


def _columns_written(draft: Draft) -> frozenset[str]:
    """The names of columns in the data, those included that could not be read."""
    log = draft.data.get("log")
    mappings = [log, *log.values()] if isinstance(log, dict) else []
    columns = [mapping.get("columns") for mapping in mappings if isinstance(mapping, dict)]
    return frozenset(str(name) for names in columns if isinstance(names, dict) for name in names)


def _sources(draft: Draft, activity: str) -> Iterator[Diagnostic]:
    written = draft.document.activities[activity]
    given = written.get(SOURCES) if isinstance(written, dict) else None
    route: Route = ("activities", activity, SOURCES)
    names = sources_named(written)
    if given is not None and (not names or (isinstance(given, list) and len(names) != len(given))):
        message = say("`sources` names the exports that an activity is looked for in")
        yield Refused("source.not-a-name", message, say("write for example `sources: [polisen]`")).at(route)
    known = [source for source in draft.document.log.mappings() if source is not None]
    for position, name in enumerate(names if known else ()):
        if name not in known:
            message = say("there is no source `{name}`", name=name)
            hint = did_you_mean(name, known, say("the sources are {names}", names=listed(known)))
            yield Refused("source.unknown", message, hint).at((*route, position))
