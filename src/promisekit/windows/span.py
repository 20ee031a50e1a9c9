"""Spans: half-open sets of civil days, and sets of them (coverage, gaps)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from promisekit.windows.civil import Day, parse_day, show_day


class Span(Struct, frozen=True, order=True):
    """The days from `start` up to but not including `end`."""

    start: Day
    end: Day

    def __contains__(self, day: object) -> bool:
        return isinstance(day, int) and self.start <= day < self.end

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def days(self) -> Iterator[Day]:
        """Every day of it, in order."""
        return (Day(day) for day in range(self.start, self.end))

    @property
    def last(self) -> Day:
        """The last day in it."""
        return Day(self.end - 1)

    def cut(self, other: Span) -> Span:
        """What both have; may be empty."""
        return Span(max(self.start, other.start), min(self.end, other.end))

    def show(self) -> str:
        """`2022-03-01/2022-05-31`, both days included."""
        return f"{show_day(self.start)}/{show_day(self.last)}"


def parse_span(text: str) -> Span:
    """`2022-03-01/2022-05-31`, both days included. Raises ValueError with the reason."""
    first, slash, last = text.partition("/")
    if not slash:
        raise ValueError(f"`{text}` is not a span written `FROM/TO`, both days included")
    span = Span(parse_day(first), Day(parse_day(last) + 1))
    if not len(span):
        raise ValueError(f"the span {text} ends before it begins")
    return span


class DaySet(Struct, frozen=True):
    """A set of days as sorted spans that neither touch nor overlap."""

    spans: tuple[Span, ...] = ()

    def __contains__(self, day: object) -> bool:
        return any(day in span for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def cut(self, other: DaySet) -> DaySet:
        """The days that both have."""
        return day_set(mine.cut(theirs) for mine in self.spans for theirs in other.spans)

    def within(self, span: Span) -> DaySet:
        """The days of it that lie in `span`."""
        return self.cut(DaySet((span,)))

    def missing(self, span: Span) -> DaySet:
        """The days of `span` that are not in the set."""
        gaps, start = [], span.start
        for mine in self.within(span).spans:
            gaps.append(Span(start, mine.start))
            start = mine.end
        return day_set([*gaps, Span(start, span.end)])


def day_set(spans: Iterable[Span]) -> DaySet:
    """The union of spans."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if len(span)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return DaySet(tuple(merged))
