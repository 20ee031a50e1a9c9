"""What the events of a window add up to, in complete worlds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

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
    Sum,
)
from promisekit.windows import Span
from tests.properties.complete import Chosen, Happened
from tests.properties.naive_days import Frame, date_of, day_at

UNTOLD = Fraction(10**9)
"""Stands for a per cent of nothing or of less."""
Value = Number | tuple[Number, Number] | None


@dataclass(frozen=True)
class Seen:
    """The rows of a check's relation (of a share: those of the whole, and which of them are met)."""

    rows: list[Happened]
    whole: list[Happened]
    met: set[int]
    shift: int
    chosen: Chosen

    def starting(self, start: int, end: int) -> list[Happened]:
        """Those that start on the days `start..end`, the latter not included."""
        return [row for row in self.whole if start <= day_at(row.begin, self.shift) < end]


def value_in(check: Check, seen: Seen, frame: Frame) -> Value:
    """What a check measures in a window."""
    rows = seen.starting(frame.start, frame.end)
    match check.measure:
        case Count():
            if isinstance(check.attribution, Overlaps):
                seconds = check.attribution.seconds
                return sum(_belongs(row, frame, seconds) for row in seen.rows)
            return len(rows)
        case Distinct(column=str() as column):
            return len({row.values[column] for row in rows})
        case Distinct(unit=unit):
            return len({_unit(unit, day_at(row.begin, seen.shift)) for row in rows} - {None})
        case Sum(column=column):
            return sum(_number(row, column) for row in rows)
        case Duration() as duration:
            return _duration(duration, seen.rows, frame)
        case Gap():
            marks = sorted({frame.start - 1, frame.end, *(day_at(row.begin, seen.shift) for row in rows)})
            return max(two - one for one, two in pairwise(marks))
        case Latest() as latest:
            return _compared(latest, seen, frame)
        case Ratio(weight=weight):
            weights = [(1 if weight is None else _number(row, weight), id(row) in seen.met) for row in rows]
            return sum(number for number, met in weights if met), sum(number for number, _ in weights)
        case Quotient(_, above, below):
            return sum(_number(row, above) for row in rows), sum(_number(row, below) for row in rows)


def _number(row: Happened, column: str) -> Number:
    value = row.values[column]
    if value is None or isinstance(value, str):
        raise TypeError(f"{column} of a complete world is a number")
    return value


def _belongs(row: Happened, frame: Frame, seconds: int) -> bool:
    if seconds == 0:
        return frame.begins <= row.begin < frame.ends or _within(row, frame) > 0
    return _within(row, frame) >= min(seconds, frame.ends - frame.begins)


def _within(row: Happened, frame: Frame) -> int:
    return min(row.end, frame.ends) - max(row.begin, frame.begins)


def _unit(unit: str | None, day: int) -> object:
    value = date_of(day)
    match unit:
        case "day":
            return day
        case "week":
            return value.isocalendar()[:2]
        case "weekend":
            return value.isocalendar()[:2] if value.isoweekday() > 5 else None
        case _:
            return value.year, value.month


def _duration(measure: Duration, seen: list[Happened], frame: Frame) -> Number:
    rows = [row for row in seen if row.ended or measure.without_end == "unknown"]
    if measure.total == "sum":
        weights = [1 if measure.weight is None else _number(row, measure.weight) for row in rows]
        return sum(weight * max(0, _within(row, frame)) for weight, row in zip(weights, rows, strict=True))
    marks = sorted({frame.begins, frame.ends, *(at for row in rows for at in (row.begin, row.end))})
    spans = [(one, two) for one, two in pairwise(marks) if frame.begins <= one < frame.ends]
    return sum(two - one for one, two in spans if any(row.begin <= one and two <= row.end for row in rows))


def _compared(latest: Latest, seen: Seen, frame: Frame) -> Number | None:
    value, base = _newest(latest, seen, frame.start, frame.end), latest.baseline
    if isinstance(base, Span):
        base = _newest(latest, seen, base.start, base.end)
        if base is None:
            return None
    if value is None or base is None:
        return value
    if latest.compared == "difference":
        return value - base
    return Fraction(value - base) / base * 100 if base > 0 else UNTOLD


def _newest(latest: Latest, seen: Seen, start: int, end: int) -> Number | None:
    rows = seen.starting(start, end)
    if not rows:
        return None
    last = max(row.begin for row in rows)
    values = [_number(row, latest.column) for row in rows if row.begin == last]
    return max(values) if seen.chosen.later else min(values)
