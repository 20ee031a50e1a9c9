"""Changes of rows that there are: taken place or not, on another day, longer, with another cell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from promisekit.engine.reference.almosts import Almost
from promisekit.events import UNREADABLE, Event, State, Value
from promisekit.plan.checks import relation_of, selects_of
from promisekit.plan.deadlines import due
from promisekit.plan.eligible import rows_of
from promisekit.plan.measures import Duration, Latest, Quotient, Sum
from promisekit.plan.nodes import Check, Hours, InTime, Overlap, SameDay, Select, Semi
from promisekit.plan.windows import target_in, windows_of
from promisekit.proof.aims import values
from promisekit.proof.changes.ground import ROWS, VALUES, Ground, missed
from promisekit.proof.changes.model import Change, Dated, Ended, Filled, Held, NotHeld
from promisekit.proof.making import OF_TIME, own_values, writable
from promisekit.selectors.match import columns_asked, matches
from promisekit.selectors.model import CALENDAR, CLOCK, LENGTH, WEEKDAY
from promisekit.selectors.solving import TooMany, Want, alternatives
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span

LENGTHS = (0, 3600, 24 * 3600)
NEAR = 7
"""So many days on either side another day is looked for that an activity asks for."""


def of_rows(ground: Ground) -> Iterator[Change]:
    """Every change of a single row that is considered, those of doubtful rows first."""
    for select in ground.bench.selects:
        for event, truth in ground.rows_of(select):
            yield from _in_doubt(event)
            if truth is None:
                yield from _blanks(ground, event, select)
            yield from _dates(ground, event)
    yield from _remeasured(ground, ended=False)
    for select in ground.bench.selects:
        for _, almost in ground.found[select].almost[:ROWS]:
            yield from _mended(ground, select, almost)
    for name, check in ground.checks.items():
        yield from _partners(ground, name, check)
    yield from _remeasured(ground, ended=True)
    for select in ground.bench.selects:
        yield from (NotHeld(event) for event, _ in ground.rows_of(select) if event.certain)


def _remeasured(ground: Ground, *, ended: bool) -> Iterator[Change]:
    """Other ends and numbers: of rows without an end, which may have gone on for long; or of those with one."""
    for check in ground.checks.values():
        for select in selects_of(check):
            for event, _ in ground.rows_of(select):
                if (event.end is not None) is ended:
                    yield from _ends(check, event)
                    yield from _amounts(check, event)


def _in_doubt(event: Event) -> Iterator[Change]:
    if event.state is State.POSSIBLE:
        yield Held(event)
        yield NotHeld(event)
    elif event.state is State.CANCELLED:
        yield Held(event)


def _blanks(ground: Ground, event: Event, select: Select) -> Iterator[Change]:
    """Cells that an activity asks for and the row lacks, filled so that it is meant, and so that it is not."""
    for column in sorted(columns_asked(select.selector) - OF_TIME):
        if event.values.get(column) in (None, UNREADABLE):
            for values_of in (own_values, _not_meant):
                for value in ground.writable(column, values_of(column, select)):
                    yield Filled(event, column, value)


def _not_meant(column: str, select: Select) -> list[Value]:
    try:
        rows = list(alternatives([(select.selector, Want.FALSE)]))
    except TooMany:
        return []
    return [value for facts in rows if facts.of(column) for value in facts.values(column)]


def _dates(ground: Ground, event: Event) -> Iterator[Change]:
    """The days that an imprecise date may be: of each window one, where that is a day like the others."""
    if event.start.one_day:
        return
    told: set[tuple[object, ...]] = set()
    for day in Span(event.start.first, Day(event.start.last + 1)).days():
        if day > ground.world.as_of.day:
            return
        place = tuple(_place(check, day) for check in ground.checks.values())
        if place not in told:
            told.add(place)
            yield Dated(event, day, None)


def _place(check: Check, day: Day) -> tuple[object, ...]:
    """In which windows of a check a day lies, and of which activities it can be."""
    windows = tuple(at for at, window in enumerate(windows_of(check)) if day in window.span)
    fits = tuple(any(facts.fits(day) for facts in rows_of(one.selector)) for one in selects_of(check))
    return windows, fits


def _ends(check: Check, event: Event) -> Iterator[Change]:
    """How long a row without an end may have gone on; how long it would have to, where its time is what counts."""
    relation = relation_of(check)
    overlaps = [way.seconds for way in relation.on if isinstance(way, Overlap)] if isinstance(relation, Semi) else []
    asked = [length for one in selects_of(check) for facts in rows_of(one.selector) for length in facts.lengths()]
    lasting = isinstance(check.measure, Duration) or overlaps or hasattr(check.attribution, "seconds")
    if event.start.clock is None or not (lasting or LENGTH in _asked(check)):
        return
    targets = [end for end in (check.target.low, check.target.high) if end is not None and lasting]
    wanted = {*overlaps, *(length for length in asked if length is not None), *(int(end) for end in targets)}
    for seconds in sorted({*(one for one in wanted if one <= 24 * 3600), *LENGTHS}):
        yield Ended(event, seconds)


def _asked(check: Check) -> frozenset[str]:
    return frozenset().union(*(columns_asked(select.selector) for select in selects_of(check)))


def _amounts(check: Check, event: Event) -> Iterator[Change]:
    """Numbers that a measured cell may be, at the ends of the target."""
    match check.measure:
        case Sum(_, column) | Latest(_, column):
            tried = [
                number
                for wanted in (Verdict.KEPT, Verdict.BROKEN)
                for window in windows_of(check)[:1]
                for number in values(target_in(check, window), wanted)[:2]
            ]
            base = check.measure.baseline if isinstance(check.measure, Latest) else None
            if base is not None and not isinstance(base, Span):
                tried += [base + number for number in tried]
            found = [Fraction(number) for number in dict.fromkeys(tried)]
        case Quotient(_, column):
            found = [Fraction(0)]
        case _:
            return
    for value in found:
        if writable(value) and event.values.get(column) != value:
            yield Filled(event, column, value)


def _mended(ground: Ground, select: Select, almost: Almost) -> Iterator[Change]:
    """The one condition that a row fails, met."""
    event, failed = almost.event, almost.failing.failed
    if event.state is State.CANCELLED:
        yield Held(event)
    elif failed in (WEEKDAY, CALENDAR):
        near = sorted((abs(by), Day(event.start.first + by)) for by in range(-NEAR, NEAR + 1) if by)
        days = [day for _, day in near if any(facts.fits(day) for facts in rows_of(select.selector))]
        yield from (Dated(event, day, event.start.clock) for day in days[:1])
    elif failed == CLOCK:
        clocks = dict.fromkeys(clock for facts in rows_of(select.selector) for clock in facts.clocks())
        yield from (Dated(event, event.start.first, clock) for clock in list(clocks)[:VALUES] if clock is not None)
    elif failed == LENGTH:
        lengths = dict.fromkeys(length for facts in rows_of(select.selector) for length in facts.lengths())
        yield from (Ended(event, length) for length in list(lengths)[:VALUES] if length is not None)
    elif failed in event.values:
        yield from _right_cells(ground, event, select, failed)


def _right_cells(ground: Ground, event: Event, select: Select, column: str) -> Iterator[Change]:
    own = event.values.get(column)
    for value in ground.writable(column, own_values(column, select)):
        both = tuple(dict.fromkeys((*own, *value))) if isinstance(own, tuple) and isinstance(value, tuple) else value
        for one in dict.fromkeys((both, value)):
            changed = replace(event, values={**event.values, column: one})
            if matches(select.selector, changed, None, select.day_begins) is True:
                yield Filled(event, column, one)
                break


def _partners(ground: Ground, name: str, check: Check) -> Iterator[Change]:
    """Partners that came late, or at another time or place, where and when they would have been needed."""
    relation = relation_of(check)
    if not isinstance(relation, Semi):
        return
    lonely = [(one, ground.row(one.event)) for one in list(missed(ground.seen[name]))[:ROWS]]
    for one, event in lonely:
        late = ground.row(one.partner)
        if event is not None and late is not None and late.key != event.key and one.due is not None:
            yield Dated(late, one.due, late.start.clock)
    near = [ground.row(miss.event) for miss in ground.seen[name].near_misses]
    for row in [one for one in near if one is not None][:ROWS]:
        for event, _ in ground.rows_of(relation.left):
            if event.key != row.key:
                yield from _beside(ground, relation, event, row)


def _beside(ground: Ground, relation: Semi, event: Event, row: Event) -> Iterator[Change]:
    """A row where and when another one is, or could be answered."""
    for way in relation.on:
        match way:
            case SameDay() | Overlap():
                if abs(row.start.first - event.start.first) <= 1:
                    place = event.values.get("place")
                    if place is not None and place != row.values.get("place"):
                        yield Filled(row, "place", place)
                    if row.start != event.start:
                        yield Dated(row, event.start.first, event.start.clock)
            case InTime(key=key, deadline=deadline) if way.column is None:
                if key is None or row.values.get(key) == event.values.get(key):
                    last = event.start.first if isinstance(deadline, Hours) else due(deadline, event.start.first)
                    for day in dict.fromkeys((event.start.first, last)):
                        clock = event.start.clock if isinstance(deadline, Hours) else row.start.clock
                        yield Dated(row, day, clock)
                    yield Dated(event, row.start.first, row.start.clock)
