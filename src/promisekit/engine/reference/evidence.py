"""The rows that a check rests on, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from promisekit.engine.observations import OUTSIDE, Counted, EventRef, Outcome, Reason
from promisekit.engine.reference.adding import Adding
from promisekit.engine.reference.latest import Baseline
from promisekit.engine.reference.members import Drawn, Member
from promisekit.engine.reference.places import Places, first_place
from promisekit.engine.reference.relations import Partners
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import ref_of
from promisekit.engine.unsaid import unsaid
from promisekit.events import Event, RowKey
from promisekit.plan.deadlines import due_at
from promisekit.plan.nodes import Check, Hours, InTime
from promisekit.windows import AsOf, Day, Instant


def counted(member: Member, places: Places, adding: Adding) -> Counted | None:
    """A row that counts or may count; None where it is in no window."""
    seen = member.seen
    number = first_place(places, seen)
    if number is None:
        return None
    outcome = Outcome.COUNTED if member.sure and places.certain(seen, number) else Outcome.POSSIBLE
    partner = ref_of(member.partner.event) if member.partner else None
    return Counted(ref_of(seen.event), outcome, number, partner, amount=adding.amount(seen, number))


def judged(member: Member, places: Places, partners: Partners) -> Counted | None:
    """A row of the whole of a share with what became of it; None where it is in no window."""
    seen = member.seen
    number = first_place(places, seen)
    if number is None:
        return None
    late = None
    waits = member.held and member.partnered is None and Reason.RUNNING in member.doubts
    if waits and places.certain(seen, number):
        outcome = Outcome.PENDING
    elif not (member.certain and places.certain(seen, number)) or member.partnered is None:
        outcome = Outcome.POSSIBLE
    elif member.partnered is True:
        outcome = Outcome.COUNTED
    else:
        outcome, late = Outcome.MISSED, partners.late(seen)
    partner = member.partner or late
    last, at = _due(partners, seen)
    return Counted(
        ref_of(seen.event),
        outcome,
        number,
        ref_of(partner.event) if partner and partner.event.key != seen.event.key else None,
        last,
        late.first if late else None,
        due_at=at,
        late_at=Instant(late.start_earliest) if late and at is not None and late.clocked else None,
    )


def compared_with(baseline: Baseline, adding: Adding) -> list[Counted]:
    """The rows that the latest value is compared with, with the value of each."""
    rows = [
        Counted(
            ref_of(member.seen.event),
            Outcome.COUNTED if sure else Outcome.POSSIBLE,
            OUTSIDE,
            amount=adding.amount(member.seen, OUTSIDE),
        )
        for member, sure in baseline.candidates
    ]
    return sorted(rows, key=lambda row: (row.event.start, row.event))


def with_unsaid(check: Check, rows: Iterable[Counted], drawn: Drawn, as_of: AsOf) -> tuple[Counted, ...]:
    """The rows with what each leaves unsaid: asked only of those that are shown."""
    shown = list(rows)
    counted = _events([row.event for row in shown], (member.seen for member in drawn.everyone))
    right = drawn.partners.right.rows if drawn.partners is not None else []
    partners = _events([row.partner for row in shown if row.partner is not None], (row.seen for row in right))
    return tuple(
        replace(row, unsaid=unsaid(check, counted[_key(row.event)], partners.get(_key(row.partner)), as_of))
        for row in shown
    )


def _events(refs: Iterable[EventRef], all_seen: Iterable[Seen]) -> dict[RowKey | None, Event]:
    """The events of the rows that are pointed at."""
    wanted = {_key(ref) for ref in refs}
    return {seen.event.key: seen.event for seen in all_seen if seen.event.key in wanted}


def _key(ref: EventRef | None) -> RowKey | None:
    return None if ref is None else (ref.source, ref.file, ref.row)


def _due(partners: Partners, seen: Seen) -> tuple[Day | None, Instant | None]:
    """The last day in time and, where hours are counted, the last instant: the first that there is of each."""
    deadlines = [way.deadline for way in partners.finders if isinstance(way, InTime)]
    days = [partners.right.last_in_time(deadline, seen.first, seen.start_earliest) for deadline in deadlines]
    hours = [deadline for deadline in deadlines if isinstance(deadline, Hours)]
    instants = [
        due_at(deadline, Instant(seen.start_earliest), partners.right.zone, partners.right.day_begins)
        for deadline in hours
    ]
    return min(days, default=None), min(instants, default=None)
