"""The ledger of a check: every row that counts or may count, and every window with its numbers and its verdict."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from promisekit.engine.known import dates_of
from promisekit.engine.observations import Bounds, Cell, Counted, Observations, Outcome
from promisekit.events import Event, State, dated
from promisekit.log.model import Log
from promisekit.plan.checks import counted_in, relation_of
from promisekit.plan.nodes import Calendar, Check, Count, Duration, Listed, Overlaps, Relation, Select, Semi
from promisekit.plan.windows import target_in
from promisekit.proof.premises import Json, days, measure, need, number, target, way
from promisekit.selectors.match import matches
from promisekit.verdict.check import Judged
from promisekit.windows import Span, Zone, show_day


class Ledger(Struct, frozen=True):
    """What was measured, and the activities that were met so far, each with a name of its own."""

    observed: Observations
    events: Mapping[tuple[str, int], Event]
    log: Log
    period: Span
    zone: Zone
    activities: dict[Select, str] = {}

    def check(self, name: str, check: Check, judged: Judged) -> Json:
        """A check with everything that its verdict follows from."""
        seen = self.observed.checks[name]
        relation = relation_of(check)
        left = counted_in(check)
        windows = zip(seen.cells, judged.windows, strict=True)
        return {
            "measured": measure(check.measure),
            "counts": self._name(left),
            "partner": self._partner(relation),
            "overlap": _overlap(check),
            "span": days(check.span),
            "tiling": _tiling(check),
            "need": need(check.need),
            "windows": [
                {
                    **self._window(cell, left.day_begins),
                    "target": target(target_in(check, cell.window)),
                    "waived": one.waived is not None,
                    "verdict": str(one.verdict),
                }
                for cell, one in windows
            ],
            "rows": [self._row(row, check) for row in sorted(seen.counted, key=lambda row: row.event)],
        }

    def _partner(self, relation: Relation) -> Json:
        if not isinstance(relation, Semi):
            return None
        return {"of": self._name(relation.right), "ways": [way(on) for on in relation.on]}

    def _name(self, select: Select) -> str:
        return self.activities.setdefault(select, f"a{len(self.activities) + 1}")

    def _window(self, cell: Cell, day_begins: int) -> dict[str, Json]:
        clock = cell.window.clock and [self.zone.show(at) for at in cell.window.instants(self.zone, day_begins)]
        return {
            "days": days(cell.window.span),
            "clock": clock,
            "low": number(cell.count.low),
            "high": number(cell.count.high),
            "missed": _bounds(cell.missed),
            "of": _bounds(cell.whole),
        }

    def _row(self, row: Counted, check: Check) -> Json:
        ref, partner = row.event, row.partner
        late = row.outcome is Outcome.MISSED
        return {
            "file": ref.file,
            "row": ref.row,
            "counts": str(row.outcome),
            "window": row.window,
            "why": self._why(row, check),
            "partner": None if partner is None or late else [partner.file, partner.row],
            "due": None if row.due is None else show_day(row.due),
        }

    def _why(self, row: Counted, check: Check) -> Json:
        """Why a row only may count: it is doubted itself, its cells cannot tell, or its time or partner cannot."""
        if row.outcome in (Outcome.COUNTED, Outcome.MISSED):
            return None
        event = self.events[row.event.file, row.event.row]
        select = counted_in(check)
        moved = event if select.dated is None else dated(event, select.dated)
        if moved is None or moved.state is not State.HELD:
            return "row"
        dates = dates_of(self.log, select.sources, self.observed.as_of, self.period)
        told = matches(select.selector, moved, dates, select.day_begins)
        return "selector" if told is None else "place"


def _bounds(bounds: Bounds | None) -> Json:
    return None if bounds is None else [number(bounds.low), number(bounds.high)]


def _overlap(check: Check) -> int | None:
    """For how many seconds a row has to go on in a window to belong to it; None where it belongs where it starts."""
    if isinstance(check.measure, Duration):
        return 1
    by_time = isinstance(check.measure, Count) and isinstance(check.attribution, Overlaps)
    return check.attribution.seconds if by_time and isinstance(check.attribution, Overlaps) else None


def _tiling(check: Check) -> str:
    match check.partition:
        case Calendar(left_out=left_out):
            return "chosen" if left_out else "calendar"
        case Listed():
            return "listed"
        case _:
            return "whole"
