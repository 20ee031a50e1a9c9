"""What is wrong with a user's template: which file, which line, and what to do."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.refused import did_you_mean
from promisekit.report import page
from promisekit.report.clean import neutral
from promisekit.words import say

LISTED = say("docs/reports.md lists every value that a template gets")


def broken(problem: Exception, folder: Path) -> Invalid:
    """What is wrong with a user's template, where, and what to do."""
    at_file, at_line = _place(problem, folder)
    said = neutral(str(problem))
    match problem:
        case TemplateSyntaxError():
            code, message = "template.syntax", say("the template cannot be read: {problem}", problem=said)
            hint = say("look for an unclosed `{{{{`, `{{%` or block on this line or before it")
        case UndefinedError():
            code, message = "template.unknown-name", say("the report has no such value: {problem}", problem=said)
            hint = did_you_mean(_unknown_name(said), _names(), LISTED)
        case SecurityError():
            code, message = "template.not-allowed", say("a template may not do this: {problem}", problem=said)
            hint = say("a template arranges what it gets; it computes and changes nothing")
        case TemplateNotFound():
            code, message = "template.not-found", say("there is no template `{name}`", name=said)
            hint = say("a template can use those of its own folder and those of promisekit, by their bare names")
        case _:
            code, message = "template.failed", say("the template failed: {problem}", problem=said)
            hint = say("a template arranges what it gets; it computes and changes nothing")
    place = None if at_line is None else Place(at_line)
    return Invalid((Diagnostic(code, Severity.ERROR, message, hint, at_file, place=place),))


def _place(problem: Exception, folder: Path) -> tuple[str, int | None]:
    """The user's file and the line in it. Jinja makes tracebacks name the lines of the template."""
    if isinstance(problem, TemplateSyntaxError):
        return problem.filename or problem.name or str(folder), problem.lineno
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if Path(frame.filename).parent == folder]
    return (frames[-1].filename, frames[-1].lineno) if frames else (str(folder), None)


def _unknown_name(problem: str) -> str:
    """The name in Jinja's words about it, which end with what is missing or begin with it."""
    found = re.search(r"no attribute '(\w+)'|'(\w+)' is undefined", problem)
    return (found[1] or found[2]) if found else ""


def _names() -> set[str]:
    """Every name that a template may say."""
    shapes = [shape for shape in vars(page).values() if isinstance(shape, type) and issubclass(shape, Struct)]
    return {"page", *(name for shape in shapes for name in shape.__struct_fields__)}
