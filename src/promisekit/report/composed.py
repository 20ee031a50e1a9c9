"""How a commitment stands that is put together from parts, or that waits for a condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promisekit.engine.observations import Reason
from promisekit.plan.amounts import exact
from promisekit.plan.nodes import All, KOfN, ShareOf, When
from promisekit.report import terms
from promisekit.report.figures import count, needed, numbers, of_members, shown_unit
from promisekit.verdict.model import CommitmentResult, TriggerResult, Verdict
from promisekit.words import Message, say, sequence

NAMED_AT_MOST = 6
"""So many parts are named in a sentence; the table has more of them."""


def of_parts(node: KOfN, result: CommitmentResult) -> Iterator[Message]:
    """How many parts are kept, how many are needed, and which are not kept or not decided."""
    live = [part for part in result.parts if part.verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        yield say("Nothing happened that the commitment applies to.")
        return
    yield _kept(node, live)
    for verdict, sentence in (
        (Verdict.BROKEN, say("Not kept: {parts}.")),
        (Verdict.OPEN, say("Not yet decided: {parts}.")),
    ):
        found = [part for part in live if part.verdict is verdict]
        if found:
            yield Message(sentence.sentence, None, (("parts", _listed(node, found)),))
    out = len(result.parts) - len(live)
    if out:
        yield say("{n} is not applicable.", "{n} are not applicable.", n=out)
    if Reason.UNCOVERED in result.reasons:
        yield say("The log does not cover all of the time, so there may be more than it shows.")


def _kept(node: KOfN, live: Sequence[CommitmentResult]) -> Message:
    kept, need = sum(part.verdict is Verdict.KEPT for part in live), _need(node, len(live))
    if of_members(node):
        return say("It is kept for {kept} of {of}; {need}.", kept=kept, of=len(live), need=need)
    return say(
        "{kept} of {n} part is kept; {need}.",
        "{kept} of {n} parts are kept; {need}.",
        kept=kept,
        n=len(live),
        need=need,
    )


def _need(node: KOfN, live: int) -> Message:
    if isinstance(node.need, All):
        return say("all of them are needed")
    if isinstance(node.need, ShareOf):
        return say(
            "needed are {share} of {of}, which is {number}",
            share=exact(node.need.share),
            of=live,
            number=needed(node.need, live),
        )
    return say("at least {n} is needed", "at least {n} are needed", n=needed(node.need, live))


def _listed(node: KOfN, parts: Sequence[CommitmentResult]) -> Message:
    nodes = {part.id: part.node for part in node.parts}
    named: list[Message | str] = []
    for part in parts[:NAMED_AT_MOST]:
        name = part.member or part.id
        figures = numbers(nodes[part.id], part, brief=True) if part.id in nodes else None
        named.append(name if figures is None else say("{name} – {count}", name=name, count=figures))
    if len(parts) > NAMED_AT_MOST:
        named.append(say("{n} more", n=len(parts) - NAMED_AT_MOST))
    return sequence(tuple(named))


def of_trigger(node: When, trigger: TriggerResult) -> Iterator[Message]:
    """Whether what the commitment waits for has come."""
    unit, windows = shown_unit(node.trigger), trigger.windows
    target = terms.target(trigger.target, unit)
    if len(windows) > 1:
        met = sum(window.verdict is Verdict.KEPT for window in windows)
        yield say(
            "It applies only where there is {what}, {target}: in {met} of {windows}.",
            what=trigger.what,
            target=target,
            met=met,
            windows=terms.number_of(node.trigger.partition, len(windows)),
        )
        return
    shown = count(windows[0], unit)
    match trigger.verdict:
        case Verdict.KEPT:
            yield say("It applies, since there is {what}: {count}.", what=trigger.what, count=shown)
        case _:
            yield say(
                "It applies only if there is {what}, {target}; the log shows {count}.",
                what=trigger.what,
                target=target,
                count=shown,
            )
