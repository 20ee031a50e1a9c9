"""From an evaluation to the page that templates arrange: every word, plural, order and percentage is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from promisekit.plan.nodes import Header
from promisekit.report import page, terms
from promisekit.report.clean import neutral, paragraphs
from promisekit.report.commitments import commitment_view
from promisekit.report.ground import as_of_date, log_source, provenance, remarks
from promisekit.report.method import method
from promisekit.report.parts import found, tops
from promisekit.report.teller import Audience, Teller
from promisekit.report.voice import Voice, day_of
from promisekit.verdict.model import CommitmentResult, Evaluation, Result, Status, Verdict
from promisekit.windows import parse_day
from promisekit.words import Message, say, sequence

HEADINGS = {
    "introduction": say("Introduction"),
    "situation": say("The situation"),
    "preamble": say("The promise"),
}
CLOSING = "closing"


def view(evaluation: Evaluation, language: str, audience: Audience = "public") -> page.Page:
    """The whole report in `language`."""
    voice = Voice(language)
    header, result = evaluation.plan.header, evaluation.result
    teller, parties = _teller(evaluation, voice, audience), _parties(header)
    commitments = tuple(commitment_view(told, parties, result.as_of, teller) for told in tops(evaluation.plan, result))
    odd, more = remarks(evaluation, voice, audience)
    period = evaluation.plan.period
    return page.Page(
        language=language,
        own_language=header.language,
        notice=voice(say("Internal: holds ids of events. Do not publish.")) if teller.internal else "",
        title=neutral(header.title),
        period=voice(say("{first} – {last}", first=day_of(period.start), last=day_of(period.last))),
        as_of=voice(as_of(evaluation)),
        parties=tuple(_party(party.name, party.signed_by, voice) for party in header.parties),
        passages=tuple(_passages(header, voice)),
        closing=tuple(part for name, text in header.text if name == CLOSING for part in paragraphs(text)),
        heading=voice(say("How it went") if _over(evaluation) else say("How it is going")),
        mark=terms.status_mark(result.status, voice),
        verdict=voice(terms.PROMISE[result.status]),
        tally=voice(tally(result)),
        tallies=tuple(_tallies(result, voice)),
        rows_intro=""
        if teller.file is None
        else voice(say("The row numbers are those of {file}, whose header is row 1.", file=teller.file)),
        commitments=commitments,
        follow_up=tuple(_follow_up(header, voice)),
        method=tuple(voice(said) for said in method(evaluation)),
        glossary=tuple(_glossary(result, voice)),
        log_intro=_log_intro(evaluation, voice),
        sources=tuple(log_source(source, evaluation, voice) for source in evaluation.sources),
        remarks=odd,
        remarks_more=more,
        provenance=tuple(provenance(evaluation, voice)),
    )


def one_view(evaluation: Evaluation, path: str, language: str, audience: Audience = "public") -> page.Commitment:
    """One commitment, or a part of one (`commitment/part`). Raises KeyError where there is none."""
    told = found(evaluation.plan, evaluation.result, path)
    teller = _teller(evaluation, Voice(language), audience)
    return commitment_view(told, _parties(evaluation.plan.header), evaluation.result.as_of, teller)


def _teller(evaluation: Evaluation, voice: Voice, audience: Audience) -> Teller:
    return Teller(voice, audience, _only_file(evaluation), evaluation.plan.zone)


def _parties(header: Header) -> dict[str, str]:
    return {party.id: neutral(party.name) for party in header.parties}


def tally(result: Result) -> Message:
    """`Of 8 commitments, 2 are kept, 3 are not kept and 3 are not yet decided.` Never a share without its whole."""
    of = Counter(one.status for one in result.commitments)
    still = sum(one.verdict is Verdict.OPEN for one in result.commitments)
    parts = (
        (of[Status.KEPT], say("{n} is kept", "{n} are kept", n=of[Status.KEPT])),
        (of[Status.KEPT_LATE], _late(of[Status.KEPT_LATE])),
        (of[Status.PARTLY_KEPT], _partly(of[Status.PARTLY_KEPT])),
        (of[Status.NOT_KEPT], say("{n} is not kept", "{n} are not kept", n=of[Status.NOT_KEPT])),
        (still, say("{n} is not yet decided", "{n} are not yet decided", n=still)),
        (
            of[Status.NOT_APPLICABLE],
            say("{n} is not applicable", "{n} are not applicable", n=of[Status.NOT_APPLICABLE]),
        ),
    )
    return say(
        "Of {commitments}, {parts}.",
        commitments=say("{n} commitment", "{n} commitments", n=len(result.commitments)),
        parts=sequence((parts[0][1], *(said for number, said in parts[1:] if number))),
    )


def _late(number: int) -> Message:
    return say("{n} was kept late (which counts as broken)", "{n} were kept late (which counts as broken)", n=number)


def _partly(number: int) -> Message:
    return say("{n} is partly kept (which counts as broken)", "{n} are partly kept (which counts as broken)", n=number)


def as_of(evaluation: Evaluation) -> Message:
    """Which day's knowledge this is."""
    date = as_of_date(evaluation.result.as_of, evaluation)
    if evaluation.result.as_of.whole_day:
        return say("As of the end of {day}", day=date)
    return say("As of {moment}", moment=date)


def _tallies(result: Result, voice: Voice) -> Iterator[page.Tally]:
    numbers = Counter(one.status for one in result.commitments)
    for status in terms.STATUS:
        if numbers[status]:
            yield page.Tally(terms.status_mark(status, voice), voice(numbers[status]))


def _glossary(result: Result, voice: Voice) -> Iterator[page.Meaning]:
    occurring = {one.status for one in _every(result.commitments)}
    for status, meaning in terms.MEANING.items():
        if status in occurring:
            yield page.Meaning(terms.status_mark(status, voice), voice(meaning))


def _every(results: Iterable[CommitmentResult]) -> Iterator[CommitmentResult]:
    """Commitments with all their parts and members."""
    for one in results:
        yield one
        yield from _every(one.parts)


def _only_file(evaluation: Evaluation) -> str | None:
    names = [file.name for source in evaluation.sources for file in source.files]
    return neutral(names[0]) if len(names) == 1 else None


def _over(evaluation: Evaluation) -> bool:
    """Whether the whole period lies behind."""
    return evaluation.result.as_of.closed_before >= evaluation.plan.period.end


def _party(name: str, signed_by: str | None, voice: Voice) -> page.Party:
    return page.Party(neutral(name), voice(say("signed by {name}", name=signed_by)) if signed_by else "")


def _passages(header: Header, voice: Voice) -> Iterator[page.Passage]:
    for name, text in header.text:
        if name != CLOSING:
            heading = HEADINGS.get(name) or say("{name}", name=name)
            yield page.Passage(voice(heading), paragraphs(text))


def _follow_up(header: Header, voice: Voice) -> Iterator[page.Fact]:
    labels = {"forum": say("Where"), "date": say("When"), "held": say("Held on"), "note": say("The promise says")}
    told = dict(header.follow_up)
    for name, label in labels.items():
        if name in told:
            said = voice.day(parse_day(told[name])) if name in ("date", "held") else neutral(told[name])
            yield page.Fact(voice(label), said, name in ("forum", "note"))
    if told and "held" not in told:
        yield page.Fact(voice(say("Held")), voice(say("not recorded")))


def _log_intro(evaluation: Evaluation, voice: Voice) -> str:
    if not evaluation.sources:
        return voice(say("No log was read."))
    return voice(
        say("Every row that was read lies in one of five heaps. Only the columns that the promise names were read.")
    )
