"""The plan: what every kind lowers to. A few frozen dataclasses; no engine knows what was written in YAML.

Node      = Check(partition, measure, target, need) | Assess(criteria …)
partition = Whole | Calendar
measure   = Count(relation) | Ratio(part, whole)
relation  = Select | Semi
on        = SameRow | SameDay | Overlap | InTime
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from promisekit.selectors.model import Selector
from promisekit.windows import Day, Partial, Span, Unit, Zone
from promisekit.words import Message


@dataclass(frozen=True)
class Target:
    """What a measure must lie in: `[low, high]`, both included; None is unbounded. Whole numbers, or exact shares."""

    low: int | Fraction | None
    high: int | Fraction | None


ALL = Fraction(1)
"""The target of a share that must be all."""


@dataclass(frozen=True)
class Select:
    """The events of the named sources (all, where none is named) that a selector means."""

    name: str
    """The activity's name, for people."""
    selector: Selector
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SameRow:
    """One row is both."""


@dataclass(frozen=True)
class SameDay:
    """They start on the same day at the same place."""


@dataclass(frozen=True)
class Overlap:
    """They are at the same place at the same time, for `seconds` at least."""

    seconds: int


@dataclass(frozen=True)
class InTime:
    """The right one comes on the left one's day or later, by its deadline, with the same value in column `key`."""

    key: str | None
    deadline: Deadline
    column: str | None = None
    """Where set, the right one is no row of its own but the date in this column of the left row."""


@dataclass(frozen=True)
class Within:
    """So many units after the trigger's day, which is not counted, but no later than the day `latest`."""

    number: int
    unit: Literal["days", "weeks", "months", "working_days"]
    latest: Day | None = None


@dataclass(frozen=True)
class By:
    """A fixed last day, the same for all."""

    day: Day


Deadline = Within | By
On = SameRow | SameDay | Overlap | InTime


@dataclass(frozen=True)
class Semi:
    """The events of `left` that have a partner in `right` in one of the ways `on`. `right` is `left` where the
    partner is a date on the same row."""

    left: Select
    right: Select
    on: tuple[On, ...]


Relation = Select | Semi


@dataclass(frozen=True)
class Count:
    """How many events of the relation belong to the window."""

    relation: Relation


@dataclass(frozen=True)
class Ratio:
    """Which share of the events of `whole` are in `part` too. Nothing over nothing is not applicable."""

    part: Semi
    whole: Select


Measure = Count | Ratio


@dataclass(frozen=True)
class Whole:
    """One window: all of `span`."""


@dataclass(frozen=True)
class Calendar:
    """The calendar windows of the span."""

    unit: Unit
    partial: Partial | None = None


Partition = Whole | Calendar


@dataclass(frozen=True)
class Check:
    """In every window of `span` the measure must lie in the target."""

    span: Span
    partition: Partition
    measure: Measure
    target: Target


@dataclass(frozen=True)
class Assess:
    """People must judge `criteria`: the parties named in `by`, `quorum` of them at least (None: any one)."""

    span: Span
    criteria: tuple[str, ...]
    by: tuple[str, ...]
    quorum: int | Literal["any", "all"] = "any"


Node = Check | Assess


@dataclass(frozen=True)
class Commitment:
    """One commitment of a plan: who owes it, in whose words, the rule in plain words, and what is checked."""

    id: str
    kind: str
    owner: str | None
    quote: str | None
    statement: Message
    reading: str | None
    node: Node


@dataclass(frozen=True)
class Party:
    """Who promises: the id used in the document, the name, and who signed."""

    id: str
    name: str
    signed_by: str | None


@dataclass(frozen=True)
class Header:
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


@dataclass(frozen=True)
class Plan:
    """A promise, lowered: everything that engines, verdicts and reports need to know of it."""

    header: Header
    period: Span
    zone: Zone
    commitments: tuple[Commitment, ...]
    partial_from: Fraction | None = None
    """The degree from which a broken commitment is shown as partly kept; never, where None."""
