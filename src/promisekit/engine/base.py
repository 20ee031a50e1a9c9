"""What every engine is: something that takes a plan and a log in once and measures them as of any day."""

from __future__ import annotations

from typing import Protocol

from promisekit.engine.observations import EVIDENCE_LIMIT, Observations
from promisekit.windows import AsOf, Zone


class Engine(Protocol):
    """An engine that has read its plan and its log."""

    name: str

    @property
    def zone(self) -> Zone:
        """The zone that the promise's days are counted in."""
        ...

    def observe(self, as_of: AsOf, only: frozenset[str] | None = None, most: int = EVIDENCE_LIMIT) -> Observations:
        """What the log shows of every check at `as_of`, and the tally of every source.

        With `only`, of the checks named there alone, and only `cells` and `floating`: every list is empty, every
        total 0, and there is no tally. That is all that finding the day of a final verdict needs.

        Of the rows that a check rests on, `most` that certainly count are listed, and as many that may.
        """
        ...

    def close(self) -> None:
        """Gives back what the engine holds (a database's memory and folder)."""
        ...
