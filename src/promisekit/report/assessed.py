"""Who has judged a commitment that only people can judge, and who is yet to: in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from promisekit.engine.observations import Reason
from promisekit.plan.nodes import Assess
from promisekit.report import terms
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Statement, Verdict
from promisekit.words import Message, say, sequence


def of_assessments(node: Assess, result: CommitmentResult, parties: Mapping[str, str]) -> Iterator[Message]:
    """The sentences. `parties`: the names of the parties by id."""
    voices = [one for one in result.statements if not one.replaced and one.role in node.by and one.verdict is not None]
    names = {one.role: parties.get(one.role, one.role) for one in voices}
    if Reason.DISPUTED in result.reasons:
        told = tuple(
            say("{who}: {verdict}", who=names[one.role], verdict=terms.verdict_word(one.verdict))
            for one in voices
            if one.verdict is not None
        )
        yield say("The assessments contradict each other ({told}).", told=sequence(told))
    elif result.verdict is Verdict.OPEN:
        yield from _awaited(node, len(voices), parties)
        if result.overdue is not None:
            yield say("It was due by {day} and is overdue.", day=day_of(result.overdue))
        elif node.due is not None:
            yield say("It is due by {day}.", day=day_of(node.due))
    else:
        yield _agreed(result.verdict, voices, names)


def _agreed(verdict: Verdict, voices: Sequence[Statement], names: Mapping[str, str]) -> Message:
    """Who judged what: each with a day of their own, unless it was the same day."""
    days = {one.date for one in voices}
    if len(days) == 1:
        who, day = sequence(tuple(names.values())), day_of(days.pop())
        if verdict is Verdict.KEPT:
            return say("{who} judged on {day} that it is kept.", who=who, day=day)
        return say("{who} judged on {day} that it is not kept.", who=who, day=day)
    each = sequence(tuple(say("{who} ({day})", who=names[one.role], day=day_of(one.date)) for one in voices))
    if verdict is Verdict.KEPT:
        return say("{who} judged that it is kept.", who=each)
    return say("{who} judged that it is not kept.", who=each)


def _awaited(node: Assess, have: int, parties: Mapping[str, str]) -> Iterator[Message]:
    judges = sequence(tuple(parties.get(role, role) for role in node.by), "or" if node.quorum == "any" else "and")
    if have:
        of = len(node.by) if node.quorum == "all" else node.quorum
        yield say("{n} of {of} assessments has been made.", "{n} of {of} assessments have been made.", n=have, of=of)
    else:
        yield say("Nobody has assessed it yet; it is for {judges} to do.", judges=judges)
