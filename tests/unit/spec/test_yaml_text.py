"""The strict part of YAML: what scalars are, what is refused, and that nothing hangs or crashes."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from promisekit.spec.yaml_text import parse_yaml


def codes(text: str) -> list[str]:
    return [found.code for found in parse_yaml(text, "x.yaml").found]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.50", Decimal("1.50")),
        *(
            (text, text)
            for text in (
                "True", "yes", "no", "on", "off", "ja", "y", "NULL", "18:00", "08:00", "1:30:00", "010", "0912", "0x1F",
                "0b11", "1_000", "1e3", "1.2e3", "1,5", ".5", ".inf", ".NaN", "+1", "2022-03-01", "2022-3-1", "=",
                "2022-03-01 14:00", "9" * 19,
            )
        ),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_it_looks_like(written: str, value: object) -> None:
    data = parse_yaml(f"a: {written}\n", "x.yaml").data
    assert data == {"a": value}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(value)


def test_keys_are_texts() -> None:
    assert parse_yaml("1: a\ntrue: b\n2022-03-01: c\n=: d\n", "x").data == {
        "1": "a",
        "true": "b",
        "2022-03-01": "c",
        "=": "d",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\n", "yaml.anchor"),
        ("a: [1]\nb: *x\n", "yaml.anchor"),
        ("*x : 1\n", "yaml.anchor"),
        ("a: !!str 1\n", "yaml.tag"),
        ("!x y\n", "yaml.tag"),
        ("a: !<tag:x> {b: 1}\n", "yaml.tag"),
        ("<<: {a: 1}\n", "yaml.merge-key"),
        ("a: 1\na: 2\n", "yaml.duplicate-key"),
        ("a: {b: 1, b: 2}\n", "yaml.duplicate-key"),
        ("[a]: b\n", "yaml.key-not-text"),
        ("{a: 1}: b\n", "yaml.key-not-text"),
        ("? [a, b]\n: c\n", "yaml.key-not-text"),
        ("a: 1\n---\nb: 2\n", "yaml.several-documents"),
        ("%YAML 1.1\n---\na: 1\n", "yaml.directive"),
        ("a: 1\n\tb: 2\n", "yaml.tab"),
        ("a:\n\t- b\n", "yaml.tab"),
        ("a: \x00\n", "yaml.control-character"),
        ("a: b\x85c\n", "yaml.control-character"),
        ("a: b\u2028c\n", "yaml.control-character"),
        ("a: 1\n  b: 2\n", "yaml.indentation"),
        ("a: b: c\n", "yaml.colon"),
        ("{a: 1, b:}\n", "yaml.colon"),
        ("a: %x\n", "yaml.reserved-character"),
        ("a: `x`\n", "yaml.reserved-character"),
        ('a: "x\n', "yaml.unclosed-quote"),
        ("a: [1, 2\n", "yaml.unclosed-bracket"),
        ("a: {b: [1}\n", "yaml.unclosed-bracket"),
        ('a: "\\q"\n', "yaml.escape"),
        ("a: 'b'c'\n", "yaml.text-after-quote"),
        ("a: |x\n", "yaml.syntax"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_byte_order_mark_and_windows_line_ends_change_no_place() -> None:
    parsed = parse_yaml("\ufeffa: 1\r\nb: {c: [x, y]}\r\n", "x.yaml")
    assert parsed.data == {"a": 1, "b": {"c": ["x", "y"]}}
    place = parsed.source.place(("b", "c", 1))
    assert (place.line, place.column) == (2, 12)


def test_all_faults_of_form_are_found_at_once() -> None:
    assert codes("a: &x 1\na: 2\nb: *x\nc: !t 1\n") == [
        "yaml.anchor",
        "yaml.duplicate-key",
        "yaml.anchor",
        "yaml.tag",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 60_000, "yaml.too-deep"),
        ("{a: " * 60_000, "yaml.too-deep"),
        ("- " * 60_000, "yaml.too-deep"),
        ("a: " + "x" * 16_000_001, "yaml.too-large"),
        ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(60)), "yaml.anchor"),
        ("? " * 60_000, "yaml.too-deep"),
        ("&a " * 60_000, "yaml.syntax"),
    ],
    ids=["lists", "mappings", "blocks", "bytes", "laughs", "keys", "anchors"],
)
def test_hostile_input_is_refused_quickly(text: str, code: str) -> None:
    begun = time.perf_counter()
    found = codes(text)
    assert found
    assert code in found or found[0].startswith("yaml.")
    assert time.perf_counter() - begun < 10


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("promisekit.spec.yaml_text.MAX_NODES", 1000)
    assert codes("a: [" + "1, " * 990 + "1]") == []
    assert codes("a: [" + "1, " * 1000 + "1]") == ["yaml.too-large"]


def test_a_scalar_of_a_megabyte_is_read() -> None:
    data = parse_yaml("a: |\n" + "  åäö\n" * 200_000, "x").data
    assert isinstance(data, dict)
    assert len(str(data["a"])) == 800_000
