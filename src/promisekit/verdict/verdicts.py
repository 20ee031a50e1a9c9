"""The four verdicts."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The verdict on a window, a commitment or a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"

    def __bool__(self) -> bool:
        raise TypeError("a verdict is not a truth value: compare it with Verdict.KEPT")
