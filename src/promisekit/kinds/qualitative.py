"""What only people can judge.

Keys: `criteria` (what must be true, one sentence each), `assessed_by` (the parties that may judge it), and optionally
`quorum` (`any`, the default; `all`; or how many of them must agree), `by` (the day by which they must have judged) and
`evidence` (`required`: a judgement must say what it rests on; `optional`, the default). The judgement itself stands in
an assessments file, with who, when and on what grounds; it is read only where that file is named.

    - id: samverkan
      kind: qualitative
      criteria: [minst en ideell organisation har kontaktats och kontakten är dokumenterad]
      assessed_by: [kommunen]
      by: 2022-06-15
      evidence: required

The party says kept: kept. It says broken: broken. Nobody has spoken: open. Two parties disagree: open, disputed. A
newer statement of the same party takes the place of an older one, and both are shown. Nobody has spoken by the day that
is set: still open, and shown as overdue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from promisekit.commitment import Commitment as Base
from promisekit.commitment import Context, Flaw, IsoDay, Name, Text
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.plan.nodes import Assess
from promisekit.windows import parse_day
from promisekit.words import Date, Message, say, sequence


class Commitment(Base):
    """Criteria, and who may say whether they are met."""

    kind: Literal["qualitative"]
    criteria: Annotated[list[Text], Field(min_length=1)] = Field(
        description="What must be true, one sentence each. | Vad som ska vara sant, en mening var."
    )
    assessed_by: Annotated[list[Name], Field(min_length=1)] = Field(
        description="The parties that may judge it. | Parterna som får bedöma det."
    )
    quorum: Literal["any", "all"] | Annotated[int, Field(ge=1)] = Field(
        "any", description="How many of them must agree. | Hur många av dem som måste vara överens."
    )
    by: IsoDay | None = Field(
        None, description="The day by which they must have judged. | Dagen då de senast ska ha bedömt det."
    )
    evidence: Literal["required", "optional"] = Field(
        "optional",
        description="Whether a judgement must say what it rests on. | Om en bedömning måste ange sitt underlag.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Parties that the promise does not have, a quorum above their number, and a day before the period."""
        for position, name in enumerate(self.assessed_by):
            if name not in context.parties:
                yield Flaw(
                    "party.unknown",
                    ("assessed_by", position),
                    say("there is no party `{name}`", name=name),
                    did_you_mean(name, context.parties, say("the parties are {names}", names=listed(context.parties))),
                )
        if isinstance(self.quorum, int) and self.quorum > len(self.assessed_by):
            yield Flaw(
                "qualitative.quorum",
                ("quorum",),
                say("a quorum of {n} of {of} parties can never be reached", n=self.quorum, of=len(self.assessed_by)),
                say("lower it, or name more parties under `assessed_by:`"),
            )
        if self.by is not None and parse_day(self.by) < context.period.start:
            yield Flaw(
                "deadline.before-trigger",
                ("by",),
                say("the last day {day} lies before the period", day=self.by),
                say("give a day in the period or after it"),
            )

    def statement(self) -> Message:
        """The rule in plain words."""
        said = say("people judge whether {criteria}", criteria=sequence(tuple(self.criteria)))
        if self.by is not None:
            said = say("{rule}, by {day}", rule=said, day=Date(self.by))
        return say("{rule}, with evidence", rule=said) if self.evidence == "required" else said

    def lower(self, context: Context) -> Assess:
        """An assessment over the whole period."""
        due = None if self.by is None else parse_day(self.by)
        return Assess(context.period, tuple(self.criteria), tuple(self.assessed_by), self.quorum, due, self.evidence)
