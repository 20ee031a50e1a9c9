"""What a report stands on: the logs and what they cover, remarks about them, provenance."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic
from promisekit.report.page import Fact, LogSource
from promisekit.report.teller import Audience
from promisekit.report.voice import Voice, day_of
from promisekit.verdict.model import Evaluation, SourceResult
from promisekit.windows import AsOf, DaySet, Instant, Span, show_clock, show_day
from promisekit.words import Date, Figure, Message, say, sequence

REMARKS_AT_MOST = 25
Field = str | int | Fraction | Figure | Date | Message
HARMLESS = frozenset({"column", "rows", "last", "header", "listed", "language", "number"})
"""Fields of diagnostics that hold headers and line numbers, never what stands in a cell."""


def as_of_date(as_of: AsOf, evaluation: Evaluation) -> Date:
    """The as-of as people say it: a day, or the last minute that is known of."""
    if as_of.whole_day:
        return day_of(as_of.day)
    day, second = evaluation.plan.zone.wall(Instant(as_of.until - 1))
    return Date(f"{show_day(day)}T{show_clock(second)}")


def log_source(source: SourceResult, evaluation: Evaluation, voice: Voice) -> LogSource:
    """One source: what it covers, what it lacks, what became of its rows."""
    tally = source.tally
    later = say("dated after {day}", day=as_of_date(evaluation.result.as_of, evaluation))
    heaps = (
        (say("used for the commitments"), tally.used),
        (say("not counted"), tally.unused),
        (say("about something cancelled"), tally.cancelled),
        (later, tally.later),
        (say("unreadable"), tally.rejected),
    )
    return LogSource(
        name=voice(source.name),
        coverage=voice(_coverage(source)),
        gaps=_gaps(source, evaluation, voice),
        total=voice(say("{n} row", "{n} rows", n=tally.rows)),
        heaps=tuple(Fact(voice.begun(heap), voice(number)) for heap, number in heaps),
    )


def _coverage(source: SourceResult) -> Message:
    known = source.tally.coverage
    if not known:
        return (
            say("It is not known which days it covers.")
            if not source.declared
            else say("It covers no day so far of the time that the promise applies to.")
        )
    days = spans(known)
    if source.declared:
        return say("Complete for {days}, according to those who exported it.", days=days)
    return say("Nobody has said for which days it is complete. Assumed: {days}, to its last event.", days=days)


def spans(days: DaySet) -> Message:
    """A set of days as spans."""
    told = [
        say("{first} – {last}", first=day_of(span.start), last=day_of(span.last))
        if len(span) > 1
        else say("{date}", date=day_of(span.start))
        for span in days.spans
    ]
    return sequence(tuple(told))


def gaps_of(source: SourceResult, evaluation: Evaluation) -> DaySet:
    """The days of the period that are over and that the source does not cover."""
    period = evaluation.plan.period
    over = Span(period.start, min(period.end, evaluation.result.as_of.closed_before))
    return source.tally.coverage.missing(over) if len(over) else DaySet()


def _gaps(source: SourceResult, evaluation: Evaluation, voice: Voice) -> str:
    missing = gaps_of(source, evaluation)
    return voice(say("Not covered: {days}.", days=spans(missing))) if missing else ""


def remarks(evaluation: Evaluation, voice: Voice, audience: Audience) -> tuple[tuple[str, ...], str]:
    """What was odd about the logs, and how much of it was left out."""
    found = evaluation.diagnostics
    files = [file.name for source in evaluation.sources for file in source.files]
    known = frozenset([*files, *(source.name for source in evaluation.sources)])
    told = [_remark(one, voice, audience, known) for one in found[:REMARKS_AT_MOST]]
    left = len(found) - len(told)
    return tuple(told), voice(say("… and {n} more remark.", "… and {n} more remarks.", n=left)) if left else ""


def _remark(found: Diagnostic, voice: Voice, audience: Audience, known: frozenset[str]) -> str:
    public = audience == "public"
    said = voice.begun(discreet(found.message, known) if public else found.message)
    hint = voice(found.hint) if found.hint is not None and not public else ""
    where = found.file or ""
    if found.place is not None:
        where = voice(say("{file}, row {row}", file=where, row=str(found.place.line)))
    told = voice(say("{where}: {said}", where=where, said=said)) if where else said
    return voice(say("{said} ({hint})", said=told, hint=hint)) if hint else told


def discreet(message: Message, known: frozenset[str]) -> Message:
    """The message without what stood in cells: texts of unknown origin become an ellipsis."""
    fields = tuple((name, _field(name, value, known)) for name, value in message.fields)
    parts = tuple(discreet(part, known) if isinstance(part, Message) else part for part in message.parts)
    return replace(message, fields=fields, parts=parts)


def _field(name: str, value: Field, known: frozenset[str]) -> Field:
    if isinstance(value, Message):
        return discreet(value, known)
    if isinstance(value, str) and name not in HARMLESS and value not in known:
        return "…"
    return value


def provenance(evaluation: Evaluation, voice: Voice) -> Iterator[Fact]:
    """Everything needed to compute the same verdicts again."""
    header = evaluation.plan.header
    facts: list[tuple[Message, str]] = [
        (say("Knowledge as of"), voice(as_of_date(evaluation.result.as_of, evaluation))),
        (say("The promise"), f"{header.file} · SHA-256 {header.sha256}"),
        *((say("A register"), f"{name} · SHA-256 {sha256}") for name, sha256 in header.registers),
    ]
    if header.document is not None:
        facts.append((say("Decided document"), f"{header.document} · SHA-256 {header.document_sha256}"))
    for source in evaluation.sources:
        for file in source.files:
            read = say(
                "{name} · {encoding}, delimiter {delimiter} · SHA-256 {sha256}",
                name=file.name,
                encoding=file.encoding,
                delimiter=_delimiter(file.delimiter),
                sha256=file.sha256,
            )
            facts.append((say("Log"), voice(read)))
    if evaluation.assessments_sha256 is not None:
        facts.append((say("Assessments"), f"SHA-256 {evaluation.assessments_sha256}"))
    facts.append((say("Computed by"), f"promisekit {evaluation.version} · {evaluation.engine}"))
    for label, said in facts:
        yield Fact(voice(label), voice(said))


def _delimiter(sign: str) -> Message:
    names = {";": say("semicolon"), ",": say("comma"), "\t": say("tab")}
    return names.get(sign) or say("{sign}", sign=sign)
