"""Small worlds: a check and a few rows written out as they would stand in a log, measured by the reference engine."""

from __future__ import annotations

from fractions import Fraction

from promisekit.engine.observations import Bounds, Cell, Observation, Observations
from promisekit.engine.reference import ReferenceEngine
from promisekit.events import UNREADABLE, Coverage, Event, State, Value, fold
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import (
    Attribution,
    Check,
    Commitment,
    Header,
    Listed,
    Measure,
    Node,
    Partition,
    Plan,
    Select,
    Starts,
    Target,
    Whole,
)
from promisekit.selectors.model import Condition, Every, OneOf, Selector
from promisekit.windows import (
    Day,
    Span,
    Window,
    Zone,
    day_set,
    parse_as_of,
    parse_day,
    parse_moment,
    parse_span,
)
from promisekit.words import say

ZONE = Zone()
HEADER = Header("small", "A small world", "en", (), (), (), None, "small.yaml", "")
MARCH = parse_span("2022-03-01/2022-03-31")
AT_LEAST_ONE = Target(1, None)
WHOLE, STARTS = Whole(), Starts()
DATES, NUMBERS = {"answered"}, {"amount", "weight", "low", "high", "above", "below"}


def is_activity(name: str) -> Condition:
    return Condition("activity", OneOf((name,)), say("{text}", text=name))


def rows_of(name: str, *more: Selector, day_begins: int = 0) -> Select:
    """The events of an activity, with further conditions."""
    return Select(name, Every((is_activity(name), *more)), day_begins=day_begins)


VISITS = rows_of("visit")


def check(
    measure: Measure,
    partition: Partition = WHOLE,
    target: Target = AT_LEAST_ONE,
    span: Span = MARCH,
    attribution: Attribution = STARTS,
) -> Check:
    return Check(span, partition, measure, target, attribution=attribution)


def slots(*days: str, begin: int = 9, end: int = 15) -> Listed:
    """On each of these days the hours from `begin` to `end`."""
    return Listed(tuple(_slot(parse_day(day), begin, end) for day in days))


def _slot(day: Day, begin: int, end: int) -> Window:
    label = say("{day} from {begin} to {end}", day=str(day), begin=begin, end=end)
    return Window(Span(day, Day(day + 1)), label, clock=(begin * 3600, end * 3600))


def single_days(*days: str) -> Listed:
    """Windows of one day each."""
    found = [parse_day(day) for day in days]
    return Listed(tuple(Window(Span(day, Day(day + 1)), say("{day}", day=str(day))) for day in found))


def event(row: int, start: str, end: str = "", state: State = State.HELD, **cells: object) -> Event:
    """A row; `activity` is a visit where nothing else is said."""
    texts = {"activity": "visit"} | {name: str(value) for name, value in cells.items() if value is not None}
    moment = parse_moment(end, ZONE) if end else None
    values = {name: _value(name, text) for name, text in texts.items()}
    return Event("log", "log.csv", row, None, parse_moment(start, ZONE), moment, state, values, texts)


def _value(name: str, text: str) -> Value:
    if text == "?":
        return UNREADABLE
    if name in DATES:
        return parse_moment(text, ZONE)
    return Fraction(text) if name in NUMBERS else fold(text)


def events(*written: tuple[str, ...] | Event) -> tuple[Event, ...]:
    """Rows given as (start, end); the first one is row 2."""
    return tuple(one if isinstance(one, Event) else event(number, *one) for number, one in enumerate(written, start=2))


def engine_of(rows: tuple[Event, ...], known: str, **nodes: Node) -> ReferenceEngine:
    """An engine for a plan with a commitment by each name. `known`: the covered days, several spans with blanks."""
    covered = day_set(parse_span(span) for span in known.split())
    log = Log((SourceRead("log", (), Coverage(covered)),), rows, ())
    commitments = tuple(Commitment(name, "any", None, None, say("any"), None, node) for name, node in nodes.items())
    return ReferenceEngine(Plan(HEADER, MARCH, ZONE, commitments), log)


def observations(
    one: Check, rows: tuple[Event, ...], as_of: str = "2022-04-30", covers: str = "2022-01-01/2022-12-31"
) -> Observations:
    """All that is seen."""
    engine = engine_of(rows, covers, one=one)
    found = engine.observe(parse_as_of(as_of, ZONE))
    only = engine.observe(parse_as_of(as_of, ZONE), frozenset({"one"})).checks["one"]
    assert (only.cells, only.floating) == (found.checks["one"].cells, found.checks["one"].floating)
    assert (only.counted, only.near_misses, only.counted_total) == ((), (), 0)
    return found


def observe(
    one: Check, rows: tuple[Event, ...], as_of: str = "2022-04-30", covers: str = "2022-01-01/2022-12-31"
) -> Observation:
    return observations(one, rows, as_of, covers).checks["one"]


def cell(one: Check, rows: tuple[Event, ...], as_of: str = "2022-04-30", covers: str = "2022-01-01/2022-12-31") -> Cell:
    """The only window of a check."""
    (found,) = observe(one, rows, as_of, covers).cells
    return found


def interval(bounds: Bounds | None) -> tuple[object, object, object]:
    """low, high and now of something that is there."""
    assert bounds is not None
    return bounds.low, bounds.high, bounds.now


def misses(seen: Observation) -> dict[int, tuple[str, object]]:
    """Row → what failed, and how much it would add."""
    return {miss.event.row: (miss.failed, miss.amount) for miss in seen.near_misses}
