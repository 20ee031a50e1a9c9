"""An assessment: what a person said about a commitment, as it stands in an assessments file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from promisekit.windows import Day


@dataclass(frozen=True)
class Assessment:
    """A judgement (`verdict`) or, where `waiver` is set, the reason in `note` why the commitment is set aside."""

    commitment: str
    by: str
    role: str
    """The party that the person speaks for."""
    date: Day
    verdict: Literal["kept", "broken"] | None
    waiver: bool
    note: str | None
    evidence: tuple[str, ...] = ()
