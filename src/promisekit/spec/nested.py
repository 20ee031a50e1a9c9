"""Commitments inside commitments: where parts stand, read ones and unreadable ones alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from promisekit.commitment import Commitment, Context
from promisekit.diagnostics import Route
from promisekit.plan.nodes import Node
from promisekit.spec.keys import kind_of, list_keys, step_into
from promisekit.words import Message, say


class Unread(Commitment):
    """Stands where a commitment stood that could not be read, so that the ones around it keep their places."""

    def statement(self) -> Message:
        """Nothing is known of it."""
        return say("a commitment")

    def lower(self, context: Context) -> Node:
        """A document with such a commitment has errors, and is never lowered."""
        raise TypeError("a commitment that could not be read has no meaning")


UNREAD = Unread.model_construct(id="x", kind="x")


class Placed(Struct, frozen=True):
    """A commitment or a part of one: where it stands, as it is written, and as it was read (None where it was not)."""

    route: Route
    written: Mapping[str, object]
    read: Commitment | None

    @property
    def is_part(self) -> bool:
        """Whether it stands inside another commitment."""
        return len(self.route) > 2


def placed(written: object, read: object, route: Route) -> Iterator[Placed]:
    """The commitments of a list, which stands at `route`, each before its own parts. What is no mapping is left out."""
    for position, item in enumerate(written if isinstance(written, list) else ()):
        if not isinstance(item, dict):
            continue
        found = read[position] if isinstance(read, list) and position < len(read) else None
        known = found if isinstance(found, Commitment) and not isinstance(found, Unread) else None
        yield Placed((*route, position), item, known)
        for key in part_keys(kind_of(item)):
            yield from placed(item.get(key), getattr(known, key, None), (*route, position, key))


@cache
def part_keys(kind: type[Commitment]) -> tuple[str, ...]:
    """The keys of a kind under which parts stand: commitments themselves."""
    return list_keys(kind, Commitment)


def commitment_at(data: object, route: Route) -> Route:
    """Where the innermost commitment stands that the value at `route` is in; empty where it is in none."""
    innermost: Route = ()
    start: Route = ("commitments",)
    while route[: len(start)] == start and len(route) > len(start) and isinstance(route[len(start)], int):
        innermost = route[: len(start) + 1]
        deeper = route[len(innermost) : len(innermost) + 1]
        if not deeper or deeper[0] not in part_keys(kind_of(_value(data, innermost))):
            break
        start = (*innermost, *deeper)
    return innermost


def _value(data: object, route: Route) -> object:
    try:
        for step in route:
            data = step_into(data, step)
    except LookupError:
        return None
    return data
