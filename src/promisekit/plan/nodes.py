"""The plan: what every kind lowers to. A few frozen values; no engine knows what was written in YAML.

Node        = Check | KOfN(need, parts) | When(trigger, then) | Assess(criteria …)
Check       = span, partition, measure, target, need, attribution
partition   = Whole | Until | Calendar | Listed
measure     = Count | Distinct | Sum | Duration | Gap | Latest      of a relation
            | Ratio(part, whole) | Quotient(relation, above, below)
relation    = Select | Semi
on          = SameRow | SameDay | Overlap | InTime
need        = All | AtLeast(k) | ShareOf(x)                         of the windows, or of the parts
attribution = Starts | Overlaps                                     when an event belongs to a window
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from promisekit.plan.measures import (
    Count as Count,
)
from promisekit.plan.measures import (
    CountingUnit as CountingUnit,
)
from promisekit.plan.measures import (
    Distinct as Distinct,
)
from promisekit.plan.measures import (
    Duration as Duration,
)
from promisekit.plan.measures import (
    Gap as Gap,
)
from promisekit.plan.measures import (
    Latest as Latest,
)
from promisekit.plan.measures import (
    Measure as Measure,
)
from promisekit.plan.measures import (
    Number as Number,
)
from promisekit.plan.measures import (
    Quotient as Quotient,
)
from promisekit.plan.measures import (
    Ratio as Ratio,
)
from promisekit.plan.measures import (
    Sum as Sum,
)
from promisekit.plan.relations import (
    By as By,
)
from promisekit.plan.relations import (
    Deadline as Deadline,
)
from promisekit.plan.relations import (
    Hours as Hours,
)
from promisekit.plan.relations import (
    InTime as InTime,
)
from promisekit.plan.relations import (
    On as On,
)
from promisekit.plan.relations import (
    Overlap as Overlap,
)
from promisekit.plan.relations import (
    Relation as Relation,
)
from promisekit.plan.relations import (
    SameDay as SameDay,
)
from promisekit.plan.relations import (
    SameRow as SameRow,
)
from promisekit.plan.relations import (
    Select as Select,
)
from promisekit.plan.relations import (
    Semi as Semi,
)
from promisekit.plan.relations import (
    Within as Within,
)
from promisekit.windows import Day, Partial, Span, Unit, Window, Zone
from promisekit.words import Message


class Target(Struct, frozen=True):
    """What a measure must lie in: `[low, high]`, both included unless `strict`; None is unbounded."""

    low: Number | None
    high: Number | None
    strict: bool = False
    """Whether the ends themselves are outside: more than, less than."""


ALL = Fraction(1)
"""The target of a share that must be all."""


class Whole(Struct, frozen=True):
    """One window: all of `span`."""


class Until(Struct, frozen=True):
    """One window: all of `span`. What comes after it comes too late, and is told."""


class Calendar(Struct, frozen=True):
    """The calendar windows of the span: `number` units each, counted from the window that `anchor` lies in (that of the
    first day of the span, where None)."""

    unit: Unit
    partial: Partial | None = None
    number: int = 1
    anchor: Day | None = None
    left_out: tuple[Span, ...] = ()
    """Those of its windows in which nothing is owed, in order."""


class Listed(Struct, frozen=True):
    """Just these windows, in order and without overlap: the days of a named calendar, weekdays, slots of the clock."""

    windows: tuple[Window, ...]


Partition = Whole | Until | Calendar | Listed


class All(Struct, frozen=True):
    """Every one of them; those that are not applicable are left out."""


class AtLeast(Struct, frozen=True):
    """So many of them at least."""

    number: int


class ShareOf(Struct, frozen=True):
    """This share of the applicable ones at least."""

    share: Fraction


Need = All | AtLeast | ShareOf


class Starts(Struct, frozen=True):
    """An event belongs to the window of the day on which it starts."""


class Overlaps(Struct, frozen=True):
    """An event belongs to every window in which it goes on for `seconds` at least (or for all of a shorter window).

    With 0 it is enough that it begins there, or goes on there at all.
    """

    seconds: int


Attribution = Starts | Overlaps


class Check(Struct, frozen=True):
    """In so many windows of `span` as are needed the measure must lie in the target."""

    span: Span
    partition: Partition
    measure: Measure
    target: Target
    need: Need = All()
    attribution: Attribution = Starts()
    average: Calendar | None = None
    """Where the target is for an average over these windows: it has been multiplied by their number."""


class Assess(Struct, frozen=True):
    """People must judge `criteria`: the parties named in `by`, `quorum` of them at least (None: any one)."""

    span: Span
    criteria: tuple[str, ...]
    by: tuple[str, ...]
    quorum: int | Literal["any", "all"] = "any"
    due: Day | None = None
    """The day by which they must have judged; overdue after it."""
    evidence: Literal["optional", "required"] = "optional"
    """Whether a judgement must say what it rests on."""


class Part(Struct, frozen=True):
    """A part of a commitment that has a result of its own."""

    id: str
    """Unique among its siblings."""
    kind: str
    owner: str | None
    quote: str | None
    statement: Message
    reading: str | None
    node: Node
    member: str | None = None
    """The member of a register (or the tier) that it is about, as written; None for a part that an author wrote."""


class KOfN(Struct, frozen=True):
    """So many of the parts as are needed must be kept."""

    need: Need
    parts: tuple[Part, ...]


class When(Struct, frozen=True):
    """`then` is owed only where `trigger` is kept: window by window where both have the same windows, else as a whole.

    The trigger's measure only grows, and its target has no upper end.
    """

    trigger: Check
    then: Check | KOfN | Assess


Node = Check | KOfN | When | Assess


class Commitment(Struct, frozen=True):
    """One commitment of a plan: who owes it, in whose words, the rule in plain words, and what is checked."""

    id: str
    kind: str
    owner: str | None
    quote: str | None
    statement: Message
    reading: str | None
    node: Node
    readings: tuple[Message, ...] = ()
    """What the rule takes for granted where the promise's words leave a choice."""


class Party(Struct, frozen=True):
    """Who promises: the id used in the document, the name, and who signed."""

    id: str
    name: str
    signed_by: str | None


class Header(Struct, frozen=True):
    """The promise's own words, which no engine needs and every report begins with."""

    id: str
    title: str
    language: str
    parties: tuple[Party, ...]
    text: tuple[tuple[str, str], ...]
    """Named passages in the author's order: introduction, situation, preamble …"""
    follow_up: tuple[tuple[str, str], ...]
    """`forum`, `date`, `note`: when and where the promise is followed up; `held` where that has been recorded."""
    document: str | None
    """The decided text's file name, beside the promise."""
    file: str
    sha256: str
    document_sha256: str | None = None
    registers: tuple[tuple[str, str], ...] = ()
    """The tables beside it that it was read with: file name and SHA-256."""


class Plan(Struct, frozen=True):
    """A promise, lowered: everything that engines, verdicts and reports need to know of it."""

    header: Header
    period: Span
    zone: Zone
    commitments: tuple[Commitment, ...]
    partial_from: Fraction | None = None
    """The degree from which a broken commitment is shown as partly kept; never, where None."""
