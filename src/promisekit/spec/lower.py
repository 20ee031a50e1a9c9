"""From the document to the plan, to the mapping of the logs, and to what commitments may look up by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from promisekit.commitment import Commitment, Context
from promisekit.diagnostics import Diagnostic
from promisekit.events import fold
from promisekit.log.mapping import Column, ColumnType, Sources
from promisekit.log.mapping import Mapping as LogMapping
from promisekit.plan import nodes
from promisekit.selectors.parse import SOURCES, UNTESTED, Vocabulary, parse_selector
from promisekit.spec.document import ColumnSpec, Document, FollowUp, MappingSpec, Words
from promisekit.windows import Day, DaySet, Span, day_set, parse_day, parse_span, zone_named
from promisekit.windows.calendars import BUILTIN, named

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


def lower(document: Document, file: str, sha256: str) -> nodes.Plan:
    """The plan of a document that holds no error; `file` is its name, without its folder."""
    context = context_of(document, activities_of(document))
    return nodes.Plan(
        header=_header(document, file, sha256),
        period=document.period.span(),
        zone=zone_named(document.timezone),
        commitments=tuple(_commitment(commitment, context) for commitment in document.commitments),
        partial_from=document.partial_from,
    )


def _header(document: Document, file: str, sha256: str) -> nodes.Header:
    return nodes.Header(
        id=document.id,
        title=document.title,
        language=document.language,
        parties=tuple(nodes.Party(name, party.name, party.signed_by) for name, party in document.parties.items()),
        text=_given(document.text),
        follow_up=_given(document.follow_up),
        document=document.document,
        file=file,
        sha256=sha256,
    )


def _given(model: Words | FollowUp | None) -> tuple[tuple[str, str], ...]:
    """The keys that are given, in the order in which the model has them."""
    if model is None:
        return ()
    return tuple((name, str(value)) for name, value in model if value is not None)


def _commitment(commitment: Commitment, context: Context) -> nodes.Commitment:
    return nodes.Commitment(
        id=commitment.id,
        kind=commitment.kind,
        owner=commitment.owner,
        quote=None if commitment.quote is None else "\n".join(commitment.quote),
        statement=commitment.statement(),
        reading=commitment.reading,
        node=commitment.lower(context),
    )


def sources(document: Document) -> Sources:
    """How the exports are read."""
    by_source = {name: _mapping(spec) for name, spec in document.log.mappings().items()}
    return Sources(by_source.get(None), {name: mapping for name, mapping in by_source.items() if name is not None})


def _mapping(spec: MappingSpec) -> LogMapping:
    status = spec.status
    return LogMapping(
        columns=tuple(_column(name, column) for name, column in spec.columns.items()),
        held=_folded(status.held if status else None),
        planned=_folded(status.planned if status else None),
        cancelled=_folded(status.cancelled if status else None),
        unique_ids=spec.ids is not None,
        covers=None if spec.covers is None else day_set(parse_span(span) for span in spec.covers),
    )


def _column(name: str, spec: ColumnSpec) -> Column:
    return Column(name, spec.column, column_type(name, spec), spec.split or ",")


def column_type(name: str, spec: ColumnSpec) -> ColumnType:
    """The type of a column: what its reserved name means, else what the author says."""
    return RESERVED_TYPES.get(name, spec.type)


def _folded(texts: Iterable[str] | None) -> frozenset[str]:
    return frozenset(fold(text) for text in texts or ())


def context_of(document: Document, activities: Mapping[str, Activity]) -> Context:
    """What the document's commitments may look up by name."""
    columns = _columns_by_type(document)
    return Context(
        period=document.period.span(),
        activities={name: activity.select for name, activity in activities.items()},
        columns=frozenset(name for names in columns.values() for name in names),
        date_columns=frozenset(columns.get("date", ())) - UNTESTED,
        key_columns=frozenset(columns.get("text", ())) - UNTESTED,
        parties={name: party.name for name, party in document.parties.items()},
    )


@dataclass(frozen=True)
class Activity:
    """An activity as a plan node, and what is wrong with it."""

    select: nodes.Select
    found: tuple[Diagnostic, ...]


def activities_of(document: Document) -> dict[str, Activity]:
    """Every activity of the document by its name; wrong conditions are left out of the selectors."""
    calendars = calendars_of(document)
    return {name: _activity(document, name, written, calendars) for name, written in document.activities.items()}


def _activity(
    document: Document, name: str, written: object, calendars: Mapping[str, Callable[[], DaySet]]
) -> Activity:
    # Where the promise names its sources, all of them are meant: one without a log leaves its days uncovered.
    named_sources = sources_named(written)
    conditions = written
    if isinstance(written, dict):
        conditions = {key: value for key, value in written.items() if key != SOURCES}
    shared = shared_columns(document, named_sources)
    vocabulary = Vocabulary(shared, calendars, _columns_elsewhere(document, shared))
    selector, found = parse_selector(conditions, ("activities", name), vocabulary)
    meant = named_sources or tuple(source for source in document.log.mappings() if source is not None)
    return Activity(nodes.Select(name, selector, meant), found)


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


def calendars_of(document: Document) -> dict[str, Callable[[], DaySet]]:
    """The builtin calendars and the document's own; written out over the period and a year on either side."""
    period = document.period.span()
    span = Span(Day(period.start - YEAR), Day(period.end + YEAR))
    calendars: dict[str, Callable[[], DaySet]] = {name: partial(named, name, span) for name in BUILTIN}
    for name, days in document.calendars.items():
        spans = [Span(parse_day(day.from_), Day(parse_day(day.to) + 1)) for day in days]
        calendars[name] = partial(day_set, spans)
    return calendars
