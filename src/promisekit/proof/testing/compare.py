"""What a test expects beside what was found: both as values of the JSON result, in its words.

Only what is written is compared. Lists of what counts and of what remains are compared whole, in any order; a window, a
near miss, a case, a member or a part alone, since a log has more of them than anybody would write down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from promisekit.diagnostics import Route
from promisekit.engine.observations import EventRef, Outcome
from promisekit.events import fold
from promisekit.plan.nodes import Number
from promisekit.report.entries import Json, number
from promisekit.spec.expected import UNBOUNDED, Between, Expected, ExpectedNearMiss, ExpectedRow, ExpectedWindow
from promisekit.spec.expecting import window_named
from promisekit.verdict.model import CommitmentResult, Degree, Interval, Result, WindowResult
from promisekit.windows import Day, show_day


class Difference(Struct, frozen=True):
    """Something that is not as a test expects it."""

    route: Route
    """Where the test says so; the step after `expect` is the commitment."""
    expected: Json
    found: Json

    @property
    def commitment(self) -> str:
        """The commitment that it is about."""
        return str(self.route[3])

    @property
    def about(self) -> str:
        """What of the commitment it is about: `verdict`, `windows.2022-03-01.count`."""
        return ".".join(map(str, self.route[4:]))


def differences(expect: Mapping[str, Expected], result: Result, route: Route) -> Iterator[Difference]:
    """Everything that is otherwise than expected, in the order in which it is written under `route`."""
    found = {one.id: one for one in result.commitments}
    for name, expected in expect.items():
        yield from _of_commitment(expected, found[name], (*route, name))


def _of_commitment(expected: Expected, one: CommitmentResult, route: Route) -> Iterator[Difference]:
    for key in _written(expected, _FACTS):
        wanted, found = _as_json(getattr(expected, key)), _FACTS[key](one)
        if wanted != found:
            yield Difference((*route, key), wanted, found)
    only = one.windows[0] if len(one.windows) == 1 else None
    yield from _of_window(expected, only, route, _NUMBERS)
    for name, window in (expected.windows or {}).items():
        yield from _of_window(window, _named(name, one), (*route, "windows", name), _OF_WINDOW)
    yield from _of_rows(expected, one, route)
    yield from _of_cases(expected, one, route)
    yield from _of_remaining(expected, one, route)
    for key, parts in (("members", _members(one)), ("parts", {fold(part.id): part for part in one.parts})):
        for name, inner in (getattr(expected, key) or {}).items():
            yield from _of_commitment(inner, parts[fold(name)], (*route, key, name))


def _written(expected: Expected | ExpectedWindow, keys: Iterable[str]) -> list[str]:
    """The keys among `keys` that the author has written."""
    return [key for key in keys if key in expected.model_fields_set]


def _members(one: CommitmentResult) -> Mapping[str, CommitmentResult]:
    return {fold(part.member): part for part in one.parts if part.member is not None}


def _day(day: Day | None) -> Json:
    return None if day is None else show_day(day)


def _degree(degree: Degree | None) -> Json:
    return None if degree is None else _between(_rounded(degree.low), _rounded(degree.high))


def _rounded(share: Fraction) -> Json:
    """A share of windows as the result has it, to three decimals."""
    return number(round(share, 3))


def _between(low: Json, high: Json) -> Json:
    """An interval; a number alone where it is known for certain."""
    return low if low == high else {"low": low, "high": high}


_FACTS: Mapping[str, Callable[[CommitmentResult], Json]] = {
    "verdict": lambda one: one.verdict.value,
    "status": lambda one: one.status.value,
    "reasons": lambda one: sorted(reason.value for reason in one.reasons),
    "final": lambda one: one.final,
    "final_at": lambda one: _day(one.final_at),
    "now": lambda one: None if one.now is None else one.now.value,
    "outlook": lambda one: None if one.outlook is None else one.outlook.value,
    "without": lambda one: None if one.without is None else one.without.value,
    "overdue": lambda one: _day(one.overdue),
    "degree": lambda one: _degree(one.degree),
}
"""What is compared as it is."""


def _upper(value: Number | None, unit: str = "event") -> Json:
    """An upper end, as a promise writes it: nothing at all means that nothing was found."""
    return UNBOUNDED if value is None else number(value, unit)


def _of(window: WindowResult) -> Json:
    whole: Interval | None = window.of
    return None if whole is None else _between(number(whole.low), _upper(whole.high))


_NUMBERS: Mapping[str, Callable[[WindowResult], Json]] = {
    "count": lambda window: _between(number(window.low, window.target.unit), _upper(window.high, window.target.unit)),
    "low": lambda window: number(window.low, window.target.unit),
    "high": lambda window: _upper(window.high, window.target.unit),
    "of": _of,
}
_OF_WINDOW: Mapping[str, Callable[[WindowResult], Json]] = {
    **_NUMBERS,
    "verdict": lambda window: window.verdict.value,
    "reasons": lambda window: sorted(reason.value for reason in window.reasons),
    "phase": lambda window: window.phase.value,
}


def _named(name: str, one: CommitmentResult) -> WindowResult | None:
    numbers = window_named(name, [(window.span, window.label) for window in one.windows])
    return one.windows[numbers[0]] if len(numbers) == 1 else None


def _of_window(
    expected: Expected | ExpectedWindow,
    window: WindowResult | None,
    route: Route,
    facts: Mapping[str, Callable[[WindowResult], Json]],
) -> Iterator[Difference]:
    for key in _written(expected, facts):
        wanted = _as_json(getattr(expected, key))
        found = None if window is None else facts[key](window)
        if window is None or wanted != found:
            yield Difference((*route, key), wanted, found)


def _as_json(value: object) -> Json:
    """What an author has written, as the result would have it."""
    match value:
        case Between(low=low, high=high):
            return _between(number(low), _upper(high))
        case list():
            return sorted(map(str, value))
        case None:
            return UNBOUNDED
        case bool() | str():
            return value
        case int() | Fraction():
            return number(value)
    raise TypeError(f"nobody can expect {value!r}")


def _of_rows(expected: Expected, one: CommitmentResult, route: Route) -> Iterator[Difference]:
    counted = [(row.event, None) for row in one.evidence.counted if row.outcome is Outcome.COUNTED]
    possible = [(row.event, None) for row in one.evidence.possible]
    missed = [(near.miss.event, near.miss.failed) for near in one.near_misses]
    lists: tuple[tuple[str, Sequence[ExpectedRow] | None, Sequence[Found]], ...] = (
        ("counted", expected.counted, counted),
        ("possible", expected.possible, possible),
        ("near_misses", expected.near_misses, missed),
    )
    for key, wanted, found in lists:
        left = None if wanted is None else _left(wanted, found)
        if left is not None and (left[0] or (left[1] and not (key == "near_misses" and wanted))):
            by_id = any(row.id is not None for row in wanted or ())
            yield Difference(
                (*route, key), [_wanted(row) for row in wanted or ()], [_shown(*row, by_id) for row in found]
            )


Found = tuple[EventRef, str | None]
"""A row of the log, and of a near miss the condition that it failed."""


def _left(wanted: Sequence[ExpectedRow], found: Sequence[Found]) -> tuple[list[ExpectedRow], list[Found]]:
    """The rows that are wanted and not there, and those that are there and not wanted."""
    lacking: list[ExpectedRow] = []
    more = list(found)
    for row in wanted:
        match = next((one for one in more if _is(row, one[0]) and _failed(row) == one[1]), None)
        if match is None:
            lacking.append(row)
        else:
            more.remove(match)
    return lacking, more


def _is(row: ExpectedRow, event: EventRef) -> bool:
    """Whether the row is the one that the author names."""
    source = row.source is None or row.source == event.source
    return source and (row.row == event.row if row.id is None else row.id == event.id)


def _failed(row: ExpectedRow) -> str | None:
    return row.failed if isinstance(row, ExpectedNearMiss) else None


def _wanted(row: ExpectedRow) -> Json:
    return _row(row.row if row.id is None else row.id, _failed(row))


def _shown(event: EventRef, failed: str | None, by_id: bool) -> Json:
    return _row(event.id if by_id and event.id is not None else event.row, failed)


def _row(name: int | str | None, failed: str | None) -> Json:
    if failed is None:
        return name
    return {"row" if isinstance(name, int) else "id": name, "failed": failed}


def _of_cases(expected: Expected, one: CommitmentResult, route: Route) -> Iterator[Difference]:
    for position, case in enumerate(expected.cases or ()):
        found = [known.verdict.value for known in one.cases if _is(case, known.event)]
        if found != [case.verdict]:
            yield Difference(
                (*route, "cases", position), case.verdict, found[0] if len(found) == 1 else (found or None)
            )


def _of_remaining(expected: Expected, one: CommitmentResult, route: Route) -> Iterator[Difference]:
    if expected.remaining is None:
        return
    wanted = [{"need": number(left.need), "by": left.by} for left in expected.remaining]
    found = [{"need": number(left.need, left.unit), "by": show_day(left.by)} for left in one.remaining]
    if sorted(map(str, wanted)) != sorted(map(str, found)):
        yield Difference((*route, "remaining"), wanted, found)
