"""How long after something a thing is in time: `14 days`, `3 working_days`, `4 hours` by a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

from msgspec import Struct

from promisekit.commitment.base import Flaw
from promisekit.diagnostics import Route
from promisekit.plan.amounts import length
from promisekit.plan.nodes import Hours, Select, Within
from promisekit.windows import Day, Span, parse_day, parse_length
from promisekit.words import Date, Message, say

DayUnit = Literal["days", "weeks", "months", "working_days"]
DAY_UNITS: tuple[DayUnit, ...] = get_args(DayUnit)
RunningClock = Literal["always", "weekdays"]
PERIOD_END = "period_end"
_DAYS = re.compile(r"(0|[1-9]\d{0,3}) (day|week|month|working_day)s?\Z", re.ASCII)
MOST_WORKING_DAYS = 3660
"""Some fourteen years; more of them are not counted."""


class Term(Struct, frozen=True):
    """So many days of some sort, or (`unit` is None) so many seconds of a clock."""

    number: int
    unit: DayUnit | None


def term_of(text: str) -> Term | None:
    """What a text such as `3 working_days` says; None where it says nothing."""
    found = _DAYS.match(text)
    if found and (found[2] != "working_day" or int(found[1]) <= MOST_WORKING_DAYS):
        return Term(int(found[1]), next(unit for unit in DAY_UNITS if unit == f"{found[2]}s"))
    try:
        return Term(parse_length(text), None)
    except ValueError:
        return None


def term_flaws(text: str, clock: RunningClock | None, route: Route) -> Iterator[Flaw]:
    """A text that is no length of time, and hours without the clock that they are counted by."""
    term = term_of(text)
    if term is None:
        examples = ", ".join(f"`3 {unit}`" for unit in (*DAY_UNITS, "hours"))
        message = say("`{text}` is not a length of time", text=text)
        yield Flaw("deadline.not-understood", route, message, say("write a number and a unit: {units}", units=examples))
    elif term.unit is None and clock is None:
        message = say("it is not said whether the hours of weekends and public holidays count")
        hint = say("add `clock: always` (they do) or `clock: weekdays` (Monday to Friday but public holidays)")
        yield Flaw("deadline.clock-needed", route, message, hint)


def clock_flaws(clock: RunningClock | None, texts: list[str], route: Route) -> Iterator[Flaw]:
    """A clock where no hours are counted."""
    terms = [term_of(text) for text in texts]
    if clock is not None and all(term is not None and term.unit is not None for term in terms):
        message = say("`clock` says which hours count, and the deadline counts no hours")
        yield Flaw("deadline.clock-needless", route, message, say("remove `clock:`"), at_key=True)


def by_flaws(by: str, period: Span) -> Iterator[Flaw]:
    """A last day that is none, or that lies before the period."""
    if by == PERIOD_END:
        return
    try:
        day = parse_day(by)
    except ValueError:
        yield Flaw(
            "deadline.not-understood",
            ("by",),
            say("`{text}` is neither a date nor `period_end`", text=by),
            say("write a date as `2022-05-31`, or `period_end`"),
        )
        return
    if day < period.start:
        yield Flaw(
            "deadline.before-trigger",
            ("by",),
            say("the last day {day} lies before the period", day=by),
            say("give a day in the period or after it"),
        )


def by_words(by: str) -> Message:
    """The last day in words."""
    return say("by the end of the period") if by == PERIOD_END else say("by {day}", day=Date(by))


def term_words(text: str, clock: RunningClock | None) -> Message:
    """The deadline in words."""
    term = _term(text)
    number = term.number
    match term.unit:
        case "days":
            return say("within {n} day", "within {n} days", n=number)
        case "weeks":
            return say("within {n} week", "within {n} weeks", n=number)
        case "months":
            return say("within {n} month", "within {n} months", n=number)
        case "working_days":
            return say("within {n} working day", "within {n} working days", n=number)
        case None if clock == "weekdays":
            return say("within {length}, counted on weekdays", length=length(number))
        case None:
            return say("within {length}", length=length(number))


def start_words(trigger: Select) -> Message:
    """When the clock starts, in words."""
    if trigger.dated is not None:
        return say("the time runs from the date in the column `{column}`", column=trigger.dated)
    return say("the time runs from the start of `{each}`", each=trigger.name)


def deadline_of(text: str, clock: RunningClock | None, latest: Day | None) -> Within | Hours:
    """The deadline as the plan has it."""
    term = _term(text)
    if term.unit is None:
        return Hours(term.number, clock or "always", latest)
    return Within(term.number, term.unit, latest)


def _term(text: str) -> Term:
    term = term_of(text)
    if term is None:
        raise ValueError(f"{text!r} is not a length of time: term_flaws() says so")
    return term
