"""An event as far as it is known at an as-of: nothing dated later is, and what still goes on is clipped."""

from __future__ import annotations

from msgspec import Struct

from promisekit.events import Event, State, known_end
from promisekit.windows import AsOf, Day, days_of


class Seen(Struct, frozen=True, eq=False):
    """A known event. It starts on one of the days `first..last` and certainly runs from `start_latest` to
    `end_earliest`, possibly from `start_earliest` to `end_latest` (instants).

    Days after the as-of stay among those that it may start on: what is asked of all of them now and found open cannot
    come open again when they are over.
    """

    event: Event
    first: Day
    last: Day
    start_earliest: int
    start_latest: int
    end_earliest: float
    end_latest: float
    certain: bool

    @property
    def clocked(self) -> bool:
        """Whether the row tells at what time of day it started."""
        return self.event.start.clock is not None


def see(event: Event, as_of: AsOf, day_begins: int = 0) -> Seen | None:
    """The event as known at `as_of`; None where it lies wholly later. Days begin at the second `day_begins`, those of
    the as-of too."""
    start = event.start
    if start.earliest >= as_of.until:
        return None
    first, last = days_of(start, day_begins) if day_begins else (start.first, start.last)
    reaches_past = start.latest >= as_of.until
    end_earliest, end_latest = known_end(start, event.end, as_of)
    return Seen(
        event=event,
        first=first,
        last=last,
        start_earliest=start.earliest,
        start_latest=start.latest,
        end_earliest=end_earliest,
        end_latest=end_latest,
        certain=event.state is State.HELD and not reaches_past,
    )


def inner(seen: Seen, begin: float, end: float) -> int:
    """For how many seconds between two instants the event certainly goes on."""
    return max(0, int(min(seen.end_earliest, end) - max(seen.start_latest, begin)))


def outer(seen: Seen, begin: float, end: float) -> int:
    """For how many seconds between two instants it goes on at most."""
    return max(0, int(min(seen.end_latest, end) - max(seen.start_earliest, begin)))
