"""Random nodes of every sort, small enough for tiny worlds."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from msgspec.structs import replace

from promisekit.plan.nodes import (
    All,
    AtLeast,
    Attribution,
    By,
    Calendar,
    Check,
    Deadline,
    Hours,
    InTime,
    Listed,
    Measure,
    Need,
    On,
    Overlap,
    Partition,
    Relation,
    SameDay,
    SameRow,
    Select,
    Semi,
    ShareOf,
    Starts,
    Target,
    Until,
    Whole,
    Within,
)
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    LENGTH,
    WEEKDAY,
    ClockIn,
    Condition,
    DateIn,
    Either,
    Every,
    Except,
    Lasts,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    WeekdayIn,
)
from promisekit.windows import Day, DaySet, Span, Window
from promisekit.words import say
from tests.properties.naive_days import frames, tiles
from tests.properties.tiny import TICK

DAYS = 4
"""The length of a tiny period."""
BASES = (19_063, 19_077, 19_081, 19_096)
"""Day 0: Saturday 12 March, the day before the clocks change, 30 March, and Thursday before Easter 2022."""


@dataclass
class Shaper:
    """Makes the nodes of one world."""

    rnd: random.Random
    number: int
    base: Day
    day_begins: int = 0
    survey: bool = False
    """Whether values are only known to lie between two others."""

    def day(self, day: int) -> Day:
        """A day of the tiny world."""
        return Day(self.base + day)

    @property
    def span(self) -> Span:
        """The tiny period."""
        return Span(self.day(0), self.day(DAYS))

    def some_days(self) -> DaySet:
        """A calendar of its own."""
        return DaySet((Span(self.day(1), self.day(2)), Span(self.day(3), self.day(5))))

    def select(self, side: str, *, may_differ: bool = True) -> Select:
        """An activity of its own source, now and then with one more condition."""
        name = f"{side}{self.number}"
        selector: Selector = Condition("activity", OneOf((name,)), say("{name}", name=name))
        if may_differ and self.rnd.random() < 0.3:
            selector = Every((selector, self._condition()))
        return Select(name, selector, (name,), self.day_begins)

    def _condition(self) -> Selector:
        wanted = say("so")
        return self.rnd.choice(
            [
                Except(Condition("theme", OneOf(("u",)), wanted)),
                Condition("mood", OneOf(("u",)), wanted),
                Condition(WEEKDAY, WeekdayIn((0, 5)), wanted),
                Condition(CALENDAR, OnDays("days", self.some_days()), wanted),
                Condition(CLOCK, ClockIn(TICK, 3 * TICK), wanted),
                Condition(LENGTH, Lasts(2 * TICK, None), wanted),
                self._of_date(),
                self._of_date(),
            ]
        )

    def _of_date(self) -> Selector:
        wanted, day = say("so"), self.day(self.rnd.randrange(DAYS))
        recorded = Condition("done", Recorded(self.rnd.random() < 0.5, dated=True), wanted)
        within = Condition("done", DateIn(*self.rnd.choice([(day, None), (None, day)])), wanted)
        theme = Condition("theme", OneOf(("u",)), wanted)
        inner: Selector = self.rnd.choice([recorded, within, Every((recorded, theme)), Either((within, theme))])
        return recorded if self.rnd.random() < 0.4 else Except(inner)

    def bounds(self, values: list[int], step: int = 1, *, strict: bool = False) -> Target:
        """A target with one end or two."""
        low = self.rnd.choice(values) * step
        choices = [(max(low, step), None), (None, low), (low, low), (low, low + step)]
        return Target(*self.rnd.choice(choices), strict=strict)

    def share(self) -> Target:
        """A target of a share."""
        half = Fraction(1, 2)
        choices = [(Fraction(1), Fraction(1)), (half, None), (None, half), (half, half), (Fraction(1, 3), half)]
        return Target(*self.rnd.choice(choices))

    def need(self, windows: int) -> Need:
        """How many of the windows are needed."""
        choices: list[Need] = [All(), All(), ShareOf(Fraction(1, 2)), ShareOf(Fraction(2, 3))]
        return self.rnd.choice([*choices, AtLeast(self.rnd.randrange(1, windows + 1))])

    def deadline(self, *, hours: bool = True) -> Deadline:
        """A deadline of any sort."""
        rnd = self.rnd
        latest = self.day(rnd.randrange(2, 5)) if rnd.random() < 0.25 else None
        if hours and rnd.random() < 0.4:
            return Hours(rnd.choice([1, 2, 5]) * TICK, rnd.choice(["always", "weekdays"]), latest)
        if rnd.random() < 0.2:
            return By(self.day(rnd.randrange(1, 5)))
        return Within(rnd.randrange(3), rnd.choice(["days", "days", "working_days"]), latest)

    def ways(self) -> tuple[On, ...]:
        """How two rows belong together."""
        presence: list[On] = [SameDay(), Overlap(TICK), Overlap(60)]
        answer = InTime(self.rnd.choice(["place", "place", None]), self.deadline())
        if self.rnd.random() < 0.45:
            return (answer,)
        return tuple(self.rnd.sample(presence, 2)) if self.rnd.random() < 0.2 else (self.rnd.choice(presence),)

    def answered(self) -> Semi:
        """Left rows that are answered in time, by another row or by a date of their own."""
        left = self.select("l")
        if self.rnd.random() < 0.4:
            return Semi(left, left, (InTime(None, self.deadline(), "answered"),))
        return Semi(left, self.select("r"), (InTime(self.rnd.choice(["place", None]), self.deadline()),))

    def semi(self) -> Semi:
        """Left rows that have a partner; or a date of their own."""
        left = self.select("l")
        if self.rnd.random() < 0.2:
            return Semi(left, left, (InTime(None, self.deadline(), "answered"),))
        if self.rnd.random() < 0.1:
            wanted = Condition("mood", OneOf(("u",)), say("so"))
            return Semi(left, Select("both", wanted, (f"l{self.number}",), self.day_begins), (SameRow(),))
        return Semi(left, self.select("r"), self.ways())

    def relation(self) -> Relation:
        """Mostly an activity, else pairs."""
        return self.select("l") if self.rnd.random() < 0.7 else self.semi()

    def partition(self, *, slots: bool = False) -> Partition:
        """Windows of any sort."""
        rnd = self.rnd
        partial = rnd.choice(["full_target", "prorate", "anchor_period", "full_target"])
        anchor = rnd.choice([None, self.day(0), self.day(-1), self.day(1)])
        choices: list[Partition] = [
            Whole(),
            Until(),
            Calendar("day"),
            Calendar("week", "full_target", 1),
            Calendar("day", partial, 2, anchor),
            Calendar("month", "full_target"),
            self._listed(slots=slots),
        ]
        return self._some_of(rnd.choice([Whole(), *choices]))

    def _some_of(self, partition: Partition) -> Partition:
        """Now and then without one of its windows."""
        if not isinstance(partition, Calendar) or self.rnd.random() < 0.6:
            return partition
        windows = tiles(self.span.start, self.span.end, partition)
        if len(windows) < 2:
            return partition
        start, end, _ = self.rnd.choice(windows)
        return replace(partition, left_out=(Span(Day(start), Day(end)),))

    def _listed(self, *, slots: bool) -> Listed:
        days = sorted(self.rnd.sample(range(DAYS), self.rnd.randrange(1, 4)))
        clock = self.rnd.choice([(TICK, 3 * TICK), (3 * TICK, 5 * TICK)]) if slots and self.rnd.random() < 0.7 else None
        spans = [Span(self.day(day), self.day(day + 1)) for day in days]
        return Listed(tuple(Window(span, say("a window"), Fraction(1), clock) for span in spans))

    def check(
        self, measure: Measure, target: Target, *, slots: bool = False, attribution: Attribution | None = None
    ) -> Check:
        """A check of a measure in any windows."""
        check = Check(self.span, self.partition(slots=slots), measure, target, All(), attribution or Starts())
        return replace(check, need=self.need(len(frames(check, self.day_begins))))
