"""Worlds made by chance: every measure, partition, attribution and deadline, on a few rows that are dirty."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from msgspec.structs import replace

from promisekit.events import UNREADABLE, Coverage, Event, State, Value
from promisekit.log.model import Log, SourceRead
from promisekit.plan.nodes import (
    By,
    Calendar,
    Check,
    Commitment,
    Count,
    Deadline,
    Distinct,
    Duration,
    Gap,
    Header,
    Hours,
    InTime,
    Latest,
    Listed,
    Measure,
    On,
    Overlap,
    Overlaps,
    Partition,
    Plan,
    Quotient,
    Ratio,
    SameDay,
    SameRow,
    Select,
    Semi,
    Starts,
    Sum,
    Target,
    Until,
    Whole,
    Within,
)
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    WEEKDAY,
    ClockIn,
    Condition,
    DateIn,
    Either,
    Every,
    Except,
    InRange,
    IsFlag,
    Lasts,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    WeekdayIn,
)
from promisekit.windows import (
    AsOf,
    Day,
    Moment,
    Span,
    Window,
    Zone,
    day_set,
    parse_as_of,
    parse_day,
    parse_moment,
    span_label,
)
from promisekit.words import say

ZONE = Zone()
FIRST = parse_day("2022-03-14")
HEADER = Header("world", "A world", "en", (), (), (), None, "world.yaml", "")
SHIFTS = (0, 0, 0, 6 * 3600, 9 * 3600 + 1800)


def world(rnd: Random, rows: int = 24) -> tuple[Plan, Log, tuple[AsOf, ...]]:
    """A plan, a log of `rows` rows at most, and some as-ofs."""
    period = Span(FIRST, Day(FIRST + rnd.randint(3, 30)))
    events = tuple(_event(rnd, row) for row in range(2, rnd.randint(rows // 2, rows + 2)))
    sources = tuple(_source(rnd, name, events) for name in ("a.csv", "b.csv"))
    ordered = tuple(sorted(events, key=lambda event: (event.source, event.row)))
    checks = [_check(rnd, period) for _ in range(rnd.randint(1, 6))]
    rule = say("a rule")
    commitments = tuple(Commitment(f"c{n}", "k", None, None, rule, None, check) for n, check in enumerate(checks))
    as_ofs = tuple(parse_as_of(_as_of(rnd), ZONE) for _ in range(2))
    return Plan(HEADER, period, ZONE, commitments), Log(sources, ordered, ()), as_ofs


def _as_of(rnd: Random) -> str:
    day = rnd.choice(["2022-03-13", "2022-03-16", "2022-03-20", "2022-03-27", "2022-03-31", "2022-12-31", "2022-12-31"])
    return day + rnd.choice(["", "", "T08:10", "T23:00"])


def _source(rnd: Random, name: str, events: tuple[Event, ...]) -> SourceRead:
    days = tuple(sorted(event.start.first for event in events if event.source == name))
    kind = rnd.randrange(5)
    spans = [Span(Day(FIRST - 60), Day(FIRST + 300))]
    if kind == 1:
        spans = [Span(Day(FIRST - 5), Day(FIRST + 6)), Span(Day(FIRST + 9), Day(FIRST + 300))]
    return SourceRead(name, (), Coverage(None if kind == 0 else day_set(spans), days), 0, 0)


def _moment(rnd: Random) -> Moment:
    day = FIRST + rnd.randint(-4, 20)
    text = parse_moment_text(Day(day))
    kind = rnd.random()
    if kind < 0.08:
        return parse_moment(rnd.choice(["2022-03", "2022-W12", "2022-W11"]), ZONE)
    if kind < 0.25:
        return parse_moment(text, ZONE)
    hour = rnd.choice([0, 1, 3, 5, 6, 8, 9, 9, 10, 12, 14, 15, 22, 23])
    return parse_moment(f"{text} {hour:02}:{rnd.choice([0, 0, 15, 30, 59]):02}", ZONE)


def parse_moment_text(day: Day) -> str:
    """`2022-03-14`."""
    from promisekit.windows import show_day

    return show_day(day)


def _event(rnd: Random, row: int) -> Event:
    start = _moment(rnd)
    end: Moment | None = None
    if rnd.random() < 0.7:
        seconds = rnd.choice([0, 600, 1800, 3600, 7200, 40_000, 90_000, 300_000])
        day, clock = ZONE.wall(Day(start.earliest + seconds))
        end = Moment(day, day, start.earliest + seconds, start.earliest + seconds, clock)
        if rnd.random() < 0.1:
            end = _moment(rnd)
    values: dict[str, Value] = {
        "activity": rnd.choice(["x", "x", "y"]),
        "place": rnd.choice(["torget", "torget", "parken"]),
        "case": rnd.choice(["1", "2", "3"]),
        "amount": rnd.choice(
            [Fraction(3), Fraction(1, 2), Fraction(-2), Fraction(1, 3), Fraction(10**20), Fraction(0)]
        ),
        "below": rnd.choice([Fraction(3), Fraction(5), Fraction(0), Fraction(-1), Fraction(7, 4)]),
        "small": rnd.choice([Fraction(2), Fraction(3), Fraction(5, 2)]),
        "answered": _moment(rnd),
        "outdoors": rnd.random() < 0.6,
    }
    for name in list(values):
        chance = rnd.random()
        if chance < 0.1 or (name == "answered" and chance < 0.4):
            del values[name]
        elif chance < 0.13:
            values[name] = UNREADABLE
    texts = {name: str(value) for name, value in values.items()}
    state = rnd.choice([State.HELD] * 9 + [State.POSSIBLE, State.CANCELLED])
    source = rnd.choice(["a.csv", "a.csv", "b.csv"])
    return Event(source, source, row, None, start, end, state, values, texts)


def _condition(rnd: Random) -> Selector:
    wanted = say("something")
    return rnd.choice(
        [
            Condition("activity", OneOf(("x",)), wanted),
            Condition("activity", OneOf(("y",)), wanted),
            Condition("place", OneOf(("torget",)), wanted),
            Condition("case", OneOf(("1", "2")), wanted),
            Condition("case", Not(OneOf(("1",))), wanted),
            Condition("small", InRange(Fraction(5, 2), None), wanted),
            Condition("outdoors", IsFlag(True), wanted),
            Condition("answered", Recorded(True, True), wanted),
            Condition("answered", DateIn(Day(FIRST + 2), Day(FIRST + 9)), wanted),
            Condition("duration", Lasts(1800, None), wanted),
            Condition("duration", Lasts(None, 7200), wanted),
            Condition(WEEKDAY, WeekdayIn((0, 1, 2, 3)), wanted),
            Condition(CLOCK, ClockIn(8 * 3600, 15 * 3600), wanted),
            Condition(CALENDAR, OnDays("c", day_set([Span(Day(FIRST + 1), Day(FIRST + 12))])), wanted),
        ]
    )


def _part(rnd: Random, depth: int = 1) -> Selector:
    kind = rnd.random()
    if depth and kind < 0.15:
        return Except(_part(rnd, depth - 1))
    if depth and kind < 0.25:
        return Either((_part(rnd, 0), _part(rnd, 0)))
    if depth and kind < 0.35:
        return Every((_part(rnd, 0),))
    if depth and kind < 0.4:
        return Except(Every((_part(rnd, 0), Except(_part(rnd, 0)))))
    return _condition(rnd)


def _select(rnd: Random, begins: int) -> Select:
    parts = tuple(_part(rnd) for _ in range(rnd.choice([0, 1, 1, 2, 2, 3])))
    sources = rnd.choice([(), (), (), ("a.csv",)])
    dated = rnd.choice([None, None, None, "answered"])
    return Select(rnd.choice("pqr"), parts[0] if len(parts) == 1 else Every(parts), sources, begins, dated)


def _deadline(rnd: Random) -> Deadline:
    latest = rnd.choice([None, None, Day(FIRST + 9)])
    return rnd.choice(
        [
            Within(rnd.randint(0, 5), "days", latest),
            Within(2, "working_days", latest),
            By(Day(FIRST + 8)),
            Hours(rnd.choice([0, 3600, 4 * 3600, 50 * 3600]), "always", latest),
            Hours(rnd.choice([3600, 30 * 3600]), "weekdays", latest),
        ]
    )


def _semi(rnd: Random, begins: int) -> Semi:
    left = _select(rnd, begins)
    if rnd.random() < 0.2:
        return Semi(left, left, (InTime(None, _deadline(rnd), "answered"),))
    ways: list[On] = [
        rnd.choice([SameRow(), SameDay(), Overlap(600), InTime("case", _deadline(rnd)), InTime(None, _deadline(rnd))])
        for _ in range(rnd.choice([1, 1, 2]))
    ]
    right = _select(rnd, begins)
    if SameRow() in ways:
        right = replace(right, dated=left.dated)  # one row at one date
    return Semi(left, right, tuple(ways))


def _measure(rnd: Random, begins: int) -> Measure:
    relation = _semi(rnd, begins) if rnd.random() < 0.35 else _select(rnd, begins)
    select = _select(rnd, begins)
    semi = _semi(rnd, begins)
    weight = rnd.choice([None, "amount", "below", "small"])
    without = rnd.choice(["unknown", "not_counted"])
    baseline = rnd.choice([None, 3, Fraction(1, 2), Span(Day(FIRST - 3), Day(FIRST + 3)), Span(FIRST, Day(FIRST + 9))])
    survey = rnd.choice([(None, None), ("below", "amount")])
    return rnd.choice(
        [
            lambda: Count(relation),
            lambda: Count(relation),
            lambda: Distinct(relation, rnd.choice(["day", "week", "weekend", "month"])),
            lambda: Distinct(relation, None, rnd.choice(["case", "place"])),
            lambda: Sum(relation, rnd.choice(["amount", "below", "small"])),
            lambda: Duration(relation, "union", None, without),
            lambda: Duration(relation, "sum", weight, without),
            lambda: Gap(relation),
            lambda: Latest(select, "small", *survey, baseline, rnd.choice(["difference", "percent"])),
            lambda: Ratio(semi, semi.left, weight),
            lambda: Quotient(select, "small", "below"),
        ]
    )()


def _slots(rnd: Random, period: Span) -> tuple[Window, ...]:
    days = [day for day in period.days() if rnd.random() < 0.5]
    clock = rnd.choice([None, (9 * 3600, 15 * 3600), (22 * 3600, 28 * 3600), (0, 86_400)])
    spans = [Span(day, Day(day + 1)) for day in days]
    return tuple(Window(span, span_label(span), Fraction(1), clock) for span in spans)


def _partition(rnd: Random, period: Span, *, slots: bool) -> Partition:
    if slots and rnd.random() < 0.6:
        return Listed(_slots(rnd, period))
    listed = tuple(window for window in _slots(rnd, period) if window.clock is None)
    return rnd.choice(
        [
            Whole(),
            Until(),
            Calendar("week", "full_target"),
            Calendar("week", "full_target", 2),
            Calendar("day", None, 3),
            Calendar("week", "anchor_period"),
            Listed(listed),
        ]
    )


def _check(rnd: Random, period: Span) -> Check:
    begins = rnd.choice(SHIFTS)
    measure = _measure(rnd, begins)
    by_time = isinstance(measure, Duration)
    attribution: Starts | Overlaps = Starts()
    if isinstance(measure, Count) and rnd.random() < 0.5:
        attribution, by_time = Overlaps(rnd.choice([0, 1, 1800, 6 * 3600, 10**6])), True
    partition = _partition(rnd, period, slots=by_time)
    return Check(period, partition, measure, Target(1, None), attribution=attribution)
