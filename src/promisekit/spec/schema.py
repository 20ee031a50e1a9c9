"""The JSON Schema of a promise, for editors: completion, hover texts in both languages, misspellings underlined.

Commitments are told apart by `if`/`then` on `kind` and not by `oneOf`: editors then name the valid kinds and complete
the keys of the one that is written, where with `oneOf` they guess.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from promisekit.commitment import Commitment
from promisekit.kinds import kind_class, kind_manual, kind_names
from promisekit.spec import shapes
from promisekit.spec.document import ColumnSpec, Document, DuplicatesSpec, MappingSpec
from promisekit.spec.schema_selectors import selector_schema
from promisekit.spec.tests import SpecTest

FILE = Path(__file__).with_name("promisekit-1.schema.json")
"""The exported schema, part of the package."""

NAME = r"^[a-z0-9][a-z0-9_-]*$"


class _Generator(GenerateJsonSchema):
    """A list with a validator before it takes a single item too: that is what all of them are for."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        if schema.get("json_schema_input_schema") is None and inner.get("type") == "array":
            return {"anyOf": [inner["items"], inner]}
        return inner


def schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(promise_schema(), ensure_ascii=False, indent=2) + "\n"


def promise_schema() -> dict[str, object]:
    """The schema of a promise document, built anew from the models."""
    document = Document.model_json_schema(schema_generator=_Generator)
    defs: dict[str, object] = dict(document.pop("$defs", {}))
    for model in (ColumnSpec, DuplicatesSpec, MappingSpec, SpecTest):
        _add(defs, model.__name__, model.model_json_schema(schema_generator=_Generator))
    for name in kind_names():
        _add(defs, name, _kind_schema(name))
    mapping = MappingSpec.model_json_schema(schema_generator=_Generator)
    mapping.pop("$defs")
    defs |= {"Activity": selector_schema(), "Columns": _columns(), "Log": _log(mapping), "Commitment": _commitment()}
    defs |= {"TestLog": _by_source(_TABLE), "TestCovers": _by_source(_SPANS)}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FILE.name,
        "title": "A promise | Ett löfte",
    }
    document.pop("title", None)
    whole = _finished({**head, **document, "$defs": {name: defs[name] for name in sorted(defs)}})
    if not isinstance(whole, dict):
        raise TypeError("a schema is a mapping")
    return whole


def _add(defs: dict[str, object], name: str, schema: JsonSchemaValue) -> None:
    defs.update(schema.pop("$defs", {}))
    defs[name] = schema


def _kind_schema(name: str) -> JsonSchemaValue:
    schema = kind_class(name).model_json_schema(schema_generator=_Generator)
    schema["title"] = name
    schema["description"] = kind_manual(name).split("\n\n")[0].replace("\n", " ")
    schema["properties"]["kind"] = {"const": name, "description": _KIND}
    return schema


_KIND = "The kind of commitment. | Åtagandets sort."


def _finished(value: object) -> object:
    """Names of definitions into references (pydantic knows nothing of the ones that are added), and no null: a key
    without a value is an error."""
    if isinstance(value, list):
        return [_finished(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _finished(item) for key, item in value.items() if (key, item) != ("default", None)}
    if "named" in inner:
        inner = {"$ref": f"#/$defs/{inner.pop('named')}", **inner}
    choices = inner.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        choices.remove({"type": "null"})
        if len(choices) == 1:
            inner |= choices.pop()
            del inner["anyOf"]
    return inner


def _commitment() -> JsonSchemaValue:
    shared = Commitment.model_json_schema(schema_generator=_Generator)["properties"]
    return {
        "type": "object",
        "description": "One checkable undertaking. | Ett åtagande som går att pröva.",
        "required": ["id", "kind"],
        "properties": {"id": shared["id"], "kind": {"enum": list(kind_names()), "description": _KIND}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"named": name},
            }
            for name in kind_names()
        ],
    }


def _log(mapping: JsonSchemaValue) -> JsonSchemaValue:
    duplicates = {
        "description": "Which rows with different ids are one event. | Vilka rader med olika id som är en händelse.",
        "named": "DuplicatesSpec",
    }
    one = {**mapping, "properties": {**mapping["properties"], shapes.DUPLICATES: duplicates}}
    each = {
        "properties": {shapes.DUPLICATES: duplicates},
        "additionalProperties": {"named": "MappingSpec"},
        "minProperties": 1,
    }
    return {
        "type": "object",
        "description": "One mapping for all exports, or one for each source by its name. "
        "| En mappning för alla exporter, eller en för varje källa under dess namn.",
        "if": {"anyOf": [{"required": [key]} for key in sorted(shapes.MAPPING_KEYS)]},
        "then": one,
        "else": each,
    }


_TABLE: JsonSchemaValue = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "array",
            "items": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
        },
    ]
}
"""A table after `|` or the name of a file; or a list of rows, which are told by the headers of the export."""
_SPANS: JsonSchemaValue = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}


def _by_source(one: JsonSchemaValue) -> JsonSchemaValue:
    """What is said of all sources at once, or of each under its name."""
    return {"anyOf": [*one["anyOf"], {"type": "object", "additionalProperties": one, "minProperties": 1}]}


def _columns() -> JsonSchemaValue:
    column = {"anyOf": [{"type": "string", "minLength": 1}, {"named": "ColumnSpec"}]}
    return {
        "type": "object",
        "required": ["start"],
        "propertyNames": {"pattern": NAME},
        "properties": {name: {"description": told, **column} for name, told in _COLUMNS.items()},
        "additionalProperties": column,
    }


_COLUMNS = {
    "id": "The row's own id. | Radens eget id.",
    "start": "When it began. | När det började.",
    "end": "When it ended. | När det slutade.",
    "activity": "What was done. | Vad som gjordes.",
    "theme": "What it was about. | Vad det handlade om.",
    "place": "Where it was. | Var det var.",
    "actors": "Who took part; usually `type: list`. | Vilka som medverkade; oftast `type: list`.",
    "case": "The case it belongs to. | Ärendet det hör till.",
    "status": "Whether it took place. | Om det blev av.",
    "recorded_at": "When the row was written; the latest version of an id wins. "
    "| När raden skrevs; den senaste versionen av ett id gäller.",
}


__all__ = ["FILE", "promise_schema", "schema_text"]
