"""One check: its rows, its cells, and the rows to show for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.measures import Found
from promisekit.engine.observations import (
    NEAR_MISS_LIMIT,
    Cell,
    Counted,
    EventRef,
    Floating,
    NearMiss,
    Observation,
    Outcome,
)
from promisekit.engine.reference import counts, sums
from promisekit.engine.reference.adding import Adding
from promisekit.engine.reference.astray import astray_misses, came_late, endless_misses
from promisekit.engine.reference.cells import Here, cells_of, floating
from promisekit.engine.reference.evidence import compared_with, counted, judged, with_unsaid
from promisekit.engine.reference.latest import Baseline, baseline_of, latest
from promisekit.engine.reference.members import Drawn, Member, Sight, draw
from promisekit.engine.reference.near import pair_misses, select_misses
from promisekit.engine.reference.nearly import NearlyPartners, nearly_partnered
from promisekit.engine.reference.places import ByDay, ByTime, Places, first_place
from promisekit.engine.reference.seen import Seen
from promisekit.engine.reference.shares import quotient, ratio
from promisekit.plan.checks import counted_in, excuses_of, relation_of, selects_of
from promisekit.plan.nodes import (
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    Latest,
    Overlaps,
    Quotient,
    Ratio,
    Starts,
    Sum,
)
from promisekit.plan.windows import windows_of
from promisekit.windows import Zone


class Measured(Struct, frozen=True):
    """An observation, and the keys of every row that it used (the observation's own lists are bounded)."""

    observation: Observation
    used: frozenset[tuple[str, str, int]]


def places_of(check: Check, zone: Zone) -> Places:
    """The windows of a check, to be asked about days or about times."""
    windows, day_begins = windows_of(check), counted_in(check).day_begins
    match check.measure, check.attribution:
        case Duration(), _:
            return ByTime(windows, 1, zone, day_begins)
        case Count(), Overlaps(seconds):
            return ByTime(windows, seconds, zone, day_begins)
        case _:
            return ByDay(windows)


def measure(check: Check, places: Places, sight: Sight) -> Measured:
    """What is seen of a check."""
    drawn = draw(relation_of(check), sight, excuses_of(check))
    of_share = isinstance(check.measure, Ratio)
    members = [member for member in (drawn.everyone if of_share else drawn.members) if has_time(check, member.seen)]
    baseline = baseline_of(check.measure, drawn) if isinstance(check.measure, Latest) else None
    cells = cells_of(drawn, places, members, finding(check, places, drawn, baseline))
    by_start = isinstance(check.measure, Count) and isinstance(check.attribution, Starts)
    floats = floating(places, members) if by_start else ()
    if sight.cells_only:
        return Measured(Observation(cells, (), 0, 0, 0, (), 0, floats, ()), frozenset())
    adding = Adding(check.measure, places, members)
    if of_share and drawn.partners is not None:
        rows = [judged(member, places, drawn.partners) for member in members]
        late = sum(row is not None and row.late is not None and row.outcome is not Outcome.POSSIBLE for row in rows)
    else:
        rows = [counted(member, places, adding) for member in members]
        late = sum(_late(check, places, member) for member in members)
    misses = near_misses(check, drawn, places, adding, sight)
    assumed = {name for select in selects_of(check) for name in sight.assumed(select)}
    observation, used = _observed(cells, rows, late, misses, floats, assumed, sight.most)
    told = with_unsaid(check, observation.counted, drawn, sight.as_of)
    before = compared_with(baseline, adding)[: sight.most] if baseline else []
    observation = replace(observation, counted=told, baseline=with_unsaid(check, before, drawn, sight.as_of))
    return Measured(observation, used | {member.seen.event.key for member in (baseline.rows if baseline else ())})


def has_time(check: Check, seen: Seen) -> bool:
    """Whether a row can be measured: where time is, and a row without an end is not to count, only one with an end."""
    endless = isinstance(check.measure, Duration) and check.measure.without_end == "not_counted"
    return not (endless and seen.event.end is None)


def finding(check: Check, places: Places, drawn: Drawn, baseline: Baseline | None) -> Callable[[Here], Found]:
    """What a check measures in a window: one function for each measure."""
    match check.measure:
        case Count():
            return (lambda here: counts.count_by_time(here, places)) if isinstance(places, ByTime) else counts.count
        case Distinct(unit=unit, column=column):
            if unit is None:
                return lambda here: counts.distinct_values(here, column or "")
            return lambda here: counts.distinct_units(here, unit)
        case Sum(column=column):
            return lambda here: sums.summed(here, column)
        case Duration() as duration:
            assert isinstance(places, ByTime), "time is measured in windows that know their instants"
            zone, begins = drawn.side.zone, drawn.side.day_begins
            return lambda here: sums.duration(here, duration, places.instants[here.number], zone, begins)
        case Gap():
            return counts.gaps
        case Latest() as newest:
            assert baseline is not None, "the baseline of a latest value is measured first"
            return lambda here: latest(here, newest, baseline, drawn.side)
        case Ratio(weight=weight):
            return lambda here: ratio(here, weight)
        case Quotient(above=above, below=below):
            return lambda here: quotient(here, above, below)


def near_misses(check: Check, drawn: Drawn, places: Places, adding: Adding, sight: Sight) -> Iterator[NearMiss]:
    """The rows that nearly counted: partners, then rows of another time, then rows that fail a condition."""
    of_share = isinstance(check.measure, Ratio)
    if drawn.partners is not None:
        lonely = [member.seen for member in drawn.apart if member.certain and has_time(check, member.seen)]
        right = selects_of(check)[1]
        nearly_right = NearlyPartners(drawn.partners, right, sight.almosts(right))
        yield from pair_misses(lonely, nearly_right, places, adding.near, gains=not of_share)
    if of_share:
        return
    timed = [member for member in drawn.members if has_time(check, member.seen)]
    yield from astray_misses(check, timed, places, adding)
    yield from endless_misses((member for member in drawn.members if not has_time(check, member.seen)), places)
    nearly = [found for found in sight.almosts(counted_in(check)) if has_time(check, found[0])]
    if drawn.partners is not None:
        nearly = list(nearly_partnered(nearly, counted_in(check), drawn.partners, places))
    yield from select_misses(nearly, places, adding.near)


def _late(check: Check, places: Places, member: Member) -> bool:
    """Whether a row came after the day by which it was promised."""
    return member.sure and came_late(check, member.seen) and first_place(places, member.seen) is None


def _nearest_first(miss: NearMiss) -> tuple[int, str, EventRef]:
    return (-1 if miss.window is None else miss.window, miss.event.start, miss.event)


def _observed(
    cells: tuple[Cell, ...],
    found: Iterable[Counted | None],
    late: int,
    misses: Iterable[NearMiss],
    floats: tuple[Floating, ...],
    assumed: set[str],
    most: int,
) -> tuple[Observation, frozenset[tuple[str, str, int]]]:
    """An observation with its lists sorted and cut to their bounds, and the rows that it used."""
    rows = sorted((row for row in found if row is not None), key=lambda row: (row.event.start, row.event))
    near = sorted(misses, key=_nearest_first)
    possible = [row for row in rows if row.outcome is Outcome.POSSIBLE]
    certain = [row for row in rows if row.outcome is not Outcome.POSSIBLE]
    observation = Observation(
        cells=cells,
        counted=tuple(certain[:most] + possible[:most]),
        counted_total=len(certain),
        possible_total=len(possible),
        late_total=late,
        near_misses=tuple(near[:NEAR_MISS_LIMIT]),
        near_miss_total=len(near),
        floating=floats,
        assumed=tuple(sorted(assumed)),
    )
    refs = [row.event for row in rows] + [row.partner for row in rows if row.partner is not None]
    return observation, frozenset((ref.source, ref.file, ref.row) for ref in refs)
