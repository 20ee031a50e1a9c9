"""The assessments file: what people said about commitments, strictly read, so that nothing is silently ignored."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from os import PathLike
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import BeforeValidator, Field, ValidationError

from promisekit.commitment import IsoDay, Model, Name, Text
from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.diagnostics.refused import Refused
from promisekit.diagnostics.source import Source
from promisekit.plan.assessment import Assessment, RowNamed
from promisekit.plan.nodes import Commitment, Plan
from promisekit.spec.assessed import lint, of_member
from promisekit.spec.files import read_text
from promisekit.spec.reading import keys_without_value
from promisekit.spec.shapes import SpanText, one_or_more
from promisekit.spec.yaml_text import parse_yaml
from promisekit.windows import parse_day, parse_span
from promisekit.words import say


def _one_day(value: object) -> object:
    """A day alone is a span of one day."""
    return f"{value}/{value}" if isinstance(value, str) and "/" not in value else value


class Row(Model):
    """A row of a log: its source, and its line or its id."""

    source: Text = Field(description="The source that it stands in. | Källan som den står i.")
    row: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Its line in the file; the header is line 1. | Raden i filen; rubrikraden är rad 1."
    )
    id: Text | None = Field(None, description="Its id. | Dess id.")


class Statement(Model):
    """What one person said: a verdict on a commitment, a waiver with its reason, or how a row is to be read."""

    commitment: Name | None = Field(None, description="The commitment's id. | Åtagandets id.")
    part: Text | None = Field(
        None,
        description="The part of a composite by its id; a part of a part after a slash. "
        "| Delen i ett sammansatt åtagande, med sitt id; en del av en del efter ett snedstreck.",
    )
    member: Text | None = Field(
        None, description="The member of a register, as written there. | Medlemmen i ett register, som den står där."
    )
    window: Annotated[SpanText, BeforeValidator(_one_day)] | None = Field(
        None,
        description="A waived window: a day in it, or the first and the last day. "
        "| Ett fönster som undantas: en dag i det, eller första och sista dagen.",
    )
    case: Text | None = Field(
        None, description="An excused case, as written in the log. | Ett ärende som undantas, som det står i loggen."
    )
    row: Row | None = Field(None, description="The row that is to be read otherwise. | Raden som ska läsas annorlunda.")
    by: Text = Field(description="The person or role that says it. | Personen eller rollen som säger det.")
    role: Name = Field(description="The party that the person speaks for. | Parten som personen företräder.")
    date: IsoDay = Field(description="The day it was said. | Dagen då det sades.")
    verdict: Literal["kept", "broken"] | None = Field(
        None, description="Whether the commitment is kept. | Om åtagandet är hållet."
    )
    waiver: Literal[True] | None = Field(
        None, description="What it is about is set aside; `note` says why. | Det ställs in; `note` säger varför."
    )
    set_aside: Literal["row", "end", "suspicion"] | None = Field(
        None,
        description="What of the row is set aside: all of it, its missing end, or the doubt whether it counts. "
        "| Vad hos raden som läggs åt sidan: hela raden, det saknade slutet eller tvivlet om den räknas.",
    )
    note: Text | None = Field(None, description="The grounds, in words. | Skälen, i ord.")
    evidence: Annotated[list[Text], BeforeValidator(one_or_more)] = Field(
        default_factory=list, description="What it rests on, such as minutes. | Underlag, till exempel protokoll."
    )


class AssessmentsDocument(Model):
    """An assessments file."""

    format: Literal[1] = Field(description="The format of this file: 1. | Filens format: 1.")
    assessments: list[Statement] = Field(description="The statements, one by one. | Utsagorna, en i taget.")


class Assessments(Struct, frozen=True):
    """The statements of a file, in its order, the digest of its bytes, and where in it they stand."""

    assessments: tuple[Assessment, ...]
    sha256: str
    file: str
    source: Source


def load_statements(path: str | PathLike[str], plans: list[Plan]) -> Assessments:
    """The statements about the commitments of several promises; each is about a commitment of one of them."""
    file = read_text(path)
    parsed = parse_yaml(file.text, file.name)
    if parsed.found and not isinstance(parsed.data, dict):
        raise Invalid(parsed.source.locate(parsed.found))
    document, wrong = _read(parsed.data)
    found = [*parsed.found, *wrong]
    read = dict(enumerate(document.assessments)) if document is not None else _readable(parsed.data)
    known = {one.id: one for plan in plans for one in plan.commitments}
    lowered = {position: as_assessment(statement, position, known) for position, statement in read.items()}
    found += lint(lowered, known, _parties(plans))
    if found or document is None:
        raise Invalid(parsed.source.locate(found))
    return Assessments(tuple(lowered.values()), file.sha256, file.name, parsed.source)


def _parties(plans: list[Plan]) -> frozenset[str]:
    return frozenset(party.id for plan in plans for party in plan.header.parties)


def _read(data: object) -> tuple[AssessmentsDocument | None, tuple[Diagnostic, ...]]:
    if not isinstance(data, dict):
        message = say("an assessments file is a mapping that begins with `format: 1`")
        hint = say("write `format: 1` and the statements under `assessments:`")
        return None, (Refused("spec.no-assessments", message, hint).at(()),)
    try:
        document = AssessmentsDocument.model_validate(data)
    except ValidationError as error:
        return None, _wrong(data, error)
    return document, _wrong(data) if any(keys_without_value(data)) else ()


_STAND_INS: dict[str, object] = {"by": "x", "date": "2000-01-01"}
"""Values for keys that no other check looks at, so that the rest of a statement can be checked where they are wrong."""


def _readable(data: object) -> dict[int, Statement]:
    """The statements of a file with errors that can be read, by their positions."""
    written = data.get("assessments") if isinstance(data, dict) else None
    read: dict[int, Statement] = {}
    for position, statement in enumerate(written if isinstance(written, list) else ()):
        if isinstance(statement, dict):
            tries = [statement, {**statement, **_STAND_INS}]
            if "verdict" in statement:  # with that and no unknown key, every other check stands on its own
                known = {key: value for key, value in statement.items() if key in Statement.model_fields}
                tries.append({**known, **_STAND_INS, "verdict": "kept"})
            for tried in tries:
                with suppress(ValidationError):
                    read.setdefault(position, Statement.model_validate(tried))
    return read


def _wrong(data: dict[str, object], error: ValidationError | None = None) -> tuple[Diagnostic, ...]:
    # Imported late: only a document with errors needs them.
    from promisekit.spec.mending import problems_of, problems_without_value
    from promisekit.spec.translate import diagnostics_of

    problems = problems_without_value(data) + ([] if error is None else problems_of(error))
    return diagnostics_of(problems, AssessmentsDocument, data)


def as_assessment(statement: Statement, position: int, commitments: Mapping[str, Commitment]) -> Assessment:
    """A statement as the rest of the house knows it; `position` is its place in its list."""
    row = statement.row
    one = Assessment(
        commitment=statement.commitment,
        by=statement.by,
        role=statement.role,
        date=parse_day(statement.date),
        verdict=statement.verdict,
        waiver=statement.waiver is True,
        note=statement.note,
        evidence=tuple(statement.evidence),
        part=None if statement.part is None else f"{statement.commitment}/{statement.part}",
        member=statement.member,
        window=None if statement.window is None else parse_span(statement.window),
        case=statement.case,
        row=None if row is None else RowNamed(row.source, row.row, row.id),
        set_aside=statement.set_aside,
        position=position,
    )
    commitment = commitments.get(statement.commitment or "")
    return one if commitment is None else of_member(one, commitment)
