"""What a law is: a change of a question, and how the answer may change with it.

A law is a function of a random source and an asking; it yields what is wrong, in words. Its docstring is the law. It is
found by its name in the registry of its family: `of_measures` (tiny worlds, asked of an engine) or `of_documents`
(promises and exports as text, asked of the whole way).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

Asking = TypeVar("Asking")


class Told(Struct, frozen=True):
    """What a law found out of one random case: how many commitments it compared, and what is wrong."""

    compared: int
    faults: tuple[str, ...]


Rule = Callable[[random.Random, Asking], Iterator[str | None]]
"""Yields once for each commitment that it compares: None where the law holds, else what is wrong."""


class Laws(Generic[Asking]):
    """Laws by their names."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule[Asking]] = {}

    def __call__(self, rule: Rule[Asking]) -> Rule[Asking]:
        """Registers a law: a decorator."""
        assert rule.__doc__, "the docstring of a law is the law"
        self._rules[rule.__name__] = rule
        return rule

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def text(self, name: str) -> str:
        """The law in words."""
        return " ".join((self._rules[name].__doc__ or "").split())

    def tell(self, name: str, rnd: random.Random, asking: Asking) -> Told:
        """One random case of a law."""
        said = list(self._rules[name](rnd, asking))
        return Told(len(said), tuple(fault for fault in said if fault is not None))
