"""Rows of the log, as a report shows them: what counted, what may count, what nearly counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from promisekit.engine.observations import Counted, NearMiss, Outcome
from promisekit.plan.amounts import amount
from promisekit.plan.checks import checks_in, relation_of
from promisekit.plan.nodes import (
    Check,
    Duration,
    InTime,
    Latest,
    Measure,
    Node,
    Ratio,
    SameRow,
    Semi,
    Sum,
    When,
)
from promisekit.report import terms
from promisekit.report.deadlines import fate, limit_in, limit_words
from promisekit.report.doubts import doubt, matters, words
from promisekit.report.figures import check_of, relation_in, unit_in
from promisekit.report.page import Row, Rows
from promisekit.report.teller import Teller
from promisekit.report.values import silent
from promisekit.report.voice import day_of
from promisekit.verdict.model import CaseResult, CommitmentResult, Evidence, NearMissResult, Remaining
from promisekit.words import Date, Figure, Message, say

Field = str | int | Fraction | Figure | Date | Message
CASE = "case"
FOLD_FROM = 13
"""Lists of so many rows are folded on a page."""


def discreet_about(node: Node, teller: Teller) -> bool:
    """Whether the reader may not see at what time of day its rows were: they are put together by a key, in it or in a
    part of it, and so are about somebody's case."""
    relations = (relation_of(check) for _, check in checks_in("", node))
    ways = (way for relation in relations if isinstance(relation, Semi) for way in relation.on)
    return not teller.internal and any(isinstance(way, InTime) and way.key is not None for way in ways)


def row_lists(node: Node, result: CommitmentResult, teller: Teller) -> Iterator[Rows]:
    """What the verdict rests on, what may count, and what nearly counted with the one thing that was wrong with it."""
    check = check_of(node)
    of, share = result.evidence, check is not None and isinstance(check.measure, Ratio)
    heading = say("What happened, one by one") if share else say("What counted")
    mute = [row for row in of.counted if silent(check, row)]
    counted = [_row(node, row, of, teller) for row in of.counted if row not in mute]
    yield from _rows("counted", heading, None, counted, of.total - len(mute), teller)
    maybe = say("These rows may count, but do not say enough to be certain.")
    possible = [_row(node, row, of, teller) for row in (*mute, *of.possible)]
    yield from _rows("possible", say("What may count"), maybe, possible, of.possible_total + len(mute), teller)
    before = [_row(node, row, of, teller) for row in result.baseline]
    yield from _rows("baseline", say("What it is compared with"), None, before, len(before), teller)
    nearly = say("These rows do not count. Each of them fails on a single point.")
    near = [_near(node, miss, teller) for miss in result.near_misses]
    yield from _rows("near", say("What nearly counted"), nearly, near, result.near_miss_total, teller)
    excused = [_excused(node, case, teller) for case in result.cases if case.waived is not None]
    apart = say("These were set aside by people, and are in no number.")
    yield from _rows("excused", say("What was set aside"), apart, excused, len(excused), teller)
    if isinstance(node, When) and result.trigger is not None:
        yield from _of_trigger(node.trigger, result.trigger.evidence, teller)


def _of_trigger(trigger: Check, of: Evidence, teller: Teller) -> Iterator[Rows]:
    """The rows of what it waits for, those that count and those that may."""
    rows = [_row(trigger, row, of, teller) for row in (*of.counted, *of.possible)]
    heading, intro = say("What it depends on"), say("The commitment applies only where this has taken place.")
    yield from _rows("trigger", heading, intro, rows, of.total + of.possible_total, teller)


def _rows(
    name: str, heading: Message, intro: Message | None, told: Sequence[Row], total: int, teller: Teller
) -> Iterator[Rows]:
    """The list, unless it is empty."""
    if not told:
        return
    left = total - len(told)
    more = teller.voice(say("… and {n} more row.", "… and {n} more rows.", n=left)) if left > 0 else ""
    yield Rows(
        name=name,
        heading=teller.voice(say("{heading} ({n})", heading=heading, n=total)),
        intro="" if intro is None else teller.voice(intro),
        where=teller.heading(),
        rows=tuple(told),
        total=total,
        more=more,
        folded=len(told) >= FOLD_FROM,
    )


def _row(node: Node, row: Counted, of: Evidence, teller: Teller) -> Row:
    discreet = discreet_about(node, teller)
    return Row(
        when=teller.when(row.event, discreet=discreet),
        what=teller.what(row.event),
        notes=tuple(teller.voice(note) for note in _notes(node, row, of, teller, discreet=discreet)),
        where=str(row.event.row),
        file=teller.named(row.event),
        cite=teller.cite(row.event),
        pivotal="",
    )


