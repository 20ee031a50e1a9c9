"""How a share stands, in sentences: so many of so many, what was late, what still has time."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.engine.observations import Outcome
from promisekit.plan.amounts import figure
from promisekit.plan.nodes import Check, Node, Quotient, Ratio
from promisekit.report import terms
from promisekit.report.causes import causes
from promisekit.report.deadlines import due_words, limit_in
from promisekit.report.evidence import discreet_about, in_time
from promisekit.report.figures import count
from promisekit.report.teller import Teller
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Verdict
from promisekit.words import Message, say


def of_share(node: Node, check: Check, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
    """The sentences about a share over one window."""
    window = result.windows[0]
    if result.verdict is Verdict.NOT_APPLICABLE:
        yield say("Nothing happened that the commitment applies to.")
        return
    if window.of is not None and window.of.high != 0 and window.of.low == 0 and result.verdict is Verdict.OPEN:
        yield say("Nothing has happened so far that the commitment applies to.")
    else:
        yield _counted(check, count(window, "share"), terms.target(window.target))
    yield from late(result)
    yield from waiting(check, result, teller)
    if result.verdict is Verdict.OPEN:
        yield from causes(node, result, [window], teller)


def _counted(check: Check, told: Message, target: Message) -> Message:
    match check.measure:
        case Quotient(above=above, below=below):
            return say(
                "The sum of `{above}` against that of `{below}`: {count}. The target is {target}.",
                above=above,
                below=below,
                count=told,
                target=target,
            )
        case Ratio(weight=str() as column):
            return say(
                "Reached, by the sum of `{column}`: {count}. The target is {target}.",
                column=column,
                count=told,
                target=target,
            )
    if in_time(check):
        return say("Done in time: {count}. The target is {target}.", count=told, target=target)
    return say("Reached: {count}. The target is {target}.", count=told, target=target)


def late(result: CommitmentResult) -> Iterator[Message]:
    """How many were done after their deadline."""
    number = sum(row.late is not None for row in result.evidence.counted)
    if number:
        yield say("{n} was done too late.", "{n} were done too late.", n=figure(number))


def waiting(node: Node, result: CommitmentResult, teller: Teller) -> Iterator[Message]:
    """How many still have time, and until when."""
    rows = [row for row in result.evidence.counted if row.outcome is Outcome.PENDING]
    due = sorted((row.due, row.due_at) for row in rows if row.due is not None)
    if not due:
        return
    if limit_in(node) is not None and discreet_about(node, teller):
        yield say(
            "{n} still has time, which runs out on {day}.",
            "{n} still have time; for the first of them it runs out on {day}.",
            n=len(due),
            day=day_of(due[0][0]),
        )
    else:
        yield say(
            "{n} still has time, until {day}.",
            "{n} still have time, the first of them until {day}.",
            n=len(due),
            day=due_words(*due[0], teller),
        )
