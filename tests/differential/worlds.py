"""Worlds to compare engines in: a plan, a log and some as-ofs, written down as plain data that JSON can keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from promisekit.events import UNREADABLE, Coverage, Doubt, Event, State, Value, fold
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import Commitment, Header, Plan, Select
from promisekit.selectors.columns import ColumnType
from promisekit.selectors.parse import Vocabulary, parse_selector
from promisekit.windows import AsOf, Instant, Moment, Zone, day_set, parse_as_of, parse_moment, parse_span
from promisekit.words import say
from tests.differential.written import Reading

Described = Mapping[str, Any]
ZONE = Zone()
COLUMNS: dict[str, ColumnType] = {
    "activity": "text",
    "theme": "text",
    "place": "text",
    "case": "text",
    "actors": "list",
    "number": "number",
    "outdoors": "flag",
    "answered": "date",
    "withdrawn": "date",
    "moved": "date",
    "amount": "number",
    "part": "number",
    "value": "number",
    "low": "number",
    "high": "number",
}
HEADER = Header("world", "A world", "en", (), (), (), None, "world.yaml", "")


@dataclass(frozen=True, slots=True)
class World:
    """What two engines are asked about."""

    plan: Plan
    log: Log
    as_ofs: tuple[AsOf, ...]
    judged: bool
    """Whether results are compared too: that takes long, and follows from equal observations but for `final_at`."""


def build(world: Described) -> World:
    """The world that plain data describes."""
    holidays = day_set(parse_span(span) for span in world["calendar"])
    vocabulary = Vocabulary({**COLUMNS, "end": "date"}, {"holidays": lambda: holidays})
    activities = {name: _activity(name, written, vocabulary) for name, written in sorted(world["activities"].items())}
    reading = Reading(activities, world["period"])
    commitments = [
        Commitment(f"c{number}", "any", None, None, say("a rule"), None, reading.node(written))
        for number, written in enumerate(world["commitments"])
    ]
    plan = Plan(HEADER, parse_span(world["period"]), ZONE, tuple(commitments))
    return World(plan, _log(world), tuple(parse_as_of(text, ZONE) for text in world["as_ofs"]), world["judged"])


def _activity(name: str, written: Described, vocabulary: Vocabulary) -> Select:
    selector, found = parse_selector(written["selector"], (), vocabulary)
    if found:
        raise ValueError(f"a selector that is none: {found}")
    return Select(name, selector, tuple(written["sources"]))


def _log(world: Described) -> Log:
    names = [source["name"] for source in world["sources"]]
    rows = [_event(number + 2, names, written) for number, written in enumerate(world["events"])]
    events = sorted(rows, key=lambda event: (names.index(event.source), event.file, event.row))
    return Log(tuple(_source(source, events) for source in world["sources"]), tuple(events), ())


def _source(written: Described, events: Sequence[Event]) -> SourceRead:
    covers = written["covers"]
    declared = None if covers is None else day_set(parse_span(span) for span in covers)
    days = tuple(sorted(event.start.first for event in events if event.source == written["name"]))
    return SourceRead(written["name"], (), Coverage(declared, days), written["superseded"], written["undated"])


def _event(row: int, names: Sequence[str], written: Described) -> Event:
    start = moment(written["start"])
    source = names[written["source"] % len(names)]
    state = State(written["state"])
    values = {name: UNREADABLE if name in written["unreadable"] else _value(COLUMNS[name], cell)
              for name, cell in written["cells"].items() if cell is not None}  # fmt: skip
    texts = {name: str(cell) for name, cell in written["cells"].items() if cell is not None}
    doubts = (Doubt.REJECTED,) if written["rejected"] and state is State.POSSIBLE else ()
    return Event(source, source, row, None, start, _end(start, written["end"]), state, values, texts, doubts)


def _end(start: Moment, written: str | int | None) -> Moment | None:
    """A moment as a log writes it, or so many seconds after the start."""
    if not isinstance(written, int):
        return None if written is None else moment(written)
    instant = Instant(start.earliest + written)
    day, clock = ZONE.wall(instant)
    return Moment(day, day, instant, instant, clock)


def _value(column_type: ColumnType, cell: Any) -> Value:
    match column_type:
        case "list":
            return tuple(fold(item) for item in cell)
        case "number":
            return Fraction(cell)
        case "flag":
            return bool(cell)
        case "date":
            return moment(cell)
        case "text":
            return fold(cell)


def moment(text: str) -> Moment:
    """A moment; a time that the clocks jump over is taken an hour later."""
    try:
        return parse_moment(text, ZONE)
    except ValueError:
        return parse_moment(text.replace(" 02:", " 03:"), ZONE)
