"""The conditions on when an event starts and how long it lasts, parsed from what YAML gave."""

from __future__ import annotations

import re
from decimal import Decimal

from promisekit.diagnostics import Route
from promisekit.diagnostics.refused import Refused, did_you_mean
from promisekit.selectors.model import CLOCK, LENGTH, WEEKDAY, ClockIn, Condition, Lasts, WeekdayIn
from promisekit.windows import length_words, parse_length, show_clock
from promisekit.words import Message, say, sequence

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")
MIDNIGHT = 24 * 3600
NAMES = (
    ("mon", "monday", "mån", "måndag"),
    ("tue", "tuesday", "tis", "tisdag"),
    ("wed", "wednesday", "ons", "onsdag"),
    ("thu", "thursday", "tor", "torsdag"),
    ("fri", "friday", "fre", "fredag"),
    ("sat", "saturday", "lör", "lördag"),
    ("sun", "sunday", "sön", "söndag"),
)
"""Every way to write a weekday, Monday first."""


def time_of_day(value: object) -> Condition:
    """`{from: "22:00", to: "04:00"}`: from is in, to is out; may pass midnight. Raises Refused."""
    hint = say('write `{{from: "22:00", to: "04:00"}}`')
    message = say("a time of day has a `from` and a `to`")
    if not isinstance(value, dict):
        raise Refused("time.from-to", message, hint)
    unknown = next((key for key in value if key not in ("from", "to")), None)
    if unknown is not None:
        raise Refused("time.from-to", message, hint, (str(unknown),), at_key=True)
    if len(value) < 2:
        raise Refused("time.from-to", message, hint)
    start, end = _clock(value["from"], ("from",)), _clock(value["to"], ("to",))
    first, last = show_clock(start), show_clock(end)
    if start in (end, MIDNIGHT):
        raise Refused("time.empty", say("from {start} to {end} is no time at all", start=first, end=last), hint)
    return Condition(CLOCK, ClockIn(start, end), say("from {start} to {end}", start=first, end=last))


def _clock(value: object, route: Route) -> int:
    if value == "24:00":
        return MIDNIGHT
    found = _CLOCK.match(value) if isinstance(value, str) else None
    if not found:
        written = str(value) if isinstance(value, (str, int)) else "…"
        message = say("`{text}` is not a time of day", text=written)
        hint = say("write hours and minutes with two digits each: `08:00`")
        raise Refused("time.not-understood", message, hint, route)
    return int(found[1]) * 3600 + int(found[2]) * 60


def weekdays(value: object) -> Condition:
    """`sat` or `[sat, sun]`, in English or Swedish, short or long. Raises Refused."""
    if isinstance(value, list):
        days = [_weekday(item, (at,)) for at, item in enumerate(value)]
    else:
        days = [_weekday(value, ())]
    if not days:
        raise Refused("selector.empty", say("an empty list is met by nothing"), say("name at least one weekday"))
    for at, day in enumerate(days):
        if day in days[:at]:
            message = say("{day} is there already", day=weekday_name(day))
            raise Refused("days.repeated", message, say("name every weekday once"), (at,))
    chosen = tuple(sorted(set(days)))
    return Condition(WEEKDAY, WeekdayIn(chosen), sequence(tuple(weekday_name(day) for day in chosen), "or"))


def _weekday(value: object, route: Route) -> int:
    written = value.casefold() if isinstance(value, str) else ""
    for day, names in enumerate(NAMES):
        if written in names:
            return day
    shown = value if isinstance(value, str) else "…"
    known = [name for names in NAMES for name in names]
    hint = did_you_mean(written, known, say("write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`"))
    raise Refused("weekday.unknown", say("there is no weekday `{name}`", name=shown), hint, route)


def weekday_name(day: int) -> Message:
    """A weekday in words, 0 for Monday."""
    return (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )[day]


def length(value: object) -> Condition:
    """`{at_least: "30 minutes", at_most: "2 hours"}`, one of them or both. Raises Refused."""
    message = say("a duration has an `at_least`, an `at_most` or both")
    hint = say('write `{{at_least: "30 minutes"}}`')
    if not isinstance(value, dict) or not value:
        raise Refused("duration.bounds", message, hint)
    unknown = next((str(key) for key in value if key not in ("at_least", "at_most")), None)
    if unknown is not None:
        known = did_you_mean(unknown, ("at_least", "at_most"), hint)
        raise Refused("duration.bounds", message, known, (unknown,), at_key=True)
    low, high = (_seconds(value[key], (key,)) if key in value else None for key in ("at_least", "at_most"))
    if low == 0:
        message = say("every event lasts {length} or longer", length=length_words(0))
        raise Refused("duration.bounds", message, say("write a time above 0, or remove it"), ("at_least",))
    if low is not None and high is not None and low > high:
        message = say("the lower bound is above the upper one")
        raise Refused("number.order", message, say("write the shorter time under `at_least`"))
    return Condition(LENGTH, Lasts(low, high), _between_lengths(low, high))


def _seconds(value: object, route: Route) -> int:
    try:
        return parse_length(value if isinstance(value, str) else "")
    except ValueError:
        written = str(value) if isinstance(value, (str, int, Decimal)) else "…"
        message = say("`{text}` is not a length of time", text=written)
        hint = say("write `30 minutes`, `40 hours` or `1.5 hours`")
        raise Refused("length.not-understood", message, hint, route) from None


def _between_lengths(low: int | None, high: int | None) -> Message:
    if low is None:
        return say("at most {length}", length=length_words(high or 0))
    if high is None:
        return say("at least {length}", length=length_words(low))
    return say("{low} to {high}", low=length_words(low), high=length_words(high))
