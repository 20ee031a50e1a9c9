"""The promise document as a model: every key, its type and what it means, in both languages.

A description is `English | Svenska`; both end up in the JSON Schema. What relates several keys is `lint`'s business.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from promisekit.commitment import Days, IsoDay, Model, Name, Text
from promisekit.commitment.fields import Length
from promisekit.kinds import AnyCommitment
from promisekit.log.mapping import ColumnType
from promisekit.spec import shapes


class Party(Model):
    """Who promises."""

    name: Text = Field(description="The party's full name. | Partens fullständiga namn.")
    signed_by: Text | None = Field(None, description="Who signed for it. | Vem som skrev under.")


class Words(Model):
    """The decided text, word for word."""

    introduction: Text | None = Field(None, description="The introduction. | Inledningen.")
    situation: Text | None = Field(None, description="The common picture of the situation. | Lägesbilden.")
    preamble: Text | None = Field(None, description="The sentence that promises. | Meningen som avger löftet.")
    closing: Text | None = Field(None, description="What stands after it all. | Det som står efter åtagandena.")


class FollowUp(Model):
    """When and where the promise is followed up; outside the verdict."""

    forum: Text | None = Field(None, description="Where it is followed up. | Var löftet följs upp.")
    date: IsoDay | None = Field(None, description="The planned day. | Den planerade dagen.")
    note: Text | None = Field(None, description="The document's own words about it. | Dokumentets egna ord om det.")
    held: IsoDay | None = Field(None, description="The day it took place. | Dagen då uppföljningen hölls.")


class ColumnSpec(Model):
    """A column of the export."""

    column: Text = Field(description="The column's header in the export. | Kolumnens rubrik i exporten.")
    type: ColumnType = Field(
        "text",
        description="How its cells are read: text, list, number, flag (yes or no) or date. "
        "| Hur cellerna läses: text, lista, tal, flagga (ja eller nej) eller datum.",
    )
    split: Annotated[str, Field(min_length=1, max_length=5)] | None = Field(
        None, description="What parts the items of a list; a comma if not given. | Vad som skiljer listans delar åt."
    )


Columns = Annotated[
    dict[Name, Annotated[ColumnSpec, BeforeValidator(shapes.column)]],
    WithJsonSchema({"named": "Columns"}),
]
Values = Annotated[list[Text], BeforeValidator(shapes.one_or_more), Field(min_length=1)]


class StatusSpec(Model):
    """What the words in the column `status` mean. Any other word makes a row merely possible."""

    held: Values = Field(description="These words mean that it took place. | Orden som betyder att det blev av.")
    planned: Values | None = Field(None, description="These mean that it is planned. | Orden för planerat.")
    cancelled: Values | None = Field(None, description="These mean that it was cancelled. | Orden för inställt.")


class DuplicatesSpec(Model):
    """Which rows of the exports are one event though they have different ids, or none."""

    same: Annotated[list[Name], BeforeValidator(shapes.one_or_more), Field(min_length=1)] = Field(
        description="The columns in which they are alike. | Kolumnerna där de är lika."
    )
    apart: Length = Field(
        description="How far apart they may start, such as `10 minutes`. | Hur långt isär de får börja."
    )
    across: Literal["source", "row"] = Field(
        description="`source`: only rows of different sources are merged; `row`: any rows. "
        "| `source`: bara rader ur olika källor; `row`: vilka rader som helst."
    )


class MappingSpec(Model):
    """How one export is read."""

    columns: Columns = Field(
        description="The promise's name of a column → its header in the export. Only mapped columns are ever read. "
        "| Löftets namn på en kolumn → rubriken i exporten. Bara angivna kolumner läses."
    )
    status: StatusSpec | None = Field(
        None, description="What the words in the status column mean. | Vad orden i statuskolumnen betyder."
    )
    ids: Literal["unique"] | None = Field(
        None, description="`unique`: no id stands on two rows. | `unique`: inget id står på två rader."
    )
    covers: Annotated[list[shapes.SpanText], BeforeValidator(shapes.one_or_more)] | None = Field(
        None,
        description="The days on which the export is complete, FROM/TO, both included; one span or a list. "
        "| Dagarna då exporten är fullständig, FRÅN/TILL, båda inräknade; ett spann eller en lista.",
    )


SourceName = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$", max_length=64)]


class LogSpec(Model):
    """The mapping of the logs: one for all, or one for each source."""

    shared: MappingSpec | None = None
    sources: dict[SourceName, MappingSpec] | None = None
    duplicates: DuplicatesSpec | None = None

    def mappings(self) -> dict[str | None, MappingSpec]:
        """Every mapping by its source; None is the one for all."""
        if self.shared is not None:
            return {None: self.shared}
        return {name: mapping for name, mapping in (self.sources or {}).items()}  # noqa: C416, the key's type widens


Log = Annotated[LogSpec, BeforeValidator(shapes.log), WithJsonSchema({"named": "Log"})]


class CalendarSpan(Model):
    """Days of a calendar: from the first to the last, both included."""

    from_: IsoDay = Field(alias="from", description="The first day. | Första dagen.")
    to: IsoDay = Field(description="The last day. | Sista dagen.")
    label: Text | None = Field(None, description="What the days are called. | Vad dagarna kallas.")


CalendarDays = Annotated[
    list[Annotated[CalendarSpan, BeforeValidator(shapes.calendar_day, json_schema_input_type=CalendarSpan | str)]],
    Field(min_length=1),
]

Selector = Annotated[object, WithJsonSchema({"named": "Activity"})]
"""A selector as it was written; `selectors.parse` reads it when columns and calendars are known."""

Test = Annotated[object, WithJsonSchema({"named": "SpecTest"})]
"""A test as it was written; `spec.tests` reads it, where somebody asks for tests."""


class Document(Model):
    """A promise."""

    format: Annotated[Literal[1], BeforeValidator(shapes.number_one)] = Field(
        description="The format of this file: 1. | Filens format: 1."
    )
    id: Name = Field(description="The promise's own name, for scripts. | Löftets eget namn, för skript.")
    title: Text = Field(description="The title as decided. | Titeln så som den är beslutad.")
    language: Literal["sv", "en"] = Field(
        "sv", description="The language that it is reported in. | Språket som löftet redovisas på."
    )
    period: Days = Field(description="The period, both days included. | Perioden, båda dagarna inräknade.")
    timezone: shapes.ZoneText = Field(
        "Europe/Stockholm", description="The zone in which days begin. | Tidszonen som dagarna räknas i."
    )
    parties: dict[Name, Party] = Field(
        default_factory=dict,
        description="Who promises: a short name for each. | Vilka som lovar, med var sitt kortnamn.",
    )
    document: shapes.FileText | None = Field(
        None,
        description="The decided text's file, beside this one; every quote must stand in it. "
        "| Filen med det beslutade dokumentet, bredvid den här; varje citat måste stå i den.",
    )
    text: Words | None = Field(None, description="The decided text, word for word. | Den beslutade texten, ordagrant.")
    follow_up: FollowUp | None = Field(
        None, description="When and where it is followed up. | När och var löftet följs upp."
    )
    partial_from: shapes.Share | None = Field(
        None,
        description="The degree from which a broken commitment is shown as partly kept, such as 0.5. "
        "| Graden från vilken ett brutet åtagande visas som delvis uppfyllt, till exempel 0.5.",
    )
    log: Log = Field(description="How the exports are read. | Hur exporterna läses.")
    calendars: dict[Name, CalendarDays] = Field(
        default_factory=dict,
        description="Named days: dates, or spans with `from` and `to`. | Namngivna dagar: datum eller spann.",
    )
    activities: dict[Name, Selector] = Field(
        description="Named selectors: which events are meant. | Namngivna urval: vilka händelser som menas."
    )
    commitments: list[AnyCommitment] = Field(
        description="What is promised, one by one. | Det som lovas, ett i taget.", json_schema_extra={"minItems": 1}
    )
    tests: list[Test] = Field(
        default_factory=list,
        description="Small logs and what they should come to; `promisekit test` runs them. "
        "| Små loggar och vad de ska leda till; `promisekit test` kör dem.",
        json_schema_extra={"minItems": 1},
    )
