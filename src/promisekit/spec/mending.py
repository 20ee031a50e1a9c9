"""A document of which some is wrong: every error in our own words, and the rest read all the same."""

from __future__ import annotations

from copy import deepcopy

from pydantic import ValidationError

from promisekit.diagnostics import Diagnostic, Route
from promisekit.spec.document import Document
from promisekit.spec.keys import step_into
from promisekit.spec.nested import UNREAD, commitment_at
from promisekit.spec.reading import Draft, keys_without_value
from promisekit.spec.translate import NOTHING, Problem, diagnostics_of, found_again

ROUNDS = 8
"""Taking out a value can leave its mapping without a key it needs, and so on outwards; a document is not deeper."""

_STAND_INS: dict[str, object] = {
    "format": 1,
    "id": "x",
    "title": "x",
    "period": {"start": "2000-01-01", "end": "2000-12-31"},
    "log": {"columns": {"start": "x"}},
    "activities": {},
    "commitments": [],
}


def mended(data: dict[str, object]) -> tuple[Draft | None, tuple[Diagnostic, ...]]:
    """What is left of a document once everything wrong is taken out of it, and all that was wrong."""
    problems = [*problems_without_value(data), *_validated(data)[1]]
    return _rest_of(data, problems), diagnostics_of(problems, Document, data)


def _validated(data: dict[str, object]) -> tuple[Document | None, list[Problem]]:
    try:
        return Document.model_validate(data), []
    except ValidationError as error:
        return None, problems_of(error)


def problems_without_value(data: dict[str, object]) -> list[Problem]:
    """The keys that the author left without a value."""
    return [Problem(NOTHING, route, {}, "") for route in keys_without_value(data)]


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic found, without the values it found."""
    return [
        Problem(found["type"], found["loc"], found.get("ctx", {}), found["msg"].removeprefix("Value error, "))
        for found in error.errors(include_url=False, include_input=False)
    ]


def _rest_of(data: dict[str, object], problems: list[Problem]) -> Draft | None:
    """Take out what is wrong, until the rest holds."""
    rest = _Rest(deepcopy(data))
    for _ in range(ROUNDS):
        for problem in problems:
            found = found_again(problem, Document, rest.data)
            rest.take_out(found.route, problem.type)
        rest.clear()
        document, problems = _validated(rest.data)
        if document is not None:
            return Draft(document, data, frozenset(rest.sections), frozenset(rest.touched))
    return None


class _Rest:
    """What is left of a document's data while things are taken out of it."""

    def __init__(self, data: dict[str, object]) -> None:
        self.data = data
        self.sections: set[str] = set()
        self.touched: set[Route] = set()
        self.doomed: set[Route] = set()

    def take_out(self, route: Route, problem: str) -> None:
        """Mark the innermost key around `route` to go, or a commitment; missing keys at the top are put in."""
        commitment = commitment_at(self.data, route)
        while route and isinstance(route[-1], int) and route != commitment:
            route = route[:-1]
        if commitment:
            self.touched.add(commitment)
        elif route and problem != "extra_forbidden":
            self.sections.add(str(route[0]))
        self.doomed.add(route)

    def clear(self) -> None:
        """Take the marked ones out."""
        for route in self.doomed:
            self._remove(route)
        self.doomed.clear()
        for key, value in _STAND_INS.items():
            if key not in self.data:
                self.data[key] = deepcopy(value)
                self.sections.add(key)

    def _remove(self, route: Route) -> None:
        holder: object = self.data
        try:
            for step in route[:-1]:
                holder = step_into(holder, step)
        except LookupError:  # it went with something around it
            return
        if isinstance(holder, dict) and route:
            holder.pop(route[-1], None)
        elif isinstance(holder, list) and isinstance(route[-1], int):
            holder[route[-1]] = UNREAD  # a commitment: the others keep their places
