"""What people said, as results show it: judgements, what was waived, and rows that were set aside."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from promisekit.engine.observations import EventRef
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Span


class Statement(Struct, frozen=True):
    """An assessment that was taken into account: a person's judgement."""

    by: str
    role: str
    date: Day
    verdict: Verdict | None
    note: str | None
    evidence: tuple[str, ...]
    replaced: bool
    """Whether a newer statement of the same role stands in its place."""


Waived = Literal["commitment", "part", "member", "window", "case"]


class Waiver(Struct, frozen=True):
    """Something set aside by people, with the verdict that it would have had."""

    by: str
    role: str
    date: Day
    reason: str
    without: Verdict
    """The verdict that what was waived would have had: the commitment, the part, the window, or (of a case) the check
    with the case in it."""
    what: Waived = "commitment"
    part: str | None = None
    """The part that it is about, as `id/part`; None for the whole commitment."""
    member: str | None = None
    window: Span | None = None
    """The days of the waived window, or of all of them."""
    case: str | None = None
    evidence: tuple[str, ...] = ()


class SetAside(Struct, frozen=True):
    """A row of a log that people have set right.

    `row`: it does not count at all. `end`: its missing end adds nothing. `suspicion`: it counts as held.
    """

    event: EventRef
    what: Literal["row", "end", "suspicion"]
    by: str
    role: str
    date: Day
    reason: str
    evidence: tuple[str, ...] = ()
