"""An assessment: what a person said about a commitment or a row, as it stands in an assessments file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from promisekit.events import Event, fold
from promisekit.plan.nodes import Check, InTime, Ratio
from promisekit.windows import Day, Span, Window

RowFault = Literal["row", "end", "suspicion"]


class RowNamed(Struct, frozen=True):
    """A row of a log by where it stands: its source, and its line or its id."""

    source: str
    row: int | None
    id: str | None


class Assessment(Struct, frozen=True):
    """A judgement (`verdict`); or, where `waiver` is set, the reason in `note` why something is set aside; or, where
    `set_aside` is set, the reason why a row of the log is to be read otherwise than it stands there."""

    commitment: str | None
    """None of a row: that is set right for all commitments."""
    by: str
    role: str
    """The party that the person speaks for."""
    date: Day
    verdict: Literal["kept", "broken"] | None
    waiver: bool
    note: str | None
    evidence: tuple[str, ...] = ()
    part: str | None = None
    """The part that it is about, `id/part` or deeper; None for the whole commitment."""
    member: str | None = None
    """The member as written, where the part is found by it."""
    window: Span | None = None
    """The windows that it is about are those that lie in these days, or the one that has this day."""
    case: str | None = None
    """The case that it is about, as written."""
    row: RowNamed | None = None
    set_aside: RowFault | None = None
    position: int = 0
    """Its place among the statements of the file."""

    @property
    def about(self) -> str:
        """The name (`plan.checks`) of what it is about; nothing where it is about a row."""
        return self.part or self.commitment or ""


def windows_named(span: Span, windows: Iterable[Window]) -> tuple[int, ...]:
    """The numbers of the windows that a statement's days name: those in them, or the one that has the only day."""
    if len(span) == 1:
        return tuple(number for number, window in enumerate(windows) if span.start in window.span)
    return tuple(
        number
        for number, window in enumerate(windows)
        if span.start <= window.span.start and window.span.end <= span.end
    )


def case_column(check: Check) -> str | None:
    """The column that names the cases of a share: the one that its answers share with what they answer, else `case`."""
    if not isinstance(check.measure, Ratio):
        return None
    keys = [way.key for way in check.measure.part.on if isinstance(way, InTime) and way.key is not None]
    return keys[0] if keys else "case"


def has_case(event: Event, column: str, case: str) -> bool:
    """Whether a row is about the case of that name."""
    return event.values.get(column) == fold(case)


def rows_named(wanted: Iterable[RowNamed], events: Iterable[Event]) -> dict[RowNamed, list[Event]]:
    """The rows that are named, in one pass over the log. More than one is too many, and so is none."""
    found: dict[RowNamed, list[Event]] = {one: [] for one in wanted}
    lines = {(one.source, one.row): one for one in found}
    ids = {(one.source, one.id): one for one in found if one.id is not None}
    for event in events:
        named_by = (lines.get((event.source, event.row)), ids.get((event.source, event.id or "")))
        for named in named_by:
            if named is not None:
                found[named].append(event)
    return found


def within(name: str, about: str) -> bool:
    """Whether a check of that name is what a statement is about, or a part of it."""
    return name == about or name.startswith(f"{about}/")


def known_by(said: Iterable[Assessment], day: Day) -> tuple[Assessment, ...]:
    """The statements known on a day, oldest first."""
    return tuple(sorted((one for one in said if one.date <= day), key=lambda one: one.date))
