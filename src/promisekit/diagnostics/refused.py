"""A refusal: how a check deep inside a value says what is wrong, before anybody knows where the value stands."""

from __future__ import annotations

from collections.abc import Iterable

from promisekit.diagnostics.model import Diagnostic, Route, Severity
from promisekit.words import Message, say, sequence


class Refused(ValueError):
    """Raised on the first thing wrong with one value; whoever knows the value's route makes it a diagnostic."""

    def __init__(self, code: str, message: Message, hint: Message, route: Route = (), at_key: bool = False) -> None:
        """`route` says where in the value, from the value itself."""
        super().__init__(f"{code}: {message.sentence}")
        self.code = code
        self.message = message
        self.hint = hint
        self.route = route
        self.at_key = at_key

    def at(self, route: Route, severity: Severity = Severity.ERROR) -> Diagnostic:
        """The diagnostic, now that the value's route is known."""
        return Diagnostic(self.code, severity, self.message, self.hint, route=(*route, *self.route), at_key=self.at_key)


def close_to(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of `known` that is spelt nearly like `name`, if there is one."""
    from difflib import get_close_matches  # imported late: only the ill-spelt need it

    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=cutoff)), None)


def did_you_mean(name: str, known: Iterable[str], otherwise: Message) -> Message:
    """`did you mean …?` where one of `known` is spelt nearly like `name`; `otherwise` where none is."""
    close = close_to(name, known)
    return say("did you mean `{name}`?", name=close) if close else otherwise


def missing(key: str, unknown: Iterable[str], message: Message, hint: Message) -> Refused:
    """The refusal of a mapping without a key that it needs; it points at an unknown key that is that one, misspelt."""
    close = close_to(key, unknown, cutoff=0.7)
    if close is None:
        return Refused("spec.missing-key", message, hint)
    rename = say("rename `{written}` to `{name}`", written=close, name=key)
    return Refused("spec.missing-key", message, rename, (close,), at_key=True)


def listed(names: Iterable[str]) -> str:
    """`a`, `b`, `c`: names to choose from, at most a dozen."""
    known = sorted(names)
    shown = ", ".join(f"`{name}`" for name in known[:12])
    return f"{shown} …" if len(known) > 12 else shown


def one_of(names: Iterable[str]) -> Message:
    """`a`, `b` or `c`, in the given order."""
    return sequence(tuple(f"`{name}`" for name in names), "or")
