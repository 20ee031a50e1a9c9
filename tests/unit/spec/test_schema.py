"""The JSON Schema in the package is the one that the models give, and says every key in both languages.

`PROMISEKIT_ACCEPT=1` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from promisekit.kinds import kind_names
from promisekit.spec.schema import FILE, promise_schema, schema_text


def test_the_schema_in_the_package_is_fresh() -> None:
    fresh = schema_text()
    if os.environ.get("PROMISEKIT_ACCEPT"):
        FILE.write_text(fresh, encoding="utf-8", newline="\n")
    assert fresh == FILE.read_text(encoding="utf-8")


def keys(schema: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Every property of a schema with where it stands."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict) and "const" not in str(properties.get("kind", {}))[:10]:
            yield from ((f"{where}.{name}", inner) for name, inner in properties.items())
        for name, inner in schema.items():
            if name != "if":
                yield from keys(inner, f"{where}.{name}")
    elif isinstance(schema, list):
        for position, inner in enumerate(schema):
            yield from keys(inner, f"{where}.{position}")


def test_every_key_is_described_in_both_languages() -> None:
    described = {
        where: inner.get("description", "") for where, inner in keys(promise_schema()) if isinstance(inner, dict)
    }
    assert len(described) > 60
    assert [where for where, told in described.items() if " | " not in told] == []


def test_commitments_are_told_apart_by_their_kind() -> None:
    commitment = promise_schema()["$defs"]["Commitment"]  # type: ignore[index]
    assert commitment["properties"]["kind"]["enum"] == list(kind_names())
    assert [case["if"]["properties"]["kind"]["const"] for case in commitment["allOf"]] == list(kind_names())
    assert all(
        case["then"]["$ref"] == f"#/$defs/{name}" for case, name in zip(commitment["allOf"], kind_names(), strict=True)
    )


def test_every_reference_has_its_definition() -> None:
    text = schema_text()
    defs = promise_schema()["$defs"]
    assert isinstance(defs, dict)
    assert {part.split('"')[0] for part in text.split('"#/$defs/')[1:]} <= defs.keys()


def test_no_key_may_be_null() -> None:
    assert '"null"' not in schema_text()
