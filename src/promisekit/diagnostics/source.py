"""A document's text and where each of its values stands: the one place where a route becomes a line and a column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics.model import Diagnostic, Place, Route

Point = tuple[int, int]
"""A line and a column, both from 0."""

_LINE_END = re.compile("\r\n|[\r\n]")


class Mark(Struct):
    """Where a value stands, where its key stands (if it has one), and the values in it."""

    start: Point
    end: Point
    key: tuple[Point, Point] | None = None
    inner: dict[str | int, Mark] = {}


class Source(Struct, frozen=True):
    """A document: the name that it is spoken of by, its text and the marks of its values."""

    name: str
    text: str
    root: Mark | None = None

    def locate(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The diagnostics with file, place and excerpt, in the order of the text."""
        lines = split_lines(self.text)
        placed = (self._placed(diagnostic, lines) for diagnostic in found)
        return tuple(sorted(placed, key=order))

    def place(self, route: Route, *, at_key: bool = False) -> Place:
        """Where a value (or its key) stands; the innermost value that is there, where the route goes deeper."""
        if self.root is None:
            return Place(1)
        mark = self.root
        for step in route:
            if step not in mark.inner:
                return _place(*_shown(mark))
            mark = mark.inner[step]
        return _place(*mark.key) if at_key and mark.key else _place(*_shown(mark))

    def _placed(self, diagnostic: Diagnostic, lines: list[str]) -> Diagnostic:
        place = diagnostic.place or self.place(diagnostic.route, at_key=diagnostic.at_key)
        excerpt = lines[place.line - 1] if place.line <= len(lines) else ""
        return replace(diagnostic, file=self.name, place=place, excerpt=excerpt)


def split_lines(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return _LINE_END.split(text)


def order(found: Diagnostic) -> tuple[str, int, int, str, str, tuple[str, ...]]:
    """What diagnostics are sorted by: file, place, code, words and route."""
    place = found.place or Place(0, 0)
    route = tuple(str(step) for step in found.route)
    return (found.file or "", place.line, place.column, found.code, found.message.sentence, route)


def _shown(mark: Mark) -> tuple[Point, Point]:
    """What to point at for a value: a scalar itself, of a mapping its first key, of a list its first item's start."""
    first = next(iter(mark.inner.values()), None)
    if first is None:
        return mark.start, mark.end
    if first.key is not None:
        return first.key
    return mark.start, (mark.start[0], mark.start[1] + 1)


def _place(start: Point, end: Point) -> Place:
    return Place(start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
