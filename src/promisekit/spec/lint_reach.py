"""Commitments that no log can keep, and those that no log can break: found in the plan, told where they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from promisekit.commitment import Commitment, Context
from promisekit.diagnostics import Diagnostic, Route, Severity
from promisekit.plan import nodes
from promisekit.plan.reach import Aspect, Bar, reaches_in
from promisekit.spec.nested import part_keys
from promisekit.spec.reading import Draft
from promisekit.windows import zone_named

NEVER_KEPT, NEVER_BROKEN = "commitment.never-kept", "commitment.never-broken"
KEYS: dict[Aspect, tuple[str, ...]] = {
    Aspect.TARGET: (
        *("at_least", "at_most", "exactly", "between", "direction", "presence", "every_occasion", "targets"),
        *("within", "by", "tiers"),
    ),
    Aspect.NEED: ("need", "members", "at_least", "all_of", "any_of", "every", "on"),
    Aspect.PARTS: ("at_least", "all_of", "any_of", "of", "tiers"),
    Aspect.CONDITION: ("when",),
    Aspect.ASSESSORS: ("quorum", "assessed_by"),
    Aspect.ACTIVITY: ("followed_by", "what", "each", "of"),
}
"""The keys that may be at fault, the first that is given being meant."""
LISTS = frozenset({"all_of", "any_of", "of", "tiers", "targets"})
"""Keys that hold so much that they themselves are pointed at."""


def lint_reach(draft: Draft, context: Context, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """One warning for each commitment or part that cannot be kept, and for each that cannot be broken.

    Only of what is without fault, as far as `found` tells. Warnings, since a text that was decided is evaluated as it
    stands, however little its authors can have meant it.
    """
    wrong = [one.route for one in found if one.severity is Severity.ERROR]
    if draft.sections or any(route[:1] != ("commitments",) for route in wrong):
        return
    zone = zone_named(draft.document.timezone)
    spoilt = {route[1] for route in (*wrong, *draft.touched) if len(route) > 1}
    for position, commitment in enumerate(draft.document.commitments):
        if position in spoilt:
            continue
        lowered = nodes.Commitment(
            commitment.id, commitment.kind, None, None, commitment.statement(), None, commitment.lower(context)
        )
        for path, reach in reaches_in(lowered, zone):
            route, inner = _at(commitment, ("commitments", position), path)
            for code, bar in ((NEVER_KEPT, reach.kept), (NEVER_BROKEN, reach.broken)):
                if bar is not None:
                    yield _told(code, bar, inner, route)


def _at(commitment: Commitment, route: Route, path: Sequence[nodes.Part]) -> tuple[Route, Commitment]:
    """Where a part stands, and the part as it was read; members and tiers stand in what they belong to."""
    for part in path:
        for key in part_keys(type(commitment)):
            beside = getattr(commitment, key) or []
            number = next((number for number, one in enumerate(beside) if one.id == part.id), None)
            if number is not None:
                route, commitment = (*route, key, number), beside[number]
                break
    return route, commitment


def _told(code: str, bar: Bar, commitment: Commitment, route: Route) -> Diagnostic:
    key = _key(bar, commitment)
    where = (*route, *key)
    return Diagnostic(code, Severity.WARNING, bar.message, bar.hint, route=where, at_key=bool(key) and key[-1] in LISTS)


def _key(bar: Bar, commitment: Commitment) -> Route:
    """The key of the commitment that is at fault; nothing where it has none of its own."""
    named = (route for route, name in commitment.activity_routes() if name == bar.activity)
    if bar.aspect is Aspect.ACTIVITY and (route := next(named, None)) is not None:
        return route
    fields = type(commitment).model_fields
    given = {field.alias or name for name, field in fields.items() if name in commitment.model_fields_set}
    return next(((key,) for key in KEYS[bar.aspect] if key in given), ())
