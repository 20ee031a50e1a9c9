"""Rows that fail one condition of their selector and would otherwise have a partner, or be one.

Where the condition is on the column that the pair compares, one wrong cell fails both. Then the pair is asked about all
but that column, and the cell of the partner must be one that the condition accepts: it would be right in both rows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice

from promisekit.engine.observations import SEARCH_LIMIT
from promisekit.engine.reference.almosts import Almost
from promisekit.engine.reference.finder import Finder, Row
from promisekit.engine.reference.pairs import known_value, pair, timely
from promisekit.engine.reference.places import Places, first_place
from promisekit.engine.reference.relations import Partners
from promisekit.engine.reference.seen import Seen
from promisekit.engine.telling import ref_of
from promisekit.engine.tied import compared_by, parts_of, tied_parts
from promisekit.events import RowKey
from promisekit.plan.nodes import InTime, On, Select
from promisekit.selectors.match import matches

Found = tuple[Seen, Almost]
Accepts = Callable[[Seen], bool]
"""Whether the cell of a row would be right in another one."""


class NearlyPartners:
    """Rows that fail one condition of the right side of a pairing, to be asked about one left row after the other."""

    def __init__(self, partners: Partners, select: Select, almosts: list[Found]) -> None:
        self.partners = partners
        self._by_row = {seen.event.key: almost for seen, almost in almosts}
        rows = [Row(seen, True) for seen, _ in almosts]
        self._near = {way: partners.finder(way, rows) for way in partners.finders}
        self._tied = {way: list(self._tied_to(way, select, almosts)) for way in partners.finders}

    def _tied_to(self, way: On, select: Select, almosts: list[Found]) -> Iterator[tuple[Accepts, Finder]]:
        for part, column in tied_parts(select):
            if column == compared_by(way):
                failing = [Row(seen, True) for seen, almost in almosts if almost.part == part]
                anywhere = self.partners.finder(way, failing, anywhere=True)
                yield _accepts(select, part, column), anywhere

    def of(self, way: On, left: Seen, told: Container[RowKey]) -> Iterator[Almost]:
        """Those that would be a partner of a row, but for what is told already."""
        if isinstance(way, InTime) and way.column is not None:
            return  # only the row itself can be its own answer
        zone, begins = self.partners.right.zone, self.partners.right.day_begins
        for row in self._near[way].near(left):
            if row.seen.event.key not in told and pair(way, left, row.seen, zone, begins) is True:
                yield self._by_row[row.seen.event.key]
        for accepts, finder in self._tied[way]:
            for row in finder.near(left) if accepts(left) else ():
                if row.seen.event.key not in told and timely(way, left, row.seen, zone, begins) is True:
                    yield self._by_row[row.seen.event.key]


def nearly_partnered(almosts: list[Found], select: Select, partners: Partners, places: Places) -> Iterator[Found]:
    """Of the rows that fail one condition of the left side of a pairing those that would have a partner."""
    partnered = [found for found in almosts if partners.of(Row(found[0], True)).partnered]
    yield from partnered
    told = {seen.event.key for seen, _ in partnered}
    for part, column in tied_parts(select):
        accepts = _accepts(select, part, column)
        for seen, almost in _first_placed((found for found in almosts if found[1].part == part), places):
            if seen.event.key not in told and partners.elsewhere(seen, column, accepts):
                yield seen, almost


def _first_placed(almosts: Iterable[Found], places: Places) -> Iterator[Found]:
    """The first of them that lie in a window, in the order in which near misses are told. In a large log nearly every
    row is at another place than the one that is asked for, so that nobody looks for the partners of all of them."""
    placed = [(window, found) for found in almosts if (window := first_place(places, found[0])) is not None]
    if len(placed) > SEARCH_LIMIT:
        placed.sort(key=lambda one: (one[0], (ref := ref_of(one[1][1].event)).start, ref))
    return (found for _, found in islice(placed, SEARCH_LIMIT))


def _accepts(select: Select, part: int, column: str) -> Accepts:
    """Whether what a row has in the column, a text that no as-of changes, would be right by that part of a selector."""
    condition = parts_of(select)[part]

    def accepts(seen: Seen) -> bool:
        known = known_value(column, seen)
        return known and matches(condition, seen.event, None, select.day_begins) is True

    return accepts
