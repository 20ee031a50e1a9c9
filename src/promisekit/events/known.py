"""What is known of an event's end, and of its length, at an as-of: nothing dated later is."""

from __future__ import annotations

import math

from promisekit.events.model import LONGEST_WITHOUT_END
from promisekit.windows import AsOf, Moment

FOREVER = math.inf


def known_end(start: Moment, end: Moment | None, as_of: AsOf | None = None) -> tuple[float, float]:
    """The earliest and the latest end (instants), of what is known at `as_of` or, where it is None, of all that is.

    What still goes on at the as-of may go on for ever as far as anybody knows.
    """
    if end is None:
        return start.earliest, start.latest + LONGEST_WITHOUT_END
    if as_of is not None and end.earliest >= as_of.until:
        return as_of.until, FOREVER
    earliest = max(end.earliest, start.earliest)
    if as_of is not None and end.latest >= as_of.until:
        return earliest, FOREVER
    return earliest, end.latest if end.clock is not None else end.latest + 1


def known_length(start: Moment, end: Moment | None, as_of: AsOf | None = None) -> tuple[float, float]:
    """The shortest and the longest time in seconds that an event may have lasted, as far as `as_of` knows."""
    if end is None:
        return 0, LONGEST_WITHOUT_END
    earliest, latest = known_end(start, end, as_of)
    begun = start.latest if as_of is None else min(start.latest, as_of.until - 1)
    return max(0, earliest - begun), max(0, latest - start.earliest)
