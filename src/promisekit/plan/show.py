"""A plan in plain words: for every commitment the rule, its activities, and its windows with their targets."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction

from promisekit.plan.nodes import Assess, Check, Commitment, Count, Plan, Select, Semi, Target
from promisekit.plan.windows import target_in, windows_of
from promisekit.selectors.telling import selector_words
from promisekit.windows import Span, day_set, show_day
from promisekit.words import Date, Message, say, sequence, text

WIDTH = 90
MOST = 12
"""How many windows are written out."""


def plan_text(plan: Plan, language: str) -> str:
    """The whole plan as text."""
    head = say("Period: {period}. Time zone: {zone}.", period=_days(plan.period), zone=plan.zone.name)
    lines = [plan.header.title, text(head, language)]
    for commitment in plan.commitments:
        lines += ["", f"{commitment.id} ({commitment.kind})"]
        lines += [line for told in _told(commitment) for line in _wrapped(told, language)]
    return "\n".join(lines)


def _wrapped(told: tuple[int, Message], language: str) -> list[str]:
    """A sentence in lines of at most `WIDTH` characters, indented by so many steps."""
    steps, message = told
    indent = "  " * steps
    words = text(message, language)
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False)


def _told(commitment: Commitment) -> Iterator[tuple[int, Message]]:
    """Every sentence about a commitment, with how far it is indented."""
    if commitment.quote:
        yield 1, say("The promise says: “{quote}”", quote=commitment.quote)
    checked = isinstance(commitment.node, Check)
    rule = say("We count: {rule}", rule=commitment.statement)
    yield 1, rule if checked else say("Assessed by people: {rule}", rule=commitment.statement)
    if commitment.reading:
        yield 1, say("How it was read: {reading}", reading=commitment.reading)
    match commitment.node:
        case Check() as check:
            yield from _activities(check)
            yield from _windows(check)
        case Assess(by=by, quorum=quorum):
            yield 1, say("May judge: {who}", who=sequence(tuple(by)))
            if quorum != "any" and len(by) > 1:
                number = len(by) if quorum == "all" else quorum
                yield 1, say("{n} of them must agree", "{n} of them must agree", n=number)


def _activities(check: Check) -> Iterator[tuple[int, Message]]:
    for name, select in {select.name: select for select in selects_of(check)}.items():
        yield 1, say("`{name}` means rows with {conditions}", name=name, conditions=selector_words(select.selector))
        if select.sources:
            yield 2, say("from {sources}", sources=sequence(select.sources))


def selects_of(check: Check) -> tuple[Select, ...]:
    """The activities that a check looks at."""
    relation = check.measure.relation if isinstance(check.measure, Count) else check.measure.part
    return (relation.left, relation.right) if isinstance(relation, Semi) else (relation,)


def _windows(check: Check) -> Iterator[tuple[int, Message]]:
    windows = windows_of(check)
    yield 1, say("{n} window:", "{n} windows:", n=len(windows))
    for window in windows[:MOST]:
        yield 2, say("{label}: {bounds}", label=window.label, bounds=_bounds(target_in(check, window)))
    if len(windows) > MOST:
        yield 2, say("… and {n} more", "… and {n} more", n=len(windows) - MOST)
    for left in day_set(window.span for window in windows).missing(check.span).spans:
        yield 1, say("{days}: no whole window, so nothing is asked for", days=_days(left))


def _bounds(target: Target) -> Message:
    low, high = target.low, target.high
    if low == high == 1 and isinstance(low, Fraction):
        return say("all of them")
    if low is not None and low == high:
        return say("exactly {number}", number=str(low))
    if high is None:
        return say("at least {number}", number=str(low))
    if low is None:
        return say("at most {number}", number=str(high))
    return say("{low} to {high}", low=str(low), high=str(high))


def _days(span: Span) -> Message:
    return say("{first} – {last}", first=Date(show_day(span.start)), last=Date(show_day(span.last)))
