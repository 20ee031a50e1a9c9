"""One commitment of a report: the promise's words, the rule, how it stands, why, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promisekit.engine.observations import Reason
from promisekit.plan.amounts import amount, figure
from promisekit.plan.checks import selects_of
from promisekit.plan.nodes import Assess, Check, Node, Select, When
from promisekit.report import aside, evidence, page, terms
from promisekit.report.charts import strip
from promisekit.report.clean import link, neutral, shortened
from promisekit.report.deadlines import due_words
from promisekit.report.evidence import FOLD_FROM, discreet_about, untouched
from promisekit.report.figures import check_of, counted_and_asked, numbers, of_members, owed, unit_in
from promisekit.report.parts import Told, members, own_readings, within
from promisekit.report.teller import Teller
from promisekit.report.voice import Voice, day_of
from promisekit.report.why import why
from promisekit.selectors.telling import selector_words
from promisekit.verdict.model import CommitmentResult, Outlook, Remaining, Statement, Status, Verdict, WindowResult
from promisekit.windows import AsOf
from promisekit.words import Message, say, sequence

REMAINING_AT_MOST = 8
TOP, LOWEST = 3, 6
"""The level of a commitment's heading on a page, and the lowest that there is."""
SHORT = 96
"""The length of a quote in one line."""

OUTLOOK = {
    Outlook.ON_TRACK: say("on track"),
    Outlook.AT_RISK: say("at risk"),
    Outlook.OFF_TRACK: say("off track"),
}


def commitment_view(told: Told, parties: Mapping[str, str], as_of: AsOf, teller: Teller) -> page.Commitment:
    """Everything that a report says of one commitment, or of a part of one."""
    voice, node, result = teller.voice, told.node, told.result
    quotes = tuple(neutral(part) for part in (result.quote or "").split("\n") if part.strip())
    figures = numbers(node, result)
    counts, windows = check_of(node) is not None, _windows(node, result, voice)
    name = result.member or result.id
    return page.Commitment(
        id=told.path,
        number=told.number,
        label=voice(_label(told)),
        short=shortened(_begun(quotes[0]) if quotes else neutral(name), SHORT),
        quotes=quotes,
        owner="" if result.owner is None else voice(parties.get(result.owner, result.owner)),
        rule_label=voice(say("What is asked") if counts and not of_members(node) else say("How it is decided")),
        rule=voice(result.statement),
        means=tuple(page.Fact(neutral(select.name), voice(_meaning(select, told))) for select in _selects(node)),
        criteria=tuple(voice(criterion) for criterion in result.criteria),
        reading=voice(result.reading or ""),
        mark=terms.status_mark(result.status, voice),
        why=voice.sentences(why(node, result, parties, teller)),
        numbers="" if figures is None or result.waived is not None else voice(figures),
        final=_final(result, voice),
        outlook="" if result.outlook is None else voice(OUTLOOK[result.outlook]),
        assumed=_assumed(result, voice),
        strip=strip(result, as_of, voice) if counts else None,
        windows=windows,
        windows_folded=len(windows) >= FOLD_FROM,
        row_lists=tuple(evidence.row_lists(node, result, teller)),
        remaining=tuple(_all_remaining(node, result, as_of, teller)),
        assessments=tuple(_assessment(said, parties, voice) for said in result.statements),
        waiver=aside.whole(result, parties, teller),
        aside=tuple(aside.others(result, parties, teller)),
        without=aside.without(result, teller),
        readings=tuple(voice(reading) for reading in own_readings(told)),
        members=members(told, voice),
        parts=() if of_members(node) else tuple(commitment_view(part, parties, as_of, teller) for part in within(told)),
        top=not told.depth,
        level=str(min(TOP + told.depth, LOWEST)),
        below=str(min(TOP + told.depth + 1, LOWEST)),
    )


def _label(told: Told) -> Message:
    if told.depth:
        return say("Part {number}", number=told.number)
    return say("Commitment {number}", number=told.number)


def _begun(quote: str) -> str:
    """A quote that begins in the middle of a sentence shows that it does."""
    return f"… {quote}" if quote[:1].islower() else quote


