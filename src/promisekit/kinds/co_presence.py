"""Occasions of one activity on which another one took place too.

Keys: `what` (the occasions that are counted), `with` (what must take place beside them), `match` (how the two belong
together: `overlap`, at the same place at the same time, for a minute or for `min_overlap` at least; `same_day`, at the
same place on the same day; `same_row`, one row is both; or a list of these), then either a target (`at_least`,
`at_most`, `exactly` or `between`, in every window that `every` says, with `unit`, `partial` and `need` as in
`frequency`) or `every_occasion: true`.

    - id: socialtjansten
      kind: co_presence
      what: mpk
      with: socialtjanst_pa_torget
      match: overlap
      min_overlap: 30 minutes
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

from promisekit.commitment import KEYS, Context, Counted, Flaw, Length, Name, Recurring
from promisekit.diagnostics import Route
from promisekit.plan.amounts import length
from promisekit.plan.nodes import ALL, Check, Node, On, Overlap, Ratio, SameDay, SameRow, Semi, Target, Whole
from promisekit.words import Message, say, sequence

Way = Literal["overlap", "same_day", "same_row"]
ONE_MINUTE = 60
NEEDED: dict[Way, tuple[str, ...]] = {"overlap": ("place", "end"), "same_day": ("place",), "same_row": ()}
"""The columns that each way of belonging together reads."""
OF_WINDOWS = ("every", "anchor", "partial", "need", "on", "except_", "touched", "unit")
"""What says nothing where every occasion must be shared."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Commitment(Recurring, Counted):
    """A target on the number of shared occasions."""

    kind: Literal["co_presence"]
    with_: Name = Field(alias="with", description="What must take place beside them. | Det som ska ske samtidigt.")
    match: Annotated[list[Way], BeforeValidator(_listed), Field(min_length=1)] = Field(
        description="How the two belong together. | Hur de två hör ihop."
    )
    min_overlap: Length | None = Field(
        None,
        description="How long both take place at least; a minute if not given. "
        "| Hur länge båda minst ska pågå; en minut om inget anges.",
    )
    every_occasion: Literal[True] | None = Field(
        None, description="Every occasion must be shared. | Vartenda tillfälle ska vara gemensamt."
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """Both activities, and the condition."""
        yield ("with",), self.with_
        yield from super().activity_routes()

    def target_needed(self) -> bool:
        """`every_occasion` is a target of its own."""
        return not self.every_occasion

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Windows or a number beside `every_occasion`, and an activity beside itself."""
        yield from super().flaws(context)
        yield from self._column_flaws(context)
        yield from self._overlap_flaws()
        given = [key for key in (*KEYS, *OF_WINDOWS) if key in self.model_fields_set]
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

    def _overlap_flaws(self) -> Iterator[Flaw]:
        if self.min_overlap is not None and "overlap" not in self.match:
            message = say("`min_overlap` is a part of `match: overlap`, which is not asked for")
            yield Flaw("co_presence.min-overlap", ("min_overlap",), message, say("remove it, or change `match:`"), True)
        elif self.min_overlap == 0:
            message = say("to overlap for no time at all is not to overlap")
            yield Flaw("co_presence.min-overlap", ("min_overlap",), message, say("write `1 minute` or more"))

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
        match = sequence(tuple(self._way(way) for way in self.match), "or")
        if self.every_occasion:
            rule = say(
                "every `{what}` takes place together with `{with_}` ({match}) {often}",
                what=self.what,
                with_=self.with_,
                match=match,
                often=self.over(),
            )
        else:
            together = say(
                "`{what}` takes place together with `{with_}` ({match})",
                what=self.what,
                with_=self.with_,
                match=match,
            )
            rule = self.counted(together, self.often())
        return self.sentence(rule)

    def _way(self, way: Way) -> Message:
        if way == "overlap" and self.min_overlap is not None:
            return say("at the same place and time for at least {length}", length=length(self.min_overlap))
        return {
            "overlap": say("at the same place and time"),
            "same_day": say("at the same place on the same day"),
            "same_row": say("on the same row"),
        }[way]

    def lower(self, context: Context) -> Node:
        """A count of shared occasions, or their share of all occasions."""
        seconds = ONE_MINUTE if self.min_overlap is None else self.min_overlap
        nodes: dict[Way, On] = {"overlap": Overlap(seconds), "same_day": SameDay(), "same_row": SameRow()}
        occasions, others = self.events(context), self.relation(context, self.with_)
        shared = Semi(occasions, others, tuple(nodes[way] for way in self.match))
        if self.every_occasion:
            every = Check(self.span(context), Whole(), Ratio(shared, occasions), Target(ALL, ALL))
            return self.guarded(every, context)
        return self.guarded(self.check(context, self.measure(shared)), context)
