"""The short forms that YAML may use, made into the long ones, and texts that must mean something.

Every function raises Refused, which tells code, reason and remedy; the loader adds the place.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from promisekit.commitment.fields import as_fraction
from promisekit.diagnostics.refused import Refused, did_you_mean
from promisekit.windows import parse_day, parse_span, zone_named
from promisekit.windows.civil import FIRST_YEAR, ISO_DATE, LAST_YEAR
from promisekit.words import say

_NEAR_ZONES = ("Europe/Stockholm", "Europe/Helsinki", "Europe/Oslo", "Europe/Copenhagen", "Europe/Mariehamn", "UTC")
MAPPING_KEYS = frozenset({"columns", "status", "ids", "covers"})
DUPLICATES = "duplicates"
"""The key that stands beside the mapping of one source, or beside the names of several."""
_LOOSE_DATE = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})\Z")


def one_or_more(value: object) -> object:
    """A text alone is a list of one."""
    return [value] if isinstance(value, str) else value


def column(value: object) -> object:
    """A header alone is a column of type text (the reserved names have types of their own)."""
    if isinstance(value, str):
        return {"column": value}
    if isinstance(value, dict) or value is None:
        return value
    message = say("a column is the text of its header, or a mapping with `column` and `type`")
    raise Refused("spec.not-text", message, say("put the header in quotation marks"))


def number_one(value: object) -> object:
    """1 itself: `true` equals it in Python, and nowhere else."""
    if isinstance(value, bool):
        message = say("{value} is not a value of `{name}`", value=say("`true` or `false`"), name="format")
        raise Refused("spec.unknown-value", message, say("write {names}", names="`1`"))
    return value


def log(value: object) -> object:
    """One mapping for all exports, or one for each source: told apart by the keys."""
    if not isinstance(value, dict):
        return value
    if _is_mapping_by_source(value):
        return {"sources": value}
    whole = {key: inner for key, inner in value.items() if key == DUPLICATES}
    rest = {key: inner for key, inner in value.items() if key != DUPLICATES}
    return {"sources" if _is_mapping_by_source(rest) else "shared": rest, **whole}


def _is_mapping_by_source(value: dict[str, object]) -> bool:
    nested = bool(value) and all(isinstance(inner, dict) and "columns" in inner for inner in value.values())
    return nested and not MAPPING_KEYS & value.keys()


def calendar_day(value: object) -> object:
    """A date alone is a span of one day."""
    return {"from": value, "to": value} if isinstance(value, str) else value


def span_text(value: str) -> str:
    """A span of days, `2022-03-01/2022-05-31`, as it is written."""
    first, slash, last = value.partition("/")
    if not slash:
        message = say("`{text}` is not a span of days", text=value)
        raise Refused("span.not-understood", message, say("write `2022-03-01/2022-05-31`, both days included"))
    for day in (first, last):
        try:
            parse_day(day)
        except ValueError:
            raise wrong_day(day) from None
    try:
        parse_span(value)
    except ValueError:
        message = say("the span {text} ends before it begins", text=value)
        hint = say("write `2022-03-01/2022-05-31`, both days included")
        raise Refused("span.not-understood", message, hint) from None
    return value


def _zone_text(value: str) -> str:
    try:
        zone_named(value)
    except ValueError:
        message = say("there is no time zone `{name}`", name=value)
        hint = did_you_mean(value, _NEAR_ZONES, say("write a name such as `Europe/Stockholm`"))
        raise Refused("zone.unknown", message, hint) from None
    return value


def lies_beside(name: str) -> bool:
    """Whether the name of a file can only mean one beside the promise, or in a folder there."""
    parts = re.split(r"[/\\]", name)
    return bool(name.strip()) and "\\" not in name and ".." not in parts and parts[0] != "" and ":" not in name


def _file_text(value: str) -> str:
    if not lies_beside(value):
        message = say("`{text}` does not lie beside the promise", text=value)
        raise Refused("document.outside", message, say("put the document beside the promise and give its file name"))
    return value


def _share(value: object) -> Fraction:
    share = as_fraction(value)
    if share is None or not 0 < share <= 1:
        message = say("this is not a share of the whole")
        raise Refused("share.not-understood", message, say("write `0.5`, `50 %` or `1/2`"))
    return share


def wrong_day(text: str) -> Refused:
    """Why a text is not a date, for one that `parse_day` refuses."""
    if ISO_DATE.match(text):
        year = int(text[:4])
        if FIRST_YEAR <= year <= LAST_YEAR:
            message = say("there is no date {text}", text=text)
            return Refused("date.unknown", message, say("look at the month and at the number of its days"))
        first, last = str(FIRST_YEAR), str(LAST_YEAR)
        message = say("the year {text} lies outside {first}–{last}", text=text[:4], first=first, last=last)
        return Refused("date.out-of-range", message, say("look at the year"))
    loose = _LOOSE_DATE.match(text.strip())
    iso = "-".join(part.zfill(2) for part in loose.groups()) if loose else "2022-03-01"
    message = say("`{text}` is not a date as dates are written here", text=text)
    return Refused("date.not-iso", message, say("write year, month and day: `{iso}`", iso=iso))


SpanText = Annotated[str, AfterValidator(span_text)]
ZoneText = Annotated[str, AfterValidator(_zone_text)]
FileText = Annotated[str, AfterValidator(_file_text)]
Share = Annotated[
    Fraction,
    PlainValidator(_share),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}], "examples": [0.5, "50 %", "1/2"]}),
]
