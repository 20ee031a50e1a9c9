"""Diagnostics as people and programs read them: text with the line in question, and JSON.

`FILE:LINE:COL: [code] message`, then the excerpt with a caret, then the remedy. What comes from files is shown without
characters that could steer a terminal or turn the direction of writing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from promisekit.diagnostics.model import Diagnostic, Place, Route, Severity
from promisekit.diagnostics.source import order
from promisekit.words import say, text

FORMAT = "promisekit/diagnostics/1"
WIDTH = 100
"""Excerpts are cut to so many characters around the place."""

_STEERING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def diagnostics_text(found: Iterable[Diagnostic], language: str) -> str:
    """All of them as text, sorted, each followed by an empty line but the last; empty where there is none."""
    return "\n\n".join("\n".join(_lines(one, language)) for one in sorted(found, key=order))


def diagnostics_json(found: Iterable[Diagnostic], language: str) -> str:
    """The diagnostics document."""
    import json  # imported late: nearly always people read it

    document = {"format": FORMAT, "diagnostics": [_as_json(one, language) for one in sorted(found, key=order)]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def neutral(written: str) -> str:
    """A text from a file, fit to be shown on a line: what steers is replaced, a tab is a space."""
    return _STEERING.sub("\ufffd", written.replace("\t", " "))


def show_route(route: Route) -> str:
    """`commitments[2].at_least`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in route)
    return neutral("".join(steps).removeprefix("."))


def _lines(found: Diagnostic, language: str) -> list[str]:
    lines = [f"{_where(found)}[{found.code}] {_with_severity(found, language)}"]
    if found.excerpt and found.place is not None:
        lines += _excerpt(found.excerpt, found.place)
    if found.hint is not None:
        lines.append("  " + text(say("hint: {hint}", hint=neutral(text(found.hint, language))), language))
    return lines


def _where(found: Diagnostic) -> str:
    parts = [neutral(found.file)] if found.file else []
    parts += [str(found.place.line), str(found.place.column)] if found.place else []
    return ":".join(parts) + ": " if parts else ""


def _with_severity(found: Diagnostic, language: str) -> str:
    """The message; what is no error says so."""
    message = neutral(text(found.message, language))
    match found.severity:
        case Severity.ERROR:
            return message
        case Severity.WARNING:
            return text(say("warning: {message}", message=message), language)
        case Severity.ADVICE:
            return text(say("advice: {message}", message=message), language)


def _excerpt(line: str, place: Place) -> list[str]:
    column, end = place.column - 1, _end_column(line, place)
    start = max(0, min(column - WIDTH // 3, len(line) - WIDTH))
    cut = neutral(line[start : start + WIDTH])
    before = ("…" if start else "") + cut[: column - start]
    after = cut[column - start :] + ("…" if start + WIDTH < len(line) else "")
    carets = "^" * max(1, _width(cut[column - start : end - start]))
    number = f"{place.line:5}"
    return [f"{number} | {before}{after}".rstrip(), f"{' ' * len(number)} | {' ' * _width(before)}{carets}"]


def _end_column(line: str, place: Place) -> int:
    """Where the place ends on its first line, white space at the end of it left out."""
    if place.end_line == place.line and place.end_column is not None:
        return place.end_column - 1
    return len(line.rstrip())


def _width(written: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in written
    )


def _as_json(found: Diagnostic, language: str) -> dict[str, str | int | None]:
    place = found.place
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": None if found.file is None else neutral(found.file),
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
        "message": neutral(text(found.message, language)),
        "hint": None if found.hint is None else neutral(text(found.hint, language)),
        "path": show_route(found.route),
    }
