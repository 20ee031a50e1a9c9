"""The assessments file: what people said about commitments, strictly read, so that nothing is silently ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from promisekit.commitment import IsoDay, Model, Name, Text
from promisekit.diagnostics import Diagnostic, Invalid, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Assess, Commitment, Plan
from promisekit.spec.files import read_text
from promisekit.spec.reading import keys_without_value
from promisekit.spec.shapes import one_or_more
from promisekit.spec.yaml_text import parse_yaml
from promisekit.windows import parse_day
from promisekit.words import say


class Statement(Model):
    """What one person said about one commitment: a verdict, or a waiver with its reason."""

    commitment: Name = Field(description="The commitment's id. | Åtagandets id.")
    by: Text = Field(description="The person or role that says it. | Personen eller rollen som säger det.")
    role: Name = Field(description="The party that the person speaks for. | Parten som personen företräder.")
    date: IsoDay = Field(description="The day it was said. | Dagen då det sades.")
    verdict: Literal["kept", "broken"] | None = Field(
        None, description="Whether the commitment is kept. | Om åtagandet är hållet."
    )
    waiver: Literal[True] | None = Field(
        None, description="The commitment is set aside; `note` says why. | Åtagandet ställs in; `note` säger varför."
    )
    note: Text | None = Field(None, description="The grounds, in words. | Skälen, i ord.")
    evidence: Annotated[list[Text], BeforeValidator(one_or_more)] = Field(
        default_factory=list, description="What it rests on, such as minutes. | Underlag, till exempel protokoll."
    )


class AssessmentsDocument(Model):
    """An assessments file."""

    format: Literal[1] = Field(description="The format of this file: 1. | Filens format: 1.")
    assessments: list[Statement] = Field(description="The statements, one by one. | Utsagorna, en i taget.")


@dataclass(frozen=True)
class Assessments:
    """The statements of a file, in its order, and the digest of its bytes."""

    assessments: tuple[Assessment, ...]
    sha256: str
    file: str


def load_statements(path: str | PathLike[str], plans: list[Plan]) -> Assessments:
    """The statements about the commitments of several promises; each is about a commitment of one of them."""
    file = read_text(path)
    parsed = parse_yaml(file.text, file.name)
    if parsed.found and not isinstance(parsed.data, dict):
        raise Invalid(parsed.source.locate(parsed.found))
    document, wrong = _read(parsed.data)
    found = [*parsed.found, *wrong]
    read = dict(enumerate(document.assessments)) if document is not None else _readable(parsed.data)
    found += _lint(read, {one.id: one for plan in plans for one in plan.commitments}, _parties(plans))
    if found or document is None:
        raise Invalid(parsed.source.locate(found))
    return Assessments(tuple(map(_lowered, document.assessments)), file.sha256, file.name)


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


def _lowered(statement: Statement) -> Assessment:
    return Assessment(
        commitment=statement.commitment,
        by=statement.by,
        role=statement.role,
        date=parse_day(statement.date),
        verdict=statement.verdict,
        waiver=statement.waiver is True,
        note=statement.note,
        evidence=tuple(statement.evidence),
    )


def _lint(
    statements: Mapping[int, Statement], commitments: Mapping[str, Commitment], parties: frozenset[str]
) -> Iterator[Diagnostic]:
    for position, statement in statements.items():
        route: Route = ("assessments", position)
        yield from _form(statement, route)
        commitment = commitments.get(statement.commitment)
        if commitment is None:
            name = statement.commitment
            hint = did_you_mean(name, commitments, say("the commitments are {names}", names=listed(commitments)))
            refused = Refused("assessment.unknown-commitment", say("there is no commitment `{name}`", name=name), hint)
            yield refused.at((*route, "commitment"))
        else:
            yield from _entitled(statement, commitment, parties, route)


def _form(statement: Statement, route: Route) -> Iterator[Diagnostic]:
    if (statement.verdict is None) == (statement.waiver is None):
        message = say("a statement has either a `verdict` or a `waiver`")
        hint = say("write `verdict: kept`, `verdict: broken`, or `waiver: true` with a `note`")
        where = route if statement.verdict is None else (*route, "waiver")
        yield Refused("assessment.verdict-or-waiver", message, hint, at_key=True).at(where)
    if statement.waiver and statement.note is None:
        message = say("a waiver needs its reason")
        yield Refused("assessment.no-reason", message, say("add `note:`"), at_key=True).at((*route, "waiver"))


def _entitled(
    statement: Statement, commitment: Commitment, parties: frozenset[str], route: Route
) -> Iterator[Diagnostic]:
    judged = isinstance(commitment.node, Assess)
    if statement.verdict is not None and not judged:
        message = say("`{name}` is decided by the log, not by people", name=commitment.id)
        hint = say("remove the statement; only a waiver can be given")
        yield Refused("assessment.decided-by-log", message, hint).at((*route, "verdict"))
        return
    may = commitment.node.by if isinstance(commitment.node, Assess) and statement.verdict else tuple(sorted(parties))
    if statement.role not in may:
        name = statement.role
        message = say("`{name}` is not one of those who may say this", name=name)
        hint = did_you_mean(name, may, say("they are {names}", names=listed(may) or "–"))
        yield Refused("assessment.not-entitled", message, hint).at((*route, "role"))
