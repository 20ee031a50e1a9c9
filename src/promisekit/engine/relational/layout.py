"""The plan in numbers: what is distinct in it is listed once, and everything else points at its place in a list."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from promisekit.engine.relational.asked import (
    NOWHERE,
    Asked,
    By,
    How,
    Pairing,
    Way,
    columns_tallied,
    seconds_needed,
    tallied_by,
)
from promisekit.engine.tied import PLACE
from promisekit.plan.checks import checks_of, counted_in, excuses_of, relation_of
from promisekit.plan.nodes import (
    Check,
    Deadline,
    Hours,
    InTime,
    On,
    Overlap,
    Partition,
    Plan,
    SameDay,
    SameRow,
    Select,
    Semi,
    Within,
)
from promisekit.plan.windows import windows_of
from promisekit.windows import Span

SAME_DAY = Within(0, "days")

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


class Layout(Struct):
    """Everything distinct in a plan. What depends on days has the second at which they begin beside it."""

    selects: Numbered[Select] = field(default_factory=Numbered)
    pairings: Numbered[Pairing] = field(default_factory=Numbered)
    deadlines: Numbered[tuple[Deadline, int]] = field(default_factory=Numbered)
    keys: Numbered[str] = field(default_factory=Numbered)
    own_dates: Numbered[tuple[str, int]] = field(default_factory=Numbered)
    tilings: Numbered[tuple[Span, Partition, int]] = field(default_factory=Numbered)
    slottings: Numbered[tuple[Span, Partition, int, int]] = field(default_factory=Numbered)
    coded: Numbered[tuple[By, tuple[str, ...]]] = field(default_factory=Numbered)
    checks: list[Asked] = []

    def add(self, name: str, check: Check) -> None:
        """One more check."""
        relation, left = relation_of(check), counted_in(check)
        semi = relation if isinstance(relation, Semi) else None
        columns = columns_tallied(check)
        self.checks.append(
            Asked(
                number=len(self.checks),
                name=name,
                check=check,
                counted=self._select(left),
                pairing=NOWHERE if semi is None else self._pairing(semi, excuses_of(check)),
                tiling=self.tilings.number((check.span, check.partition, left.day_begins)),
                slotting=self._slotting(check, left.day_begins),
                coded=self.coded.number((tallied_by(check), columns)) if columns else NOWHERE,
                windows=windows_of(check),
                left=left,
                semi=semi,
            )
        )

    @property
    def shifts(self) -> tuple[int, ...]:
        """The seconds at which days begin."""
        return tuple(dict.fromkeys(select.day_begins for select in self.selects.things))

    def _slotting(self, check: Check, begins: int) -> int:
        seconds = seconds_needed(check)
        return NOWHERE if seconds is None else self.slottings.number((check.span, check.partition, begins, seconds))

    def _select(self, select: Select) -> int:
        # Activities that mean the same rows are the same to an engine, whatever their names.
        return self.selects.number(replace(select, name=""))

    def _pairing(self, semi: Semi, columns: tuple[str, ...]) -> int:
        begins = semi.left.day_begins
        ways = tuple(self._way(on, begins) for on in dict.fromkeys(semi.on))
        excuses = tuple(self.own_dates.number((column, begins)) for column in columns)
        return self.pairings.number(Pairing(self._select(semi.left), self._select(semi.right), ways, excuses))

    def same_day(self, begins: int) -> int:
        """The number of the deadline that a day itself is, by which its last second is known."""
        return self.deadlines.number((SAME_DAY, begins))

    def _way(self, on: On, begins: int) -> Way:
        at_once = self.same_day(begins)
        match on:
            case SameRow():
                return Way(How.ROW, 0, NOWHERE, at_once, NOWHERE, 0, on)
            case SameDay():
                return Way(How.DAY, 0, self.keys.number(PLACE), at_once, NOWHERE, 0, on)
            case Overlap(seconds):
                return Way(How.OVERLAP, seconds, self.keys.number(PLACE), at_once, NOWHERE, 0, on)
            case InTime(key, deadline, column):
                due, hourly = self.deadlines.number((deadline, begins)), int(isinstance(deadline, Hours))
                if column is not None:
                    return Way(How.OWN, 0, NOWHERE, due, self.own_dates.number((column, begins)), hourly, on)
                key_number = NOWHERE if key is None else self.keys.number(key)
                return Way(How.TIME, 0, key_number, due, NOWHERE, hourly, on)


def lay_out(plan: Plan) -> Layout:
    """A plan in numbers. What only people can judge is not in it."""
    layout = Layout()
    for name, check in checks_of(plan).items():
        layout.add(name, check)
    return layout
