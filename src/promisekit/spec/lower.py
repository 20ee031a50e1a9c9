"""From the document to the plan, and to how the exports are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from promisekit.commitment import Commitment, Context
from promisekit.commitment.base import Table
from promisekit.events import fold
from promisekit.log.mapping import Column, Duplicates, Sources
from promisekit.log.mapping import Mapping as LogMapping
from promisekit.plan import nodes
from promisekit.spec.context import activities_of, column_type, context_of
from promisekit.spec.document import ColumnSpec, Document, DuplicatesSpec, FollowUp, MappingSpec, Words
from promisekit.spec.quotes import digest
from promisekit.windows import day_set, parse_span, zone_named


def lower(document: Document, path: Path, sha256: str) -> nodes.Plan:
    """The plan of a document that holds no error and lies at `path`."""
    context = context_of(document, activities_of(document), path.parent)
    registers: dict[str, str] = {}

    def table(name: str) -> Table:
        found = context.table(name)
        registers[name] = found.sha256
        return found

    noting = replace(context, table=table)
    commitments = tuple(_commitment(commitment, noting) for commitment in document.commitments)
    header = replace(
        _header(document, path.name, sha256),
        registers=tuple(sorted(registers.items())),
        document_sha256=None if document.document is None else digest(path.parent / document.document),
    )
    return nodes.Plan(
        header=header,
        period=document.period.span(),
        zone=zone_named(document.timezone),
        commitments=commitments,
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
        readings=tuple(commitment.readings(context)),
    )


def sources(document: Document) -> Sources:
    """How the exports are read."""
    by_source = {name: _mapping(spec) for name, spec in document.log.mappings().items()}
    named = {name: mapping for name, mapping in by_source.items() if name is not None}
    return Sources(by_source.get(None), named, _duplicates(document.log.duplicates))


def _duplicates(spec: DuplicatesSpec | None) -> Duplicates | None:
    return None if spec is None else Duplicates(tuple(dict.fromkeys(spec.same)), spec.apart, spec.across)


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


def _folded(texts: Iterable[str] | None) -> frozenset[str]:
    return frozenset(fold(text) for text in texts or ())
