"""The types of fields that kinds share. What is read into something else than text says what it is read into."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema

from promisekit.diagnostics.refused import Refused
from promisekit.plan.nodes import All, AtLeast, Need, ShareOf
from promisekit.windows import parse_day, parse_length
from promisekit.words import say

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
"""An id or a name."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A sentence of the author's."""


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Passages = Annotated[list[Text], BeforeValidator(_one_or_more), Field(min_length=1)]
"""One passage or a list of them."""

Names = Passages
"""One name of a calendar, weekday … or a list of them; whoever has the field looks them up."""


def _known_day(value: str) -> str:
    parse_day(value)
    return value


IsoDay = Annotated[str, AfterValidator(_known_day)]
"""A date written `YYYY-MM-DD`; kept as text, read with `parse_day`."""


MIDNIGHT = 24 * 3600
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z|24:00\Z", re.ASCII)


def _clock(value: object) -> int:
    found = _CLOCK.match(value) if isinstance(value, str) else None
    if not found:
        written = str(value) if isinstance(value, (str, int)) else "…"
        message = say("`{text}` is not a time of day", text=written)
        raise Refused("time.not-understood", message, say("write hours and minutes with two digits each: `08:00`"))
    return int(found[1]) * 3600 + int(found[2]) * 60 if found[1] else MIDNIGHT


Clock = Annotated[
    int,
    PlainValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", "examples": ["06:00"]}),
]
"""A time of day, `06:00`, read into the second of the day; `24:00` is its end."""


def as_length(value: object) -> int:
    """The seconds of a text such as `30 minutes`. Raises Refused."""
    try:
        return parse_length(value if isinstance(value, str) else "")
    except ValueError:
        message = say("`{text}` is not a length of time", text=_shown(value))
        raise Refused("length.not-understood", message, say("write `30 minutes`, `40 hours` or `1.5 hours`")) from None


Length = Annotated[
    int,
    PlainValidator(as_length),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d+(\.\d+)? ?(min|minutes?|h|hours?)$", "examples": ["30 minutes", "40 hours"]}
    ),
]
"""A time that passes, `30 minutes` or `40 hours`, read into seconds."""

_DAYS = re.compile(r"([1-9]\d{0,3}) (day|week)s?\Z", re.ASCII)


def _day_number(value: object) -> int:
    found = _DAYS.match(value) if isinstance(value, str) else None
    if not found:
        message = say("`{text}` is not a number of days", text=_shown(value))
        raise Refused("length.not-understood", message, say("write `14 days` or `2 weeks`"))
    return int(found[1]) * (7 if found[2] == "week" else 1)


DayNumber = Annotated[
    int,
    PlainValidator(_day_number),
    WithJsonSchema({"type": "string", "pattern": r"^\d+ (day|week)s?$", "examples": ["14 days", "2 weeks"]}),
]
"""So many days, `14 days` or `2 weeks`, read into their number."""

_RATIO = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})\Z", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?)\s*%\Z", re.ASCII)


def as_fraction(value: object) -> Fraction | None:
    """A number, `90 %` or `1/3` as the exact fraction that it says; None for anything else."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str):
        return None
    ratio, percent = _RATIO.match(value), _PERCENT.match(value)
    if ratio and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    return Fraction(percent[1]) / 100 if percent else None


def _share(value: object) -> Fraction:
    share = as_fraction(value)
    if share is None or not 0 <= share <= 1:
        message = say("`{text}` is not a share from 0 to 1", text=_shown(value))
        raise Refused("share.not-understood", message, say("write `90 %`, `0.9` or `9/10`"))
    return share


_SHARES = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}]}
Share = Annotated[Fraction, PlainValidator(_share), WithJsonSchema({**_SHARES, "examples": ["90 %", 0.9, "1/3"]})]
"""A share, `90 %`, `0.9` or `1/3`, read into the exact fraction."""


def _need(value: object) -> Need:
    if value == "all":
        return All()
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return AtLeast(value)
    share = None if isinstance(value, int) else as_fraction(value)
    if share is None or not 0 < share <= 1:
        message = say("`{text}` does not say how many are needed", text=_shown(value))
        raise Refused(
            "need.not-understood", message, say("write `all`, a number such as `10`, or a share such as `90 %`")
        )
    return ShareOf(share)


Needed = Annotated[
    Need,
    PlainValidator(_need),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]}),
]
"""How many of the windows or members: `all`, so many, or a share of them; read into a `Need`."""


def as_amount(value: object) -> int | Fraction:
    """A number as it is, exact. Raises Refused."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        exact = Fraction(value)
        return exact.numerator if exact.denominator == 1 else exact
    message = say("`{text}` is not a number", text=_shown(value))
    raise Refused("number.not-understood", message, say("write digits, with a point before decimals: `-2.5`"))


Amount = Annotated[int | Fraction, PlainValidator(as_amount), WithJsonSchema({"type": "number"})]
"""Any number, negative ones and decimals included; exact."""

Number = Annotated[int, Field(ge=0, le=1_000_000)]


End = TypeVar("End", int, Fraction, int | Fraction)


def in_order(value: list[End]) -> list[End]:
    """Two ends, the lower one first. Raises Refused."""
    if value[0] > value[1]:
        message = say("the lower bound is above the upper one")
        raise Refused("number.order", message, say("write the smaller number first"))
    return value


Between = Annotated[list[Number], Field(min_length=2, max_length=2), AfterValidator(in_order)]


def _shown(value: object) -> str:
    return str(value) if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else "…"
