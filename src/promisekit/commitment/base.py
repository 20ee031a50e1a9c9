"""What a kind of commitment is: fields that pydantic checks, a statement in plain words, and a lowering to the plan."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field

from promisekit.commitment.fields import IsoDay, Name, Passages, Text
from promisekit.diagnostics import Diagnostic, Route
from promisekit.plan.nodes import Node, Select
from promisekit.selectors.model import Selector
from promisekit.windows import Day, DaySet, Span, parse_day
from promisekit.words import Message


class Flaw(Struct, frozen=True):
    """Something that fields cannot see each for itself: a code, where in the commitment, what, and the remedy."""

    code: str
    route: Route
    message: Message
    hint: Message
    at_key: bool = False


class NamedDays(Struct, frozen=True):
    """A calendar: which days are in it, and how its author listed them."""

    days: Callable[[], DaySet]
    """Written out over the period and a year on either side; asked only where it matters."""
    spans: tuple[tuple[Span, str | None], ...] = ()
    """Its spans with their labels, as written; none for a builtin calendar, in which every day stands for itself."""


class Table(Struct, frozen=True):
    """A file beside the promise that is no log: a register."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """The line that each row stands on, and its cells."""
    sha256: str = ""
    """The digest of the file's bytes."""


def _no_selector(written: object, name: str) -> tuple[Selector, tuple[Diagnostic, ...]]:
    raise TypeError("this context reads no selectors")


def _no_table(file: str) -> Table:
    raise TypeError("this context reads no files")


class Context(Struct, frozen=True):
    """What the rest of the promise says: looked up by name, all names of activities already known to exist."""

    period: Span
    activities: Mapping[str, Select]
    columns: frozenset[str] = frozenset()
    """Every mapped column by its name; those of a type follow."""
    date_columns: frozenset[str] = frozenset()
    key_columns: frozenset[str] = frozenset()
    """The columns of type text."""
    number_columns: frozenset[str] = frozenset()
    parties: Mapping[str, str] = {}
    """Party id → name."""
    calendars: Mapping[str, NamedDays] = {}
    selector: Callable[[object, str], tuple[Selector, tuple[Diagnostic, ...]]] = _no_selector
    """Reads a selector that stands in a commitment, under the name of an activity: the selector, and what is wrong with
    it (routes begin at the selector)."""
    table: Callable[[str], Table] = _no_table
    """Reads a register, a CSV file beside the promise. Raises Refused."""


class Model(BaseModel):
    """Strict, frozen, no unknown keys: the only way YAML becomes data."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Days(Model):
    """A span of days, both included: `{start: 2022-03-01, end: 2022-05-31}`."""

    start: IsoDay = Field(description="The first day. | Första dagen.")
    end: IsoDay = Field(description="The last day. | Sista dagen.")

    def span(self) -> Span:
        """The days as a half-open span; empty or negative where `end` comes before `start`."""
        return Span(parse_day(self.start), Day(parse_day(self.end) + 1))


class Commitment(Model):
    """What every commitment has, whatever its kind. A kind adds its own keys, `statement()` and `lower()`."""

    id: Name = Field(description="The commitment's name, unique in the promise. | Åtagandets namn, unikt i löftet.")
    kind: str
    owner: Name | None = Field(None, description="The party that owes it. | Den part som ska göra det.")
    quote: Passages | None = Field(
        None, description="The document's own words. | Dokumentets egna ord (en mening eller flera)."
    )
    reading: Text | None = Field(
        None,
        description="How an unclear wording was read; printed, never evaluated. | Hur en otydlig text har tolkats.",
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """Where in this commitment activities are named, and which; the loader checks that they exist."""
        return iter(())

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """What is wrong with this commitment in this promise, once every name in it is known to exist."""
        return iter(())

    def readings(self, context: Context) -> Iterator[Message]:
        """What the rule takes for granted where the promise's words leave a choice; printed in plan and report."""
        return iter(())

    @abstractmethod
    def statement(self) -> Message:
        """The rule in plain words."""

    @abstractmethod
    def lower(self, context: Context) -> Node:
        """The plan node that this commitment means."""
