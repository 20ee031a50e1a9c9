"""What an engine measured: per window an interval, and the rows it rests on. No truth values here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from promisekit.plan.nodes import Number
from promisekit.windows import AsOf, Day, DaySet, Instant, Window
from promisekit.words import Message


class Phase(StrEnum):
    """Where a window stands at the as-of: ahead, going on, over and covered, or over with days not covered."""

    FUTURE = "future"
    RUNNING = "running"
    CLOSED = "closed"
    UNCOVERED = "uncovered"


class Reason(StrEnum):
    """Why something is open, in the order in which reasons are told."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    NOT_TRIGGERED = "not_triggered"
    UNCOVERED = "uncovered"
    IMPRECISE = "imprecise"
    NEEDS_ASSESSMENT = "needs_assessment"
    DISPUTED = "disputed"


class Bounds(Struct, frozen=True):
    """A measure: certainly `low`, at most `high` (None is unbounded), and `now` if nothing more happens.

    In the measure's own unit: events, days, seconds, or what a column counts.
    """

    low: Number
    high: Number | None
    now: Number


class Cell(Struct, frozen=True):
    """One window of a check. For a ratio, `count` is the part, `missed` the rest, and `whole` both together: a row
    that may be in the part or in the rest is in both their intervals, and once in the whole. For the latest value,
    `whole` is the number of values that could be compared: none for certain, and nothing is told of the value."""

    window: Window
    phase: Phase
    count: Bounds
    missed: Bounds | None
    whole: Bounds | None
    doubts: tuple[Reason, ...]
    """Every reason why low and high may differ, whether or not the difference matters."""


class EventRef(Struct, frozen=True, order=True):
    """A row to point at: where it stands and what it says."""

    source: str
    file: str
    row: int
    id: str | None
    start: str
    label: str


class Outcome(StrEnum):
    """What became of one counted row."""

    COUNTED = "counted"  # counts for certain
    POSSIBLE = "possible"  # matches, or cannot be told
    MISSED = "missed"  # an event of the whole that is certainly not in the part
    PENDING = "pending"  # may still get its partner: the deadline has not passed


class Why(StrEnum):
    """What a row leaves unsaid."""

    REJECTED = "rejected"  # part of the row cannot be read
    PLANNED = "planned"  # it is only planned
    STATUS = "status"  # no status, or one that nobody knows
    DUPLICATE = "duplicate"  # it may be the same event as another row
    DAY = "day"  # the day is not known exactly
    CLOCK = "clock"  # it has no time of day
    END = "end"  # no end is recorded
    END_CLOCK = "end_clock"  # its end has no time of day
    GOES_ON = "goes_on"  # it has not ended yet
    EMPTY = "empty"  # a cell is empty
    UNREADABLE = "unreadable"  # a cell cannot be read
    DATE = "date"  # the date in a cell is no exact day


class Unsaid(Struct, frozen=True):
    """Something that a check asks and that a row does not say, or (`beside`) the row that belongs to it."""

    why: Why
    column: str = ""
    """Which cell it is about; empty where it is about none."""
    beside: bool = False


OUTSIDE = -1
"""In place of a window's position, of a row that is in none."""


class Counted(Struct, frozen=True):
    """A row that a check rests on, in the first window that it can belong to."""

    event: EventRef
    outcome: Outcome
    window: int
    """The position of that window; `OUTSIDE` of a row in the days of a baseline."""
    partner: EventRef | None = None
    due: Day | None = None
    late: Day | None = None
    """The day of a partner that came after the deadline."""
    amount: Number | None = None
    """What it adds for certain in that window, where a measure adds up anything but events."""
    due_at: Instant | None = None
    """The last instant in time, where a deadline counts hours."""
    late_at: Instant | None = None
    """The instant of a partner that came after it, where its clock time is known."""
    unsaid: tuple[Unsaid, ...] = ()
    """What it leaves unsaid of what the check asks, the heaviest first. A row that counts may do so too."""


class NearMiss(Struct, frozen=True):
    """A row that fails exactly one condition, and which one."""

    event: EventRef
    failed: str
    """A column's name, or `period`, `time`, `weekday`, `calendar`, `status`, `deadline`, `order`."""
    found: Message
    wanted: Message
    window: int | None
    """The window it would count in: its own, or the nearest where its time is what failed."""
    gains: bool = True
    """Whether it would add to the count; False where it would turn a missed one into a met one (a ratio)."""
    amount: Number | None = 1
    """How much it would add; None where that cannot be told from the row alone."""


class Floating(Struct, frozen=True):
    """Rows of imprecise date that can belong to any one of the windows `first..last`, or (unless `certain`) to none."""

    first: int
    last: int
    certain: bool
    number: int


class Observation(Struct, frozen=True):
    """What was measured for one check. Lists are bounded; the totals are not."""

    cells: tuple[Cell, ...]
    counted: tuple[Counted, ...]
    counted_total: int
    """How many rows count for certain (for a ratio: certain events of the whole)."""
    possible_total: int
    late_total: int
    """How many of the missed ones have a partner that came late; of an `Until`, how many certain rows came after it."""
    near_misses: tuple[NearMiss, ...]
    near_miss_total: int
    floating: tuple[Floating, ...]
    assumed: tuple[str, ...]
    """The sources whose undeclared coverage this rests on."""
    baseline: tuple[Counted, ...] = ()
    """The rows that may be the newest of the days that the latest value is compared with. In no window; bounded."""


class SourceTally(Struct, frozen=True):
    """Every row of a source in exactly one of five heaps, at the as-of."""

    rows: int
    used: int
    unused: int
    cancelled: int
    later: int
    rejected: int
    coverage: DaySet


class Observations(Struct, frozen=True):
    """What was measured for a plan at an as-of: by the name of the check (`plan.checks`), and per source."""

    as_of: AsOf
    checks: Mapping[str, Observation]
    sources: Mapping[str, SourceTally]


EVIDENCE_LIMIT = 200
NEAR_MISS_LIMIT = 50
SEARCH_LIMIT = 10_000
"""Of so many rows that fail a condition of a selector and, by the same cell, the pair, partners are looked for."""
