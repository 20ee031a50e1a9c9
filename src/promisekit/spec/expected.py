"""What a test in a promise expects of a commitment: the keys of the JSON result, with short forms for what is common.

Only what is written is compared, so which keys an author has given (`model_fields_set`) is part of what was said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from promisekit.commitment import Amount, IsoDay, Model, Text
from promisekit.commitment.fields import as_amount
from promisekit.diagnostics.refused import Refused
from promisekit.words import say

VerdictName = Literal["kept", "broken", "open", "not_applicable"]
StatusName = Literal[
    "not_applicable",
    "kept",
    "kept_late",
    "partly_kept",
    "not_kept",
    "awaiting_assessment",
    "cannot_be_assessed",
    "not_started",
    "at_risk",
    "on_track",
]
ReasonName = Literal[
    "not_started", "running", "not_triggered", "uncovered", "imprecise", "needs_assessment", "disputed"
]
PhaseName = Literal["future", "running", "closed", "uncovered"]
OutlookName = Literal["on_track", "at_risk", "off_track"]

UNBOUNDED = "unbounded"
"""What the result says with `null`: there is no upper end. In a promise a key without a value is always a slip."""


def upper(value: object) -> int | Fraction | None:
    """An upper end, None where there is none."""
    return None if value == UNBOUNDED else as_amount(value)


Upper = Annotated[
    int | Fraction | None, PlainValidator(upper), WithJsonSchema({"anyOf": [{"type": "number"}, {"const": UNBOUNDED}]})
]


def verdict_alone(value: object) -> object:
    """A verdict alone is all that is expected; nothing at all is a slip."""
    if isinstance(value, str):
        return {"verdict": value}
    if value == {}:
        message = say("nothing is expected here, so that nothing can fail")
        raise Refused("test.expects-nothing", message, say("write what the verdict should be, such as `kept`"))
    if isinstance(value, dict) and "count" in value and value.keys() & {"low", "high"}:
        message = say("`count` stands for `low` and `high` together")
        raise Refused("test.count-and-bounds", message, say("write `count`, or `low` and `high`"), ("count",), True)
    return value


def interval(value: object) -> object:
    """A number alone is known for certain."""
    return value if isinstance(value, dict) else {"low": value, "high": value}


def row(value: object) -> object:
    """A number alone is a row, a text alone an id."""
    if isinstance(value, str):
        return {"id": value}
    return {"row": value} if isinstance(value, int) and not isinstance(value, bool) else value


def one_name(value: object) -> object:
    """A row is named in one way."""
    if isinstance(value, dict) and ("row" in value) == ("id" in value):
        message = say("a row is named by its line or by its id, one of the two")
        raise Refused("test.row-named", message, say("write `row: 2` (the header is row 1) or `id: …`"))
    return value


class Between(Model):
    """A number that is known to lie between two others; `high: unbounded` is without an upper end."""

    low: Amount = Field(description="The least that it can be. | Det minsta det kan vara.")
    high: Upper = Field(
        description="The most that it can be, or `unbounded`. | Det mesta det kan vara, eller `unbounded`."
    )


class ExpectedRow(Model):
    """A row of the test's log."""

    source: Text | None = Field(None, description="The source that it stands in. | Källan som den står i.")
    row: Annotated[int, Field(ge=2)] | None = Field(
        None, description="Its line in the table; the header is row 1. | Raden i tabellen; rubriken är rad 1."
    )
    id: Text | None = Field(None, description="Its id. | Dess id.")


class ExpectedNearMiss(ExpectedRow):
    """A row that nearly counted."""

    failed: Text = Field(
        description="The one condition that it failed, such as `place`. | Villkoret den föll på, t.ex. `place`."
    )


class ExpectedCase(ExpectedRow):
    """A row that something was owed for."""

    verdict: VerdictName = Field(description="What became of it. | Hur det gick.")


Row = Annotated[
    ExpectedRow, BeforeValidator(one_name), BeforeValidator(row, json_schema_input_type=ExpectedRow | int | str)
]
NearMiss = Annotated[ExpectedNearMiss, BeforeValidator(one_name)]
Case = Annotated[ExpectedCase, BeforeValidator(one_name)]
Numbers = Annotated[Between, BeforeValidator(interval, json_schema_input_type=Between | int | float)]