def _notes(node: Node, row: Counted, of: Evidence, teller: Teller, *, discreet: bool) -> list[Message]:
    told = []
    if row.outcome is Outcome.POSSIBLE or silent(check_of(node), row):
        told.append(doubt(node, row, of, teller))
    elif matters(check_of(node), row):
        told += map(words, row.unsaid)
    if row.partner is not None:
        fields = {
            "what": teller.what(row.partner),
            "when": teller.when(row.partner, discreet=discreet),
            "row": teller.cite(row.partner),
        }
        if in_time(node):
            told.append(say("followed by {what}, {when} ({row})", **fields))
        else:
            told.append(say("together with {what}, {when} ({row})", **fields))
    elif _own_date(node) and row.outcome is Outcome.COUNTED:
        told.append(say("followed up, according to the same row"))
    told += _amount(node, row)
    if row.due is None:
        return [*told, _missed(node)] if row.outcome is Outcome.MISSED else told
    became = fate(node, row, teller, discreet=discreet)
    return told if became is None else [*told, became]


def _missed(node: Node) -> Message:
    """What an event of the whole lacks."""
    relation = relation_in(node)
    if relation is not None and all(isinstance(way, SameRow) for way in relation.on):
        return say("not `{what}`", what=relation.right.name)
    return say("alone")


def _amount(node: Node, row: Counted) -> list[Message]:
    """What the row adds, where that is more than itself."""
    check = check_of(node)
    measure = None if check is None else check.measure
    if row.amount is None:
        return [say("does not say how much")] if _adds_up(measure) and not row.unsaid else []
    if isinstance(measure, Latest):
        return [say("value: {amount}", amount=amount(row.amount, "value"))]
    if not row.amount and row.outcome is Outcome.POSSIBLE:
        return []
    return [say("adds {amount}", amount=amount(row.amount, unit_in(node)))]


def _adds_up(measure: Measure | None) -> bool:
    """Whether every row has to say a number."""
    return isinstance(measure, Sum) or (isinstance(measure, Duration) and measure.weight is not None)


def _excused(node: Node, case: CaseResult, teller: Teller) -> Row:
    notes = []
    if case.waived is not None:
        notes.append(say("set aside on {day} by {who}", day=day_of(case.waived.date), who=case.waived.by))
        notes.append(say("{text}", text=case.waived.reason))
    return Row(
        when=teller.when(case.event, discreet=discreet_about(node, teller)),
        what=teller.what(case.event),
        notes=tuple(teller.voice(note) for note in notes),
        where=str(case.event.row),
        file=teller.named(case.event),
        cite=teller.cite(case.event),
        pivotal="",
    )


def in_time(node: Node) -> bool:
    """Whether it is about something that is followed by something else before a deadline."""
    relation = relation_in(node)
    return relation is not None and any(isinstance(way, InTime) for way in relation.on)


def _own_date(node: Node) -> bool:
    relation = relation_in(node)
    return relation is not None and any(isinstance(way, InTime) and way.column is not None for way in relation.on)


def _near(node: Node, result: NearMissResult, teller: Teller) -> Row:
    miss = result.miss
    hidden, discreet = miss.failed in _keys(node) and not teller.internal, discreet_about(node, teller)
    found = say("another one") if hidden else _by_day(miss.found) if discreet else miss.found
    wanted = say("the same one") if hidden else _wanted(node, miss) if discreet else miss.wanted
    fault = say(
        "{column}: {found}. Wanted: {wanted}.",
        column=teller.voice.begun(terms.column(miss.failed)),
        found=found,
        wanted=wanted,
    )
    pivotal = teller.voice(say("Would have changed the verdict.")) if result.pivotal else ""
    return Row(
        when=teller.when(miss.event, discreet=discreet),
        what=teller.what(miss.event),
        notes=(teller.voice(fault),),
        where=str(miss.event.row),
        file=teller.named(miss.event),
        cite=teller.cite(miss.event),
        pivotal=pivotal,
    )


def _wanted(node: Node, miss: NearMiss) -> Message:
    """What was wanted, without times of day."""
    limit = limit_in(node) if miss.failed == "deadline" else None
    return _by_day(miss.wanted) if limit is None else say("within {limit}", limit=limit_words(limit))


def _keys(node: Node) -> set[str]:
    """The columns that tell whose case it is."""
    relation = relation_in(node)
    ways = () if relation is None else relation.on
    return {CASE, *(way.key for way in ways if isinstance(way, InTime) and way.key is not None)}


def _by_day(message: Message) -> Message:
    """The same without times of day."""
    fields = tuple((name, _day_of(value)) for name, value in message.fields)
    return replace(message, fields=fields)


def _day_of(value: Field) -> Field:
    if isinstance(value, Message):
        return _by_day(value)
    return Date(value.iso[:10]) if isinstance(value, Date) and "T" in value.iso else value


def untouched(result: CommitmentResult, left: Remaining) -> bool:
    """Whether nothing at all has been counted in the window that something remains of."""
    return any(window.span.last == left.by and not window.low for window in result.windows)
