"""The keys by which an author states a target, and what they mean: whole numbers, shares, or lengths of time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.fields import Between, Length, Number, Share, in_order
from promisekit.commitment.logged import Logged
from promisekit.plan.amounts import share_words, target_words
from promisekit.plan.nodes import Target
from promisekit.words import Message, say

KEYS = ("at_least", "at_most", "exactly", "between")


class WithTarget(Logged):
    """A commitment with a target: one of the four keys, of whatever type the kind gives them."""

    IN_PROPORTION: ClassVar[bool] = True
    """Whether half a window can have half the target: a number of times can, a share cannot."""

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """No target, several targets, or one that every log meets."""
        yield from super().flaws(context)
        given = self.target_keys()
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
        if len(given) == 1 and (vacuous := self.vacuous_target()) is not None:
            yield Flaw(
                "target.vacuous",
                (given[0],),
                vacuous,
                say("say how many are promised, or remove the commitment"),
            )

    def target_keys(self) -> list[str]:
        """Those of the four keys that are given."""
        return [key for key in KEYS if getattr(self, key, None) is not None]

    def target_needed(self) -> bool:
        """Whether one of the four keys must be there."""
        return True

    def vacuous_target(self) -> Message | None:
        """Why every log meets the target; None where some log does not."""
        target = self.target()
        if target.low == 0 and target.high is None:
            return say("`at_least: 0` is kept by every log")
        return None

    def target(self) -> Target:
        """The target as an interval; unbounded on both sides where there is none."""
        at_least, at_most, exactly, between = (getattr(self, key, None) for key in KEYS)
        if exactly is not None:
            return Target(exactly, exactly)
        if between is not None:
            return Target(between[0], between[1])
        return Target(at_least, at_most)

    def amount(self) -> Message:
        """The target in words, as in a sentence."""
        return target_words(self.target(), "event")


class Targeted(WithTarget):
    """A target in whole numbers."""

    at_least: Number | None = Field(None, description="So many or more. | Så många eller fler.")
    at_most: Number | None = Field(None, description="So many or fewer. | Så många eller färre.")
    exactly: Number | None = Field(None, description="Just so many. | Precis så många.")
    between: Between | None = Field(None, description="`[low, high]`, both included. | `[från, till]`, båda inräknade.")

    def times(self) -> Message:
        """The target in words: `at least 3 times`."""
        if self.exactly is not None:
            return say("exactly {n} time", "exactly {n} times", n=self.exactly)
        if self.between is not None:
            low, high = self.between
            return say("{low} to {high} times", low=low, high=high)
        if self.at_most == 0:
            return say("at no time")
        if self.at_most is not None:
            return say("at most {n} time", "at most {n} times", n=self.at_most)
        return say("at least {n} time", "at least {n} times", n=self.at_least or 0)


Shares = Annotated[list[Share], Field(min_length=2, max_length=2), AfterValidator(in_order)]
Lengths = Annotated[list[Length], Field(min_length=2, max_length=2), AfterValidator(in_order)]


class TargetedShare(WithTarget):
    """A target in shares: `90 %`, `0.9`, `1/3`."""

    IN_PROPORTION: ClassVar[bool] = False

    at_least: Share | None = Field(None, description="This share or more. | Den här andelen eller mer.")
    at_most: Share | None = Field(None, description="This share or less. | Den här andelen eller mindre.")
    exactly: Share | None = Field(None, description="Just this share. | Precis den här andelen.")
    between: Shares | None = Field(None, description="`[low, high]`, both included. | `[från, till]`, båda inräknade.")

    def vacuous_target(self) -> Message | None:
        """Every share lies from 0 to 1."""
        target = self.target()
        if (target.low or Fraction(0)) == 0 and (Fraction(1) if target.high is None else target.high) == 1:
            return say("every share lies from 0 to 100 %: this is kept by every log")
        return None

    def amount(self) -> Message:
        """The target in words: `at least 90% of them`."""
        target = self.target()
        return share_words(target.low, target.high)


class TargetedLength(WithTarget):
    """A target in time that passes: `40 hours`, `30 minutes`."""

    at_least: Length | None = Field(None, description="So long or longer. | Så länge eller längre.")
    at_most: Length | None = Field(None, description="So long or shorter. | Så länge eller kortare.")
    exactly: Length | None = Field(None, description="Just so long. | Precis så länge.")
    between: Lengths | None = Field(None, description="`[low, high]`, both included. | `[från, till]`, båda inräknade.")

    def amount(self) -> Message:
        """The target in words: `at least 40 hours`."""
        return target_words(self.target(), "second")