def _selects(node: Node) -> Iterator[Select]:
    """The activities that the rule names, each once; of a register those of its first member."""
    told: set[str] = set()
    checks = [node.trigger] if isinstance(node, When) else []
    if (check := check_of(node)) is not None:
        checks.append(check)
    for select in (select for check in checks for select in selects_of(check)):
        if select.name not in told:
            told.add(select.name)
            yield select


def _meaning(select: Select, told: Told) -> Message:
    what = selector_words(select.selector)
    if of_members(told.node):
        first = next(within(told)).result
        what = say("for {member}: {what}", member=first.member or first.id, what=what)
    if select.sources:
        return say("{what}, from {sources}", what=what, sources=sequence(select.sources, "or"))
    return what


def _windows(node: Node, result: CommitmentResult, voice: Voice) -> tuple[page.WindowRow, ...]:
    """The windows of a check; those of members stand with the members."""
    check = owed(node)
    if not isinstance(check, Check):
        return ()
    return tuple(_window(check, window, result, voice) for window in result.windows)


def _window(check: Check, window: WindowResult, result: CommitmentResult, voice: Voice) -> page.WindowRow:
    counted, target = counted_and_asked(check, result, window)
    late = result.status is Status.KEPT_LATE and window.verdict is Verdict.BROKEN
    return page.WindowRow(
        label=voice.begun(window.label),
        counted=voice(counted),
        target=voice(target),
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


def _all_remaining(node: Node, result: CommitmentResult, as_of: AsOf, teller: Teller) -> Iterator[str]:
    for left in result.remaining[:REMAINING_AT_MOST]:
        yield _remaining(node, result, left, as_of, teller)
    more = len(result.remaining) - REMAINING_AT_MOST
    if more > 0:
        yield teller.voice(
            say("… and {n} more until {day}", n=more, day=day_of(max(left.by for left in result.remaining)))
        )


def _remaining(node: Node, result: CommitmentResult, left: Remaining, as_of: AsOf, teller: Teller) -> str:
    voice = teller.voice
    what = left.what if left.member is None else say("{member}: {what}", member=left.member, what=left.what)
    if isinstance(owed(node), Assess):
        disputed = Reason.DISPUTED in result.reasons
        return voice(say("That the parties agree: they judge differently.")) if disputed else voice.begun(what)
    if left.by < as_of.closed_before:
        return voice.begun(what)
    if left.unit in ("answer", "assessment", "part") or unit_in(node) in ("share", "part"):
        if left.due_at is not None and discreet_about(node, teller):
            return voice.begun(say("{what}, before the time runs out on {day}", what=what, day=day_of(left.by)))
        return voice.begun(say("{what}, by {day}", what=what, day=due_words(left.by, left.due_at, teller)))
    if left.unit == "event":
        return voice(_times(what, left, untouched=untouched(result, left)))
    need = amount(left.need, unit_in(node))
    if untouched(result, left):
        return voice.begun(say("{what}: {need}, by {day}", what=what, need=need, day=day_of(left.by)))
    return voice.begun(say("{what}: {need} more, by {day}", what=what, need=need, day=day_of(left.by)))


def _times(what: Message, left: Remaining, *, untouched: bool) -> Message:
    n, day = figure(left.need), day_of(left.by)
    if untouched:
        return say("{what} {n} time, by {day}", "{what} {n} times, by {day}", n=n, what=what, day=day)
    return say("{what} {n} more time, by {day}", "{what} {n} more times, by {day}", n=n, what=what, day=day)


def _assessment(said: Statement, parties: Mapping[str, str], voice: Voice) -> page.Assessment:
    return page.Assessment(
        who=voice(say("{who}, for {party}", who=said.by, party=parties.get(said.role, said.role))),
        date=voice.day(said.date),
        says=voice(terms.verdict_word(said.verdict)) if said.verdict is not None else "",
        note=voice(said.note or ""),
        sources=tuple(page.Source(neutral(one), link(one.strip())) for one in said.evidence),
        replaced=said.replaced,
    )
