"""Near misses: rows that fail exactly one condition of a selector or of a pair, and which one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from promisekit.engine.observations import NearMiss
from promisekit.engine.reference.finder import Finder, Row, Timeline
from promisekit.engine.reference.pairs import PLACE, due, overlap, pair, same, same_day
from promisekit.engine.reference.relations import Paired, Partners
from promisekit.engine.reference.seen import Seen, ref_of
from promisekit.events import Event, State
from promisekit.plan.nodes import InTime, On, Overlap, SameDay, SameRow
from promisekit.selectors.match import matches
from promisekit.selectors.model import CALENDAR, CLOCK, WEEKDAY, Condition, Every, Selector
from promisekit.windows import Span, Window, show_clock, show_day
from promisekit.words import Date, Message, say

ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Almost:
    """A row that fails one condition: the condition's name, what was found and what was wanted."""

    event: Event
    failed: str
    found: Message
    wanted: Message


def almost(selector: Selector, event: Event) -> Almost | None:
    """What keeps `event` from matching, where it is just one thing: a condition, or that it was cancelled."""
    if event.state is State.POSSIBLE:
        return None
    parts = selector.parts if isinstance(selector, Every) else (selector,)
    failing = []
    for part in parts:
        truth = matches(part, event)
        if truth is None:
            return None
        if truth is False:
            failing.append(part)
    if event.state is State.CANCELLED:
        return None if failing else Almost(event, "status", say("cancelled"), say("held"))
    if len(failing) != 1 or len(parts) < 2:
        return None
    return _told(failing[0], event)


def _told(part: Selector, event: Event) -> Almost | None:
    if not isinstance(part, Condition) or part.column == ACTIVITY:
        return None  # a row of another activity is no near miss
    if part.column == CLOCK:
        clock = event.start.clock
        return Almost(event, CLOCK, say("{text}", text=show_clock(clock or 0)), part.wanted)
    if part.column in (WEEKDAY, CALENDAR):
        return Almost(event, part.column, say("{date}", date=Date(event.start.show())), part.wanted)
    text = event.texts.get(part.column, "")
    return Almost(event, part.column, say("{text}", text=text) if text else say("nothing"), part.wanted)


def select_misses(almosts: Iterable[tuple[Seen, Almost]], windows: tuple[Window, ...]) -> Iterator[NearMiss]:
    """Those that would count in a window but for their one failing condition."""
    for seen, found in almosts:
        window = window_of(seen, windows)
        if window is not None:
            yield NearMiss(ref_of(seen.event), found.failed, found.found, found.wanted, window)


def period_misses(rows: Iterable[Row], windows: tuple[Window, ...]) -> Iterator[NearMiss]:
    """Rows that match and lie in no window: a day late, a month early."""
    for row in rows:
        if row.sure and row.seen.first == row.seen.last and window_of(row.seen, windows) is None:
            number = min(range(len(windows)), key=lambda number: _distance(row.seen, windows[number].span))
            span = Span(windows[0].span.start, windows[-1].span.end)
            wanted = say("{first} – {last}", first=Date(show_day(span.start)), last=Date(show_day(span.last)))
            found = say("{date}", date=Date(show_day(row.seen.first)))
            yield NearMiss(ref_of(row.seen.event), "period", found, wanted, number)


def window_of(seen: Seen, windows: tuple[Window, ...]) -> int | None:
    """The first window that the row can belong to."""
    for number, window in enumerate(windows):
        if seen.first < window.span.end and seen.last >= window.span.start:
            return number
    return None


def _distance(seen: Seen, span: Span) -> int:
    return max(span.start - seen.first, seen.first - span.last)


def pair_misses(
    lonely: Iterable[Paired],
    partners: Partners,
    almosts: list[tuple[Seen, Almost]],
    windows: tuple[Window, ...],
    *,
    gains: bool,
) -> Iterator[NearMiss]:
    """For rows without a partner: partners that fail one condition of the pair, or one of their own selector."""
    by_row = {seen.event.key: miss for seen, miss in almosts}
    nearly = {way: Finder(way, [Row(seen, True) for seen, _ in almosts]) for way in partners.finders}
    anywhere = Timeline(partners.right.rows)
    told: set[tuple[tuple[str, str, int], int]] = set()
    for left in lonely:
        window = window_of(left.row.seen, windows)
        if window is None:
            continue
        for way, finder in partners.finders.items():
            candidates = _candidates(way, left.row.seen, finder, anywhere)
            found = [*_pair_fails(way, left.row.seen, candidates), *_selector_fails(way, left.row.seen, nearly, by_row)]
            for miss in found:
                if (miss.event.key, window) not in told:
                    told.add((miss.event.key, window))
                    yield NearMiss(ref_of(miss.event), miss.failed, miss.found, miss.wanted, window, gains)


def _candidates(way: On, left: Seen, finder: Finder, anywhere: Timeline) -> Iterator[Row]:
    """The rows that may fail just one condition of the pair: the same key at any time, or any place on the same day."""
    if isinstance(way, InTime):
        return finder.same_group(left) if way.key is not None else iter(())
    return anywhere.between(left.first, left.last)


def _pair_fails(way: On, left: Seen, candidates: Iterable[Row]) -> Iterator[Almost]:
    for row in candidates:
        if row.sure and row.seen.event is not left.event:
            miss = _pair_miss(way, left, row.seen)
            if miss is not None:
                yield Almost(row.seen.event, *miss)


def _selector_fails(
    way: On, left: Seen, nearly: dict[On, Finder], by_row: dict[tuple[str, str, int], Almost]
) -> Iterator[Almost]:
    for row in nearly[way].near(left):
        if pair(way, left, row.seen) is True:
            yield by_row[row.seen.event.key]


def _pair_miss(way: On, left: Seen, right: Seen) -> tuple[str, Message, Message] | None:
    """The one condition of the pair that fails."""
    match way:
        case SameRow():
            return None
        case SameDay() | Overlap():
            together = same_day(left, right) if isinstance(way, SameDay) else overlap(way.seconds, left, right)
            at_place = same(PLACE, left, right)
            if together is True and at_place is False:
                return PLACE, say("{text}", text=_text(right, PLACE)), say("{text}", text=_text(left, PLACE))
            if together is False and at_place is True and isinstance(way, Overlap) and same_day(left, right):
                return CLOCK, _apart(left, right), say("at the same time")
            return None
        case InTime(key=key, deadline=deadline):
            if key is None or same(key, left, right) is not True:
                return None  # without a key, every event at any time would be a near miss
            found = say("{date}", date=Date(right.event.start.show()))
            if right.last < left.first:
                return "order", found, say("{date} or later", date=Date(show_day(left.first)))
            last = due(deadline, left.last)
            return ("deadline", found, say("by {day}", day=Date(show_day(last)))) if right.first > last else None


def _text(seen: Seen, column: str) -> str:
    return seen.event.texts.get(column, "")


def _apart(left: Seen, right: Seen) -> Message:
    """How far apart two events of one day are, in whole minutes, rounded up."""
    if right.end_latest <= left.start_earliest:
        minutes = -(int(right.end_latest - left.start_earliest) // 60)
        return say("ended {n} minute before", "ended {n} minutes before", n=minutes)
    minutes = -(int(left.end_latest - right.start_earliest) // 60)
    return say("began {n} minute after", "began {n} minutes after", n=minutes)
