"""The outlook of what is still open: a forecast by fixed thresholds, never part of a verdict.

A window is on track while at least the number that the promised pace asks for by now (rounded to the nearest whole
event, half up) has happened, so that a window that has just begun is never at risk. It is off track when the
pace needed from now on is at least `OFF_TRACK_PACE` times the promised one. A ceiling is at risk when nothing of it is
left. An obligation is at risk when less than `LATE_SHARE` of its time remains, and a share of obligations also while
those that are decided do not reach it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from promisekit.engine.observations import Bounds, Cell, Counted, Observation, Outcome, Phase, Reason
from promisekit.plan.nodes import All, Check, Gap, InTime, Latest, Need, Quotient, Ratio
from promisekit.plan.windows import target_in
from promisekit.verdict.check import Judged
from promisekit.verdict.model import CommitmentResult, Outlook, Verdict, WindowResult
from promisekit.verdict.truth import needed, of_share
from promisekit.windows import AsOf, parse_day

OFF_TRACK_PACE = 3
LATE_SHARE = Fraction(1, 4)
ORDER = (Outlook.OFF_TRACK, Outlook.AT_RISK, Outlook.ON_TRACK)
"""Worst first."""


def outlook_of(check: Check, judged: Judged, seen: Observation, as_of: AsOf) -> Outlook | None:
    """The worst outlook of the windows that run and are owed for certain, or None where none is."""
    owed = [window for number, window in enumerate(judged.windows) if judged.beside.owed(number)]
    running = [window for window in owed if window.phase is Phase.RUNNING and window.verdict is Verdict.OPEN]
    match check.measure:
        case Ratio(part=part) if any(isinstance(way, InTime) for way in part.on):
            rows = [row for row in seen.counted if judged.beside.owed(row.window)]
            found = [*_of_obligations(rows, as_of), *_as_decided(check, judged, seen.cells)]
        case Gap():  # a gap that is allowed is as long as it may be all the time, and in no danger
            found = [Outlook.ON_TRACK for _ in running]
        case Latest() | Quotient() | Ratio():
            found = [_as_it_stands(window) for window in running]
        case _:
            found = [_of_window(window, as_of) for window in running]
    return _worst(found)


def outlook_of_parts(need: Need, parts: Sequence[CommitmentResult]) -> Outlook | None:
    """The worst of the open parts; where not all are needed, of the best ones that are."""
    found = [part.outlook for part in parts if part.verdict is Verdict.OPEN and part.outlook is not None]
    if not isinstance(need, All):
        verdicts = [part.verdict for part in parts]
        live = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
        missing = max(0, needed(need, live) - verdicts.count(Verdict.KEPT))
        found = sorted(found, key=ORDER.index, reverse=True)[:missing]
    return _worst(found)


def _worst(found: Sequence[Outlook]) -> Outlook | None:
    return next((outlook for outlook in ORDER if outlook in found), None)


def _as_it_stands(window: WindowResult) -> Outlook:
    """A number that no pace leads to: at risk while it would not do if nothing more happened, once there is one."""
    begun = window.of is None or window.of.low > 0
    return Outlook.AT_RISK if begun and window.now is Verdict.BROKEN else Outlook.ON_TRACK


def _as_decided(check: Check, judged: Judged, cells: Sequence[Cell]) -> Iterable[Outlook]:
    """Of every window that runs, or in which a deadline does: at risk while the obligations that are decided, where
    there are any, do not reach the share."""
    for number, (window, cell) in enumerate(zip(judged.windows, cells, strict=True)):
        waits = window.verdict is Verdict.OPEN and Reason.RUNNING in window.reasons
        if waits and judged.beside.owed(number) and cell.missed is not None:
            met, missed = (Bounds(bounds.low, bounds.low, bounds.low) for bounds in (cell.count, cell.missed))
            failing = of_share(met, missed, target_in(check, cell.window)) is Verdict.BROKEN
            yield Outlook.AT_RISK if failing else Outlook.ON_TRACK


def _of_window(window: WindowResult, as_of: AsOf) -> Outlook:
    if len(window.span) == 1 and window.verdict is Verdict.OPEN:
        return Outlook.ON_TRACK  # a day has no pace: it has only just begun until it is over
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
