"""The rows that a measure looks at: those of its relation, with whether each certainly is one of them."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from promisekit.engine.observations import Reason
from promisekit.engine.reference.almosts import Almost
from promisekit.engine.reference.excuses import NOT_EXCUSED, Excused, Excuses
from promisekit.engine.reference.finder import Row
from promisekit.engine.reference.relations import Paired, Partners, Side
from promisekit.engine.reference.seen import Seen
from promisekit.plan.nodes import Relation, Select, Semi
from promisekit.windows import AsOf, Window, Zone

NO_DOUBTS: frozenset[Reason] = frozenset()


class Sight(Protocol):
    """What a check can see at one as-of: the engine's view of the log."""

    @property
    def as_of(self) -> AsOf: ...
    @property
    def zone(self) -> Zone: ...
    @property
    def cells_only(self) -> bool: ...
    @property
    def most(self) -> int: ...
    def side(self, select: Select) -> Side: ...
    def almosts(self, select: Select) -> list[tuple[Seen, Almost]]: ...
    def assumed(self, select: Select) -> set[str]: ...


class Member(Struct, frozen=True):
    """A row of the activity: whether it certainly is one, whether it has the partner that the relation asks for (True
    where it asks for none), and why that cannot be told."""

    seen: Seen
    certain: bool
    partnered: bool | None
    doubts: frozenset[Reason] = NO_DOUBTS
    partner: Seen | None = None
    held: bool = True
    """Whether it certainly is one if nothing more happens: nothing excuses it by now."""

    @property
    def sure(self) -> bool:
        """Whether the row is in the relation for certain."""
        return self.certain and self.partnered is True


class Drawn(Struct, frozen=True):
    """A relation at an as-of: the members, the rows that certainly have no partner, and who the partners may be."""

    side: Side
    members: list[Member]
    apart: list[Member] = []
    """Rows without a partner, in the order of the log; members only of the whole of a share."""
    partners: Partners | None = None

    def unknown_possible(self, window: Window) -> bool:
        """Whether a row that nobody knows of could be in the relation and in a window that is not closed."""
        return self.partners is None or self.partners.could_meet(self.side.known, window)

    @property
    def everyone(self) -> list[Member]:
        """The members and the rows without a partner."""
        return [*self.members, *self.apart]


def draw(relation: Relation, sight: Sight, excuses: tuple[str, ...] = ()) -> Drawn:
    """The rows of a relation as far as they are known, but for those that the date columns `excuses` excuse."""
    if isinstance(relation, Semi):
        left = sight.side(relation.left)
        partners = Partners(sight.side(relation.right), relation.on)
        excusing = Excuses(excuses, left, partners) if excuses else None
        pairs = [
            _paired(partners.of(row), excused)
            for row in left.rows
            if (excused := excusing.of(row) if excusing else NOT_EXCUSED).truth is not True
        ]
        together = [member for member in pairs if member.partnered is not False]
        return Drawn(left, together, [member for member in pairs if member.partnered is False], partners)
    side = sight.side(relation)
    return Drawn(side, [_alone(row) for row in side.rows])


def _alone(row: Row) -> Member:
    return Member(row.seen, row.sure, True, held=row.sure)


def _paired(found: Paired, excused: Excused) -> Member:
    row = found.row
    if excused.answered_else:
        return Member(row.seen, False, True, excused.doubts, found.partner, held=False)
    certain = row.sure and excused.truth is False
    return Member(row.seen, certain, found.partnered, found.doubts | excused.doubts, found.partner, held=row.sure)
