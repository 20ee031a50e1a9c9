"""The strip: a commitment's time as a line, its windows as bands, and the days on which something happened."""

from __future__ import annotations

from collections.abc import Sequence

from promisekit.engine.observations import Counted, EventRef, Outcome
from promisekit.report.page import Band, Dot, Key, Strip
from promisekit.report.teller import days_of
from promisekit.report.voice import Voice
from promisekit.verdict.model import CommitmentResult
from promisekit.windows import AsOf, Day, Span
from promisekit.words import Message, say, sequence

HEIGHT, BASE, STEP = 44, 38, 11
"""The strip's height, where its line lies, and how far apart dots of one day stand, in CSS pixels."""
LEVELS = 3
NEAR = 1.8
"""Dots closer than this (in per cent of the width) are stacked."""
GAP = 0.3
"""Between two windows, in per cent of the width."""
NAMED_AT_MOST = 12
BANDS_AT_MOST = 60


def strip(result: CommitmentResult, as_of: AsOf, voice: Voice) -> Strip | None:
    """The strip of a commitment; None where nothing happened that could stand on it."""
    if not result.windows:
        return None
    span = Span(min(window.span.start for window in result.windows), max(window.span.end for window in result.windows))
    shapes = _shapes(result)
    inside = {shape: [span_ for span_ in spans if len(span_.cut(span))] for shape, spans in shapes.items()}
    if not any(inside.values()) or len(span) < 2:
        return None
    legend = _legend(result, voice)
    told = {shape: days for shape, days in inside.items() if days}
    running = as_of.day in span
    return Strip(
        title=voice(say("When it happened")),
        desc=" ".join(_told(legend[shape], days, voice) for shape, days in told.items()),
        first=voice.day(span.start),
        last=voice.day(span.last),
        height=str(HEIGHT),
        base=str(BASE),
        bands=_bands(result, span),
        dots=tuple(_dots(told, span)),
        as_of=_share(_middle(as_of.day, span)) if running else "",
        as_of_text=voice(say("the day of the report")) if running else "",
        legend=tuple(Key(_dot(shape, 8, 8), legend[shape]) for shape in told),
    )


def _shapes(result: CommitmentResult) -> dict[str, list[Span]]:
    """The days of the rows, by the shape that stands for them."""
    shapes: dict[str, list[Span]] = {"counted": [], "possible": [], "missed": []}
    for row in (*result.evidence.counted, *result.evidence.possible):
        shapes[_shape(row)].append(days_of(row.event))
    if not _shares(result):
        seen: set[EventRef] = {row.event for row in (*result.evidence.counted, *result.evidence.possible)}
        shapes["missed"] += [days_of(one.miss.event) for one in result.near_misses if one.miss.event not in seen]
    return shapes


def _shares(result: CommitmentResult) -> bool:
    return any(window.target.unit == "share" for window in result.windows)


def _shape(row: Counted) -> str:
    match row.outcome:
        case Outcome.COUNTED:
            return "counted"
        case Outcome.MISSED:
            return "missed"
        case _:
            return "possible"


def _legend(result: CommitmentResult, voice: Voice) -> dict[str, str]:
    if _shares(result):
        words = {
            "counted": say("done as promised"),
            "possible": say("not yet known"),
            "missed": say("not done as promised"),
        }
    else:
        words = {"counted": say("counted"), "possible": say("may count"), "missed": say("nearly counted")}
    return {shape: voice.begun(word) for shape, word in words.items()}


def _told(word: str, days: Sequence[Span], voice: Voice) -> str:
    names: list[Message | str] = [_named(span, voice) for span in days[:NAMED_AT_MOST]]
    if len(days) > NAMED_AT_MOST:
        names.append(say("{n} more", n=len(days) - NAMED_AT_MOST))
    return voice(say("{what}: {days}.", what=word, days=sequence(tuple(names))))


def _named(span: Span, voice: Voice) -> str:
    first = voice.day(span.start)
    return first if len(span) == 1 else voice(say("{first} – {last}", first=first, last=voice.day(span.last)))


def _bands(result: CommitmentResult, span: Span) -> tuple[Band, ...]:
    different = sorted({(window.span.start, window.span.end) for window in result.windows})
    windows = [Span(start, end) for start, end in different] if len(different) <= BANDS_AT_MOST else [span]
    return tuple(Band(_share(_left(one.start, span)), _share(100 * len(one) / len(span) - GAP)) for one in windows)


def _dots(shapes: dict[str, list[Span]], span: Span) -> list[Dot]:
    """The marks from left to right; one that would cover another stands above it."""
    placed: list[tuple[float, int]] = []
    dots = []
    for start, end, shape in sorted((days.start, days.end, shape) for shape, of in shapes.items() for days in of):
        days = Span(start, end).cut(span)
        one = len(days) == 1
        x = _middle(start, span) if one else _left(days.start, span)
        level = 0
        while level + 1 < LEVELS and any(abs(x - other) < NEAR and level == at for other, at in placed):
            level += 1
        placed.append((x, level))
        y = BASE - 8 - STEP * level
        dots.append(_dot(shape, _share(x), y, "" if one else _share(_left(days.end, span) - x)))
    return dots


def _dot(shape: str, x: str | int, y: int, width: str = "") -> Dot:
    return Dot(shape, str(x), str(y), str(y - 4), width, shape == "missed" and not width)


def _left(day: Day, span: Span) -> float:
    return 100 * (day - span.start) / len(span)


def _middle(day: Day, span: Span) -> float:
    return 100 * (day - span.start + 0.5) / len(span)


def _share(value: float) -> str:
    return f"{value:.2f}%"
