"""Data into a document. Where some of it is wrong, the rest is read all the same, so that it can be checked too."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from pydantic import ValidationError

from promisekit.diagnostics import Diagnostic, Route
from promisekit.spec.document import Document
from promisekit.spec.nested import Placed, placed


class Draft(Struct, frozen=True):
    """A document as far as it can be read.

    `sections` are the top-level keys of which something was taken out or put in; `touched` are the routes of the
    commitments of which something was taken out, or all.
    """

    document: Document
    data: dict[str, object]
    sections: frozenset[str] = frozenset()
    touched: frozenset[Route] = frozenset()

    def commitments(self) -> Iterator[Placed]:
        """Every commitment, parts of others included, in the order in which they are written."""
        return placed(self.data.get("commitments"), self.document.commitments, ("commitments",))

    def names(self, section: str) -> tuple[str, ...]:
        """The names under a top-level key as they are written, those of unreadable things included."""
        written = self.data.get(section)
        return tuple(written) if isinstance(written, dict) else ()


def read_document(data: dict[str, object]) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """The document, and every error that its models see. None where nothing of it can be used."""
    if not any(keys_without_value(data)):
        try:
            document = Document.model_validate(data)
        except ValidationError:
            pass
        else:
            return Draft(document, data), ()
    from promisekit.spec.mending import mended  # imported late: only a document with errors needs it

    return mended(data)


def keys_without_value(data: dict[str, object]) -> Iterator[Route]:
    """Their routes. To a model such a key would be as good as left out; to the author it is a slip."""
    todo: list[tuple[Route, object]] = [((key,), value) for key, value in data.items()]
    while todo:
        route, value = todo.pop()
        if value is None:
            yield route
        elif route in (("activities",), ("tests",)):  # selectors and tests see to themselves
            continue
        elif isinstance(value, dict):
            todo += [((*route, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            todo += [((*route, position), inner) for position, inner in enumerate(value)]
