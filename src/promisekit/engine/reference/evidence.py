"""The rows that a check rests on, with what became of each."""

from __future__ import annotations

from promisekit.engine.observations import Counted, Outcome, Reason
from promisekit.engine.reference.adding import Adding
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.places import Places, first_place
from promisekit.engine.reference.relations import Partners
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import ref_of
from promisekit.plan.deadlines import due_at
from promisekit.plan.nodes import Hours, InTime
from promisekit.windows import Day, Instant


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
