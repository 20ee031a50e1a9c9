"""Results: what is kept, broken, open or not applicable, and everything that says why. Frozen and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from promisekit.diagnostics import Diagnostic
from promisekit.engine.observations import Counted, NearMiss, Phase, Reason, SourceTally
from promisekit.log.model import FileRead
from promisekit.plan.nodes import Plan
from promisekit.windows import AsOf, Day, Span
from promisekit.words import Message


class Verdict(StrEnum):
    """The verdict on a window, a commitment or a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"

    def __bool__(self) -> bool:
        raise TypeError("a verdict is not a truth value: compare it with Verdict.KEPT")


class Status(StrEnum):
    """The public word for where a commitment stands."""

    NOT_APPLICABLE = "not_applicable"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"
    AWAITING_ASSESSMENT = "awaiting_assessment"
    CANNOT_BE_ASSESSED = "cannot_be_assessed"
    NOT_STARTED = "not_started"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"


class Outlook(StrEnum):
    """How an open commitment is doing; never part of the verdict."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


@dataclass(frozen=True)
class Interval:
    """A number known to lie between two others; `high` None is unbounded."""

    low: int
    high: int | None


@dataclass(frozen=True)
class WindowResult:
    """One window of a commitment. For a share, `low..high` is the numerator and `of` the denominator."""

    span: Span
    label: Message
    phase: Phase
    low: int
    high: int | None
    of: Interval | None
    target: TargetShown
    verdict: Verdict
    now: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class TargetShown:
    """The target as numbers: counts, or shares between 0 and 1."""

    min: int | Fraction | None
    max: int | Fraction | None
    unit: str
    """`event`, `share` or `assessment`."""


@dataclass(frozen=True)
class Evidence:
    """The rows a verdict rests on: those that count, and those that may."""

    counted: tuple[Counted, ...]
    total: int
    possible: tuple[Counted, ...]
    possible_total: int


@dataclass(frozen=True)
class NearMissResult:
    """A near miss, and whether the commitment's verdict would be another had it counted."""

    miss: NearMiss
    pivotal: bool


@dataclass(frozen=True)
class Remaining:
    """What is still owed: so many more, by a day."""

    need: int
    by: Day
    what: Message


@dataclass(frozen=True)
class Statement:
    """An assessment that was taken into account: a person's judgement, or a waiver."""

    by: str
    role: str
    date: Day
    verdict: Verdict | None
    note: str | None
    evidence: tuple[str, ...]
    replaced: bool
    """Whether a newer statement of the same role stands in its place."""


@dataclass(frozen=True)
class Waiver:
    """A commitment set aside by people, with the verdict that it would have had."""

    by: str
    role: str
    date: Day
    reason: str
    without: Verdict


@dataclass(frozen=True)
class Degree:
    """The share of windows kept, as an interval."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class CommitmentResult:
    """The result for one commitment."""

    id: str
    kind: str
    owner: str | None
    quote: str | None
    statement: Message
    reading: str | None
    verdict: Verdict
    now: Verdict | None
    """What it would be if nothing more happened; None where only people can say."""
    final_at: Day | None
    status: Status
    reasons: tuple[Reason, ...]
    degree: Degree | None
    target: TargetShown | None
    outlook: Outlook | None
    windows: tuple[WindowResult, ...]
    evidence: Evidence
    near_misses: tuple[NearMissResult, ...]
    near_miss_total: int
    remaining: tuple[Remaining, ...]
    criteria: tuple[str, ...]
    statements: tuple[Statement, ...]
    waived: Waiver | None
    assumed: tuple[str, ...]
    """The sources whose undeclared coverage the verdict rests on."""

    @property
    def final(self) -> bool:
        """Whether more knowledge cannot change the verdict."""
        return self.verdict is not Verdict.OPEN


@dataclass(frozen=True)
class Result:
    """The verdicts on a promise, as of a day."""

    as_of: AsOf
    verdict: Verdict
    status: Status
    commitments: tuple[CommitmentResult, ...]
    sources: Mapping[str, SourceTally]

    @property
    def final(self) -> bool:
        """Whether more knowledge cannot change the verdict."""
        return self.verdict is not Verdict.OPEN


@dataclass(frozen=True)
class SourceResult:
    """A source as it was used: what was read, what it covers, and every row in one of five heaps."""

    name: str
    files: tuple[FileRead, ...]
    tally: SourceTally
    declared: bool
    """Whether its coverage was declared; assumed from its last event otherwise."""


@dataclass(frozen=True)
class Evaluation:
    """Everything about one run over one promise: what every report, text and JSON is made from."""

    plan: Plan
    result: Result
    sources: tuple[SourceResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Warnings about the log and the coverage; errors never get this far."""
    engine: str
    version: str
    assessments_sha256: str | None


__all__ = [
    "CommitmentResult",
    "Degree",
    "Evaluation",
    "Evidence",
    "Interval",
    "NearMissResult",
    "Outlook",
    "Remaining",
    "Result",
    "SourceResult",
    "Statement",
    "Status",
    "TargetShown",
    "Verdict",
    "Waiver",
    "WindowResult",
]
