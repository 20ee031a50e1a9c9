"""The tests of a promise as a model: a small dated log, and what its commitments are then expected to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, WithJsonSchema

from promisekit.commitment import Model, Name, Text
from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused
from promisekit.spec import shapes
from promisekit.spec.assessments import Statement
from promisekit.spec.expected import Expectation
from promisekit.words import say

WHOLE = ""
"""The key of what is said of all sources, where none is named."""


def by_source(value: object) -> object:
    """What is said of all sources at once, as a mapping."""
    return value if isinstance(value, dict) else {WHOLE: value}


def expects_something(value: object) -> object:
    """A test that expects nothing can never fail."""
    if value == {}:
        message = say("nothing is expected here, so that nothing can fail")
        raise Refused("test.expects-nothing", message, say("name a commitment and its verdict: `insatser: kept`"))
    return value


Spans = Annotated[list[shapes.SpanText], BeforeValidator(shapes.one_or_more), Field(min_length=1)]
Sourced = Annotated[str, StringConstraints(pattern=r"^$|^\w[\w.-]*$", max_length=64)]
Log = Annotated[dict[Sourced, object], BeforeValidator(by_source), WithJsonSchema({"named": "TestLog"})]
Covers = Annotated[dict[Sourced, Spans], BeforeValidator(by_source), WithJsonSchema({"named": "TestCovers"})]


class SpecTest(Model):
    """A test: what was logged, as of which day it is asked, and what comes out."""

    name: Text = Field(description="What it shows, in a few words. | Vad det visar, i några ord.")
    log: Log = Field(
        default_factory=dict,
        description="The rows, under the headers of the export: a table after `log: |`, a list of rows, or a CSV file "
        "beside the promise; where there are several sources, each under its name. Without it nothing happened. "
        "| Raderna, under exportens rubriker: en tabell efter `log: |`, en lista med rader eller en CSV-fil bredvid "
        "löftet; finns flera källor, var och en under sitt namn. Utan den har inget hänt.",
    )
    as_of: Text = Field(
        description="The day (its end) or instant that is asked about. | Dagen (dess slut) eller tidpunkten."
    )
    covers: Covers = Field(
        default_factory=dict,
        description="The days on which the log is complete; every day up to `as_of` if not given. "
        "| Dagarna då loggen är fullständig; varje dag till och med `as_of` om inget anges.",
    )
    assessments: list[Statement] = Field(
        default_factory=list,
        description="What people have said, as in an assessments file. | Det som sagts, som i en bedömningsfil.",
    )
    expect: Annotated[dict[Name, Expectation], BeforeValidator(expects_something)] = Field(
        description="What is expected of each commitment, by its id: a verdict, or more. "
        "| Det som väntas av varje åtagande, under dess id: ett utfall, eller mer."
    )


class Tests(Model):
    """The part of a promise that holds its tests."""

    tests: Annotated[list[SpecTest], Field(min_length=1)]


def read_tests(written: object) -> tuple[dict[int, SpecTest], tuple[Diagnostic, ...]]:
    """Every test of the value under `tests:` that can be read, by its position, and what is wrong with the others."""
    data = {"tests": written}
    empty = tuple(_without_value(written, ("tests",)))
    try:
        read = dict(enumerate(Tests.model_validate(data).tests))
    except ValidationError as error:
        return _readable(written), _wrong(data, error, empty)
    return read, _wrong(data, None, empty) if empty else ()


def _readable(written: object) -> dict[int, SpecTest]:
    read: dict[int, SpecTest] = {}
    for position, one in enumerate(written if isinstance(written, list) else ()):
        with suppress(ValidationError):  # which is told with the whole list
            read[position] = SpecTest.model_validate(one)
    return read


def _wrong(data: dict[str, object], error: ValidationError | None, empty: tuple[Route, ...]) -> tuple[Diagnostic, ...]:
    # Imported late: only tests with errors need them.
    from promisekit.spec.mending import problems_of
    from promisekit.spec.translate import NOTHING, Problem, diagnostics_of

    problems = [Problem(NOTHING, route, {}, "") for route in empty]
    return diagnostics_of([*problems, *([] if error is None else problems_of(error))], Tests, data)


def _without_value(value: object, route: Route) -> Iterator[Route]:
    """The routes of keys without a value: slips, but for the empty cells of a log."""
    if value is None:
        yield route
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _without_value(inner, (*route, position))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if len(route) > 2 or key != "log" or inner is None:
                yield from _without_value(inner, (*route, key))
