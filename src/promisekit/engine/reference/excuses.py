"""Which rows of a share are excused by a date of their own: dated by the deadline, and not after they were answered."""

from __future__ import annotations

import math

from msgspec import Struct

from promisekit.engine.observations import Reason
from promisekit.engine.reference.finder import Row
from promisekit.engine.reference.pairs import ends_in_time
from promisekit.engine.reference.relations import Cut, Partners, Side
from promisekit.engine.reference.seen import Seen
from promisekit.events import Unreadable
from promisekit.plan.nodes import Deadline, InTime
from promisekit.windows import Day

FAR = Day(10**7)
"""Later than any deadline."""


class Chance(Struct, frozen=True):
    """A date that may excuse a row: when it is, whether it certainly is in time, and why not."""

    by: Cut
    certain: bool
    doubts: frozenset[Reason]


class Excused(Struct, frozen=True):
    """What excuses make of a row: it is excused (True), is not (False), or either; and why that cannot be told.

    `answered_else`: where it can only be excused or answered, since it is dated in time.
    """

    truth: bool | None
    answered_else: bool
    doubts: frozenset[Reason]


class Excuses:
    """The date columns that excuse the rows of a left side from having a partner."""

    def __init__(self, columns: tuple[str, ...], left: Side, partners: Partners) -> None:
        self._columns = columns
        self._left = left
        self._partners = partners
        self._deadlines = [way.deadline for way in partners.finders if isinstance(way, InTime)]

    def of(self, row: Row) -> Excused:
        """What they make of one row."""
        doubts: set[Reason] = set()
        open_, dated = False, False
        for deadline in self._deadlines:
            for chance in (self._chance(column, deadline, row.seen) for column in self._columns):
                answered = None if chance is None else self._partners.of(row, chance.by)
                if chance is None or answered is None or answered.partnered is True:
                    continue
                if chance.certain and answered.partnered is False:
                    return Excused(True, answered_else=False, doubts=frozenset())
                open_, dated = True, dated or chance.certain
                doubts |= answered.doubts if chance.certain else chance.doubts
        return Excused(None if open_ else False, answered_else=dated, doubts=frozenset(doubts))

    def _chance(self, column: str, deadline: Deadline, left: Seen) -> Chance | None:
        """The date in a column of the row, or that one may still come; None where it excuses nothing."""
        date = self._partners.own(column, left)
        if isinstance(date, Unreadable):
            by = Cut(left.first, FAR, left.start_earliest, math.inf)
            return Chance(by, certain=False, doubts=frozenset({Reason.IMPRECISE}))
        if date is None:
            return self._to_come(deadline, left)
        if self._partners.too_late(deadline, left, date):
            return None
        by = Cut(date.first, date.last, date.start_earliest, date.start_latest)
        right = self._partners.right
        certain = date.certain and ends_in_time(deadline, left, date, right.zone, right.day_begins)
        return Chance(by, certain, frozenset() if certain else frozenset({Reason.IMPRECISE}))

    def _to_come(self, deadline: Deadline, left: Seen) -> Chance | None:
        to_come = self._left.open_until(deadline, left)
        if to_come.since is None:
            return None
        by = Cut(to_come.days.spans[0].start, FAR, max(to_come.since, left.start_earliest) - 1, math.inf)
        return Chance(by, certain=False, doubts=frozenset(to_come.reasons))


NOT_EXCUSED = Excused(False, answered_else=False, doubts=frozenset())
