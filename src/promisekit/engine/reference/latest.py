"""The latest value, by itself or against an earlier one."""

from __future__ import annotations

from msgspec import Struct

from promisekit.engine.measures import Found, Newest, Reading, amount, compared, newest
from promisekit.engine.observations import Reason
from promisekit.engine.phases import days_since, open_reasons
from promisekit.engine.reference.cells import IMPRECISE, Here
from promisekit.engine.reference.counts import value_of
from promisekit.engine.reference.members import Drawn, Member
from promisekit.engine.reference.relations import Side
from promisekit.plan.nodes import Latest, Number
from promisekit.windows import Span


class Baseline(Struct, frozen=True):
    """What values are compared with: a number, or the newest reading of some days; and why that cannot be told."""

    value: Newest | Number | None
    open: bool
    doubts: frozenset[Reason]
    rows: list[Member]
    candidates: list[tuple[Member, bool]] = []
    """The rows that may be the newest, each with whether it certainly is one of those days."""


def baseline_of(measure: Latest, drawn: Drawn) -> Baseline:
    """The baseline of a check: the same for all of its windows."""
    span = measure.baseline
    if not isinstance(span, Span):
        return Baseline(span, False, frozenset(), [])
    side = drawn.side
    rows = [member for member in drawn.members if member.seen.first < span.end and member.seen.last >= span.start]

    def sure(member: Member) -> bool:
        return member.sure and member.seen.first >= span.start and member.seen.last < span.end

    readings = [_reading(measure, member, sure=sure(member)) for member in rows]
    newest_then = newest(readings)
    since = newest_then.since
    may_be = [
        (member, one.sure) for member, one in zip(rows, readings, strict=True) if since is None or one.latest >= since
    ]
    missing = days_since(side.known.missing(span), newest_then.since, side.zone, side.day_begins)
    found = open_reasons(missing, side.as_of) | (set() if newest_then.certain else IMPRECISE)
    return Baseline(newest_then, bool(missing), frozenset(found), rows, may_be)


def latest(here: Here, measure: Latest, baseline: Baseline, side: Side) -> Found:
    """The newest value of the window, against the baseline where there is one."""
    newest_now = newest([_reading(measure, member, sure=here.sure(member)) for member in here.members])
    # What nobody knows of and what lies before the newest reading is older than it.
    more = bool(days_since(here.open_days, newest_now.since, side.zone, side.day_begins))
    count, whole = compared(newest_now, baseline.value, measure.compared, open_=more, before=baseline.open)
    found = baseline.doubts | (set() if newest_now.certain else IMPRECISE)
    if whole.low == 0:
        found |= {Reason.NOT_TRIGGERED}
    return Found(count, set(found), whole=whole, more=more)


def _reading(measure: Latest, member: Member, *, sure: bool) -> Reading:
    point, low, high = _value(measure, member)
    return Reading(member.seen.start_earliest, member.seen.start_latest, sure, low, high, point)


def _value(measure: Latest, member: Member) -> tuple[Number | None, Number, Number]:
    """The value of a row, and the ends of the interval in which it lies: a survey's, where both of them are told."""
    point = amount(value_of(member, measure.column))
    low, high = _end(measure.low, member), _end(measure.high, member)
    if point is None:
        return None, 0, 0
    return (point, point, point) if low is None or high is None else (point, min(low, high), max(low, high))


def _end(column: str | None, member: Member) -> Number | None:
    return None if column is None else amount(value_of(member, column))
