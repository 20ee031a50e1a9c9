"""The outlook of what is still open: a forecast by fixed thresholds, never part of a verdict.

A window is on track while at least the number that the promised pace asks for by now (rounded to the nearest whole
event, half up) has happened, so that a window that has just begun is never at risk. It is off track when the
pace needed from now on is at least `OFF_TRACK_PACE` times the promised one. A ceiling is at risk when nothing of it is
left. An obligation is at risk when less than `LATE_SHARE` of its time remains.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from promisekit.engine.observations import Counted, Outcome, Phase
from promisekit.verdict.model import Outlook, Verdict, WindowResult
from promisekit.windows import AsOf, parse_day

OFF_TRACK_PACE = 3
LATE_SHARE = Fraction(1, 4)


def outlook_of(windows: Sequence[WindowResult], counted: Sequence[Counted], as_of: AsOf) -> Outlook | None:
    """The worst outlook of the windows that run, or None where none does."""
    running = [window for window in windows if window.phase is Phase.RUNNING and window.verdict is Verdict.OPEN]
    found = [_of_window(window, as_of) for window in running if window.target.unit == "event"]
    if any(window.target.unit == "share" for window in windows):
        found += list(_of_obligations(counted, as_of)) or ([Outlook.ON_TRACK] if running else [])
    order = (Outlook.OFF_TRACK, Outlook.AT_RISK, Outlook.ON_TRACK)
    return next((outlook for outlook in order if outlook in found), None)


def _of_window(window: WindowResult, as_of: AsOf) -> Outlook:
    elapsed = Fraction(as_of.day - window.span.start + 1, len(window.span))
    if window.target.min is not None and window.low < window.target.min:
        wanted = Fraction(window.target.min)
        if window.low >= math.floor(wanted * elapsed + Fraction(1, 2)):
            return Outlook.ON_TRACK
        ahead = 1 - elapsed
        return Outlook.OFF_TRACK if wanted - window.low >= OFF_TRACK_PACE * wanted * ahead else Outlook.AT_RISK
    if window.target.max is not None and 0 < window.target.max <= window.low:
        return Outlook.AT_RISK
    return Outlook.ON_TRACK


def _of_obligations(counted: Iterable[Counted], as_of: AsOf) -> Iterable[Outlook]:
    for one in counted:
        if one.outcome is Outcome.PENDING and one.due is not None:
            begun = parse_day(one.event.start[:10])
            left = Fraction(one.due - as_of.day, max(1, one.due - begun))
            yield Outlook.AT_RISK if left < LATE_SHARE and as_of.day > begun else Outlook.ON_TRACK
