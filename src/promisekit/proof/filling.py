"""Filling a window: rows by which a measure comes to what is wanted in it, whatever else the log holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from msgspec.structs import replace

from promisekit.events import Value
from promisekit.plan.eligible import Eligible
from promisekit.plan.nodes import (
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    Latest,
    Number,
    Overlaps,
    Quotient,
    Ratio,
    Relation,
    Semi,
    Sum,
    Target,
)
from promisekit.plan.windows import target_in, unit_of
from promisekit.proof.aims import aims, shares, values
from promisekit.proof.making import PLAIN, Maker, Moulded, own_values
from promisekit.proof.pairing import lonely, members
from promisekit.proof.rows import Row, later
from promisekit.proof.stretching import going_on
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span, Window

Rows = list[Row]
MOST_ROWS = 5000
"""A target that takes more rows is not tried."""
FEW = 6


def fillings(maker: Maker, check: Check, window: Window, wanted: Verdict) -> Iterator[Rows]:
    """Ways to give a window the verdict; none where nothing was found."""
    target = target_in(check, window)
    match check.measure:
        case Ratio() as ratio:
            yield from _shared(maker, ratio, window, list(islice(shares(target, wanted), 40)))
        case Quotient(relation, above, below):
            for part, whole in islice(shares(target, wanted), FEW):
                yield from _with_cells(maker, relation, window, {above: Fraction(part), below: Fraction(whole)})
        case Latest() as latest:
            yield from _valued(maker, latest, window, target, wanted)
        case Gap(relation):
            yield from _spaced(maker, relation, window, target, wanted)
        case Duration():
            for amount in aims(target, wanted, 60):
                yield from going_on(maker, check, window, int(amount))
        case Sum(relation, column):
            for amount in aims(target, wanted, 1):
                yield from _summed(maker, relation, window, column, Fraction(amount))
        case Count() | Distinct():
            for amount in aims(target, wanted, 1):
                yield from _counted(maker, check, window, int(amount)) if amount <= MOST_ROWS else ()


def _counted(maker: Maker, check: Check, window: Window, number: int) -> Iterator[Rows]:
    if not number:
        yield []
    elif isinstance(check.measure, Distinct):
        yield from _different(maker, check.measure, window, number)
    elif isinstance(check.measure, Count) and isinstance(check.attribution, Overlaps):
        for one in islice(going_on(maker, check, window, check.attribution.seconds), FEW):
            yield [moved for step in range(number) for moved in _moved(one, step)]
    elif isinstance(check.measure, Count):
        yield from several(maker, check.measure.relation, Eligible(check.measure.relation).days(window.span), number)


def several(maker: Maker, relation: Relation, days: Sequence[Day], number: int) -> Iterator[Rows]:
    """So many rows of a relation: spread over the days; all on one day beside one partner; each with its own."""
    if not days:
        return
    spread = [days[at * len(days) // number] for at in range(number)]
    if isinstance(relation, Semi):
        for day in dict.fromkeys([days[0], days[len(days) // 2], days[-1]]):
            for one in islice(members(maker, relation, day), FEW):
                if len(one) == 2:
                    yield [*(later(one[0], 60 * step) for step in range(number)), _longer(one[1], 60 * number)]
                    yield [*(replace(one[0], clock=one[0].clock) for _ in range(number)), one[1]]
    rows: Rows = []
    for at, day in enumerate(spread):
        step = spread[:at].count(day) if at and spread[at - 1] == day else 0
        made = next(members(maker, relation, day), None)
        if made is None:
            return
        rows += _moved(made, step)
    yield rows


def _moved(rows: Rows, step: int) -> Rows:
    """The same a few minutes later, so that it is another event."""
    return [later(row, 60 * step) if step and (row.clock or 0) + 60 * step < 86_400 else row for row in rows]


def _longer(row: Row, seconds: int) -> Row:
    return row if row.length is None else replace(row, length=row.length + seconds)


def _different(maker: Maker, measure: Distinct, window: Window, number: int) -> Iterator[Rows]:
    days = Eligible(measure.relation).days(window.span)
    if measure.unit is not None:
        firsts: dict[int, Day] = {}
        for day in days:
            unit = unit_of(measure.unit, day)
            if unit is not None:
                firsts.setdefault(unit, day)
        if len(firsts) >= number:
            chosen = list(firsts.values())[:number]
            yield from _on_each(maker, measure.relation, [(day, PLAIN) for day in chosen])
        return
    column = measure.column or ""
    select = measure.relation.left if isinstance(measure.relation, Semi) else measure.relation
    found = own_values(column, select)
    named = [value for value in found if isinstance(value, str)]
    unnamed = [f"{named[-1]}-{at}" for at in range(number)] if named else []
    texts = list(dict.fromkeys([*found, *unnamed]))
    for day in days[:FEW]:
        made = [next(members(maker, measure.relation, day, Moulded(cells={column: text})), None) for text in texts]
        rows = [one for one in made if one is not None][:number]
        if len(rows) == number:
            yield [row for one in rows for row in one]


def _on_each(maker: Maker, relation: Relation, places: Sequence[tuple[Day, Moulded]]) -> Iterator[Rows]:
    made = [next(members(maker, relation, day, mould), None) for day, mould in places]
    if all(one is not None for one in made):
        yield [row for one in made if one is not None for row in one]


def _with_cells(maker: Maker, relation: Relation, window: Window, cells: dict[str, Value]) -> Iterator[Rows]:
    for day in Eligible(relation).days(window.span)[:FEW]:
        yield from islice(members(maker, relation, day, Moulded(cells=cells)), FEW)


def _summed(maker: Maker, relation: Relation, window: Window, column: str, amount: Fraction) -> Iterator[Rows]:
    """One row with all of it, or several with as much each."""
    if not amount:
        yield []
        return
    days = Eligible(relation).days(window.span)
    for number in (1, 2, 3, 4, 5, 10, 20):
        each = Moulded(cells={column: amount / number})
        for day in days[:FEW]:
            one = next(members(maker, relation, day, each), None)
            if one is not None:
                yield [row for step in range(number) for row in _moved(one, step)]
    for pairing in Eligible(relation).pairings:
        for value in pairing.left.values(column):
            if isinstance(value, Fraction) and value > 0 and days:
                number = -(-amount // value)
                one = next(members(maker, relation, days[0], Moulded(cells={column: value})), None)
                if one is not None and number <= MOST_ROWS:
                    yield [row for step in range(int(number)) for row in _moved(one, step)]


def _spaced(maker: Maker, relation: Relation, window: Window, target: Target, wanted: Verdict) -> Iterator[Rows]:
    """As few days as keep every gap short; fewer of them make one too long."""
    days, span = Eligible(relation).days(window.span), window.span
    for longest in aims(target, wanted, 1):
        chosen: list[Day] = []
        mark = Day(span.start - 1)
        while span.end - mark > longest:
            reached = [day for day in days if mark < day <= mark + longest]
            if not reached:
                break
            mark = reached[-1]
            chosen.append(mark)
        yield from _on_each(maker, relation, [(day, PLAIN) for day in chosen])


def _valued(maker: Maker, measure: Latest, window: Window, target: Target, wanted: Verdict) -> Iterator[Rows]:
    """A value, after one to compare it with where the baseline is the value of other days."""
    eligible = Eligible(measure.relation)
    percent = measure.baseline is not None and measure.compared == "percent"
    for base, before in _baselines(maker, measure, eligible):
        for change in values(target, wanted):
            value = base * (1 + Fraction(change) / 100) if percent else base + change
            for number in {value, *(_named(eligible, measure.column) if base == 0 else ())}:
                for day in eligible.days(window.span)[-1:]:
                    row = maker.row(measure.relation, day, Moulded(cells={measure.column: Fraction(number)}))
                    if row is not None:
                        yield [*before, row]


def _baselines(maker: Maker, measure: Latest, eligible: Eligible) -> Iterator[tuple[Number, Rows]]:
    if not isinstance(measure.baseline, Span):
        yield measure.baseline or 0, []
        return
    for day in eligible.days(measure.baseline)[:1]:
        for base in (Fraction(100), Fraction(10), Fraction(1), *_named(eligible, measure.column)):
            row = maker.row(measure.relation, day, Moulded(cells={measure.column: base}))
            if row is not None:
                yield base, [row]


def _named(eligible: Eligible, column: str) -> set[Fraction]:
    found = (value for pairing in eligible.pairings for value in pairing.left.values(column))
    return {value for value in found if isinstance(value, Fraction)}


def _shared(maker: Maker, ratio: Ratio, window: Window, wanted: Sequence[tuple[int, int]]) -> Iterator[Rows]:
    """So many rows with a partner, and so many without; by their weights, one of each may do."""
    part_days, whole_days = (Eligible(one).days(window.span) for one in (ratio.part, ratio.whole))
    for part, whole in wanted:
        rest = whole - part
        weighted = ratio.weight is not None and part and rest
        for inside in _inside(maker, ratio, part_days, 1 if weighted else part, part):
            for outside in _outside(maker, ratio, whole_days, 1 if weighted else rest, rest):
                yield [*inside, *outside]


def _inside(maker: Maker, ratio: Ratio, days: Sequence[Day], number: int, weight: int) -> Iterator[Rows]:
    if not number:
        yield []
        return
    each = Fraction(weight, number)
    for rows in islice(several(maker, ratio.part, days, number), 4):
        yield [_weighed(row, ratio, each) for row in rows]


def _outside(maker: Maker, ratio: Ratio, days: Sequence[Day], number: int, weight: int) -> Iterator[Rows]:
    if not number:
        yield []
        return
    each = Fraction(weight, number)
    for day in dict.fromkeys([*days[-1:], *days[:1]]):
        made = [next(lonely(maker, ratio.part, day, at), None) for at in range(number)]
        if all(one is not None for one in made):
            rows = [moved for at, one in enumerate(made) if one is not None for moved in _moved(one, at)]
            yield [_weighed(row, ratio, each) for row in rows]


def _weighed(row: Row, ratio: Ratio, weight: Fraction) -> Row:
    return row if ratio.weight is None else replace(row, cells={**row.cells, ratio.weight: weight})
