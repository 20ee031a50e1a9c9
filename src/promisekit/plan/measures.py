"""Measures: what is counted, added up or looked for in the events of a relation. A part of the plan (`nodes`)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from promisekit.plan.relations import Relation, Select, Semi
from promisekit.windows import Span

Number = int | Fraction


class Count(Struct, frozen=True):
    """How many events of the relation belong to the window."""

    relation: Relation


CountingUnit = Literal["day", "week", "weekend", "month"]


class Distinct(Struct, frozen=True):
    """On how many different days, weeks, weekends or months of the window an event of the relation starts; or how many
    different values it has in a column."""

    relation: Relation
    unit: CountingUnit | None
    column: str | None = None
    """Exactly one of `unit` and `column` is set."""


class Sum(Struct, frozen=True):
    """The sum of a number column. An amount that is not told, or is below 0, may be anything from 0."""

    relation: Relation
    column: str


class Duration(Struct, frozen=True):
    """For how many seconds of the window an event of the relation goes on.

    `union`: time at which several go on counts once. `sum`: each counts, times the number in column `weight`.
    """

    relation: Relation
    total: Literal["union", "sum"]
    weight: str | None
    without_end: Literal["unknown", "not_counted"]
    """What an event whose end is not recorded adds: up to 24 hours, or nothing."""


class Gap(Struct, frozen=True):
    """The longest time in days without an event of the relation: from one to the next, from the last day before the
    window to the first, and from the last to the first day after the window."""

    relation: Relation


class Latest(Struct, frozen=True):
    """The value of the latest event of the relation in the window, or what it is compared with an earlier one.

    A survey's uncertainty stands in the columns `low` and `high`, where they are mapped.
    """

    relation: Select
    column: str
    low: str | None = None
    high: str | None = None
    baseline: Number | Span | None = None
    """A number, or the days whose latest event has it."""
    compared: Literal["difference", "percent"] = "difference"
    """Against the baseline: what was added to it, or that in per cent of it."""
    without: Literal["not_applicable", "broken"] = "not_applicable"
    """What holds where there is certainly no value, or none to compare it with."""


class Ratio(Struct, frozen=True):
    """Which share of the events of `whole` are in `part` too. Nothing over nothing is not applicable.

    With `weight`, events count as many as the number in that column says.
    """

    part: Semi
    whole: Select
    weight: str | None = None
    excuses: tuple[str, ...] = ()
    """Date columns of the whole: a row is in neither part nor whole where it has such a date by its deadline, unless it
    has a partner on that day or before. The part has one way then, `InTime`."""


class Quotient(Struct, frozen=True):
    """The sum of one number column as a share of that of another, over the same events: what is already counted."""

    relation: Select
    above: str
    below: str


Measure = Count | Distinct | Sum | Duration | Gap | Latest | Ratio | Quotient
