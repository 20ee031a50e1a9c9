"""What people have set aside: who, when, why, and how it would have stood without that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promisekit.report import page, terms
from promisekit.report.clean import link, neutral
from promisekit.report.teller import Teller
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, SetAside, Waiver
from promisekit.windows import Span
from promisekit.words import Message, say


def whole(result: CommitmentResult, parties: Mapping[str, str], teller: Teller) -> page.Waiver | None:
    """The waiver of the whole commitment."""
    return None if result.waived is None else _waiver(result.waived, parties, teller)


def others(result: CommitmentResult, parties: Mapping[str, str], teller: Teller) -> Iterator[page.Waiver]:
    """Everything else in it that people have waived, and the rows that they have set right; with its parts stands what
    is theirs, unless they are members of a register, who are told in a line each."""
    theirs = [part for part in result.parts if part.member is None]
    for waiver in result.waivers:
        if waiver != result.waived and not any(waiver in part.waivers for part in theirs):
            yield _waiver(waiver, parties, teller)
    for row in result.set_aside:
        if not any(row in part.set_aside for part in theirs):
            yield _set_right(row, parties, teller)


def without(result: CommitmentResult, teller: Teller) -> str:
    """The verdict without any of that, where a waiver does not say it already."""
    if result.without is None or (not result.set_aside and len(result.waivers) < 2):
        return ""
    return teller.voice(
        say("Without anything that people have set aside: {verdict}.", verdict=terms.verdict_word(result.without))
    )


def _who(by: str, role: str, parties: Mapping[str, str]) -> Message:
    return say("{who}, for {party}", who=by, party=parties.get(role, role))


def _waiver(waiver: Waiver, parties: Mapping[str, str], teller: Teller) -> page.Waiver:
    who, day, what = _who(waiver.by, waiver.role, parties), day_of(waiver.date), _what(waiver, teller)
    if what is None:
        told = say("Set aside on {day} by {who}.", day=day, who=who)
    else:
        told = say("Set aside for {what} on {day} by {who}.", what=what, day=day, who=who)
    return page.Waiver(
        text=teller.voice(told),
        reason=teller.voice(waiver.reason),
        without=teller.voice(say("Without that: {verdict}.", verdict=terms.verdict_word(waiver.without))),
        sources=_sources(waiver.evidence),
    )


def _what(waiver: Waiver, teller: Teller) -> Message | None:
    """What was set aside; None for the whole commitment. The key of a case is for those who may see it."""
    window = None if waiver.window is None else _days(waiver.window)
    match waiver.what:
        case "commitment":
            return None
        case "case" if teller.internal and waiver.case is not None:
            return say("the case `{case}`", case=waiver.case)
        case "case":
            return say("one case")
        case "window" if waiver.member is None:
            return window
    name = waiver.member or waiver.part or ""
    if window is None:
        return say("`{name}`", name=name)
    return say("`{name}`, {days}", name=name, days=window)


def _days(span: Span) -> Message:
    if len(span) == 1:
        return say("{date}", date=day_of(span.start))
    return say("{first} – {last}", first=day_of(span.start), last=day_of(span.last))


def _set_right(row: SetAside, parties: Mapping[str, str], teller: Teller) -> page.Waiver:
    at, day = teller.voice.begun(say("{text}", text=teller.cite(row.event))), day_of(row.date)
    who = _who(row.by, row.role, parties)
    told = {
        "row": say("{row} was set aside on {day} by {who}: it does not count.", row=at, day=day, who=who),
        "end": say("{row} was set right on {day} by {who}: its missing end adds nothing.", row=at, day=day, who=who),
        "suspicion": say("{row} was set right on {day} by {who}: it counts as held.", row=at, day=day, who=who),
    }
    return page.Waiver(teller.voice(told[row.what]), teller.voice(row.reason), "", _sources(row.evidence))


def _sources(evidence: tuple[str, ...]) -> tuple[page.Source, ...]:
    return tuple(page.Source(neutral(one), link(one.strip())) for one in evidence)
