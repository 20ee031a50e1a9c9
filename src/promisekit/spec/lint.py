"""What no key can see for itself: names that point nowhere, times that make no sense, things that are not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from promisekit.commitment import Commitment, Context
from promisekit.commitment.naming import plain_name
from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.plan.nodes import Select
from promisekit.selectors.model import EVERYTHING
from promisekit.spec import lint_log
from promisekit.spec.context import Activity, activities_of, context_of
from promisekit.spec.keys import kind_of
from promisekit.spec.lint_reach import lint_reach
from promisekit.spec.nested import Placed, part_keys
from promisekit.spec.reading import Draft
from promisekit.windows import parse_span
from promisekit.words import say

TEN_YEARS = 3660
_ANY_YEAR = parse_span("2000-01-01/2000-12-31")
"""Stands in for a period that cannot be used, so that commitments are checked for all else."""
_OF_PERIOD = frozenset(
    {
        "average.empty",
        "deadline.before-trigger",
        "measure.baseline-outside",
        "milestone.outside",
        "need.too-many",
        "window.none",
        "window.outside-period",
        "window.overlap",
        "window.partial-undeclared",
        "window.partial-unfit",
        "window.prorate-empty",
    }
)
"""What is not told where the period is not known."""
_OF_LOG = frozenset(
    {
        "co_presence.column-needed",
        "column.needed",
        "column.unknown",
        "response.key-on-own-row",
        "response.unknown-answer",
    }
)
"""What is not told where the mapping of the log is not known."""
_OF_ONE_KEY = frozenset(
    {
        "activity.unknown",
        "calendar.unknown",
        "column.unknown",
        "deadline.before-trigger",
        "deadline.not-understood",
        "each.duplicate-member",
        "party.unknown",
        "register.column",
        "register.empty",
        "register.empty-name",
        "register.missing",
        "register.number",
        "register.outside",
        "register.row",
        "register.unreadable",
        "response.tier-twice",
        "response.unknown-answer",
        "target.several",
        "target.vacuous",
        "time.not-understood",
        "window.outside-period",
        "window.unknown",
    }
)
"""What is told of a commitment even where other keys of it are wrong; the rest may come of those."""


def lint(draft: Draft, folder: Path) -> list[Diagnostic]:
    """Everything found in a document that is read as far as it can be, and that lies in `folder`."""
    activities = activities_of(draft.document)
    context = context_of(draft.document, activities, folder)
    checks: list[Iterable[Diagnostic]] = [
        _period(draft),
        lint_log.lint_log(draft),
        lint_log.lint_calendars(draft),
        lint_log.lint_activities(draft, activities),
        _commitments(draft, activities),
        _flaws(draft, activities, context),
        _unused(draft, activities),
        _advice(draft),
    ]
    found = [one for check in checks for one in check]
    return [*found, *lint_reach(draft, context, found)]


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
    first: dict[tuple[Route, str], int] = {}
    known = _known(draft, activities)
    if not draft.document.commitments and "commitments" not in draft.sections:
        message = say("the promise has no commitments")
        yield Refused("spec.empty", message, say("write at least one under `commitments:`")).at(("commitments",))
    for placed in draft.commitments():
        own = _text(placed.written.get("id")) if placed.read is None else placed.read.id
        *beside, position = placed.route
        if own is not None and isinstance(position, int):
            number = first.setdefault((tuple(beside), own), position)
            if number != position:
                yield _same_id(own, number + 1, placed)
        yield from _unknown_names(draft, placed, known)


def _same_id(name: str, number: int, placed: Placed) -> Diagnostic:
    message = say("the id `{name}` is already that of commitment {number}", name=name, number=number)
    if placed.is_part:
        message = say("the id `{name}` is already that of part {number}", name=name, number=number)
    hint = say("give each commitment an id of its own")
    return Refused("commitment.duplicate-id", message, hint).at((*placed.route, "id"))


def _activities_named(placed: Placed) -> Iterator[tuple[Route, str]]:
    """Where a commitment names activities; in one that could not be read, as far as the names are texts."""
    if placed.read is not None:
        yield from placed.read.activity_routes()
        return
    model = kind_of(placed.written)
    if model is Commitment:  # its kind is not known, and that is told
        return
    keys = [field.alias or name for name, field in model.model_fields.items()]
    as_written: dict[str, Any] = {key: placed.written.get(key) for key in keys}
    routes: Iterable[tuple[Route, object]] = model.model_construct(**as_written).activity_routes()
    yield from ((at, text) for at, text in routes if isinstance(text, str))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _known(draft: Draft, activities: dict[str, Activity]) -> frozenset[str]:
    """The names of activities; one that is spelt as no name can be is said to be so where it stands."""
    if "activities" not in draft.sections:
        return frozenset(activities)
    written = draft.names("activities")
    return frozenset((*activities, *written, *map(plain_name, written)))


def _unknown_names(draft: Draft, placed: Placed, known: frozenset[str]) -> Iterator[Diagnostic]:
    for route, name in _activities_named(placed):
        if name not in known:
            hint = say("declare it under `activities:`; there are {names}", names=listed(known) or "–")
            message = say("there is no activity `{name}`", name=name)
            yield Refused("activity.unknown", message, did_you_mean(name, known, hint)).at((*placed.route, *route))
    owner = _text(placed.written.get("owner")) if placed.read is None else placed.read.owner
    if owner is not None:
        yield from unknown_party(draft, owner, (*placed.route, "owner"))


def unknown_party(draft: Draft, name: str, route: Route) -> Iterator[Diagnostic]:
    """The diagnostic where no party is called so."""
    parties = draft.names("parties")
    if name not in parties:
        hint = say("declare it under `parties:`; there are {names}", names=listed(parties) or "–")
        message = say("there is no party `{name}`", name=name)
        yield Refused("party.unknown", message, did_you_mean(name, parties, hint)).at(route)


def _flaws(draft: Draft, activities: dict[str, Activity], context: Context) -> Iterator[Diagnostic]:
    """What the commitments see themselves, except what only seems so because something else is wrong."""
    hidden = _OF_LOG if "log" in draft.sections else frozenset[str]()
    if "period" in draft.sections or not len(context.period):
        context = replace(context, period=_ANY_YEAR)
        hidden |= _OF_PERIOD
    parties = {**dict.fromkeys(draft.names("parties"), ""), **context.parties}
    known = _known(draft, activities)
    for placed in draft.commitments():
        if placed.read is None:
            continue
        named = [name for _, name in placed.read.activity_routes()]
        stand_ins = {name: Select(name, EVERYTHING) for name in (*named, *known)}
        whole = replace(context, activities={**stand_ins, **context.activities}, parties=parties)
        for flaw in placed.read.flaws(whole):
            if flaw.code in hidden or (placed.route in draft.touched and flaw.code not in _OF_ONE_KEY):
                continue
            route = (*placed.route, *flaw.route)
            yield Diagnostic(flaw.code, Severity.ERROR, flaw.message, flaw.hint, route=route, at_key=flaw.at_key)


def _unused(draft: Draft, activities: dict[str, Activity]) -> Iterator[Diagnostic]:
    if draft.touched or "commitments" in draft.sections:
        return
    read = [placed.read for placed in draft.commitments() if placed.read is not None]
    used = {value for commitment in read for _, value in commitment if isinstance(value, str)}
    if any(name not in activities for one in read for _, name in one.activity_routes()):
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
    for placed in draft.commitments():
        yield from _one_part(placed)
        if placed.read is None or placed.is_part or placed.route in draft.touched:
            continue  # a part may speak for itself, or leave it to the whole
        if placed.read.quote is None:
            message, hint = say("the document's own words are missing"), say("add `quote:`")
            yield Refused("spec.advised-key", message, hint).at(placed.route, Severity.ADVICE)
        if placed.read.owner is None and parties:
            message, hint = say("it is not said who owes this"), say("add `owner:` with one of the parties")
            yield Refused("spec.advised-key", message, hint).at(placed.route, Severity.ADVICE)


def _one_part(placed: Placed) -> Iterator[Diagnostic]:
    for key in part_keys(kind_of(placed.written)):
        parts = placed.written.get(key)
        if isinstance(parts, list) and len(parts) == 1:
            message = say("one part alone is no more than the part itself")
            hint = say("add the other parts, or write the part as a commitment of its own")
            yield Refused("composite.one-part", message, hint, at_key=True).at((*placed.route, key), Severity.ADVICE)
