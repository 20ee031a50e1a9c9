"""A promise file into everything that the rest of the house needs of it, or all that is wrong with it, at once."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from promisekit.spec.tested import Tested


class Loaded(Struct, frozen=True):
    """A promise without errors: the document, its plan, how its logs are read, and warnings and advice."""

    document: Document
    plan: Plan
    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    file: str
    """The path as it was given, with forward slashes."""


class WithTests(Struct, frozen=True):
    """A promise without errors and its tests, and the text that their routes lead into."""

    loaded: Loaded
    tests: tuple[Tested, ...]
    source: Source


def load(path: str | PathLike[str]) -> Loaded:
    """The promise in a file, without its tests, on which no verdict rests.

    Raises Invalid with every error (and warning) of the file where it has an error.
    """
    file = read_text(path)
    checked = _checked(file)
    return _loaded(file, checked, _located(checked.source, checked.found))


def load_with_tests(path: str | PathLike[str]) -> WithTests:
    """The promise in a file and its tests. Raises Invalid with every error of either."""
    file = read_text(path)
    checked = _checked(file)
    written = checked.data.get("tests")
    if written is None or not isinstance(written, list):  # without tests, or what stands there is told already
        return WithTests(_loaded(file, checked, _located(checked.source, checked.found)), (), checked.source)
    from promisekit.spec.tests import read_tests  # imported late: only who checks or runs tests reads them

    tests, wrong = read_tests(written)
    found = [*checked.found, *wrong]
    ready: list[Tested] = []
    if checked.draft is not None and checked.has_meaning:
        from promisekit.spec.tested import tested

        # No test rests on the decided text, so that what is wrong with the quotes hides nothing here.
        document = checked.draft.document.model_copy(update={"document": None})
        plan = lower(document, file.path, file.sha256)
        ready, more = tested(tests, plan, sources(document), checked.source)
        found += more
    return WithTests(_loaded(file, checked, _located(checked.source, found)), tuple(ready), checked.source)


def check(file: TextFile) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """As much of the document as can be read, and everything found in it, in the order of the text."""
    checked = _checked(file)
    return checked.draft, _located(checked.source, checked.found)


class _Checked(Struct, frozen=True):
    """A file as far as it is a promise, and everything found in it but its tests."""

    data: dict[str, object]
    draft: Draft | None
    source: Source
    found: list[Diagnostic]
    has_meaning: bool = False
    """Whether nothing is wrong with it but its quotes."""


def _checked(file: TextFile) -> _Checked:
    parsed = parse_yaml(file.text, file.name)
    if not isinstance(parsed.data, dict):
        form = [] if looks_like_log(file.text) else list(parsed.found)
        return _Checked({}, None, parsed.source, form or [_no_promise(file.text)])
    draft, wrong = read_document(parsed.data)
    found = [*parsed.found, *wrong]
    if draft is not None:
        found += lint(draft, file.path.parent)
    has_meaning = not any(one.severity is Severity.ERROR for one in found)
    if draft is not None:
        found += check_quotes(draft, file.path.parent)
    return _Checked(parsed.data, draft, parsed.source, found, has_meaning)


def _loaded(file: TextFile, checked: _Checked, found: tuple[Diagnostic, ...]) -> Loaded:
    """The promise. Raises Invalid where there is an error in what was `found`."""
    if checked.draft is None or any(one.severity is Severity.ERROR for one in found):
        raise Invalid(found)
    document = checked.draft.document
    return Loaded(document, lower(document, file.path, file.sha256), sources(document), found, file.name)


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
