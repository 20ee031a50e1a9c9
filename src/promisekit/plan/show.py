"""A plan in plain words: for every commitment the rule, its activities, and its windows with their targets."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.plan.nodes import Assess, Check, Commitment, Count, Plan, Select, Semi
from promisekit.plan.windows import target_in, windows_of
from promisekit.selectors.model import Condition, Either, Every, Selector
from promisekit.windows import show_day
from promisekit.words import Date, Message, say, sequence, text


def plan_text(plan: Plan, language: str) -> str:
    """The whole plan as text."""
    period = say("{first} – {last}", first=Date(show_day(plan.period.start)), last=Date(show_day(plan.period.last)))
    head = say("Period: {period}. Time zone: {zone}.", period=period, zone=plan.zone.name)
    lines = [plan.header.title, text(head, language)]
    for commitment in plan.commitments:
        lines += ["", *(text(line, language) for line in _commitment(commitment))]
    return "\n".join(lines)


def _commitment(commitment: Commitment) -> Iterator[Message]:
    yield say("{id} ({kind})", id=commitment.id, kind=commitment.kind)
    if commitment.quote:
        yield say("  The promise says: “{quote}”", quote=commitment.quote)
    match commitment.node:
        case Check():
            yield say("  We count: {rule}", rule=commitment.statement)
        case Assess():
            yield say("  Assessed by people: {rule}", rule=commitment.statement)
    if commitment.reading:
        yield say("  How it was read: {reading}", reading=commitment.reading)
    match commitment.node:
        case Check() as check:
            yield from _activities(check)
            yield from _windows(check)
        case Assess(by=by):
            yield say("  May judge: {who}", who=sequence(tuple(by)))


def _activities(check: Check) -> Iterator[Message]:
    selects = {select.name: select for select in selects_of(check)}
    for name, select in selects.items():
        yield say("  `{name}` is an event where {conditions}", name=name, conditions=described(select.selector))
        if select.sources:
            yield say("    from {sources}", sources=sequence(select.sources))


def selects_of(check: Check) -> tuple[Select, ...]:
    """The activities that a check looks at."""
    relation = check.measure.relation if isinstance(check.measure, Count) else check.measure.part
    return (relation.left, relation.right) if isinstance(relation, Semi) else (relation,)


def described(selector: Selector) -> Message:
    """A selector in words."""
    match selector:
        case Condition(column=column, wanted=wanted):
            return say("{column} is {wanted}", column=column, wanted=wanted)
        case Every(()):
            return say("anything is recorded")
        case Every(parts):
            return sequence(tuple(described(part) for part in parts))
        case Either(parts):
            return sequence(tuple(described(part) for part in parts), "or")


def _windows(check: Check) -> Iterator[Message]:
    windows = windows_of(check)
    yield say("  {n} window:", "  {n} windows:", n=len(windows))
    for window in windows[:MOST]:
        target = target_in(check, window)
        low, high = target.low, target.high
        yield say("    {label}: {bounds}", label=window.label, bounds=_bounds(low, high))
    if len(windows) > MOST:
        yield say("    … and {n} more", n=len(windows) - MOST)


MOST = 12
"""How many windows are written out."""


def _bounds(low: object, high: object) -> Message:
    if low is not None and low == high:
        return say("{n}", n=str(low))
    if high is None:
        return say("at least {number}", number=str(low))
    if low is None:
        return say("at most {number}", number=str(high))
    return say("{low} to {high}", low=str(low), high=str(high))
