"""The view model: what a template gets. Words, lists of words and yes or no; nothing left to decide or to count.

The names of the fields are the interface of users' own templates (`docs/reports.md`): more may come, none is renamed.
"""

from __future__ import annotations

from dataclasses import dataclass

# No slots, equality or repr: making these classes is a part of every start that can be felt (`benchmarks/`).


@dataclass(frozen=True, eq=False, repr=False)
class Mark:
    """A status: its word, a sign that repeats the word for the eye, and a name for the style sheet."""

    name: str
    word: str
    sign: str


@dataclass(frozen=True, eq=False, repr=False)
class Fact:
    """A term and what is said of it."""

    term: str
    text: str
    own: bool = False
    """Whether the text is the promise's own, in its language."""


@dataclass(frozen=True, eq=False, repr=False)
class Tally:
    """How many commitments have a status."""

    mark: Mark
    number: str


@dataclass(frozen=True, eq=False, repr=False)
class Meaning:
    """A status and what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Party:
    """Who promises, and the line that says who signed (may be empty)."""

    name: str
    signed: str


@dataclass(frozen=True, eq=False, repr=False)
class Passage:
    """A passage of the decided text, in paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class WindowRow:
    """One window: what was counted against what."""

    label: str
    counted: str
    target: str
    mark: Mark


@dataclass(frozen=True, eq=False, repr=False)
class Row:
    """One row of a log, as evidence or near miss."""

    when: str
    what: str
    notes: tuple[str, ...]
    where: str
    """The row's number."""
    file: str
    """The file that it is in; empty where there is only one."""
    cite: str
    """Both in words: `row 12`."""
    pivotal: str
    """What a near miss would have changed; empty where nothing."""


@dataclass(frozen=True, eq=False, repr=False)
class Rows:
    """A list of rows under a heading; `more` says how many were left out (may be empty)."""

    name: str
    """`counted`, `possible` or `near`."""
    heading: str
    intro: str
    where: str
    """The heading of the column that tells the rows."""
    rows: tuple[Row, ...]
    more: str
    folded: bool
    """Whether the list is so long that a page had better fold it."""


@dataclass(frozen=True, eq=False, repr=False)
class Band:
    """A window on the strip, in the strip's units."""

    x: str
    width: str


@dataclass(frozen=True, eq=False, repr=False)
class Dot:
    """A date on the strip. `shape`: `counted`, `possible` or `missed`; `width`: only of imprecise dates."""

    shape: str
    x: str
    y: str
    top: str
    width: str
    crossed: bool
    """Whether it is drawn as a cross."""


@dataclass(frozen=True, eq=False, repr=False)
class Key:
    """A shape of the strip and what it means."""

    dot: Dot
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Strip:
    """The time as a line with the dates hit on it, across in per cent of the width; `desc` says the same in words."""

    title: str
    desc: str
    first: str
    last: str
    height: str
    base: str
    bands: tuple[Band, ...]
    dots: tuple[Dot, ...]
    as_of: str
    """Where the as-of lies; empty where it is outside."""
    as_of_text: str
    legend: tuple[Key, ...]
    """The shapes that occur."""


@dataclass(frozen=True, eq=False, repr=False)
class Source:
    """A reference that an assessment gives: `href` is empty unless it is a link that is safe to follow."""

    text: str
    href: str


@dataclass(frozen=True, eq=False, repr=False)
class Assessment:
    """What a person said: who, for whom, when, what, on what grounds."""

    who: str
    date: str
    says: str
    note: str
    sources: tuple[Source, ...]
    replaced: bool


@dataclass(frozen=True, eq=False, repr=False)
class Waiver:
    """Why a commitment was set aside, and how it would have stood."""

    text: str
    reason: str
    without: str
    """May be empty, where rows were set right."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Member:
    """A member of a register, and how it stands."""

    name: str
    id: str
    """What to explain it by: `commitment/part`."""
    counted: str
    mark: Mark


@dataclass(frozen=True, eq=False, repr=False)
class Members:
    """The members of a register, those first that are not kept; `total` counts all of them, `more` those left out."""

    heading: str
    rows: tuple[Member, ...]
    total: str
    more: str


@dataclass(frozen=True, eq=False, repr=False)
class Commitment:
    """One commitment: the promise's words, the rule, how it stands and why."""

    id: str
    """Of a part: `commitment/part`."""
    number: str
    label: str
    short: str
    """The quote in one line, for lists."""
    quotes: tuple[str, ...]
    owner: str
    rule_label: str
    rule: str
    means: tuple[Fact, ...]
    """What the names in the rule stand for."""
    criteria: tuple[str, ...]
    reading: str
    mark: Mark
    why: str
    numbers: str
    """The figures in as few words as can be (may be empty)."""
    final: str
    outlook: str
    assumed: str
    strip: Strip | None
    windows: tuple[WindowRow, ...]
    windows_folded: bool
    row_lists: tuple[Rows, ...]
    remaining: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    waiver: Waiver | None
    aside: tuple[Waiver, ...]
    """What else people have waived in it, and the rows that they have set right."""
    without: str
    """The verdict without any of that; empty where there is nothing."""
    readings: tuple[str, ...]
    """What the rule takes for granted where the promise's words leave a choice."""
    members: Members | None
    parts: tuple[Commitment, ...]
    """The commitments that this one is put together from."""
    top: bool
    """Whether it is no part of another one."""
    level: str
    """The level of its heading on a page: `3`, and more for parts."""
    below: str
    """The level of the headings in it."""


@dataclass(frozen=True, eq=False, repr=False)
class LogSource:
    """What one source covers, and what became of its rows."""

    name: str
    coverage: str
    gaps: str
    total: str
    heaps: tuple[Fact, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """A whole report."""

    language: str
    own_language: str
    """The language of the promise's own words."""
    notice: str
    """A warning at the very top; empty in a public report."""
    title: str
    period: str
    as_of: str
    parties: tuple[Party, ...]
    passages: tuple[Passage, ...]
    closing: tuple[str, ...]
    heading: str
    mark: Mark
    verdict: str
    tally: str
    tallies: tuple[Tally, ...]
    rows_intro: str
    """Where the rows stand that commitments point at."""
    commitments: tuple[Commitment, ...]
    follow_up: tuple[Fact, ...]
    method: tuple[str, ...]
    glossary: tuple[Meaning, ...]
    """The statuses that occur."""
    log_intro: str
    sources: tuple[LogSource, ...]
    remarks: tuple[str, ...]
    remarks_more: str
    provenance: tuple[Fact, ...]
