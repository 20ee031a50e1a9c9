"""Several commitments with one verdict: all of them, any of them, or so many of them.

Keys: `all_of`, or `any_of`, or `at_least` with `of`. Each holds a list of commitments of any kind, composites included,
each with its own `id`, `kind` and keys; an `owner`, a `quote` or a `reading` of its own where it has one. Nothing is
handed down from the whole to its parts.

    - id: insatser
      kind: composite
      all_of:
        - {id: tolv, kind: count, what: insats, at_least: 12}
        - {id: varav-vid-skolor, kind: count, what: insats_vid_skola, at_least: 4}

All parts kept: kept. One part broken: broken. With `any_of`, one part kept keeps it; with `at_least: 3`, three do. A
part that is not applicable is left out; where all are, the whole is not applicable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from promisekit.commitment import Commitment as Base
from promisekit.commitment import Context, Flaw
from promisekit.kinds import AnyCommitment
from promisekit.plan.nodes import All, AtLeast, KOfN, Need, Part
from promisekit.words import Message, say, sequence

Parts = Annotated[list[AnyCommitment], Field(min_length=1)]
FORMS = ("all_of", "any_of", "of")


class Commitment(Base):
    """So many of its parts are kept."""

    kind: Literal["composite"]
    all_of: Parts | None = Field(None, description="Every one of these is kept. | Vart och ett av dessa hålls.")
    any_of: Parts | None = Field(None, description="One of these is kept. | Något av dessa hålls.")
    at_least: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="So many of those under `of` are kept. | Så många av dem under `of` hålls."
    )
    of: Parts | None = Field(None, description="The parts that `at_least` counts. | Delarna som `at_least` räknar.")

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """No list of parts or several, a number without its list, and one that can never be reached."""
        given = [key for key in FORMS if getattr(self, key) is not None]
        if not given and self.at_least is None:
            yield Flaw(
                "composite.no-parts",
                (),
                say("the composite has no parts"),
                say("add `all_of:`, `any_of:`, or `at_least:` with `of:`, each a list of commitments"),
            )
        for key in given[1:]:
            yield Flaw(
                "composite.several-lists",
                (key,),
                say("`{key}` beside `{other}`: a composite has one list of parts", key=key, other=given[0]),
                say("keep one of them; a part may be a composite itself"),
                at_key=True,
            )
        yield from self._number_flaws()

    def _number_flaws(self) -> Iterator[Flaw]:
        if (self.at_least is None) != (self.of is None):
            yield Flaw(
                "composite.number-with-list",
                ("of",) if self.at_least is None else ("at_least",),
                say("`at_least` and `of` belong together: so many of these parts"),
                say("write `at_least: 3` and `of:` with a list, or `all_of:` or `any_of:` alone"),
                at_key=True,
            )
        elif self.at_least is not None and self.of is not None and self.at_least > len(self.of):
            yield Flaw(
                "composite.too-few-parts",
                ("at_least",),
                say("{n} of {of} parts can never be kept", n=self.at_least, of=len(self.of)),
                say("lower the number, or add the parts that are missing"),
            )

    def _parts(self) -> list[AnyCommitment]:
        return self.all_of or self.any_of or self.of or []

    def _need(self) -> Need:
        if self.all_of is not None:
            return All()
        return AtLeast(1 if self.at_least is None else self.at_least)

    def statement(self) -> Message:
        """The rule in plain words."""
        words = sequence(
            tuple(say("({inner})", inner=part.statement()) for part in self._parts()),
            "or" if self.any_of is not None else "and",
        )
        if self.all_of is not None:
            return say("all of this: {parts}", parts=words)
        if self.any_of is not None:
            return say("one of these at least: {parts}", parts=words)
        return say("at least {n} of these: {parts}", n=self.at_least or 1, parts=words)

    def readings(self, context: Context) -> Iterator[Message]:
        """What the parts take for granted."""
        for part in self._parts():
            for told in part.readings(context):
                yield say("{part}: {told}", part=part.id, told=told)

    def lower(self, context: Context) -> KOfN:
        """So many of the parts, each lowered by its own kind."""
        return KOfN(self._need(), tuple(_part(part, context) for part in self._parts()))


def _part(part: Base, context: Context) -> Part:
    return Part(
        id=part.id,
        kind=part.kind,
        owner=part.owner,
        quote=None if part.quote is None else "\n".join(part.quote),
        statement=part.statement(),
        reading=part.reading,
        node=part.lower(context),
    )
