"""What the loader accepts, the schema accepts too: editors must not underline what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from promisekit.spec.schema import promise_schema
from promisekit.spec.yaml_text import parse_yaml
from tests.architecture.house import ROOT
from tests.properties.test_mutated_specs import GOOD

SCHEMA = promise_schema()
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, Decimal),
}


def faults(schema: object, value: object, where: str = "") -> Iterator[str]:
    """Why a value is refused, by the part of JSON Schema that the promise's schema is written in."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        definitions = SCHEMA["$defs"]
        assert isinstance(definitions, dict)
        yield from faults(definitions[schema["$ref"].removeprefix("#/$defs/")], value, where)
    yield from of_value(schema, value, where)
    if isinstance(value, dict):
        yield from of_mapping(schema, value, where)
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from faults(schema.get("items"), item, f"{where}.{position}")
    for branch in ("anyOf", "oneOf"):
        if branch in schema and all(any(faults(inner, value)) for inner in schema[branch]):
            yield f"{where}: {branch}"
    for inner in schema.get("allOf", ()):
        yield from faults(inner, value, where)
    if "if" in schema:
        yield from faults(schema.get("else" if any(faults(schema["if"], value)) else "then"), value, where)


def of_value(schema: dict[str, object], value: object, where: str) -> Iterator[str]:
    wanted = schema.get("type")
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(names, list) and not any(is_a(value, name) for name in names):
        yield f"{where}: type"
    if "const" in schema and value != schema["const"]:
        yield f"{where}: const"
    choices = schema.get("enum")
    if isinstance(choices, list) and value not in choices:
        yield f"{where}: enum"
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and isinstance(value, str) and not re.search(pattern, value):
        yield f"{where}: pattern"
    for bound, sign in (("minimum", 1), ("maximum", -1)):
        limit = schema.get(bound)
        if isinstance(limit, int) and isinstance(value, (int, Decimal)) and sign * value < sign * limit:
            yield f"{where}: {bound}"
    if isinstance(value, (str, list)):
        for least in (schema.get("minLength"), schema.get("minItems")):
            if isinstance(least, int) and len(value) < least:
                yield f"{where}: too short"


def is_a(value: object, name: str) -> bool:
    return isinstance(value, TYPES[name]) and isinstance(value, bool) == (name == "boolean")


def of_mapping(schema: dict[str, object], value: dict[str, object], where: str) -> Iterator[str]:
    properties, required = schema.get("properties", {}), schema.get("required", [])
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    yield from (f"{where}: {key} is missing" for key in required if key not in value)
    others = schema.get("additionalProperties")
    for key, inner in value.items():
        if key in properties:
            yield from faults(properties[key], inner, f"{where}.{key}")
        elif others is False:
            yield f"{where}.{key}: unknown"
        else:
            yield from faults(others, inner, f"{where}.{key}")


@pytest.mark.parametrize("path", sorted((ROOT / "promises").glob("*.yaml")), ids=lambda path: path.name)
def test_a_promise_of_the_project(path: Path) -> None:
    assert list(faults(SCHEMA, parse_yaml(path.read_text(encoding="utf-8"), path.name).data)) == []


def test_a_promise_with_everything() -> None:
    assert list(faults(SCHEMA, parse_yaml(GOOD, "good.yaml").data)) == []


def test_duplicates_beside_the_names_of_sources() -> None:
    log = {"a": {"columns": {"start": "S"}}, "duplicates": {"same": ["x"], "apart": "1 h", "across": "row"}}
    definitions = SCHEMA["$defs"]
    assert isinstance(definitions, dict)
    assert list(faults(definitions["Log"], log)) == []


def test_a_register_in_place_of_a_list() -> None:
    text = GOOD.replace("of: [Torget, Parken]", "of: {file: skolor.csv, column: Skola, target: Antal}")
    assert list(faults(SCHEMA, parse_yaml(text, "good.yaml").data)) == []
    assert list(faults(SCHEMA, parse_yaml(text.replace("column: Skola", "kolumn: Skola"), "bad.yaml").data)) != []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("    what: insats", "    wath: insats"),
        ("          - id: sex\n            kind: frequency", "          - id: sex\n            kind: frekvens"),
        ("            what: mpk", "            wat: mpk"),
        ("    apart: 10 minutes", "    apart: tio minuter"),
        ("      clock: weekdays", "      clock: vardagar"),
    ],
)
def test_what_is_wrong_is_underlined(good: str, bad: str) -> None:
    assert good in GOOD
    assert list(faults(SCHEMA, parse_yaml(GOOD.replace(good, bad, 1), "bad.yaml").data)) != []
