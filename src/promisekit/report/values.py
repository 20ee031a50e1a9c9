"""The latest value in words: what it is, what it was before, and what it has to be."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from promisekit.engine.observations import Counted
from promisekit.plan.amounts import amount, between, figure, target_words
from promisekit.plan.nodes import Check, Latest, Number, Target
from promisekit.report import terms
from promisekit.report.teller import days_of
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, TargetShown, WindowResult
from promisekit.windows import Span
from promisekit.words import Date, Message, say

MEASURED = ("value", "difference", "percent")
"""Units of values that are read, not counted: of them nothing may be told at all."""


def untold(window: WindowResult) -> bool:
    """Whether there is no value that could be told."""
    return window.target.unit in MEASURED and window.of is not None and not window.of.low


def silent(check: Check | None, row: Counted) -> bool:
    """Whether a row that should hold a value holds none that can be read."""
    return check is not None and isinstance(check.measure, Latest) and row.amount is None


def newest(rows: Iterable[Counted]) -> Counted | None:
    """The latest row that tells a value; of several of the same time the one with the greatest."""
    told = [(row.event.start, Fraction(row.amount), row) for row in rows if row.amount is not None]
    return max(told, key=lambda one: one[:2])[2] if told else None


def change(measure: Latest, result: CommitmentResult, window: WindowResult) -> tuple[Number, Number] | None:
    """The value before and the latest one; None where there is nothing before, or one of them cannot be told."""
    latest = newest(result.evidence.counted)
    if measure.baseline is None or untold(window) or latest is None or latest.amount is None:
        return None
    if not isinstance(measure.baseline, Span):
        return measure.baseline, latest.amount
    before = newest(result.baseline)
    return None if before is None or before.amount is None else (before.amount, latest.amount)


def in_figures(check: Check, result: CommitmentResult, window: WindowResult) -> tuple[Message, Message] | None:
    """`71 → 74.9` and `at least 75`; None for what is compared with nothing, or cannot be told."""
    told = change(check.measure, result, window) if isinstance(check.measure, Latest) else None
    if told is None or window.low != window.high:
        return None
    before, value = (amount(number, "value") for number in told)
    return say("{before} → {value}", before=before, value=value), _level(check, told[0], window.target)


def _level(check: Check, before: Number, wanted: TargetShown) -> Message:
    """The target for a change as one for the value itself."""
    percent = isinstance(check.measure, Latest) and check.measure.compared == "percent"
    low, high = (
        None if end is None else before * (1 + Fraction(end) / 100) if percent else before + end
        for end in (wanted.min, wanted.max)
    )
    return target_words(Target(low, high, wanted.strict), "value")


def of_value(check: Check, result: CommitmentResult, window: WindowResult) -> Message:
    """The sentence about the latest value, and what it is compared with."""
    measure, latest = check.measure, newest(result.evidence.counted)
    assert isinstance(measure, Latest)
    target = terms.target(window.target)
    if untold(window):
        return _untold(measure, latest, window, target)
    if latest is None or latest.amount is None:
        value = between(window.low, window.high, window.target.unit)
        return say("The latest value is {value}; the target is {target}.", value=value, target=target)
    value, day = amount(latest.amount, "value"), day_of(days_of(latest.event).start)
    if measure.baseline is not None:
        return _changed(check, result, window, value, day)
    if window.low != window.high:
        return say(
            "The latest value is {value}, of {day}, but it is only known to lie {between}; the target is {target}.",
            value=value,
            day=day,
            between=_between(window),
            target=target,
        )
    return say("The latest value is {value}, of {day}; the target is {target}.", value=value, day=day, target=target)


def _untold(measure: Latest, latest: Counted | None, window: WindowResult, target: Message) -> Message:
    if window.of is None or window.of.high != 0:
        if terms.waits(window):
            return say("No value can be told yet; the target is {target}.", target=target)
        return say("It cannot be told what the latest value is; the target is {target}.", target=target)
    if latest is None or latest.amount is None or not isinstance(measure.baseline, Span):
        return say("There is no value to go by; the target is {target}.", target=target)
    return say(
        "The latest value is {value}, of {day}, but there is none of {days} to compare it with.",
        value=amount(latest.amount, "value"),
        day=day_of(days_of(latest.event).start),
        days=_days(measure.baseline),
    )


def _changed(check: Check, result: CommitmentResult, window: WindowResult, value: Message, day: Date) -> Message:
    measure = check.measure
    assert isinstance(measure, Latest)
    found = change(measure, result, window)
    target = terms.target(window.target)
    if found is None or window.low != window.high:
        return say(
            "The latest value is {value}, of {day}. Compared with {before} it has changed by {change}; "
            "the target is {target}.",
            value=value,
            day=day,
            before=_before(measure, result),
            change=_between(window),
            target=target,
        )
    before, level = amount(found[0], "value"), _level(check, found[0], window.target)
    if window.target.strict:
        return say(
            "The latest value is {value}, of {day}, compared with {before} before. The target is {level}.",
            value=value,
            day=day,
            before=before,
            level=level,
        )
    return say(
        "The latest value is {value}, of {day}, compared with {before} before: a change of {change}. The target is a "
        "change of {target}, which is {level}.",
        value=value,
        day=day,
        before=before,
        change=_signed(window.low, measure.compared),
        target=target,
        level=level,
    )


def _between(window: WindowResult) -> Message:
    unit = window.target.unit
    if window.high is None:
        return say("{amount} or more", amount=_signed(window.low, unit))
    if window.low == window.high:
        return _signed(window.low, unit)
    return say("between {low} and {high}", low=_signed(window.low, unit), high=_signed(window.high, unit))


def _signed(number: Number, unit: str) -> Message:
    told = say("+{number}", number=figure(number)) if number > 0 and unit != "value" else None
    told = told or say("{number}", number=figure(number))
    return say("{number} per cent", number=told) if unit == "percent" else told


def _before(measure: Latest, result: CommitmentResult) -> Message:
    if isinstance(measure.baseline, Span):
        row = newest(result.baseline)
        if row is not None and row.amount is not None:
            days, value = _days(measure.baseline), amount(row.amount, "value")
            return say("that of {days} ({value})", days=days, value=value)
        return say("that of {days}", days=_days(measure.baseline))
    return amount(measure.baseline or 0, "value")


def _days(span: Span) -> Message:
    return say("{first} – {last}", first=day_of(span.start), last=day_of(span.last))
