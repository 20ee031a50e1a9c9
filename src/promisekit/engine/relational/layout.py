"""The plan in numbers: what is distinct in it is listed once, and everything else points at its place in a list."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic, TypeVar

from promisekit.plan.nodes import (
    Check,
    Commitment,
    Count,
    Deadline,
    InTime,
    On,
    Overlap,
    Partition,
    Plan,
    Ratio,
    SameDay,
    SameRow,
    Select,
    Semi,
    Within,
)
from promisekit.plan.windows import windows_of
from promisekit.windows import Span, Window

PLACE = "place"
NOWHERE = -1
"""In place of the number of something that is not there."""

Thing = TypeVar("Thing", bound=Hashable)


class Numbered(Generic[Thing]):
    """Distinct things in the order in which they were first met."""

    def __init__(self, things: Iterable[Thing] = ()) -> None:
        self._numbers: dict[Thing, int] = {}
        for thing in things:
            self.number(thing)

    def number(self, thing: Thing) -> int:
        """The number of a thing; it gets the next one where it is new."""
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def things(self) -> tuple[Thing, ...]:
        """All of them, in the order of their numbers."""
        return tuple(self._numbers)


class How(IntEnum):
    """How two rows belong together. `DAY` is `TIME` with the place for a key and no day of delay."""

    ROW = 0
    DAY = 1
    OVERLAP = 2
    TIME = 3
    OWN = 4


@dataclass(frozen=True, slots=True)
class Way:
    """One way of one pairing: numbers, and the node that they stand for."""

    how: How
    seconds: int
    key: int
    deadline: int
    own: int
    on: On


@dataclass(frozen=True, slots=True)
class Pairing:
    """A semi-join: the numbers of its sides, and its ways in the order in which they were written."""

    left: int
    right: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A check: which rows it counts (`select`, or the left side of `pairing`) in which windows."""

    number: int
    commitment: str
    check: Check
    select: int
    pairing: int
    partition: int
    windows: tuple[Window, ...]

    @property
    def is_ratio(self) -> bool:
        """Whether it asks for a share."""
        return isinstance(self.check.measure, Ratio)

    @property
    def semi(self) -> Semi | None:
        """The semi-join that it counts by, where it does."""
        match self.check.measure:
            case Count(Semi() as semi) | Ratio(part=semi):
                return semi
        return None

    @property
    def left(self) -> Select:
        """The activity whose rows are counted."""
        match self.check.measure:
            case Count(Select() as select) | Count(Semi(left=select)) | Ratio(part=Semi(left=select)):
                return select
        raise TypeError(f"no measure {self.check.measure!r}")

    @property
    def right(self) -> Select | None:
        """The activity of the partners."""
        return None if self.semi is None else self.semi.right


@dataclass(slots=True)
class Layout:
    """Everything distinct in a plan."""

    selects: Numbered[Select] = field(default_factory=Numbered)
    pairings: Numbered[Pairing] = field(default_factory=Numbered)
    deadlines: Numbered[Deadline] = field(default_factory=lambda: Numbered([Within(0, "days")]))
    keys: Numbered[str] = field(default_factory=Numbered)
    own_dates: Numbered[str] = field(default_factory=Numbered)
    partitions: Numbered[tuple[Span, Partition]] = field(default_factory=Numbered)
    checks: list[Asked] = field(default_factory=list)

    def add(self, commitment: Commitment, check: Check) -> None:
        """One more check."""
        select, pairing = NOWHERE, NOWHERE
        match check.measure:
            case Count(Select() as counted):
                select = self._select(counted)
            case Count(Semi() as semi) | Ratio(part=semi):
                pairing = self._pairing(semi)
            case _:
                raise TypeError(f"no measure {check.measure!r}")
        partition = self.partitions.number((check.span, check.partition))
        asked = Asked(len(self.checks), commitment.id, check, select, pairing, partition, windows_of(check))
        self.checks.append(asked)

    def counted_in(self, check: Asked) -> int:
        """The activity whose rows a check counts."""
        return check.select if check.pairing == NOWHERE else self.pairings.things[check.pairing].left

    def _select(self, select: Select) -> int:
        # Activities that mean the same rows are the same to an engine, whatever their names.
        return self.selects.number(Select("", select.selector, select.sources))

    def _pairing(self, semi: Semi) -> int:
        ways = tuple(self._way(on) for on in dict.fromkeys(semi.on))
        return self.pairings.number(Pairing(self._select(semi.left), self._select(semi.right), ways))

    def _way(self, on: On) -> Way:
        match on:
            case SameRow():
                return Way(How.ROW, 0, NOWHERE, 0, NOWHERE, on)
            case SameDay():
                return Way(How.DAY, 0, self.keys.number(PLACE), 0, NOWHERE, on)
            case Overlap(seconds):
                return Way(How.OVERLAP, seconds, self.keys.number(PLACE), 0, NOWHERE, on)
            case InTime(key, deadline, column):
                key_number = NOWHERE if key is None else self.keys.number(key)
                due = self.deadlines.number(deadline)
                if column is None:
                    return Way(How.TIME, 0, key_number, due, NOWHERE, on)
                return Way(How.OWN, 0, NOWHERE, due, self.own_dates.number(column), on)


def lay_out(plan: Plan) -> Layout:
    """A plan in numbers. What only people can judge is not in it."""
    layout = Layout()
    for commitment in plan.commitments:
        if isinstance(commitment.node, Check):
            layout.add(commitment, commitment.node)
    return layout
