"""The obligations of a share one by one: what became of each row of its whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promisekit.engine.observations import Counted, Observation, Outcome, Reason
from promisekit.events import RowKey
from promisekit.plan.assessment import Assessment
from promisekit.verdict.check import waiver_of
from promisekit.verdict.model import CaseResult, Verdict, Waiver
from promisekit.windows import Day, parse_day

VERDICTS = {
    Outcome.COUNTED: Verdict.KEPT,
    Outcome.MISSED: Verdict.BROKEN,
    Outcome.PENDING: Verdict.OPEN,
    Outcome.POSSIBLE: Verdict.OPEN,
}


def cases_of(seen: Observation) -> tuple[CaseResult, ...]:
    """Every obligation that the observation lists."""
    return tuple(_case(row, VERDICTS[row.outcome], _reasons(row, seen), None) for row in seen.counted)


def excused_cases(before: Observation, said: Mapping[RowKey, Assessment], without: Verdict) -> Iterator[CaseResult]:
    """The obligations that were excused, of those that `before` lists: what was measured with them."""
    for row in before.counted:
        one = said.get((row.event.source, row.event.file, row.event.row))
        if one is not None:
            yield _case(row, Verdict.NOT_APPLICABLE, (), waiver_of(one, without))


def _case(row: Counted, verdict: Verdict, reasons: tuple[Reason, ...], waiver: Waiver | None) -> CaseResult:
    met = row.outcome is Outcome.COUNTED
    return CaseResult(
        event=row.event,
        window=row.window,
        due=row.due,
        due_at=row.due_at,
        answered=_answered(row),
        partner=row.partner,
        low=int(met),
        high=int(row.outcome is not Outcome.MISSED),
        verdict=verdict,
        reasons=reasons,
        late=row.late,
        late_at=row.late_at,
        waived=waiver,
    )


def _answered(row: Counted) -> Day | None:
    if row.late is not None:
        return row.late
    return None if row.partner is None else parse_day(row.partner.start[:10])


def _reasons(row: Counted, seen: Observation) -> tuple[Reason, ...]:
    """Why one is open: its deadline runs; or what makes its window open, where that is no news of the future."""
    if row.outcome is Outcome.PENDING:
        return (Reason.RUNNING,)
    if row.outcome is not Outcome.POSSIBLE:
        return ()
    doubts = seen.cells[row.window].doubts
    return tuple(one for one in doubts if one in (Reason.UNCOVERED, Reason.IMPRECISE)) or (Reason.IMPRECISE,)
