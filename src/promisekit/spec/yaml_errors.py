"""What the YAML parser says, told so that somebody who is no programmer can mend it."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from promisekit.diagnostics import Diagnostic, Place, Severity
from promisekit.diagnostics.source import Point, split_lines
from promisekit.words import Message, say

Told = tuple[str, Message, Message]
"""Code, message, hint."""
_GLUED = re.compile(r"\s*(?:- +)?([a-z_]+:)[^\s/]")
_HYPHEN = re.compile(r"\s*(-)[a-z_]+:(?:\s|$)")


def diagnostic(error: yaml.YAMLError, text: str, quoted: tuple[Point, Point] | None) -> Diagnostic:
    """The parser's error as a diagnostic at its place; `quoted` is where the last text in quotation marks stands."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = split_lines(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    if line >= len(lines) or (line and line == len(lines) - 1 and not lines[line].strip()):
        line, column = _last_written(lines)
    written = lines[line]
    code, message, hint = _told(_problem(error), str(getattr(error, "context", "") or ""), written, column)
    start = getattr(error, "context_mark", None)
    if quoted is not None and quoted[0][0] < quoted[1][0] == line:
        code, message, hint = _quote()  # a mark was forgotten lines ago, and the next one closed the text
        line, column = quoted[0]
    elif code in ("yaml.unclosed-quote", "yaml.unclosed-bracket") and start is not None:
        line, column = start.line, start.column
    elif code == "yaml.indentation":
        (code, message, hint), (line, column) = _indentation_at(lines, line, column)
    return Diagnostic(code, Severity.ERROR, message, hint, place=Place(line + 1, column + 1, line + 1, column + 2))


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")


def _last_written(lines: list[str]) -> tuple[int, int]:
    for line in range(len(lines) - 1, -1, -1):
        if lines[line].strip():
            return line, len(lines[line])
    return 0, 0


def _told(problem: str, context: str, written: str, column: int) -> Told:
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return _tab()
    if "expected key" in problem and written[:column].endswith(("'", '"')):
        return _after_quote()
    if "mapping values" in problem and ": " not in written[:column]:
        return _indentation()
    for words, told in _KNOWN:
        if words in problem or words in context:
            return told()
    return (
        "yaml.syntax",
        say("this is not YAML as it should be"),
        say("look at the indentation, the colons and the quotation marks here and in the line above"),
    )


def _tab() -> Told:
    return "yaml.tab", say("a tab where YAML wants spaces"), say("indent with spaces, two for each level")


def _colon() -> Told:
    return (
        "yaml.colon",
        say("a second colon in one line"),
        say("put a text that holds a colon and a space in quotation marks, or look at the indentation"),
    )


def _reserved() -> Told:
    return (
        "yaml.reserved-character",
        say("a text cannot begin with this character"),
        say("put the text in quotation marks"),
    )


def _quote() -> Told:
    return (
        "yaml.unclosed-quote",
        say("a quotation mark that is never closed"),
        say("add the closing one; inside single quotes a single quote is written twice"),
    )


def _after_quote() -> Told:
    return (
        "yaml.text-after-quote",
        say("something stands after the closing quotation mark"),
        say("inside single quotes write `''` for `'`, inside double quotes `\\\"` for `\"`"),
    )


def _bracket() -> Told:
    return (
        "yaml.unclosed-bracket",
        say("a bracket that is never closed, or a missing comma"),
        say("close `[` with `]` and `{{` with `}}`, and put commas between the parts"),
    )


def _indentation() -> Told:
    return (
        "yaml.indentation",
        say("the line does not fit the lines above it"),
        say("give keys of one level the same indentation, and every key a colon"),
    )


def _indentation_at(lines: list[str], line: int, column: int) -> tuple[Told, Point]:
    """Perhaps a space is missing after a colon or a hyphen, in this line or in the one above it."""
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), line)
    for number in (above, line):
        if glued := _GLUED.match(lines[number]):
            return _close_colon(), (number, glued.end(1) - 1)
        if hyphen := _HYPHEN.match(lines[number]):
            code, message, _ = _indentation()
            return (code, message, say("put a space after the hyphen")), (number, hyphen.start(1))
    return _indentation(), (line, column)


def _escape() -> Told:
    return (
        "yaml.escape",
        say("a backslash in double quotes begins a code that does not exist"),
        say("use single quotes, where a backslash is just a backslash"),
    )


def _close_colon() -> Told:
    return "yaml.colon", say("a colon without a space after it"), say("put a space after the colon, or a value")


_KNOWN: tuple[tuple[str, Callable[[], Told]], ...] = (
    ("mapping values are not allowed", _colon),
    ("unexpected ':'", _close_colon),
    ("while scanning a quoted scalar", _quote),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("expected node content", _reserved),
    ("while parsing a flow", _bracket),
    ("cannot start any token", _reserved),
    ("did not find expected alphabetic", _reserved),
    ("did not find expected key", _indentation),
    ("expected <block end>", _indentation),
    ("could not find expected ':'", _indentation),
    ("did not find expected '-' indicator", _indentation),
    ("block sequence entries are not allowed", _indentation),
    ("block mapping", _indentation),
)
