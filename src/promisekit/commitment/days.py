"""The keys that choose days one by one: weekdays and named calendars, and days that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from promisekit.commitment.base import Context, Flaw
from promisekit.commitment.fields import Names
from promisekit.commitment.logged import Logged
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.selectors.times import NAMES, weekday_name
from promisekit.windows import Day, Span, Window, show_clock, show_day, weekday
from promisekit.words import Date, Message, say, sequence

DAY = 86_400
WEEKDAYS = {name: day for day, names in enumerate(NAMES) for name in names}
"""Every way to write a weekday."""
NO_HOLIDAYS = "public_holidays"


class ChosenDays(Logged):
    """Days that are chosen by weekday and calendar."""

    on: Names | None = Field(
        None,
        description="Weekdays (`mon` … `sun`) and named calendars whose days are meant. "
        "| Veckodagar (`mån` … `sön`) och namngivna kalendrar vars dagar avses.",
    )
    except_: Names | None = Field(
        None,
        alias="except",
        description="Named calendars whose days are left out, such as `public_holidays`. "
        "| Namngivna kalendrar vars dagar undantas, till exempel `public_holidays`.",
    )

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """Names that are neither weekdays nor calendars."""
        yield from super().flaws(context)
        yield from _unknown("on", self.on or (), {*WEEKDAYS, *context.calendars}, context)
        yield from _unknown("except", self.except_ or (), {*context.calendars}, context)
        yield from _repeated("on", self.on or ())
        yield from _repeated("except", self.except_ or ())

    def chosen(self, context: Context) -> Iterator[Day]:
        """The days that are meant, in order."""
        span = self.span(context)
        left_out = _days_of(self.except_ or (), context)
        of_calendars = _days_of([name for name in self.on or () if name.casefold() not in WEEKDAYS], context)
        weekdays = {WEEKDAYS[name.casefold()] for name in self.on or () if name.casefold() in WEEKDAYS}
        for day in span.days():
            meant = self.on is None or weekday(day) in weekdays or day in of_calendars
            if meant and day not in left_out:
                yield day

    def day_windows(self, context: Context, clock: tuple[int, int] | None = None) -> tuple[Window, ...]:
        """A window for each of them; with `clock`, of just this time of the day."""
        return tuple(Window(span=day_span(day), label=_label(day, clock), clock=clock) for day in self.chosen(context))

    def each_day(self) -> Message:
        """The days in words: `every Monday and Thursday except public holidays`."""
        days = sequence(tuple(day_words(name) for name in self.on)) if self.on else say("day")
        every = say("every {days}", days=days)
        if not self.except_:
            return every
        left_out = sequence(tuple(left_out_words(name) for name in self.except_))
        return say("{every} except {days}", every=every, days=left_out)

    def day_readings(self) -> Iterator[Message]:
        """That holidays are days too, and that one of several names is enough."""
        days = self.on or ()
        calendars = [name for name in days if name.casefold() not in WEEKDAYS]
        if not self.except_ and not calendars:
            yield (
                say("public holidays are days like all others")
                if days
                else say("weekends and public holidays are days like all others")
            )
        if calendars and len(days) > 1:
            yield say("a day is meant where one of the names under `on` fits it")


def _label(day: Day, clock: tuple[int, int] | None) -> Message:
    """`Friday 4 March 2022`; of a time of the day with its hours."""
    named, date = weekday_name(weekday(day)), Date(show_day(day))
    if clock is None:
        return say("{weekday} {date}", weekday=named, date=date)
    begin, end = clock
    start, to = show_clock(begin), show_clock(end - DAY if end > DAY else end)
    return say("{weekday} {date}, {start} to {end}", weekday=named, date=date, start=start, end=to)


def day_span(day: Day) -> Span:
    """The span of one day."""
    return Span(day, Day(day + 1))


def _days_of(names: Iterable[str], context: Context) -> frozenset[Day]:
    """The days of the calendars of these names."""
    spans = (span for name in names for span in context.calendars[name].days().within(context.period).spans)
    return frozenset(day for span in spans for day in span.days())


def _unknown(key: Literal["on", "except"], names: Iterable[str], known: set[str], context: Context) -> Iterator[Flaw]:
    for position, name in enumerate(names):
        if name in known or (key == "on" and name.casefold() in known):
            continue
        message = say("`{name}` is neither a weekday nor a calendar", name=name)
        if key == "except":
            message = say("there is no calendar `{name}`", name=name)
        hint = say("the calendars are {names}", names=listed(context.calendars))
        yield Flaw("calendar.unknown", (key, position), message, did_you_mean(name, known, hint))


def _repeated(key: Literal["on", "except"], names: Iterable[str]) -> Iterator[Flaw]:
    """A weekday or a calendar that is named twice, be it in two languages."""
    seen: set[int | str] = set()
    for position, name in enumerate(names):
        meant = WEEKDAYS.get(name.casefold(), name)
        if meant in seen:
            message = say("`{name}` is there already", name=name)
            yield Flaw("days.repeated", (key, position), message, say("name every weekday and every calendar once"))
        seen.add(meant)


def day_words(name: str) -> Message:
    """A weekday, or a day of a calendar, in words."""
    if name.casefold() in WEEKDAYS:
        return weekday_name(WEEKDAYS[name.casefold()])
    if name == "working_days":
        return say("working day")
    return say("public holiday") if name == NO_HOLIDAYS else say("day of `{calendar}`", calendar=name)


def left_out_words(name: str) -> Message:
    """The days of a calendar in words, after `except`."""
    if name == "working_days":
        return say("working days")
    return say("public holidays") if name == NO_HOLIDAYS else say("days of `{calendar}`", calendar=name)
