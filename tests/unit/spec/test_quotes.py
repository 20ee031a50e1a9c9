"""Quotes are compared with the decided text: markup and white space aside, word for word."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from promisekit.diagnostics import Invalid
from promisekit.spec import load
from promisekit.spec.quotes import nearest_passage, plain_text
from promisekit.words import text

PROMISE = """\
format: 1
id: p
title: t
period: {{start: 2022-03-01, end: 2022-05-31}}
document: decided.md
log: {{columns: {{start: Start}}}}
activities: {{a: {{}}}}
commitments:
  - id: c
    kind: count
    quote: {quote}
    what: a
    at_least: 1
"""


def found(quote: str, document: bytes, folder: Path) -> list[str]:
    (folder / "decided.md").write_bytes(document)
    (folder / "p.yaml").write_text(PROMISE.format(quote=quote), encoding="utf-8")
    try:
        load(folder / "p.yaml")
    except Invalid as invalid:
        errors = [one for one in invalid.diagnostics if one.severity == "error"]
        return [f"{one.code}: {text(one.hint, 'en')}" for one in errors if one.hint]
    return []


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Minst 3** _riktade_ insatser", "Minst 3 riktade insatser"),
        ("# Rubrik\n\n- ett\n* två\n1. tre\n> fyra", "Rubrik ett två tre fyra"),
        ("ett\n  två\t\u00a0tre", "ett två tre"),
        ("[länk](http://x/y) och ![bild](a.png)", "länk och bild"),
        ("`kod` ~~struket~~ \\*inte\\*", "kod struket inte"),
        ("snake_case_name och a*b", "snake_case_name och ab"),
        ("av\u00adstavat", "avstavat"),
        ("a<br>b <b>c</b>", "ab c"),
        ("ett\n\n---\n\ntvå", "ett två"),
        ("o\u0308rnen", "örnen"),
        ("period 2022-03-01 – 2022-05-31", "period 2022-03-01 – 2022-05-31"),
    ],
)
def test_markup_and_white_space_are_removed(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


def test_a_quote_that_stands_there(tmp_path: Path) -> None:
    document = "- **Minst 3 insatser\nska genomföras** i kommunen.".encode()
    assert found("Minst 3 insatser ska genomföras", document, tmp_path) == []
    assert found("[Minst 3 insatser, i kommunen.]", document, tmp_path) == []


def test_a_quote_that_does_not_is_told_with_the_nearest_passage(tmp_path: Path) -> None:
    document = "- Minst 3 **insatser** ska genomföras i Örskelljunga.".encode()
    assert found("Minst tre insatser ska genomföras i Örkelljunga.", document, tmp_path) == [
        "quote.not-found: the nearest passage there is: “Minst 3 insatser ska genomföras i Örskelljunga.”"
    ]


def test_another_spelling_is_another_quote(tmp_path: Path) -> None:
    assert found("Minst", b"minst", tmp_path) != []


def test_a_document_in_an_old_encoding(tmp_path: Path) -> None:
    assert found("Örnen är här", "Örnen är här".encode("cp1252"), tmp_path) == []
    assert found("Örnen är här", "\ufeffÖrnen är här".encode(), tmp_path) == []


def test_a_document_that_is_no_text(tmp_path: Path) -> None:
    assert found("x", b"%PDF-1.7 x", tmp_path)[0].startswith("document.unreadable")


def test_a_long_document_is_searched_quickly() -> None:
    words = ("polisen och kommunen lovar att genomföra insatser mot otrygghet i centrum " * 10_000).split(" ")
    begun = time.perf_counter()
    assert nearest_passage("polisen och kommunen lovar att genomföra åtgärder mot otrygghet", words) is not None
    assert time.perf_counter() - begun < 5


def test_nothing_is_near() -> None:
    assert nearest_passage("inget av detta", ["helt", "andra", "ord"]) is None
    assert nearest_passage("x", [""]) is None
