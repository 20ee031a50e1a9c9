"""The plan and the log as people have set them right: excused cases, and rows that are set aside.

Both change which rows count, so both are measured anew, by an engine over the amended plan and log; what was measured
before stays beside it. An excused case is an exception of the selector of what must be answered: the row leaves the
whole, and every engine already knows exceptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.telling import ref_of
from promisekit.events import Event, RowKey, State, fold
from promisekit.log.model import Log
from promisekit.plan.assessment import Assessment, case_column, has_case, known_by, rows_named, within
from promisekit.plan.checks import checks_of
from promisekit.plan.nodes import Check, KOfN, Node, Plan, Ratio, Select, When
from promisekit.selectors.model import Condition, Every, Except, OneOf
from promisekit.verdict.said import SetAside
from promisekit.windows import AsOf
from promisekit.words import say


class Amended(Struct, frozen=True):
    """The plan and the log to measure, and what was changed in them."""

    plan: Plan
    log: Log
    rows: tuple[SetAside, ...]
    excused: Mapping[str, Mapping[RowKey, Assessment]]
    """By the name of the check, the rows of cases that are excused from it."""


def amend(plan: Plan, log: Log, said: Sequence[Assessment], as_of: AsOf) -> Amended | None:
    """What is known at `as_of` of cases and rows, worked in; None where nothing is."""
    known = known_by(said, as_of.day)
    cases = [one for one in known if one.waiver and one.case is not None]
    rows = [one for one in known if one.row is not None]
    if not cases and not rows:
        return None
    commitments = tuple(replace(one, node=_excusing(one.id, one.node, cases)) for one in plan.commitments)
    events, changed = _set_right(log, rows)
    excused = _excused(plan, log.events, cases)
    return Amended(replace(plan, commitments=commitments), replace(log, events=events), changed, excused)


def _excusing(name: str, node: Node, cases: Sequence[Assessment]) -> Node:
    match node:
        case Check():
            return _without(node, [one for one in cases if within(name, one.about)])
        case When(trigger, then):
            changed = _excusing(name, then, cases)
            return node if isinstance(changed, When) else When(trigger, changed)
        case KOfN(need, parts):
            changed_parts = (replace(part, node=_excusing(f"{name}/{part.id}", part.node, cases)) for part in parts)
            return KOfN(need, tuple(changed_parts))
    return node


def _without(check: Check, cases: Sequence[Assessment]) -> Check:
    column = case_column(check)
    if not cases or column is None or not isinstance(check.measure, Ratio):
        return check
    ratio = check.measure
    values = tuple(sorted({fold(one.case) for one in cases if one.case is not None}))
    left, right = _but(ratio.part.left, column, values), ratio.part.right
    part = replace(ratio.part, left=left, right=left if right == ratio.part.left else right)
    return replace(check, measure=replace(ratio, part=part, whole=_but(ratio.whole, column, values)))


def _but(select: Select, column: str, values: tuple[str, ...]) -> Select:
    excused = Except(Condition(column, OneOf(values), say("an excused case")))
    return replace(select, selector=Every((select.selector, excused)))


def _excused(plan: Plan, events: Sequence[Event], cases: Sequence[Assessment]) -> dict[str, dict[RowKey, Assessment]]:
    found: dict[str, dict[RowKey, Assessment]] = {}
    for name, check in checks_of(plan).items():
        column, mine = case_column(check), [one for one in cases if within(name, one.about)]
        if column is not None and mine:
            found[name] = {
                event.key: one
                for event in events
                for one in mine
                if one.case is not None and has_case(event, column, one.case)
            }
    return found


def _set_right(log: Log, said: Sequence[Assessment]) -> tuple[tuple[Event, ...], tuple[SetAside, ...]]:
    """The events with every row set right that was named, and the rows that were."""
    named = rows_named([one.row for one in said if one.row is not None], log.events)
    edits: dict[RowKey, list[Assessment]] = {}
    for one in said:
        for event in named[one.row] if one.row is not None else ():
            edits.setdefault(event.key, []).append(one)
    events: list[Event] = []
    changed: list[SetAside] = []
    for event in log.events:
        new: Event | None = event
        for one in edits.get(event.key, ()):
            changed.append(_told(event, one))
            new = None if new is None else _edited(new, one)
        if new is not None:
            events.append(new)
    return tuple(events), tuple(changed)


def _edited(event: Event, said: Assessment) -> Event | None:
    match said.set_aside:
        case "end":
            return replace(event, end=event.start)
        case "suspicion":
            return replace(event, state=State.HELD, doubts=())
        case _:
            return None


def _told(event: Event, said: Assessment) -> SetAside:
    what = said.set_aside or "row"
    return SetAside(ref_of(event), what, said.by, said.role, said.date, said.note or "", said.evidence)
