"""A plan in plain words: for every commitment the rule, its activities, how it is measured, its windows and targets."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from promisekit.plan.amounts import exact, length, spoken, target_words
from promisekit.plan.checks import counted_in, relation_of, selects_of
from promisekit.plan.measured import measured
from promisekit.plan.nodes import (
    All,
    Assess,
    AtLeast,
    Calendar,
    Check,
    Commitment,
    KOfN,
    Need,
    Node,
    On,
    Overlaps,
    Part,
    Plan,
    Semi,
    When,
)
from promisekit.plan.windows import target_in, windows_of
from promisekit.selectors.dates import asks_dates
from promisekit.selectors.telling import selector_words
from promisekit.windows import Span, Window, day_set, show_clock, show_day
from promisekit.words import Date, Message, say, sequence, text

DAY = 86_400
WIDTH = 90
MOST = 12
"""How many windows, members and sources are written out."""

Told = tuple[int, Message]
"""A sentence, and how far it is indented."""


def plan_text(plan: Plan, language: str) -> str:
    """The whole plan as text."""
    head = say("Period: {period}. Time zone: {zone}.", period=_days(plan.period), zone=plan.zone.name)
    lines = [plan.header.title, text(head, language)]
    for commitment in plan.commitments:
        lines += ["", f"{commitment.id} ({commitment.kind})"]
        lines += [line for told in _told(commitment) for line in _wrapped(told, language)]
    return "\n".join(lines)


def _wrapped(told: Told, language: str) -> list[str]:
    """A sentence in lines of at most `WIDTH` characters, indented by so many steps."""
    steps, message = told
    indent = "  " * steps
    words = text(message, language)
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False)


def _told(commitment: Commitment) -> Iterator[Told]:
    """Every sentence about a commitment."""
    yield from _rule(commitment, 1)
    for reading in commitment.readings:
        yield 1, say("What it takes for granted: {reading}", reading=reading)
    yield from _node(commitment.node, 1)


def _rule(one: Commitment | Part, steps: int) -> Iterator[Told]:
    if one.quote:
        yield steps, say("The promise says: “{quote}”", quote=one.quote)
    node = one.node.then if isinstance(one.node, When) else one.node
    match node:
        case Check():
            yield steps, say("What is asked: {rule}", rule=one.statement)
        case KOfN():
            yield steps, say("How it is decided: {rule}", rule=one.statement)
        case Assess():
            yield steps, say("Assessed by people: {rule}", rule=one.statement)
    if one.reading:
        yield steps, say("How it was read: {reading}", reading=one.reading)


def _node(node: Node, steps: int) -> Iterator[Told]:
    match node:
        case Check():
            yield from _activities(node, steps)
            yield from ((steps, line) for line in measured(node))
            yield from _windows(node, steps)
        case When(trigger, then):
            yield from _condition(trigger, steps)
            yield from _node(then, steps)
        case KOfN(need, parts):
            yield from _parts(need, parts, steps)
        case Assess():
            yield from _judges(node, steps)


def _condition(trigger: Check, steps: int) -> Iterator[Told]:
    yield (
        steps,
        say(
            "It applies only where there is `{what}`: {bounds}",
            what=counted_in(trigger).name,
            bounds=target_words(trigger.target, spoken(trigger)),
        ),
    )
    yield from _activities(trigger, steps + 1)


def _judges(node: Assess, steps: int) -> Iterator[Told]:
    yield steps, say("May judge: {who}", who=sequence(tuple(node.by)))
    if node.quorum != "any" and len(node.by) > 1:
        number = len(node.by) if node.quorum == "all" else node.quorum
        yield steps, say("{n} of them must agree", "{n} of them must agree", n=number)
    if node.due is not None:
        yield steps, say("The judgement is due by {day}", day=Date(show_day(node.due)))


def _parts(need: Need, parts: Sequence[Part], steps: int) -> Iterator[Told]:
    if all(part.member is not None for part in parts):
        yield from _members(need, parts, steps)
        return
    yield steps, say("{n} part:", "{n} parts:", n=len(parts))
    yield from _needed(need, len(parts), steps)
    for part in parts:
        yield steps + 1, say("{id} ({kind})", id=part.id, kind=part.kind)
        if part.owner:
            yield steps + 2, say("Responsible: {who}", who=part.owner)
        yield from _rule(part, steps + 2)
        yield from _node(part.node, steps + 2)


def _members(need: Need, parts: Sequence[Part], steps: int) -> Iterator[Told]:
    """Many members of one rule: each with its own statement, and the windows of the first, which are those of all. The
    tiers of a deadline have one each."""
    if len({_ways(part.node) for part in parts}) > 1:
        yield steps, say("{n} tier:", "{n} tiers:", n=len(parts))
        for part in parts:
            yield steps + 1, part.statement
            yield from _node(part.node, steps + 2)
        yield from _needed(need, len(parts), steps)
        return
    yield steps, say("{n} member:", "{n} members:", n=len(parts))
    for part in parts[:MOST]:
        yield steps + 1, part.statement
    if len(parts) > MOST:
        yield steps + 1, say("… and {n} more", "… and {n} more", n=len(parts) - MOST)
    yield from _needed(need, len(parts), steps)
    first = parts[0].node.then if isinstance(parts[0].node, When) else parts[0].node
    if isinstance(first, Check):
        yield steps, say("For {member}, and for the others likewise:", member=parts[0].member or parts[0].id)
        yield from _node(parts[0].node, steps + 1)


def _ways(node: Node) -> tuple[On, ...]:
    """The ways in which rows of a check belong together, with their deadlines."""
    check = node.then if isinstance(node, When) else node
    relation = relation_of(check) if isinstance(check, Check) else None
    return relation.on if isinstance(relation, Semi) else ()


def _needed(need: Need, number: int, steps: int) -> Iterator[Told]:
    if number < 2:
        return
    match need:
        case All():
            yield steps, say("All of them must be kept")
        case AtLeast(least):
            yield (
                steps,
                say("At least {n} of {of} must be kept", "At least {n} of {of} must be kept", n=least, of=number),
            )
        case _:
            least = math.ceil(need.share * number)
            yield (
                steps,
                say("At least {share} of {of} must be kept: {n}", share=exact(need.share), of=number, n=least),
            )


def _activities(check: Check, steps: int) -> Iterator[Told]:
    selects = {select.name: select for select in selects_of(check)}
    for name, select in selects.items():
        yield steps, say("`{name}` means rows with {conditions}", name=name, conditions=selector_words(select.selector))
        if select.sources:
            yield steps + 1, say("from {sources}", sources=sequence(select.sources))
        if select.dated is not None:
            yield steps + 1, say("taken to take place at the date in the column `{name}`", name=select.dated)
        if asks_dates(select.selector):
            yield steps + 1, say("dates in columns are asked about as they stand at the end of the period")
    if any(select.day_begins for select in selects.values()):
        clock = show_clock(counted_in(check).day_begins)
        yield steps, say("A day begins at {clock}: what is earlier belongs to the day before", clock=clock)
    if isinstance(check.attribution, Overlaps):
        yield steps, _belongs(check, check.attribution.seconds)


def _belongs(check: Check, seconds: int) -> Message:
    """In which windows an event counts that goes on for so long in them."""
    if not seconds:
        return say("An event counts in every window in which it goes on at some time")
    if all(seconds > _length(window) for window in windows_of(check)):
        return say("An event counts in every window in which it goes on for the whole of the time")
    return say(
        "An event counts in every window in which it goes on for {length} at least, or for all of the window",
        length=length(seconds),
    )


def _length(window: Window) -> int:
    """How many seconds it has by the clock."""
    begin, end = window.clock or (0, len(window.span) * DAY)
    return end - begin


def _windows(check: Check, steps: int) -> Iterator[Told]:
    windows = windows_of(check)
    yield steps, say("{n} window:", "{n} windows:", n=len(windows))
    shown = windows if len(windows) <= MOST else (*windows[: MOST - 2], None, windows[-1])
    for window in shown:
        if window is None:
            yield (
                steps + 1,
                say("… and {n} more, the last one:", "… and {n} more, the last one:", n=len(windows) - MOST + 2),
            )
        else:
            yield steps + 1, say("{label}: {bounds}", label=window.label, bounds=_bounds(check, window))
    yield from _needed(check.need, len(windows), steps)
    if isinstance(check.partition, Calendar):
        told = [*(window.span for window in windows), *check.partition.left_out]
        for left in day_set(told).missing(check.span).spans:
            yield steps, say("{days}: no whole window, so nothing is asked for", days=_days(left))


def _bounds(check: Check, window: Window) -> Message:
    return target_words(target_in(check, window), spoken(check))


def _days(span: Span) -> Message:
    return say("{first} – {last}", first=Date(show_day(span.start)), last=Date(show_day(span.last)))
