"""Occasions of one activity on which another one took place too.

Keys: `what` (the occasions that are counted), `with` (what must take place beside them), `match` (how the two belong
together: `overlap`, at the same place at the same time for a minute at least; `same_day`, at the same place on the
same day; `same_row`, one row is both; or a list of these), then either a target in every window (`every` with
`at_least`, `at_most`, `exactly` or `between`) or `every_occasion: true`.

    - id: socialtjansten
      kind: co_presence
      what: mpk
      with: socialtjanst_pa_torget
      match: overlap
      every: month
      at_least: 1

One shared occasion in each month keeps it; a month that is over and covered without one breaks it; an occasion whose
end is not recorded may leave it open. With `every_occasion: true`, one occasion without company breaks it, and a
period without any occasion is not applicable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from promisekit.commitment import Context, Flaw, Name, Recurring
from promisekit.commitment.target import KEYS
from promisekit.diagnostics import Route
from promisekit.plan.nodes import ALL, Check, Count, On, Overlap, Ratio, SameDay, SameRow, Semi, Target, Whole
from promisekit.words import Message, say, sequence

Way = Literal["overlap", "same_day", "same_row"]
ONE_MINUTE = 60
NEEDED: dict[Way, tuple[str, ...]] = {"overlap": ("place", "end"), "same_day": ("place",), "same_row": ()}
"""The columns that each way of belonging together reads."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Commitment(Recurring):
    """A target on the number of shared occasions."""

    kind: Literal["co_presence"]
    what: Name = Field(description="The occasions that are counted. | Tillfällena som räknas.")
    with_: Name = Field(alias="with", description="What must take place beside them. | Det som ska ske samtidigt.")
    match: Annotated[list[Way], BeforeValidator(_listed), Field(min_length=1)] = Field(
        description="How the two belong together. | Hur de två hör ihop."
    )
    every: Literal["day", "week", "month", "quarter", "half_year", "year", "period"] = Field(
        "period",
        description="In every one of these windows. | I vart och ett av dessa fönster.",
    )
    every_occasion: Literal[True] | None = Field(
        None, description="Every occasion must be shared. | Vartenda tillfälle ska vara gemensamt."
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """Both activities."""
        yield ("what",), self.what
        yield ("with",), self.with_

    def target_needed(self) -> bool:
        """`every_occasion` is a target of its own."""
        return not self.every_occasion

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Windows or a number beside `every_occasion`, and an activity beside itself."""
        yield from super().flaws(context)
        yield from self._column_flaws(context)
        given = [key for key in (*KEYS, "every", "partial") if key in self.model_fields_set]
        if not self.every_occasion and "every" not in given:
            yield Flaw(
                "window.missing",
                (),
                say("it is not said in which windows the target applies"),
                say("add `every: month` (or week, period …), or say `every_occasion: true`"),
            )
        if self.every_occasion:
            for key in given:
                yield Flaw(
                    "co_presence.every-occasion",
                    (key,),
                    say("`{key}` has no meaning beside `every_occasion: true`", key=key),
                    say("remove one of the two"),
                    at_key=True,
                )

    def _column_flaws(self, context: Context) -> Iterator[Flaw]:
        """Without place or end nothing could ever be certain."""
        for position, way in enumerate(self.match):
            for column in NEEDED[way]:
                if column not in context.columns:
                    yield Flaw(
                        "co_presence.column-needed",
                        ("match", position) if len(self.match) > 1 else ("match",),
                        say("`{way}` needs the column `{column}`, which the log does not map", way=way, column=column),
                        say("map it under `log: columns:`, or choose another `match:`"),
                    )

    def statement(self) -> Message:
        """The rule in plain words."""
        ways = {
            "overlap": say("at the same place and time"),
            "same_day": say("at the same place on the same day"),
            "same_row": say("on the same row"),
        }
        match = sequence(tuple(ways[way] for way in self.match), "or")
        if self.every_occasion:
            return say(
                "every `{what}` together with `{with_}` ({match})", what=self.what, with_=self.with_, match=match
            )
        return say(
            "`{what}` together with `{with_}` ({match}) {times} {often}",
            what=self.what,
            with_=self.with_,
            match=match,
            times=self.times(),
            often=self.often(),
        )

    def lower(self, context: Context) -> Check:
        """A count of shared occasions, or their share of all occasions."""
        nodes: dict[Way, On] = {"overlap": Overlap(ONE_MINUTE), "same_day": SameDay(), "same_row": SameRow()}
        occasions = context.activities[self.what]
        shared = Semi(occasions, context.activities[self.with_], tuple(nodes[way] for way in self.match))
        if self.every_occasion:
            return Check(context.period, Whole(), Ratio(shared, occasions), Target(ALL, ALL))
        return Check(context.period, self.partition(), Count(shared), self.target())
