"""The view model: what a template gets. Words, lists of words and yes or no; nothing left to decide or to count.

The names of the fields are the interface of users' own templates (`docs/reports.md`): more may come, none is renamed.
"""

from __future__ import annotations

from msgspec import Struct


class Mark(Struct, frozen=True):
    """A status: its word, a sign that repeats the word for the eye, and a name for the style sheet."""

    name: str
    word: str
    sign: str


class Fact(Struct, frozen=True):
    """A term and what is said of it."""

    term: str
    text: str
    own: bool = False
    """Whether the text is the promise's own, in its language."""


class Tally(Struct, frozen=True):
    """How many commitments have a status."""

    mark: Mark
    number: str


class Meaning(Struct, frozen=True):
    """A status and what it means."""

    mark: Mark
    text: str


class Party(Struct, frozen=True):
    """Who promises, and the line that says who signed (may be empty)."""

    name: str
    signed: str


class Passage(Struct, frozen=True):
    """A passage of the decided text, in paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


class WindowRow(Struct, frozen=True):
    """One window: what was counted against what."""

    label: str
    counted: str
    target: str
    mark: Mark


class Row(Struct, frozen=True):
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


class Rows(Struct, frozen=True):
    """A list of rows under a heading; `more` says how many were left out (may be empty) of the `total`."""

    name: str
    """`counted`, `possible` or `near`."""
    heading: str
    intro: str
    where: str
    """The heading of the column that tells the rows."""
    rows: tuple[Row, ...]
    total: int
    more: str
    folded: bool
    """Whether the list is so long that a page had better fold it."""


class Band(Struct, frozen=True):
    """A window on the strip, in the strip's units."""

    x: str
    width: str


class Dot(Struct, frozen=True):
    """A date on the strip. `shape`: `counted`, `possible` or `missed`; `width`: only of imprecise dates."""

    shape: str
    x: str
    y: str
    top: str
    width: str
    crossed: bool
    """Whether it is drawn as a cross."""


class Key(Struct, frozen=True):
    """A shape of the strip and what it means."""

    dot: Dot
    text: str


class Strip(Struct, frozen=True):
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


class Source(Struct, frozen=True):
    """A reference that an assessment gives: `href` is empty unless it is a link that is safe to follow."""

    text: str
    href: str


class Assessment(Struct, frozen=True):
    """What a person said: who, for whom, when, what, on what grounds."""

    who: str
    date: str
    says: str
    note: str
    sources: tuple[Source, ...]
    replaced: bool


class Waiver(Struct, frozen=True):
    """Why a commitment was set aside, and how it would have stood."""

    text: str
    reason: str
    without: str
    """May be empty, where rows were set right."""
    sources: tuple[Source, ...] = ()


class Member(Struct, frozen=True):
    """A member of a register, and how it stands."""

    name: str
    id: str
    """What to explain it by: `commitment/part`."""
    counted: str
    mark: Mark


class Members(Struct, frozen=True):
    """The members of a register, those first that are not kept; `total` counts all of them, `more` those left out."""

    heading: str
    rows: tuple[Member, ...]
    total: str
    more: str


class Commitment(Struct, frozen=True):
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


class LogSource(Struct, frozen=True):
    """What one source covers, and what became of its rows."""

    name: str
    coverage: str
    gaps: str
    total: str
    heaps: tuple[Fact, ...]


class Page(Struct, frozen=True):
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
