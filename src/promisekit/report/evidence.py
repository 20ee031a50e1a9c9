"""Rows of the log, as a report shows them: what counted, what may count, what nearly counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from promisekit.engine.observations import Counted, EventRef, Outcome
from promisekit.plan.nodes import Check, InTime, Node, Ratio, Semi
from promisekit.report import terms
from promisekit.report.page import Row, Rows
from promisekit.report.voice import Voice, day_of
from promisekit.verdict.model import CommitmentResult, NearMissResult, Remaining
from promisekit.windows import UNITS, Day, Span, Window, is_whole, parse_day, tile, whole
from promisekit.words import Date, Message, say

Audience = Literal["public", "internal"]
CASE = "case"
FOLD_FROM = 13
"""Lists of so many rows are folded on a page."""


@dataclass(frozen=True)
class Teller:
    """Tells rows in one language to one audience."""

    voice: Voice
    audience: Audience
    file: str | None
    """The log's only file, which then need not be named at every row; None where there are several."""
    rejected: frozenset[tuple[str | None, int]] = frozenset()
    """File and row of everything that could not be read as it should."""

    @property
    def internal(self) -> bool:
        """Whether the reader may see ids."""
        return self.audience == "internal"

    def named(self, ref: EventRef) -> str:
        """The row's file, where it has to be named."""
        return self.voice(ref.file) if self.file is None else ""

    def cite(self, ref: EventRef) -> str:
        """The row in words."""
        if self.file is None:
            return self.voice(say("{file}, row {row}", file=ref.file, row=str(ref.row)))
        return self.voice(say("row {row}", row=str(ref.row)))

    def heading(self) -> str:
        """What stands over the rows' numbers."""
        return self.voice(say("Row"))

    def what(self, ref: EventRef) -> str:
        """What the row says, with its id for those who may see it."""
        if self.internal and ref.id is not None:
            return self.voice(say("{label} ({id})", label=ref.label or "–", id=ref.id))
        return self.voice(ref.label or "–")

    def when(self, ref: EventRef, *, discreet: bool) -> str:
        """When it was; without the time of day where rows are about people's cases."""
        if "/" in ref.start:
            return self.voice(_imprecise(ref.start))
        return self.voice(Date(ref.start[:10] if discreet else ref.start))


def days_of(ref: EventRef) -> Span:
    """The days that a row can lie on."""
    first, _, last = ref.start.partition("/")
    return Span(parse_day(first[:10]), Day(parse_day((last or first)[:10]) + 1))


def _imprecise(start: str) -> Message:
    """`some time in April 2022`: the calendar window that the span is, where it is one."""
    first, _, last = start.partition("/")
    span = Span(parse_day(first), Day(parse_day(last) + 1))
    return say("{window}, day unknown", window=_window(span).label)


def _window(span: Span) -> Window:
    for unit in UNITS:
        if is_whole(span, unit):
            windows = tile(span, unit, None)
            if len(windows) == 1:
                return windows[0]
    return whole(span)


def about_cases(node: Node) -> bool:
    """Whether rows are put together by a key, and so are about somebody's case."""
    relation = _relation(node)
    return relation is not None and any(isinstance(way, InTime) and way.key is not None for way in relation.on)


def _relation(node: Node) -> Semi | None:
    if not isinstance(node, Check):
        return None
    if isinstance(node.measure, Ratio):
        return node.measure.part
    return node.measure.relation if isinstance(node.measure.relation, Semi) else None


def row_lists(node: Node, result: CommitmentResult, teller: Teller) -> Iterator[Rows]:
    """What the verdict rests on, what may count, and what nearly counted with the one thing that was wrong with it."""
    of, share = result.evidence, isinstance(node, Check) and isinstance(node.measure, Ratio)
    heading = say("What happened, one by one") if share else say("What counted")
    counted = [_row(node, row, result, teller) for row in of.counted]
    yield from _rows("counted", heading, None, counted, of.total, teller)
    maybe = say("These rows may count, but do not say enough to be certain.")
    possible = [_row(node, row, result, teller) for row in of.possible]
    yield from _rows("possible", say("What may count"), maybe, possible, of.possible_total, teller)
    nearly = say("These rows do not count. Each of them fails on a single point.")
    near = [_near(node, miss, teller) for miss in result.near_misses]
    yield from _rows("near", say("What nearly counted"), nearly, near, result.near_miss_total, teller)


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
        more=more,
        folded=len(told) >= FOLD_FROM,
    )


