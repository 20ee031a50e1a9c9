"""A promise file into everything that the rest of the house needs of it, or all that is wrong with it, at once."""

from __future__ import annotations

from os import PathLike

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Invalid, Place, Severity
from promisekit.diagnostics.refused import Refused
from promisekit.diagnostics.source import Source
from promisekit.log.mapping import Sources
from promisekit.plan.nodes import Plan
from promisekit.spec.document import Document
from promisekit.spec.files import TextFile, looks_like_log, read_text
from promisekit.spec.lint import lint
from promisekit.spec.lower import lower, sources
from promisekit.spec.quotes import check_quotes
from promisekit.spec.reading import Draft, read_document
from promisekit.spec.yaml_text import parse_yaml
from promisekit.words import say


class Loaded(Struct, frozen=True):
    """A promise without errors: the document, its plan, how its logs are read, and warnings and advice."""

    document: Document
    plan: Plan
    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    file: str
    """The path as it was given, with forward slashes."""


def load(path: str | PathLike[str]) -> Loaded:
    """The promise in a file. Raises Invalid with every error (and warning) of the file where it has an error."""
    file = read_text(path)
    draft, found = check(file)
    if draft is None or any(one.severity is Severity.ERROR for one in found):
        raise Invalid(found)
    plan = lower(draft.document, file.path, file.sha256)
    return Loaded(draft.document, plan, sources(draft.document), found, file.name)


def check(file: TextFile) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """As much of the document as can be read, and everything found in it, in the order of the text."""
    parsed = parse_yaml(file.text, file.name)
    if not isinstance(parsed.data, dict):
        form = () if looks_like_log(file.text) else parsed.found
        return None, parsed.source.locate(form or [_no_promise(file.text)])
    draft, wrong = read_document(parsed.data)
    found = [*parsed.found, *wrong]
    if draft is not None:
        found += lint(draft, file.path.parent)
        found += check_quotes(draft, file.path.parent)
    return draft, _located(parsed.source, found)


def _located(source: Source, found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In the order of the text, none told twice, nothing of what a fault of form has spoilt."""
    seen: set[tuple[str, Place | None, str]] = set()
    once = []
    located = source.locate(found)
    malformed = {one.place for one in located if one.code.startswith("yaml.")}
    for one in located:
        key = (one.code, one.place, repr(one.message))
        follows = one.place in malformed and not one.code.startswith("yaml.")
        if key not in seen and not follows:
            seen.add(key)
            once.append(one)
    return tuple(once)


def _no_promise(text: str) -> Diagnostic:
    if not text.strip():
        message = say("the file is empty")
        return Refused("spec.no-promise", message, say("`promisekit demo` shows what a promise looks like")).at(())
    if looks_like_log(text):
        message = say("this looks like a log, not like a promise")
        hint = say("name the promise first and the log after it: `promisekit evaluate PROMISE LOG`")
        return Refused("spec.no-promise", message, hint).at(())
    message = say("a promise is a mapping that begins with `format: 1`")
    return Refused("spec.no-promise", message, say("`promisekit demo` shows what a promise looks like")).at(())
