"""Results: what is kept, broken, open or not applicable, and everything that says why. Frozen and typed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from promisekit.diagnostics import Diagnostic
from promisekit.engine.observations import Counted, EventRef, NearMiss, Phase, Reason, SourceTally
from promisekit.log.model import FileRead
from promisekit.plan.nodes import All, Need, Number, Plan
from promisekit.verdict.said import SetAside, Statement, Waiver
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import AsOf, Day, Instant, Span, Window
from promisekit.words import Message

EVERY_ONE = All()


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


class Interval(Struct, frozen=True):
    """A number known to lie between two others; `high` None is unbounded."""

    low: Number
    high: Number | None


class WindowResult(Struct, frozen=True):
    """One window of a commitment, with numbers in the unit of its target.

    For a share, `low..high` is the numerator and `of` the denominator. For the latest value, `of` is how many values
    could be compared: where its `low` is 0, nothing is told of the value.
    """

    span: Span
    label: Message
    phase: Phase
    low: Number
    high: Number | None
    of: Interval | None
    target: TargetShown
    verdict: Verdict
    now: Verdict
    """What it would be if nothing more happened; open where that cannot be told either."""
    reasons: tuple[Reason, ...]
    member: str | None = None
    """The member of a register that it is about."""
    clock: tuple[int, int] | None = None
    """Where it is a slot, the seconds of its first day at which it begins and ends; the second may be past midnight."""
    waived: Waiver | None = None
    """Who set it aside; its own verdict is then `not_applicable`, and `waived.without` the one it would have had."""

    @property
    def last_day(self) -> Day:
        """The day on which it ends."""
        return Window(self.span, self.label, clock=self.clock).reach.last


class TargetShown(Struct, frozen=True):
    """The target as numbers in its unit; shares lie between 0 and 1."""

    min: Number | None
    max: Number | None
    unit: str
    """`event`, `day`, `week`, `weekend`, `month`, `share`, `part`, `assessment`, `second`, `value`, `difference`,
    `percent`, the name of the column that is summed, or `different COLUMN`. A longest gap has `day`."""
    strict: bool = False
    """Whether the ends themselves are outside: more than, less than."""


class Evidence(Struct, frozen=True):
    """The rows a verdict rests on: those that count, and those that may."""

    counted: tuple[Counted, ...]
    total: int
    possible: tuple[Counted, ...]
    possible_total: int


class NearMissResult(Struct, frozen=True):
    """A near miss, and whether the commitment's verdict would be another had it counted."""

    miss: NearMiss
    pivotal: bool


class Remaining(Struct, frozen=True):
    """What is still owed: so many more of a unit, by a day."""

    need: Number
    by: Day
    what: Message
    unit: str = "event"
    """A unit as targets have it; `answer` and `assessment` for what waits for one."""
    member: str | None = None
    due_at: Instant | None = None
    """The last instant in time, where a deadline counts hours."""


class CaseResult(Struct, frozen=True):
    """One obligation of a response, or one row of a share's whole: what became of it.

    `low..high` is 0..1: whether it is met for certain, and whether it may be.
    """

    event: EventRef
    """The row that the obligation arose from."""
    window: int
    """The number of its window among the commitment's."""
    due: Day | None
    due_at: Instant | None
    answered: Day | None
    """The (first possible) day of the answer, in time or late."""
    partner: EventRef | None
    low: int
    high: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    late: Day | None = None
    """The day of an answer that came after the deadline."""
    late_at: Instant | None = None
    """Its instant, where a deadline counts hours and the clock time is known."""
    waived: Waiver | None = None
    """Who excused it; it is in no number then."""
    member: str | None = None


class TriggerResult(Struct, frozen=True):
    """What a commitment waits for: it is owed only where this is kept."""

    verdict: Verdict
    target: TargetShown
    windows: tuple[WindowResult, ...]
    what: Message
    evidence: Evidence


class Degree(Struct, frozen=True):
    """The share of windows kept, as an interval."""

    low: Fraction
    high: Fraction


class CommitmentResult(Struct, frozen=True):
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
    need: Need = EVERY_ONE
    """How many of its windows must be kept; of a composite, how many of its parts."""
    parts: tuple[CommitmentResult, ...] = ()
    """The results of the parts of a composite, or of the members of a register, in full; `id` is the part's own."""
    member: str | None = None
    """Of a part: the member of a register (or the tier) that it is about."""
    readings: tuple[Message, ...] = ()
    """What the rule takes for granted where the promise's words leave a choice."""
    trigger: TriggerResult | None = None
    baseline: tuple[Counted, ...] = ()
    """Of a latest value: the rows of the days that it is compared with, of those that may be the newest there."""
    cases: tuple[CaseResult, ...] = ()
    """Of a share: its obligations, those that are missed or wait first. Bounded as the evidence is."""
    cases_total: int = 0
    waivers: tuple[Waiver, ...] = ()
    """Everything in it that people have set aside, the whole of it (`waived`) included."""
    set_aside: tuple[SetAside, ...] = ()
    """Rows that people have set right and that matter to its numbers."""
    without: Verdict | None = None
    """Where something is waived or set aside: the verdict that it would have had without any of that."""
    overdue: Day | None = None
    """The day by which people should have judged it, where that has passed and they have not."""

    @property
    def final(self) -> bool:
        """Whether more knowledge cannot change the verdict."""
        return self.verdict is not Verdict.OPEN


class Result(Struct, frozen=True):
    """The verdicts on a promise, as of a day."""

    as_of: AsOf
    verdict: Verdict
    status: Status
    commitments: tuple[CommitmentResult, ...]
    sources: Mapping[str, SourceTally]
    set_aside: tuple[SetAside, ...] = ()
    """Every row that people have set right, known at the as-of."""

    @property
    def final(self) -> bool:
        """Whether more knowledge cannot change the verdict."""
        return self.verdict is not Verdict.OPEN


class SourceResult(Struct, frozen=True):
    """A source as it was used: what was read, what it covers, and every row in one of five heaps."""

    name: str
    files: tuple[FileRead, ...]
    tally: SourceTally
    declared: bool
    """Whether its coverage was declared; assumed from its last event otherwise."""


class Evaluation(Struct, frozen=True):
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
    "CaseResult",
    "CommitmentResult",
    "Degree",
    "Evaluation",
    "Evidence",
    "Interval",
    "NearMissResult",
    "Outlook",
    "Remaining",
    "Result",
    "SetAside",
    "SourceResult",
    "Statement",
    "Status",
    "TargetShown",
    "TriggerResult",
    "Verdict",
    "Waiver",
    "WindowResult",
]
