"""What no key can see for itself: names that point nowhere, times that make no sense, things that are not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from promisekit.commitment import Commitment
from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.plan.nodes import Select
from promisekit.selectors.model import EVERYTHING
from promisekit.spec import lint_log
from promisekit.spec.lower import Activity, activities_of, context_of
from promisekit.spec.reading import Draft
from promisekit.words import say

TEN_YEARS = 3660


def lint(draft: Draft) -> list[Diagnostic]:
    """Everything found in a document that is read as far as it can be."""
    activities = activities_of(draft.document)
    checks: list[Iterable[Diagnostic]] = [
        _period(draft),
        lint_log.lint_log(draft),
        lint_log.lint_calendars(draft),
        lint_log.lint_activities(draft, activities),
        _commitments(draft, activities),
        _flaws(draft, activities),
        _unused(draft, activities),
        _advice(draft),
    ]
    return [found for check in checks for found in check]


def _period(draft: Draft) -> Iterator[Diagnostic]:
    if "period" in draft.sections:
        return
    span = draft.document.period.span()
    if not len(span):
        message = say("the period ends before it begins")
        hint = say("write the first day under `start`, the last one under `end`")
        yield Refused("period.reversed", message, hint).at(("period", "end"))
    elif len(span) > TEN_YEARS:
        message = say("the period is longer than ten years")
        yield Refused("period.long", message, say("look at the years")).at(("period", "end"), Severity.WARNING)


def _commitments(draft: Draft, activities: dict[str, Activity]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    known = _known(draft, activities)
    if not draft.document.commitments and "commitments" not in draft.sections and not draft.touched:
        message = say("the promise has no commitments")
        yield Refused("spec.empty", message, say("write at least one under `commitments:`")).at(("commitments",))
    for position, commitment in _placed(draft):
        if commitment.id in first:
            earlier = first[commitment.id]
            message = say("the id `{name}` is already that of commitment {number}", name=commitment.id, number=earlier)
            hint = say("give each commitment an id of its own")
            yield Refused("commitment.duplicate-id", message, hint).at(("commitments", position, "id"))
        first.setdefault(commitment.id, position + 1)
        yield from _names(draft, position, commitment, known)


def _placed(draft: Draft) -> Iterator[tuple[int, Commitment]]:
    return zip(draft.positions, draft.document.commitments, strict=True)


def _known(draft: Draft, activities: dict[str, Activity]) -> frozenset[str]:
    """The names of activities; one that is spelt as no name can be is said to be so where it stands."""
    if "activities" not in draft.sections:
        return frozenset(activities)
    from promisekit.spec.translate import plain_name  # imported late: only a document with errors needs it

    written = draft.names("activities")
    return frozenset((*activities, *written, *map(plain_name, written)))


def _names(draft: Draft, position: int, commitment: Commitment, known: frozenset[str]) -> Iterator[Diagnostic]:
    here: Route = ("commitments", position)
    for route, name in commitment.activity_routes():
        if name not in known:
            hint = say("declare it under `activities:`; there are {names}", names=listed(known) or "–")
            message = say("there is no activity `{name}`", name=name)
            yield Refused("activity.unknown", message, did_you_mean(name, known, hint)).at((*here, *route))
    if commitment.owner is not None:
        yield from unknown_party(draft, commitment.owner, (*here, "owner"))


def unknown_party(draft: Draft, name: str, route: Route) -> Iterator[Diagnostic]:
    """The diagnostic where no party is called so."""
    parties = draft.names("parties")
    if name not in parties:
        hint = say("declare it under `parties:`; there are {names}", names=listed(parties) or "–")
        message = say("there is no party `{name}`", name=name)
        yield Refused("party.unknown", message, did_you_mean(name, parties, hint)).at(route)


def _flaws(draft: Draft, activities: dict[str, Activity]) -> Iterator[Diagnostic]:
    """What the commitments see themselves. Those of which something was taken out would see what is not there."""
    if {"period", "log"} & draft.sections or not len(draft.document.period.span()):
        return
    context = context_of(draft.document, activities)
    parties = {**dict.fromkeys(draft.names("parties"), ""), **context.parties}
    for position, commitment in _placed(draft):
        if position in draft.touched:
            continue
        named = [name for _, name in commitment.activity_routes()]
        stand_ins = {name: Select(name, EVERYTHING) for name in (*named, *_known(draft, activities))}
        whole = replace(context, activities={**stand_ins, **context.activities}, parties=parties)
        for flaw in commitment.flaws(whole):
            route = ("commitments", position, *flaw.route)
            yield Diagnostic(flaw.code, Severity.ERROR, flaw.message, flaw.hint, route=route, at_key=flaw.at_key)


def _unused(draft: Draft, activities: dict[str, Activity]) -> Iterator[Diagnostic]:
    if draft.touched or "commitments" in draft.sections:
        return
    used = {value for commitment in draft.document.commitments for _, value in commitment if isinstance(value, str)}
    if any(name not in activities for one in draft.document.commitments for _, name in one.activity_routes()):
        return  # what is unused is probably what is misspelt
    for name in activities:
        if name not in used:
            message = say("the activity `{name}` is used by no commitment", name=name)
            hint = say("remove it, or name it in a commitment")
            yield Refused("activity.unused", message, hint, at_key=True).at(("activities", name), Severity.ADVICE)


def _advice(draft: Draft) -> Iterator[Diagnostic]:
    parties, document = "parties" in draft.data, "document" in draft.data
    if not parties:
        message = say("it is not said who promises")
        hint = say("add `parties:` with a short name and a `name` for each")
        yield Refused("spec.advised-key", message, hint).at((), Severity.ADVICE)
    if not document:
        message = say("no quote is compared with the decided text")
        hint = say("put the text beside the promise and add `document:` with its file name")
        yield Refused("spec.advised-key", message, hint).at((), Severity.ADVICE)
    for position, commitment in _placed(draft):
        if position in draft.touched:
            continue
        if commitment.quote is None:
            message, hint = say("the document's own words are missing"), say("add `quote:`")
            yield Refused("spec.advised-key", message, hint).at(("commitments", position), Severity.ADVICE)
        if commitment.owner is None and parties:
            message, hint = say("it is not said who owes this"), say("add `owner:` with one of the parties")
            yield Refused("spec.advised-key", message, hint).at(("commitments", position), Severity.ADVICE)
