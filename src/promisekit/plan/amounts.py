"""Numbers with their unit in words: `3 days`, `2.5 hours`, `at least 90% of them`."""

from __future__ import annotations

from fractions import Fraction

from promisekit.plan.nodes import Check, Distinct, Duration, Gap, Latest, Number, Quotient, Ratio, Sum, Target
from promisekit.words import Figure, Message, say

HOUR, MINUTE = 3600, 60
QUARTER = Fraction(1, 4)

COUNTED: dict[str, Message] = {
    "day": say("{number} day", "{number} days", n=0),
    "week": say("{number} week", "{number} weeks", n=0),
    "weekend": say("{number} weekend", "{number} weekends", n=0),
    "month": say("{number} month", "{number} months", n=0),
    "part": say("{number} part", "{number} parts", n=0),
}
"""Units that are counted in whole numbers."""
COUNTED["gap"] = COUNTED["day"]
HOURS = say("{number} hour", "{number} hours", n=0)
DIFFERENT, GAP = "different ", "gap"
BARE = frozenset({"event", "assessment", "value", "difference"})
"""What has no word of its own beside the number."""


def unit_of(check: Check) -> str:
    """The unit of what a check measures; where a column is counted or added up, its name."""
    match check.measure:
        case Ratio() | Quotient():
            return "share"
        case Distinct(unit=unit, column=column):
            return unit or column or "event"
        case Sum(column=column):
            return column
        case Duration():
            return "second"
        case Gap():
            return "day"
        case Latest(baseline=None):
            return "value"
        case Latest(compared=compared):
            return compared
        case _:
            return "event"


def spoken(check: Check) -> str:
    """The unit as `amount` needs it: `different …` where different values of a column are counted and not their sum,
    and `gap` where the days are the longest time from one to the next."""
    if isinstance(check.measure, Gap):
        return GAP
    distinct = isinstance(check.measure, Distinct) and check.measure.column is not None
    return f"{DIFFERENT}{unit_of(check)}" if distinct else unit_of(check)


def figure(number: Number) -> int | Figure:
    """A number as a field of a message: whole, or with its decimals."""
    if isinstance(number, int):
        return number if number >= 0 else Figure(Fraction(number))
    return int(number) if number.denominator == 1 and number >= 0 else Figure(number)


def length(seconds: Number) -> Message:
    """A time in words, exact: `40 hours`, `2.5 hours`, `1 hour 40 minutes`, `30 minutes`."""
    whole = round(seconds)
    if not whole or (abs(whole) >= HOUR and Fraction(whole, HOUR) % QUARTER == 0):
        return _counted(HOURS, Fraction(whole, HOUR))
    hours, rest = divmod(whole, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    names = (
        (hours, say("{n} hour", "{n} hours", n=hours)),
        (minutes, say("{n} minute", "{n} minutes", n=minutes)),
        (rest, say("{n} second", "{n} seconds", n=rest)),
    )
    told, *more = (words for number, words in names if number)
    for words in more:
        told = say("{first} {second}", first=told, second=words)
    return told


def exact(share: Fraction) -> Fraction | Message:
    """A share that somebody chose, without rounding: per cent where its decimals end, else the fraction, `1/3`."""
    if (share * 1000).denominator == 1:
        return share
    if (share * 10**6).denominator == 1:
        return say("{number} per cent", number=Figure(share * 100))
    return say("{number}", number=f"{share.numerator}/{share.denominator}")


def amount(number: Number, unit: str) -> Message:
    """A number with its unit."""
    if unit == "second":
        return length(number)
    if unit == "share":
        return say("{n}", n=exact(Fraction(number)))
    if unit in COUNTED:
        return _counted(COUNTED[unit], number)
    return _united(figure(number), unit)


def _united(number: int | Figure | Message, unit: str) -> Message:
    """A number, or a range of them, with a unit that does not bend to it."""
    if unit in BARE:
        return say("{n}", n=number)
    if unit == "percent":
        return say("{number} per cent", number=number)
    if unit.startswith(DIFFERENT):
        return say("{number} different `{column}`", number=number, column=unit.removeprefix(DIFFERENT))
    return say("{number} (`{column}`)", number=number, column=unit)


def span_of(low: Number, high: Number, unit: str) -> Message:
    """From one number to another, with their unit once: `3 to 5 days`."""
    hours = unit == "second" and not low % HOUR and not high % HOUR
    if unit == "share" or (unit == "second" and not hours):
        return say("{low} to {high}", low=amount(low, unit), high=amount(high, unit))
    if hours:
        shown = say("{low} to {high}", low=figure(low // HOUR), high=figure(high // HOUR))
        return _counted(HOURS, 2, shown)
    shown = say("{low} to {high}", low=figure(low), high=figure(high))
    return _counted(COUNTED[unit], 2, shown) if unit in COUNTED else _united(shown, unit)


def between(low: Number, high: Number | None, unit: str) -> Message:
    """What is known of a number: `3 days`, `3 to 5 days`, `3 days or more`."""
    if high is None:
        more = say("{amount} or more", amount=amount(low, unit))
        return say("{n} or more", n=figure(low)) if unit == "event" else more
    if low == high:
        return amount(low, unit)
    if unit in COUNTED:
        shown = say("{low}–{high}", low=figure(low), high=figure(high))
        return _counted(COUNTED[unit], 2, shown)
    if unit in ("event", "assessment"):
        return say("{low}–{high}", low=figure(low), high=figure(high))
    return span_of(low, high, unit)


def target_words(target: Target, unit: str) -> Message:
    """A target in words: `at least 3 days`, `more than 0`, `all of them`."""
    low, high = target.low, target.high
    if unit == "share":
        return share_words(low, high)
    least = None if low is None else amount(low, unit)
    most = None if high is None else amount(high, unit)
    if least is not None and most is not None:
        return say("exactly {low}", low=least) if low == high else span_of(low or 0, high or 0, unit)
    if most is not None:
        if target.strict:
            return say("less than {high}", high=most)
        return say("at most {high}", high=most) if high or unit not in (*COUNTED, "event") else say("none")
    least = least or amount(0, unit)
    return say("more than {low}", low=least) if target.strict else say("at least {low}", low=least)


def share_words(low: Number | None, high: Number | None) -> Message:
    """The target of a share in words."""
    least, most = Fraction(low or 0), Fraction(1 if high is None else high)
    if least == 1:
        return say("all of them")
    if most == 0:
        return say("none of them")
    if most == 1:
        return say("at least {share} of them", share=exact(least))
    if least == most:
        return say("exactly {share} of them", share=exact(least))
    return (
        say("at most {share} of them", share=exact(most))
        if least == 0
        else say("{least} to {most} of them", least=exact(least), most=exact(most))
    )


def _counted(words: Message, number: Number, shown: Message | None = None) -> Message:
    one = 1 if number == 1 else 2
    return Message(words.sentence, words.plural, (("number", shown or figure(number)), ("n", one)))
