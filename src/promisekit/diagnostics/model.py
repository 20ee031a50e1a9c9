"""A diagnostic: something wrong with what somebody wrote, as a value. Its place is a route into the document."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from promisekit.words import Message

Route = tuple[str | int, ...]
"""Keys and list positions from the root of a document: `("commitments", 2, "at_least")`."""


class Severity(StrEnum):
    """How bad it is: an error stops the run, a warning is part of the result, advice is for the author."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Place(Struct, frozen=True):
    """Lines and columns from 1; the end is exclusive."""

    line: int
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None


class Diagnostic(Struct, frozen=True):
    """What is wrong (`code`, `message`), where (`file`, `route` or `place`), and what to do (`hint`).

    `code` is a name scoped by origin, such as `window.partial-undeclared`. Whoever builds a diagnostic about a YAML
    document gives a `route` (and `at_key` to point at the key instead of the value); `source.locate` adds the place.
    """

    code: str
    severity: Severity
    message: Message
    hint: Message | None = None
    file: str | None = None
    route: Route = ()
    at_key: bool = False
    place: Place | None = None
    excerpt: str | None = None
    """The source line that `place` points into."""


class Invalid(Exception):
    """Raised once, at the end of a stage, with everything that stage found wrong."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], exit_code: int = 3) -> None:
        super().__init__("; ".join(f"{found.code}: {found.message.sentence}" for found in diagnostics))
        self.diagnostics = diagnostics
        self.exit_code = exit_code