class Remains(Model):
    """What is still owed."""

    need: Amount = Field(description="How many more. | Hur många till.")
    by: IsoDay = Field(description="By which day. | Senast vilken dag.")


class ExpectedWindow(Model):
    """What is expected of a window."""

    verdict: VerdictName | None = Field(None, description="Its verdict. | Fönstrets utfall.")
    count: Amount | None = Field(
        None, description="What was counted, for certain. | Det som räknades, säkert och inget annat."
    )
    low: Amount | None = Field(None, description="What certainly counts. | Det som säkert räknas.")
    high: Upper = Field(
        None,
        description="What may count, or `unbounded`. | Det som kan räknas, eller `unbounded`.",
    )
    of: Numbers | None = Field(None, description="Of a share: the whole. | För en andel: helheten.")
    reasons: list[ReasonName] | None = Field(None, description="Why it is open. | Varför det är öppet.")
    phase: PhaseName | None = Field(None, description="Where it stands in time. | Var i tiden det ligger.")


Window = Annotated[ExpectedWindow, BeforeValidator(verdict_alone, json_schema_input_type=ExpectedWindow | VerdictName)]


class Expected(Model):
    """What is expected of a commitment, or of a part of one."""

    verdict: VerdictName | None = Field(None, description="The verdict. | Utfallet.")
    status: StatusName | None = Field(None, description="The public word. | Det ord som visas utåt.")
    reasons: list[ReasonName] | None = Field(None, description="Why it is open. | Varför det är öppet.")
    final: bool | None = Field(None, description="Whether it can still change. | Om utfallet är slutgiltigt.")
    final_at: IsoDay | None = Field(
        None, description="Since which as-of it is final. | Från vilken dag det är slutgiltigt."
    )
    now: VerdictName | None = Field(
        None, description="The verdict if nothing more happened. | Utfallet om inget mer hände."
    )
    outlook: OutlookName | None = Field(None, description="How it is doing. | Hur det ser ut att gå.")
    without: VerdictName | None = Field(
        None, description="The verdict without waivers and rows set aside. | Utfallet utan undantag."
    )
    overdue: IsoDay | None = Field(
        None, description="The day by which it should have been judged. | Dagen då det skulle ha bedömts."
    )
    degree: Numbers | None = Field(None, description="The share of windows kept. | Andelen uppfyllda fönster.")
    count: Amount | None = Field(
        None, description="What was counted, where it has one window. | Det som räknades, där det har ett fönster."
    )
    low: Amount | None = Field(None, description="What certainly counts. | Det som säkert räknas.")
    high: Upper = Field(
        None,
        description="What may count, or `unbounded`. | Det som kan räknas, eller `unbounded`.",
    )
    of: Numbers | None = Field(None, description="Of a share: the whole. | För en andel: helheten.")
    windows: Annotated[dict[Text, Window], Field(min_length=1)] | None = Field(
        None,
        description="Windows by their first day or their label. | Fönster under sin första dag eller sitt namn.",
    )
    counted: list[Row] | None = Field(None, description="The rows that count, all of them. | Raderna som räknas, alla.")
    possible: list[Row] | None = Field(
        None, description="The rows that may count, all of them. | Raderna som kan räknas, alla."
    )
    near_misses: list[NearMiss] | None = Field(
        None, description="Rows that nearly counted; `[]`: there are none. | Rader som nästan räknades; `[]`: inga."
    )
    cases: Annotated[list[Case], Field(min_length=1)] | None = Field(
        None, description="What became of single obligations. | Hur det gick för enskilda ärenden."
    )
    remaining: list[Remains] | None = Field(
        None, description="What is still owed, all of it. | Det som återstår, allt."
    )
    members: Annotated[dict[Text, Expectation], Field(min_length=1)] | None = Field(
        None, description="Members of the register by name. | Registrets medlemmar under sina namn."
    )
    parts: Annotated[dict[Text, Expectation], Field(min_length=1)] | None = Field(
        None, description="Parts by their id. | Delar under sitt id."
    )


Expectation = Annotated[Expected, BeforeValidator(verdict_alone, json_schema_input_type=Expected | VerdictName)]
