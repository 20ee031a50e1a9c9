"""Routes become places, and diagnostics text and JSON."""

from __future__ import annotations

import json

from promisekit.diagnostics import Diagnostic, Place, Severity
from promisekit.diagnostics.render import diagnostics_json, diagnostics_text, neutral, show_route
from promisekit.spec.yaml_text import parse_yaml
from promisekit.words import say

TEXT = "löfte:\n  - id: ett\n    mål: [1, två, {tre: 3}]\n  - id: två\n"
SOURCE = parse_yaml(TEXT, "x.yaml").source


def found(**given: object) -> Diagnostic:
    base = {"code": "a.b", "severity": Severity.ERROR, "message": say("no"), "hint": say("yes")}
    return Diagnostic(**{**base, **given})  # type: ignore[arg-type]


def test_a_value_is_placed() -> None:
    assert SOURCE.place(("löfte", 0, "mål", 1)) == Place(3, 14, 3, 17)


def test_a_key_is_placed() -> None:
    assert SOURCE.place(("löfte", 0, "mål"), at_key=True) == Place(3, 5, 3, 8)


def test_a_mapping_is_placed_at_its_first_key_and_a_list_at_its_start() -> None:
    assert SOURCE.place(("löfte", 1)) == Place(4, 5, 4, 7)
    assert SOURCE.place(("löfte", 0, "mål")) == Place(3, 10, 3, 11)


def test_a_route_that_goes_too_deep_is_placed_where_it_ends() -> None:
    assert SOURCE.place(("löfte", 0, "mål", 2, "tre", "fyra", 5)) == Place(3, 25, 3, 26)
    assert SOURCE.place(("saknas",)) == SOURCE.place(())


def test_diagnostics_are_told_in_the_order_of_the_text() -> None:
    located = SOURCE.locate([found(route=("löfte", 1)), found(route=("löfte", 0))])
    assert [one.place.line for one in located if one.place] == [2, 4]


def test_the_text_shows_place_code_excerpt_and_hint() -> None:
    located = SOURCE.locate([found(route=("löfte", 0, "mål", 1))])
    assert diagnostics_text(located, "en") == (
        "x.yaml:3:14: [a.b] no\n    3 |     mål: [1, två, {tre: 3}]\n      |              ^^^\n  hint: yes"
    )


def test_what_is_no_error_says_so() -> None:
    assert diagnostics_text([found(severity=Severity.WARNING, hint=None)], "sv") == "[a.b] varning: nej"
    assert diagnostics_text([found(severity=Severity.ADVICE, hint=None)], "en") == "[a.b] advice: no"


def test_the_json_has_every_key() -> None:
    located = SOURCE.locate([found(route=("löfte", 0, "mål", 1))])
    assert json.loads(diagnostics_json(located, "en")) == {
        "format": "promisekit/diagnostics/1",
        "diagnostics": [
            {
                "code": "a.b",
                "severity": "error",
                "file": "x.yaml",
                "line": 3,
                "column": 14,
                "end_line": 3,
                "end_column": 17,
                "message": "no",
                "hint": "yes",
                "path": "löfte[0].mål[1]",
            }
        ],
    }


def test_no_diagnostics_are_an_empty_list() -> None:
    assert json.loads(diagnostics_json([], "sv"))["diagnostics"] == []
    assert diagnostics_text([], "sv") == ""


def test_text_from_a_file_cannot_steer_a_terminal() -> None:
    assert neutral("a\x1b[31mb\u202ec\td\u2066") == "a\ufffd[31mb\ufffdc d\ufffd"
    shown = diagnostics_text([found(message=say("{name}", name="\x1b]0;hej\x07"), file="x\x1b.yaml")], "en")
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_long_line_is_cut_around_the_place() -> None:
    source = parse_yaml("a: " + "x" * 500 + "\nb: {c: " + "y" * 300 + ", d: z}\n", "x.yaml").source
    lines = diagnostics_text(source.locate([found(route=("b", "d"))]), "en").split("\n")
    assert all(len(line) < 120 for line in lines)
    assert lines[1][lines[2].index("^")] == "z"


def test_a_caret_stands_under_wide_and_combining_characters() -> None:
    source = parse_yaml("漢字: e\u0301\n", "x.yaml").source
    lines = diagnostics_text(source.locate([found(route=("漢字",))]), "en").split("\n")
    assert lines[2] == "      |       ^"


def test_a_route_is_shown_as_it_is_written_in_code() -> None:
    assert show_route(("commitments", 2, "at_least")) == "commitments[2].at_least"
    assert show_route(()) == ""
