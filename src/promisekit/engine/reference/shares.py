"""Measures that are shares: how much of the whole is in the part (`count`), and how much is not (`missed`)."""

from __future__ import annotations

from promisekit.engine.measures import Found, amount, parts_of
from promisekit.engine.observations import Reason
from promisekit.engine.reference.cells import Here, Total, doubts
from promisekit.engine.reference.counts import value_of
from promisekit.engine.reference.members import Member
from promisekit.engine.reference.places import inside
from promisekit.engine.reference.sums import amount_in, bounds_of, range_of


def ratio(here: Here, weight: str | None) -> Found:
    """How many of the rows have a partner; each counts as many as the number in column `weight` says."""
    count, missed, whole = Total(), Total(), Total()
    for member in here.members:
        number = amount_in(member, weight)
        adds = range_of(number)
        within = member.certain and inside(member.seen, here.window)
        if member.partnered is not False:
            count.add(adds, sure=within and member.partnered is True)
        if member.partnered is not True:
            missed.add(adds, sure=within and member.partnered is False)
        whole.add(adds, sure=within)
        if member.held and member.seen.first in here.window.span:
            whole.now += number or 0
            count.now += (number or 0) if member.partnered is True else 0
    # If nothing more happens, what has no partner yet never gets one.
    missed.now = whole.now - count.now

    def settled(member: Member) -> bool:
        decided = member.partnered is not None and amount_in(member, weight) is not None
        return decided and member.certain and inside(member.seen, here.window)

    found = doubts(here.members, settled)
    return _share(here, (count, missed, whole), found)


def quotient(here: Here, above: str, below: str) -> Found:
    """How much of what column `below` counts is counted by column `above`."""
    totals = (Total(), Total(), Total())
    for member in here.members:
        parts = parts_of(amount(value_of(member, above)), amount(value_of(member, below)))
        for total, adds in zip(totals, parts, strict=True):
            total.add(adds, sure=here.sure(member))
            if here.begun(member):
                total.now += adds.low if adds.low == adds.high else 0
    count, missed, whole = totals
    missed.now = whole.now - count.now

    def settled(member: Member) -> bool:
        part, _, _ = parts_of(amount(value_of(member, above)), amount(value_of(member, below)))
        return here.sure(member) and part.low == part.high

    return _share(here, totals, doubts(here.members, settled))


def _share(here: Here, totals: tuple[Total, Total, Total], found: set[Reason]) -> Found:
    count, missed, whole = totals
    of = bounds_of(whole, unbounded=not here.over)
    if of.low == 0:
        found.add(Reason.NOT_TRIGGERED)
    return Found(bounds_of(count, unbounded=here.open), found, bounds_of(missed, unbounded=not here.over), of)
