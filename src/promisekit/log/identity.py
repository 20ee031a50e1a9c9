"""Identity: which rows of a source are versions of one event, and which look suspiciously alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Place, Severity
from promisekit.events import Doubt, Event, State, Value
from promisekit.windows import Moment
from promisekit.words import Message, say

MANY = 10
"""How many rows a message lists."""


class Version(NamedTuple):
    """One row as it was read, with what an event does not keep. A tuple, since there is one for every row."""

    event: Event
    status: str | None
    recorded: Moment | None


class Settled(Struct, frozen=True):
    """The events of a source, how many rows were older versions of them, and what was noticed."""

    events: tuple[Event, ...]
    superseded: int
    diagnostics: tuple[Diagnostic, ...]


def settle(versions: Sequence[Version], unique_ids: bool) -> Settled:
    """The last version of every id, in the order of the rows; equal rows without an id become possible.

    `versions` are the rows of one source, in the order of its files and their lines.
    """
    groups = _by_id(versions)
    older = {position for group in groups for position in group} - {_last(versions, group) for group in groups}
    kept = [version for position, version in enumerate(versions) if position not in older] if older else versions
    alike = _alike(kept)
    doubled = {position for group in alike for position in _doubled([kept[at] for at in group], group)}
    events = [version.event for version in kept]
    for position in doubled:
        events[position] = possible(events[position])
    found = (
        *_repeated(versions, groups, unique_ids),
        *_equal([[events[at] for at in group if events[at].id is None] for group in alike]),
        *_alike_but_for_id([[events[at] for at in group] for group in alike]),
    )
    return Settled(tuple(events), len(older), found)


def _by_id(versions: Sequence[Version]) -> list[list[int]]:
    """The positions of the rows that share an id, for every id that occurs more than once."""
    first: dict[str, int] = {}
    repeats: dict[str, list[int]] = {}
    for position, version in enumerate(versions):
        name = version.event.id
        if name is None:
            continue
        before = first.setdefault(name, position)
        if before != position:
            repeats.setdefault(name, [before]).append(position)
    return list(repeats.values())


def _last(versions: Sequence[Version], group: Sequence[int]) -> int:
    """The position of the version that counts.

    Where one of them does not say when it was recorded the order of the rows decides among them all: comparing some
    by date and some by row can go round in circles.
    """
    recorded = [versions[position].recorded for position in group]
    dates = [moment.earliest for moment in recorded if moment is not None]
    if len(dates) < len(group):
        return group[-1]
    return max(zip(dates, group, strict=True))[1]


Content = tuple[Moment, Moment | None, str | None, tuple[Value, ...]]


def _content(version: Version) -> Content:
    """What a row says, but for its id and when it was recorded."""
    event = version.event
    return event.start, event.end, version.status, tuple(event.values.values())


def _alike(versions: Sequence[Version]) -> list[list[int]]:
    """The positions of rows that are equal in every mapped column but the id, rejected rows left out."""
    groups: dict[tuple[Content, Moment | None], list[int]] = {}
    for position in _at_one_time(versions):
        version = versions[position]
        if Doubt.REJECTED not in version.event.doubts:
            groups.setdefault((_content(version), version.recorded), []).append(position)
    return [group for group in groups.values() if len(group) > 1]


def _at_one_time(versions: Sequence[Version]) -> list[int]:
    """The positions of the rows that share start and end with another: in most logs few, and only they can be alike."""
    first: dict[tuple[int, int | None], int] = {}
    shared: set[int] = set()
    for position, version in enumerate(versions):
        start, end = version.event.start, version.event.end
        before = first.setdefault((start.earliest, None if end is None else end.earliest), position)
        if before != position:
            shared.update((before, position))
    return sorted(shared)


def _doubled(group: Sequence[Version], positions: Sequence[int]) -> list[int]:
    """The positions of those that may be one event with the first of the group that has no id."""
    nameless = [at for at, version in zip(positions, group, strict=True) if version.event.id is None]
    return nameless[1:] if group[0].event.start.clock is not None else []


def possible(event: Event) -> Event:
    """The event, now that it may be another one told twice."""
    if event.state is State.CANCELLED:
        return event
    return replace(event, state=State.POSSIBLE, doubts=(*event.doubts, Doubt.DUPLICATE))


def _repeated(versions: Sequence[Version], groups: Sequence[Sequence[int]], unique_ids: bool) -> list[Diagnostic]:
    """One warning about ids whose versions differ, or, where none was to repeat, about all that do."""
    different = [group for group in groups if len({_content(versions[position]) for position in group}) > 1]
    told = groups if unique_ids else different
    if not told:
        return []
    first = told[0]
    last = versions[_last(versions, first)].event
    events = [versions[position].event for position in first]
    fields = {"id": last.id or "", "rows": _rows(events), "last": _line(last, events)}
    if unique_ids:
        said = say(
            "the ids were said to be unique, but `{id}` stands on lines {rows}; line {last} counts",
            "the ids were said to be unique, but {n} repeat, such as `{id}` on lines {rows}; "
            "the last version of each counts",
            n=len(told),
            **fields,
        )
        return [about("log.id-not-unique", Severity.WARNING, last, said)]
    said = say(
        "the id `{id}` has different versions on lines {rows}; line {last} counts",
        "{n} ids have different versions, such as `{id}` on lines {rows}; the last version of each counts",
        n=len(told),
        **fields,
    )
    return [about("log.id-repeated", Severity.WARNING, last, said)]


def _equal(groups: Sequence[Sequence[Event]]) -> list[Diagnostic]:
    """Rows without an id that are equal: possibly one event where they have a clock time, several where not."""
    found = []
    timed = [group for group in groups if len(group) > 1 and group[0].start.clock is not None]
    dated = [group for group in groups if len(group) > 1 and group[0].start.clock is None]
    if timed:
        said = say(
            "{n} row without an id equals an earlier one and is only possible: lines {rows}",
            "{n} rows without an id equal earlier ones and are only possible: lines {rows}",
            n=sum(len(group) - 1 for group in timed),
            rows=grouped(timed),
        )
        found.append(about("log.rows-equal", Severity.WARNING, timed[0][1], said))
    if dated:
        said = say(
            "{n} row without an id or a clock time equals an earlier one "
            "and counts as an event of its own: lines {rows}",
            "{n} rows without an id or a clock time equal earlier ones and count as events of their own: lines {rows}",
            n=sum(len(group) - 1 for group in dated),
            rows=grouped(dated),
        )
        found.append(about("log.rows-equal", Severity.ADVICE, dated[0][1], said))
    return found


def _alike_but_for_id(groups: Sequence[Sequence[Event]]) -> list[Diagnostic]:
    told = [group for group in groups if any(event.id is not None for event in group)]
    if not told:
        return []
    said = say(
        "{n} row is like an earlier one in every mapped column but the id "
        "and counts as an event of its own: lines {rows}",
        "{n} rows are like earlier ones in every mapped column but the id "
        "and count as events of their own: lines {rows}",
        n=sum(len(group) - 1 for group in told),
        rows=grouped(told),
    )
    return [about("log.rows-alike", Severity.WARNING, told[0][1], said)]


def about(code: str, severity: Severity, event: Event, said: Message) -> Diagnostic:
    """What was noticed about a row."""
    return Diagnostic(code, severity, said, None, event.file, place=Place(event.row))


def grouped(groups: Sequence[Sequence[Event]], between: str = " = ") -> str:
    """`12 = 13, 20 = 22 = 23`: lines, with their file where a group spans several."""
    text = ", ".join(_rows(group, between) for group in groups[:MANY])
    return text + (" …" if len(groups) > MANY else "")


def _rows(events: Sequence[Event], between: str = ", ") -> str:
    text = between.join(_line(event, events) for event in events[:MANY])
    return text + (" …" if len(events) > MANY else "")


def _line(event: Event, among: Sequence[Event]) -> str:
    """The line of a row, with its file where the others stand in several."""
    one_file = all(other.file == event.file for other in among)
    return str(event.row) if one_file else f"{event.file}:{event.row}"
