"""Complete worlds: worlds of which everything is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from promisekit.plan.nodes import Number
from promisekit.verdict.model import Verdict

Cell = str | Number | None


@dataclass(frozen=True, eq=False)
class Happened:
    """One event of a complete world. Dates in `values` are instants."""

    source: str
    begin: int
    end: int
    values: Mapping[str, Cell]
    ended: bool = True
    """Whether its end was recorded."""


@dataclass(frozen=True)
class Chosen:
    """What a complete world leaves open all the same: which of two readings of the same instant is the newest, and what
    people have said (the verdict on every part that they judge)."""

    later: bool
    said: Verdict


World = Sequence[Happened]