def _row(node: Node, row: Counted, result: CommitmentResult, teller: Teller) -> Row:
    discreet = about_cases(node) and not teller.internal
    return Row(
        when=teller.when(row.event, discreet=discreet),
        what=teller.what(row.event),
        notes=tuple(teller.voice(note) for note in _notes(node, row, result, teller, discreet=discreet)),
        where=str(row.event.row),
        file=teller.named(row.event),
        cite=teller.cite(row.event),
        pivotal="",
    )


def _notes(node: Node, row: Counted, result: CommitmentResult, teller: Teller, *, discreet: bool) -> list[Message]:
    told = []
    if row.outcome is Outcome.POSSIBLE:
        told.append(doubt(node, row.event, result, teller))
    if row.partner is not None:
        fields = {
            "what": teller.what(row.partner),
            "when": teller.when(row.partner, discreet=discreet),
            "row": teller.cite(row.partner),
        }
        if _in_time(node):
            told.append(say("followed by {what}, {when} ({row})", **fields))
        else:
            told.append(say("together with {what}, {when} ({row})", **fields))
    elif _own_date(node) and row.outcome is Outcome.COUNTED:
        told.append(say("followed up, according to the same row"))
    if row.due is None:
        return [*told, say("alone")] if row.outcome is Outcome.MISSED else told
    if row.late is not None:
        told.append(say("too late: the last day was {day}", day=day_of(row.due)))
    elif row.outcome is Outcome.MISSED:
        told.append(say("not followed up by {day}", day=day_of(row.due)))
    elif row.outcome is Outcome.PENDING:
        told.append(say("still has time, until {day}", day=day_of(row.due)))
    return told


def doubt(node: Node, ref: EventRef, result: CommitmentResult, teller: Teller) -> Message:
    """Why a row only may count, as far as the row and the rows beside it show it."""
    if (ref.file, ref.row) in teller.rejected:
        return say("part of the row cannot be read")
    if "/" in ref.start:
        return say("the day is not known exactly")
    twin = _twin(ref, result)
    if twin is not None:
        return say("may be the same event as {row}", row=teller.cite(twin))
    if _relation(node) is not None:
        return say("the row, or what it goes together with, has not certainly happened or lacks something")
    if ref.id is None and "T" in ref.start:
        return say("the row is not noted as held, lacks something, or may be a duplicate")
    return say("the row is not noted as held, or lacks something")


def _twin(ref: EventRef, result: CommitmentResult) -> EventRef | None:
    """The row that counts and that a row without an id repeats, hour and all."""
    if ref.id is not None or "T" not in ref.start:
        return None
    rows = (row.event for row in result.evidence.counted)
    return next((row for row in rows if replace(row, file=ref.file, row=ref.row) == ref), None)


def _in_time(node: Node) -> bool:
    relation = _relation(node)
    return relation is not None and any(isinstance(way, InTime) for way in relation.on)


def _own_date(node: Node) -> bool:
    relation = _relation(node)
    return relation is not None and any(isinstance(way, InTime) and way.column is not None for way in relation.on)


def _near(node: Node, result: NearMissResult, teller: Teller) -> Row:
    miss = result.miss
    hidden = miss.failed == CASE and not teller.internal
    found = say("another one") if hidden else miss.found
    wanted = say("the same one") if hidden else miss.wanted
    fault = say(
        "{column}: {found}. Wanted: {wanted}.",
        column=teller.voice.begun(terms.column(miss.failed)),
        found=found,
        wanted=wanted,
    )
    pivotal = teller.voice(say("Would have changed the verdict.")) if result.pivotal else ""
    return Row(
        when=teller.when(miss.event, discreet=about_cases(node) and not teller.internal),
        what=teller.what(miss.event),
        notes=(teller.voice(fault),),
        where=str(miss.event.row),
        file=teller.named(miss.event),
        cite=teller.cite(miss.event),
        pivotal=pivotal,
    )


def untouched(result: CommitmentResult, left: Remaining) -> bool:
    """Whether nothing at all has been counted in the window that something remains of."""
    return any(window.span.last == left.by and not window.low for window in result.windows)
