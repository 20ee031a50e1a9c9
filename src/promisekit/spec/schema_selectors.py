"""The part of the JSON Schema that selectors have: they are read by `selectors`, and no model describes them."""

from __future__ import annotations

from pydantic.json_schema import JsonSchemaValue

from promisekit.selectors.times import NAMES
from promisekit.windows.calendars import BUILTIN


def selector_schema() -> JsonSchemaValue:
    """A selector: conditions on columns, and words of the selectors' own."""
    scalar: JsonSchemaValue = {"type": ["string", "number"]}
    several = {"anyOf": [scalar, {"type": "array", "items": scalar, "minItems": 1}]}
    texts = {"type": "array", "items": scalar, "minItems": 1}
    operators = {
        "not": ("Anything but this. | Allt utom detta.", several),
        "starts_with": ("Texts that begin so. | Texter som börjar så.", scalar),
        "any": ("Lists with one of these. | Listor med något av dessa.", texts),
        "all": ("Lists with all of these. | Listor med alla dessa.", texts),
        "none": ("Lists with none of these. | Listor utan dessa.", texts),
        "at_least": ("Numbers from this. | Tal från detta.", {"type": "number"}),
        "at_most": ("Numbers up to this. | Tal till och med detta.", {"type": "number"}),
        "between": (
            "Numbers or dates `[from, to]`. | Tal eller datum `[från, till]`.",
            _described({"anyOf": [{"type": "number"}, {"type": "string"}]}, 2),
        ),
        "on_or_after": ("Dates from this one. | Datum från och med detta.", {"type": "string"}),
        "on_or_before": ("Dates up to this one. | Datum till och med detta.", {"type": "string"}),
        "recorded": ("Whether the cell holds anything. | Om cellen är ifylld.", {"type": "boolean"}),
    }
    described = {name: {"description": told, **schema} for name, (told, schema) in operators.items()}
    test = {"type": "object", "properties": described, "additionalProperties": False, "minProperties": 1}
    return {
        "type": "object",
        "description": "Which events are meant: all of these hold; `{}` is every row. "
        "| Vilka händelser som menas: allt detta gäller; `{}` är varje rad.",
        "properties": _conditions(),
        "additionalProperties": {"anyOf": [scalar, {"type": "boolean"}, several["anyOf"][1], test]},
    }


def _described(items: JsonSchemaValue, number: int) -> JsonSchemaValue:
    return {"type": "array", "items": items, "minItems": number, "maxItems": number}


def _conditions() -> JsonSchemaValue:
    clock = {"type": "string", "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$"}
    length = {"type": "string", "pattern": r"^\d+(\.\d+)? ?(min|minutes?|h|hours?)$"}
    days = {"enum": [name for names in NAMES for name in names]}
    selectors = {"type": "array", "items": {"named": "Activity"}, "minItems": 1}
    return {
        "time": {
            "description": "The time of day at which it starts; may pass midnight. | Klockslaget då det börjar.",
            "type": "object",
            "required": ["from", "to"],
            "additionalProperties": False,
            "properties": {
                "from": {"description": "This minute is in. | Den här minuten räknas.", **clock},
                "to": {"description": "This minute is out. | Den här minuten räknas inte.", **clock},
            },
        },
        "weekday": {
            "description": "The weekday on which it starts. | Veckodagen då det börjar.",
            "anyOf": [days, {"type": "array", "items": days, "minItems": 1}],
        },
        "calendar": {
            "description": "A named calendar it starts on a day of. | En namngiven kalender vars dagar räknas.",
            "type": "string",
            "examples": list(BUILTIN),
        },
        "duration": {
            "description": "How long it lasts, such as `30 minutes`. | Hur länge det varar, till exempel `30 minutes`.",
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "at_least": {"description": "So long or longer. | Så länge eller längre.", **length},
                "at_most": {"description": "So long or shorter. | Så länge eller kortare.", **length},
            },
        },
        "except": {
            "description": "Left out are those that certainly are such. | Utom dem som säkert är sådana.",
            "named": "Activity",
        },
        "any": {"description": "At least one of these holds. | Minst ett av dessa gäller.", **selectors},
        "all": {"description": "All of these hold. | Alla dessa gäller.", **selectors},
        "sources": {
            "description": "Looked for in these sources only. | Söks bara i dessa källor.",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
        },
        "dated": {
            "description": "They take place at the date in this column. | De sker det datum som står i den kolumnen.",
            "type": "string",
        },
    }
