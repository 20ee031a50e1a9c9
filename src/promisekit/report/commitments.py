"""One commitment of a report: the promise's words, the rule, how it stands, why, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promisekit.engine.observations import Reason
from promisekit.plan.nodes import Assess, Check, Commitment, Count, Node, Select
from promisekit.report import evidence, page, terms
from promisekit.report.charts import strip
from promisekit.report.clean import link, neutral, shortened
from promisekit.report.evidence import FOLD_FROM, Teller, untouched
from promisekit.report.voice import Voice, day_of
from promisekit.report.why import count, numbers, why
from promisekit.selectors.telling import selector_words
from promisekit.verdict.model import CommitmentResult, Outlook, Remaining, Statement, Status, Verdict, WindowResult
from promisekit.windows import AsOf
from promisekit.words import Message, say, sequence

REMAINING_AT_MOST = 8
SHORT = 96
"""The length of a quote in one line."""

OUTLOOK = {
    Outlook.ON_TRACK: say("on track"),
    Outlook.AT_RISK: say("at risk"),
    Outlook.OFF_TRACK: say("off track"),
}


def commitment_view(
    number: int,
    commitment: Commitment,
    result: CommitmentResult,
    parties: Mapping[str, str],
    as_of: AsOf,
    teller: Teller,
) -> page.Commitment:
    """Everything that a report says of one commitment."""
    voice, node = teller.voice, commitment.node
    quotes = tuple(neutral(part) for part in (result.quote or "").split("\n") if part.strip())
    figures = numbers(node, result)
    checked = isinstance(node, Check)
    return page.Commitment(
        id=result.id,
        number=str(number),
        label=voice(say("Commitment {number}", number=str(number))),
        short=shortened(_begun(quotes[0]) if quotes else result.id, SHORT),
        quotes=quotes,
        owner="" if result.owner is None else voice(parties.get(result.owner, result.owner)),
        rule_label=voice(say("We count") if checked else say("How it is decided")),
        rule=voice(result.statement),
        means=tuple(page.Fact(neutral(select.name), voice(_meaning(select))) for select in _selects(node)),
        criteria=tuple(voice(criterion) for criterion in result.criteria),
        reading=voice(result.reading or ""),
        mark=terms.status_mark(result.status, voice),
        why=voice.sentences(why(node, result, parties, teller)),
        numbers="" if figures is None or result.waived is not None else voice(figures),
        final=_final(result, voice),
        outlook="" if result.outlook is None else voice(OUTLOOK[result.outlook]),
        assumed=_assumed(result, voice),
        strip=strip(result, as_of, voice) if checked else None,
        windows=tuple(_window(window, result, voice) for window in result.windows) if checked else (),
        windows_folded=len(result.windows) >= FOLD_FROM,
        row_lists=tuple(evidence.row_lists(node, result, teller)),
        remaining=tuple(_all_remaining(node, result, as_of, voice)),
        assessments=tuple(_assessment(said, parties, voice) for said in result.statements),
        waiver=_waiver(result, parties, voice),
    )


def _begun(quote: str) -> str:
    """A quote that begins in the middle of a sentence shows that it does."""
    return f"… {quote}" if quote[:1].islower() else quote


def _selects(node: Node) -> Iterator[Select]:
    """The activities that the rule names, each once."""
    if isinstance(node, Assess):
        return
    relation = node.measure.relation if isinstance(node.measure, Count) else node.measure.part
    if isinstance(relation, Select):
        yield relation
        return
    yield relation.left
    if relation.right != relation.left:
        yield relation.right


def _meaning(select: Select) -> Message:
    what = selector_words(select.selector)
    if select.sources:
        return say("{what}, from {sources}", what=what, sources=sequence(select.sources, "or"))
    return what


def _window(window: WindowResult, result: CommitmentResult, voice: Voice) -> page.WindowRow:
    late = result.status is Status.KEPT_LATE and window.verdict is Verdict.BROKEN
    return page.WindowRow(
        label=voice.begun(window.label),
        counted=voice(count(window)),
        target=voice(terms.target(window.target)),
        mark=terms.status_mark(Status.KEPT_LATE, voice) if late else terms.window_mark(window, voice),
    )


def _final(result: CommitmentResult, voice: Voice) -> str:
    if not result.final:
        return voice(say("Not yet decided: what becomes known later can settle it."))
    if result.final_at is None:
        return voice(say("Decided."))
    return voice(say("Decided since {day}.", day=day_of(result.final_at)))


def _assumed(result: CommitmentResult, voice: Voice) -> str:
    if not result.assumed:
        return ""
    return voice(
        say(
            "This rests on an assumption: nobody has said for which days {sources} is complete.",
            sources=sequence(result.assumed),
        )
    )


def _all_remaining(node: Node, result: CommitmentResult, as_of: AsOf, voice: Voice) -> Iterator[str]:
    for left in result.remaining[:REMAINING_AT_MOST]:
        yield _remaining(node, result, left, as_of, voice)
    more = len(result.remaining) - REMAINING_AT_MOST
    if more > 0:
        yield voice(say("… and {n} more until {day}", n=more, day=day_of(max(left.by for left in result.remaining))))


def _remaining(node: Node, result: CommitmentResult, left: Remaining, as_of: AsOf, voice: Voice) -> str:
    if isinstance(node, Assess):
        disputed = Reason.DISPUTED in result.reasons
        return voice(say("That the parties agree: they judge differently.")) if disputed else voice.begun(left.what)
    if left.by < as_of.closed_before:
        return voice.begun(left.what)
    if isinstance(node.measure, Count):
        if untouched(result, left):
            return voice(
                say(
                    "{what} {n} time, by {day}",
                    "{what} {n} times, by {day}",
                    n=left.need,
                    what=left.what,
                    day=day_of(left.by),
                )
            )
        return voice(
            say(
                "{what} {n} more time, by {day}",
                "{what} {n} more times, by {day}",
                n=left.need,
                what=left.what,
                day=day_of(left.by),
            )
        )
    return voice.begun(say("{what}, by {day}", what=left.what, day=day_of(left.by)))


def _assessment(said: Statement, parties: Mapping[str, str], voice: Voice) -> page.Assessment:
    return page.Assessment(
        who=voice(say("{who}, for {party}", who=said.by, party=parties.get(said.role, said.role))),
        date=voice.day(said.date),
        says=voice(terms.verdict_word(said.verdict)) if said.verdict is not None else "",
        note=voice(said.note or ""),
        sources=tuple(page.Source(neutral(one), link(one.strip())) for one in said.evidence),
        replaced=said.replaced,
    )


def _waiver(result: CommitmentResult, parties: Mapping[str, str], voice: Voice) -> page.Waiver | None:
    waiver = result.waived
    if waiver is None:
        return None
    who = say("{who}, for {party}", who=waiver.by, party=parties.get(waiver.role, waiver.role))
    return page.Waiver(
        text=voice(say("Set aside on {day} by {who}.", day=day_of(waiver.date), who=who)),
        reason=voice(waiver.reason),
        without=voice(say("Without that: {verdict}.", verdict=terms.verdict_word(waiver.without))),
    )
