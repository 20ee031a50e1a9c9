"""The keys by which an author states a target, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from promisekit.commitment.base import Commitment, Context, Flaw
from promisekit.commitment.fields import Between, Number
from promisekit.plan.nodes import Target
from promisekit.words import Message, say

KEYS = ("at_least", "at_most", "exactly", "between")


class Targeted(Commitment):
    """A commitment with a target on a count. Exactly one of the four keys is given."""

    at_least: Number | None = Field(None, description="So many or more. | Så många eller fler.")
    at_most: Number | None = Field(None, description="So many or fewer. | Så många eller färre.")
    exactly: Number | None = Field(None, description="Just so many. | Precis så många.")
    between: Between | None = Field(None, description="`[low, high]`, both included. | `[från, till]`, båda inräknade.")

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """No target, several targets, or one that every log meets."""
        given = [key for key in KEYS if getattr(self, key) is not None]
        if not given and self.target_needed():
            yield Flaw(
                "target.missing",
                (),
                say("the commitment has no target"),
                say("add one of {keys}", keys=", ".join(f"`{key}`" for key in KEYS)),
            )
        for key in given[1:]:
            yield Flaw(
                "target.several",
                (key,),
                say("`{key}` beside `{other}`: a commitment has one target", key=key, other=given[0]),
                say("keep one of them; `between: [low, high]` says both ends"),
                at_key=True,
            )
        if self.at_least == 0:
            yield Flaw(
                "target.vacuous",
                ("at_least",),
                say("`at_least: 0` is kept by every log"),
                say("say how many are promised, or remove the commitment"),
            )

    def target_needed(self) -> bool:
        """Whether one of the four keys must be there."""
        return True

    def target(self) -> Target:
        """The target as an interval."""
        if self.exactly is not None:
            return Target(self.exactly, self.exactly)
        if self.between is not None:
            return Target(self.between[0], self.between[1])
        return Target(self.at_least, self.at_most)

    def times(self) -> Message:
        """The target in words: `at least 3 times`."""
        if self.exactly is not None:
            return say("exactly {n} time", "exactly {n} times", n=self.exactly)
        if self.between is not None:
            low, high = self.between
            return say("{low} to {high} times", low=low, high=high)
        if self.at_most == 0:
            return say("never")
        if self.at_most is not None:
            return say("at most {n} time", "at most {n} times", n=self.at_most)
        return say("at least {n} time", "at least {n} times", n=self.at_least or 0)
