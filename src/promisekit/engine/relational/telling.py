"""From numbers back to rows and words: only for the few rows that are shown."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import OUTSIDE, Counted, NearMiss, Outcome
from promisekit.engine.phases import last_day_in_time
from promisekit.engine.relational.adding import Adding
from promisekit.engine.relational.asked import NOWHERE, Asked
from promisekit.engine.relational.load import Loaded
from promisekit.engine.relational.matching import CANCELLED_ROW
from promisekit.engine.relational.nearly import PARTS, TURN
from promisekit.engine.relational.nearness import (
    BETWEEN,
    CLOCK,
    DEADLINE,
    END,
    OF_END,
    OF_PAIR,
    OF_TIME,
    ORDER,
    PARTNER_PART,
    PERIOD,
    PLACE,
    SLOT,
    UNTIL,
)
from promisekit.engine.telling import (
    CANCELLED,
    WITHOUT_END,
    Failing,
    apart,
    between_windows,
    elsewhere,
    excepted,
    of_condition,
    off_slot,
    outside,
    ref_of,
    too_early,
    too_early_at,
    too_late,
    too_late_at,
)
from promisekit.engine.tied import parts_of
from promisekit.engine.unsaid import unsaid
from promisekit.events import Event, known_end
from promisekit.plan.deadlines import due_at
from promisekit.plan.nodes import Hours, InTime, Select
from promisekit.selectors.match import timed
from promisekit.selectors.model import Condition, Except
from promisekit.windows import AsOf, Day, Instant, Moment, Zone, days_of

OUTCOMES = (Outcome.COUNTED, Outcome.POSSIBLE, Outcome.MISSED, Outcome.PENDING)


class Miss(Struct, frozen=True):
    """A near miss in numbers, as they are read."""

    chk: int
    w: int
    n: int
    origin: int
    code: int
    beside: int
    beside_first: int
    beside_due: int
    begins: int
    begins_latest: int
    ends: int
    beside_begins: int
    beside_ends: int
    hourly: int
    beside_until: int
    seconds: int

    @property
    def fails(self) -> int:
        """What fails."""
        return self.code % TURN // PARTS

    @property
    def part(self) -> int:
        """Which part of a selector fails, where one does."""
        return self.code % PARTS - 1


class Teller(Struct, frozen=True):
    """Tells rows as they are known at an as-of."""

    loaded: Loaded
    as_of: AsOf
    zone: Zone
    adding: Adding

    def counted(self, check: Asked, row: tuple[int, ...]) -> Counted:
        """A row that was counted, or may be."""
        _, number, window, outcome, partner, is_late = row
        event = self.loaded.event(number, check.left)
        last, at = self._due(check, event)
        shown, late, late_at, other = None, None, None, None
        if partner != NOWHERE:
            date = _own_date(check, event) if partner == number else None
            other = replace(event, start=date) if date else self.loaded.event(partner, check.right)
            if is_late:
                late = days_of(other.start, check.day_begins)[0]
                late_at = other.start.earliest if at is not None and other.start.clock is not None else None
            if partner != number or not check.is_ratio:
                shown = ref_of(other)
        amount = self.adding.amount(check, event, window)
        told = unsaid(check.check, event, other, self.as_of)
        return Counted(ref_of(event), OUTCOMES[outcome], window, shown, last, late, amount, at, late_at, told)

    def compared_with(self, check: Asked, number: int, *, sure: bool) -> Counted:
        """A row of the days that the latest value is compared with."""
        event = self.loaded.event(number, check.left)
        return Counted(
            ref_of(event),
            Outcome.COUNTED if sure else Outcome.POSSIBLE,
            OUTSIDE,
            amount=self.adding.amount(check, event, OUTSIDE),
            unsaid=unsaid(check.check, event, None, self.as_of),
        )

    def _due(self, check: Asked, event: Event) -> tuple[Day | None, Instant | None]:
        if not check.is_ratio or check.semi is None:
            return None, None
        begins, trigger = check.day_begins, event.start.earliest
        first, _ = days_of(event.start, begins)
        deadlines = [way.deadline for way in check.semi.on if isinstance(way, InTime)]
        days = [last_day_in_time(deadline, first, trigger, self.zone, begins) for deadline in deadlines]
        hours = [deadline for deadline in deadlines if isinstance(deadline, Hours)]
        instants = [due_at(deadline, trigger, self.zone, begins) for deadline in hours]
        return min(days, default=None), min(instants, default=None)

    def near_miss(self, check: Asked, miss: Miss) -> NearMiss:
        """A near miss in words."""
        of_pair = miss.origin == OF_PAIR
        event = self.loaded.event(miss.n, check.right if of_pair else check.left)
        failing = self._failing(check, miss, event)
        adds = self.loaded.event(miss.beside, check.left) if of_pair else event
        window = None if miss.origin == OF_TIME else miss.w
        amount = None if miss.origin == OF_END else self.adding.near(check, adds, miss.w, window)
        gains = not (of_pair and check.is_ratio)
        return NearMiss(ref_of(event), failing.failed, failing.found, failing.wanted, miss.w, gains, amount)

    def _failing(self, check: Asked, miss: Miss, event: Event) -> Failing:
        if miss.fails in (PERIOD, UNTIL, SLOT, BETWEEN):
            return self._of_time(check, miss, event)
        if miss.fails in (ORDER, DEADLINE):
            return self._of_deadline(miss, event)
        if miss.fails == PLACE:
            return elsewhere(event, self.loaded.event(miss.beside, check.left))
        if miss.fails == CLOCK:
            return apart(miss.begins, miss.ends, miss.beside_begins, miss.beside_ends, miss.seconds)
        if miss.fails == END:
            return WITHOUT_END
        select = check.right if miss.fails == PARTNER_PART else check.left
        return CANCELLED if select is None or miss.part == CANCELLED_ROW else self._of_part(select, miss.part, event)

    def _of_time(self, check: Asked, miss: Miss, event: Event) -> Failing:
        first, _ = days_of(event.start, check.day_begins)
        window = check.windows[miss.w]
        if miss.fails == UNTIL:
            return too_late(event, check.check.span.last)
        if miss.fails == SLOT:
            _, ends = known_end(event.start, event.end, self.as_of)
            slot = window.instants(self.zone, check.day_begins)
            return off_slot(event.start.earliest, ends, slot, window, check.check)
        if miss.fails == BETWEEN:
            return between_windows(first, window.label)
        return outside(first, check.check.span)

    def _of_deadline(self, miss: Miss, event: Event) -> Failing:
        if miss.fails == ORDER:
            if miss.hourly:
                return too_early_at(event, miss.begins_latest, Instant(miss.beside_begins))
            return too_early(event, Day(miss.beside_first))
        if miss.hourly:
            return too_late_at(event, miss.begins, Instant(miss.beside_until), self.zone)
        return too_late(event, Day(miss.beside_due))

    def _of_part(self, select: Select, number: int, event: Event) -> Failing:
        part = parts_of(select)[number]
        if isinstance(part, Except):
            return excepted(part)
        if not isinstance(part, Condition):
            raise TypeError(f"{part!r} is no single condition")
        return of_condition(part, event, self.as_of if timed(select.selector) else None)


def _own_date(check: Asked, event: Event) -> Moment | None:
    """The date in a column of the row itself, where that is the partner."""
    for way in check.semi.on if check.semi else ():
        if isinstance(way, InTime) and way.column is not None:
            date = event.values.get(way.column)
            return date if isinstance(date, Moment) else None
    return None
