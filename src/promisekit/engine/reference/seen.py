"""An event as far as it is known at an as-of: nothing dated later is, and what still goes on is clipped."""

from __future__ import annotations

import math
from dataclasses import dataclass

from promisekit.events import LONGEST_WITHOUT_END, Event, State
from promisekit.windows import AsOf, Day, Moment

FOREVER = math.inf


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A known event. It starts on one of the days `first..last` and certainly runs from `start_latest` to
    `end_earliest`, possibly from `start_earliest` to `end_latest` (instants)."""

    event: Event
    first: Day
    last: Day
    start_earliest: int
    start_latest: int
    end_earliest: float
    end_latest: float
    certain: bool


def see(event: Event, as_of: AsOf) -> Seen | None:
    """The event as known at `as_of`; None where it lies wholly later."""
    start = event.start
    if start.earliest >= as_of.until:
        return None
    reaches_past = start.latest >= as_of.until
    end_earliest, end_latest = _end(start, event.end, as_of)
    return Seen(
        event=event,
        first=start.first,
        last=min(start.last, as_of.day),
        start_earliest=start.earliest,
        start_latest=min(start.latest, as_of.until - 1),
        end_earliest=end_earliest,
        end_latest=end_latest,
        certain=event.state is State.HELD and not reaches_past,
    )


def _end(start: Moment, end: Moment | None, as_of: AsOf) -> tuple[float, float]:
    """The earliest and latest end. What still goes on at the as-of may go on for ever as far as anybody knows."""
    if end is None:
        return start.earliest, start.latest + LONGEST_WITHOUT_END
    if end.earliest >= as_of.until:
        return as_of.until, FOREVER
    earliest = max(end.earliest, start.earliest)
    if end.latest >= as_of.until:
        return earliest, FOREVER
    return earliest, end.latest if end.clock is not None else end.latest + 1
