"""What no key can see for itself: names that point nowhere, times that make no sense, things that are not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from promisekit.commitment import Commitment
from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.kinds import kind_class, kind_names
from promisekit.plan.nodes import Select
from promisekit.selectors.model import EVERYTHING
from promisekit.spec import lint_log
from promisekit.spec.lower import Activity, activities_of, context_of
from promisekit.spec.reading import Draft
from promisekit.windows import parse_span
from promisekit.words import say

TEN_YEARS = 3660
_ANY_YEAR = parse_span("2000-01-01/2000-12-31")
"""Stands in for a period that cannot be used, so that commitments are checked for all else."""
_OF_PERIOD = frozenset(
    {
        "deadline.before-trigger",
        "window.none",
        "window.outside-period",
        "window.partial-undeclared",
        "window.prorate-empty",
    }
)
"""What is not told where the period is not known."""
_OF_LOG = frozenset(
    {"co_presence.column-needed", "column.unknown", "response.key-on-own-row", "response.unknown-answer"}
)
"""What is not told where the mapping of the log is not known."""
_OF_ONE_KEY = frozenset(
    {
        "activity.unknown",
        "column.unknown",
        "deadline.before-trigger",
        "deadline.not-understood",
        "party.unknown",
        "response.unknown-answer",
        "target.several",
        "target.vacuous",
        "window.outside-period",
    }
)
"""What is told of a commitment even where other keys of it are wrong; the rest may come of those."""


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
    for position, names in sorted([*_names_read(draft), *_names_unread(draft)], key=itemgetter(0)):
        if names.id in first:
            message = say(
                "the id `{name}` is already that of commitment {number}", name=names.id, number=first[names.id]
            )
            hint = say("give each commitment an id of its own")
            yield Refused("commitment.duplicate-id", message, hint).at(("commitments", position, "id"))
        if names.id is not None:
            first.setdefault(names.id, position + 1)
        yield from _unknown_names(draft, position, names, known)


@dataclass(frozen=True)
class _Names:
    """A commitment's name, and those that it looks up."""

    id: str | None
    owner: str | None
    activities: tuple[tuple[Route, str], ...]


def _names_read(draft: Draft) -> Iterator[tuple[int, _Names]]:
    for position, commitment in _placed(draft):
        yield position, _Names(commitment.id, commitment.owner, tuple(commitment.activity_routes()))


def _names_unread(draft: Draft) -> Iterator[tuple[int, _Names]]:
    """The names in commitments that could not be read, as far as they are texts."""
    for position, raw in draft.unread():
        own, kind, owner = (_text(raw.get(key)) for key in ("id", "kind", "owner"))
        routes: Iterable[tuple[Route, object]] = ()
        if kind is not None and kind in kind_names():
            model = kind_class(kind)
            keys = [field.alias or name for name, field in model.model_fields.items()]
            as_written: dict[str, Any] = {key: raw.get(key) for key in keys}
            routes = model.model_construct(**as_written).activity_routes()
        yield position, _Names(own, owner, tuple((at, text) for at, text in routes if isinstance(text, str)))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _placed(draft: Draft) -> Iterator[tuple[int, Commitment]]:
    return zip(draft.positions, draft.document.commitments, strict=True)


def _known(draft: Draft, activities: dict[str, Activity]) -> frozenset[str]:
    """The names of activities; one that is spelt as no name can be is said to be so where it stands."""
    if "activities" not in draft.sections:
        return frozenset(activities)
    from promisekit.spec.translate import plain_name  # imported late: only a document with errors needs it

    written = draft.names("activities")
    return frozenset((*activities, *written, *map(plain_name, written)))


def _unknown_names(draft: Draft, position: int, names: _Names, known: frozenset[str]) -> Iterator[Diagnostic]:
    here: Route = ("commitments", position)
    for route, name in names.activities:
        if name not in known:
            hint = say("declare it under `activities:`; there are {names}", names=listed(known) or "–")
            message = say("there is no activity `{name}`", name=name)
            yield Refused("activity.unknown", message, did_you_mean(name, known, hint)).at((*here, *route))
    if names.owner is not None:
        yield from unknown_party(draft, names.owner, (*here, "owner"))


def unknown_party(draft: Draft, name: str, route: Route) -> Iterator[Diagnostic]:
    """The diagnostic where no party is called so."""
    parties = draft.names("parties")
    if name not in parties:
        hint = say("declare it under `parties:`; there are {names}", names=listed(parties) or "–")
        message = say("there is no party `{name}`", name=name)
        yield Refused("party.unknown", message, did_you_mean(name, parties, hint)).at(route)


def _flaws(draft: Draft, activities: dict[str, Activity]) -> Iterator[Diagnostic]:
    """What the commitments see themselves, except what only seems so because something else is wrong."""
    context = context_of(draft.document, activities)
    hidden = _OF_LOG if "log" in draft.sections else frozenset[str]()
    if "period" in draft.sections or not len(context.period):
        context = replace(context, period=_ANY_YEAR)
        hidden |= _OF_PERIOD
    parties = {**dict.fromkeys(draft.names("parties"), ""), **context.parties}
    for position, commitment in _placed(draft):
        named = [name for _, name in commitment.activity_routes()]
        stand_ins = {name: Select(name, EVERYTHING) for name in (*named, *_known(draft, activities))}
        whole = replace(context, activities={**stand_ins, **context.activities}, parties=parties)
        for flaw in commitment.flaws(whole):
            if flaw.code in hidden or (position in draft.touched and flaw.code not in _OF_ONE_KEY):
                continue
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
