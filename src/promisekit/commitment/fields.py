"""The types of fields that kinds share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from promisekit.diagnostics.refused import Refused
from promisekit.windows import parse_day
from promisekit.words import say

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
"""An id or a name."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A sentence of the author's."""


def _passages(value: object) -> object:
    return [value] if isinstance(value, str) else value


Passages = Annotated[list[Text], BeforeValidator(_passages), Field(min_length=1)]
"""One passage or a list of them."""


def _known_day(value: str) -> str:
    parse_day(value)
    return value


IsoDay = Annotated[str, AfterValidator(_known_day)]
"""A date written `YYYY-MM-DD`; kept as text, read with `parse_day`."""


Number = Annotated[int, Field(ge=0, le=1_000_000)]


def _ordered(value: list[int]) -> list[int]:
    if value[0] > value[1]:
        message = say("the lower bound is above the upper one")
        raise Refused("number.order", message, say("write the smaller number first"))
    return value


Between = Annotated[list[Number], Field(min_length=2, max_length=2), AfterValidator(_ordered)]
