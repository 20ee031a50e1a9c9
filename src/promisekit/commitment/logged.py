"""What every commitment that the log decides may say: in which days, when a day begins, and on what condition."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace
from pydantic import Field

from promisekit.commitment.base import Commitment, Context, Days, Flaw
from promisekit.commitment.fields import MIDNIGHT, Clock, Name
from promisekit.diagnostics import Route
from promisekit.plan.nodes import Assess, Check, Count, KOfN, Listed, Partition, Select, Target, Until, When, Whole
from promisekit.windows import Span, show_clock
from promisekit.words import Date, Message, say

TWICE = (2 * 3600, 3 * 3600)
"""The hour that the clocks in most of Europe show twice in an autumn night."""


class Logged(Commitment):
    """A commitment that the log decides."""

    during: Days | None = Field(
        None, description="The part of the period that counts. | Den del av perioden som räknas."
    )
    day_begins: Clock | None = Field(
        None,
        description="When a day begins, such as `06:00`: what happens earlier belongs to the day before. "
        "| När ett dygn börjar, till exempel `06:00`: det som sker tidigare hör till dagen före.",
    )
    when: Name | None = Field(
        None,
        description="An activity: only where it takes place is anything owed. "
        "| En aktivitet: bara där den äger rum gäller åtagandet.",
    )

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The condition."""
        if self.when is not None:
            yield ("when",), self.when

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A part that does not lie in the period, and a day that begins when it ends."""
        yield from super().flaws(context)
        if self.during is not None and not self.in_period(context):
            yield Flaw(
                "window.outside-period",
                ("during",),
                say(
                    "the days {from_} to {to} are not a part of the period", from_=self.during.start, to=self.during.end
                ),
                say("give a first and a last day that lie in the period"),
            )
        if self.day_begins == MIDNIGHT:
            yield Flaw(
                "time.not-understood",
                ("day_begins",),
                say("a day does not begin at {clock}", clock=show_clock(MIDNIGHT)),
                say("write when it begins, such as `06:00`, or remove `day_begins:`"),
            )
        elif self.day_begins is not None and TWICE[0] < self.day_begins < TWICE[1]:
            yield Flaw(
                "time.not-understood",
                ("day_begins",),
                say("{clock} comes twice in the night when summer time ends", clock=show_clock(self.day_begins)),
                say("let the day begin at 02:00 or earlier, or at 03:00 or later"),
            )

    def in_period(self, context: Context) -> bool:
        """Whether the days that count are a part of the period: if not, nothing can be said of windows."""
        span = self.span(context)
        return bool(len(span)) and span.cut(context.period) == span

    def span(self, context: Context) -> Span:
        """The days that count: `during`, else the period."""
        return context.period if self.during is None else self.during.span()

    def relation(self, context: Context, name: str) -> Select:
        """The events of an activity, in days that begin when this commitment says."""
        return replace(context.activities[name], day_begins=self.day_begins or 0)

    def guarded(self, node: Check | KOfN | Assess, context: Context) -> Check | KOfN | Assess | When:
        """The node, owed only where `when` takes place: window by window where it has windows, else as a whole."""
        if self.when is None:
            return node
        span = self.span(context) if isinstance(node, KOfN) else node.span
        partition = _days_only(node.partition) if isinstance(node, Check) else Whole()
        trigger = Count(self.relation(context, self.when))
        return When(Check(span, partition, trigger, Target(1, None)), node)

    def over(self) -> Message:
        """The days that count, in words: `during the period`."""
        if self.during is None:
            return say("during the period")
        return say("from {first} to {last}", first=Date(self.during.start), last=Date(self.during.end))

    def in_part(self, often: Message) -> Message:
        """Windows in words, and in which part of the period they lie."""
        if self.during is None:
            return often
        first, last = Date(self.during.start), Date(self.during.end)
        return say("{often} from {first} to {last}", often=often, first=first, last=last)

    def sentence(self, rule: Message, *, windows: bool = False) -> Message:
        """The rule with its condition and with when a day begins; `windows`: whether it is about several of them."""
        if self.when is not None and windows:
            rule = say("{rule}, but only in those in which `{trigger}` takes place", rule=rule, trigger=self.when)
        elif self.when is not None:
            rule = say("{rule}, if `{trigger}` takes place in that time", rule=rule, trigger=self.when)
        if self.day_begins:
            rule = say("{rule}; a day begins at {clock}", rule=rule, clock=show_clock(self.day_begins))
        return rule


def _days_only(partition: Partition) -> Partition:
    """The same windows, whole days of them: the condition may take place at another hour of the day."""
    if isinstance(partition, Until):
        return Whole()
    if not isinstance(partition, Listed):
        return partition
    return Listed(tuple(replace(window, clock=None) for window in partition.windows))


class OneActivity(Logged):
    """A commitment about the events of one activity."""

    what: Name = Field(description="The activity that is meant. | Aktiviteten som avses.")

    def activity_routes(self) -> Iterator[tuple[Route, str]]:
        """The activity, and the condition."""
        yield ("what",), self.what
        yield from super().activity_routes()

    def events(self, context: Context) -> Select:
        """Its events."""
        return self.relation(context, self.what)
