"""Who tells rows of a log: in one language, to one audience, with what that audience may see."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from promisekit.engine.observations import EventRef
from promisekit.report.voice import Voice
from promisekit.windows import UNITS, Day, Span, Window, Zone, is_whole, parse_day, tile, whole
from promisekit.words import Date, Message, say

Audience = Literal["public", "internal"]


class Teller(Struct, frozen=True):
    """Tells rows in one language to one audience."""

    voice: Voice
    audience: Audience
    file: str | None
    """The log's only file, which then need not be named at every row; None where there are several."""
    zone: Zone

    @property
    def internal(self) -> bool:
        """Whether the reader may see ids."""
        return self.audience == "internal"

    def named(self, ref: EventRef) -> str:
        """The row's file, where it has to be named."""
        return self.voice(ref.file) if self.file is None else ""

    def cite(self, ref: EventRef) -> str:
        """The row in words."""
        if self.file is None:
            return self.voice(say("{file}, row {row}", file=ref.file, row=str(ref.row)))
        return self.voice(say("row {row}", row=str(ref.row)))

    def heading(self) -> str:
        """What stands over the rows' numbers."""
        return self.voice(say("Row"))

    def what(self, ref: EventRef) -> str:
        """What the row says, with its id for those who may see it."""
        if self.internal and ref.id is not None:
            return self.voice(say("{label} ({id})", label=ref.label or "–", id=ref.id))
        return self.voice(ref.label or "–")

    def when(self, ref: EventRef, *, discreet: bool) -> str:
        """When it was; without the time of day where rows are about people's cases."""
        if "/" in ref.start:
            return self.voice(_imprecise(ref.start))
        return self.voice(Date(ref.start[:10] if discreet else ref.start))


def days_of(ref: EventRef) -> Span:
    """The days that a row can lie on."""
    first, _, last = ref.start.partition("/")
    return Span(parse_day(first[:10]), Day(parse_day((last or first)[:10]) + 1))


def _imprecise(start: str) -> Message:
    """`some time in April 2022`: the calendar window that the span is, where it is one."""
    first, _, last = start.partition("/")
    span = Span(parse_day(first), Day(parse_day(last) + 1))
    return say("{window}, day unknown", window=_window(span).label)


def _window(span: Span) -> Window:
    for unit in UNITS:
        if is_whole(span, unit):
            windows = tile(span, unit, None)
            if len(windows) == 1:
                return windows[0]
    return whole(span)
