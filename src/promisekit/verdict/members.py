"""What the members of a register show together: their evidence in one list, bounded as one member's is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import EVIDENCE_LIMIT, NEAR_MISS_LIMIT, Counted
from promisekit.plan.nodes import Need
from promisekit.verdict.model import CommitmentResult, Evidence, NearMissResult
from promisekit.verdict.outcomes import Outcomes, verdict_of
from promisekit.verdict.truth import combined


class Told(Struct, frozen=True):
    """A result, and what may become of it; for each of its near misses, what might with it."""

    result: CommitmentResult
    may: Outcomes
    becomes: tuple[Outcomes, ...] = ()

    def settled(self) -> Told:
        """The same where no near miss would have changed the verdict: it rests on something else."""
        misses = tuple(replace(one, pivotal=False) for one in self.result.near_misses)
        return Told(replace(self.result, near_misses=misses), self.may, (self.may,) * len(self.becomes))


def merged(whole: CommitmentResult, may: Outcomes, need: Need, parts: Sequence[Told]) -> Told:
    """The result with what its members show; windows are numbered through all of them."""
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part.result.windows))
    placed = list(zip(offsets, parts, strict=False))
    cases = [
        replace(case, window=case.window + offset, member=case.member or part.result.member)
        for offset, part in placed
        for case in part.result.cases
    ]
    misses, becomes, dropped = _near_misses(whole, need, placed)
    result = replace(
        whole,
        evidence=_evidence(placed),
        near_misses=tuple(misses[:NEAR_MISS_LIMIT]),
        near_miss_total=sum(part.result.near_miss_total for part in parts) - dropped,
        cases=tuple(cases[:EVIDENCE_LIMIT]),
        cases_total=sum(part.result.cases_total for part in parts),
    )
    return Told(result, may, tuple(becomes[:NEAR_MISS_LIMIT]))


def _evidence(placed: Sequence[tuple[int, Told]]) -> Evidence:
    found = [(offset, part.result.evidence) for offset, part in placed]
    counted = [_moved(row, offset) for offset, rows in found for row in rows.counted]
    possible = [_moved(row, offset) for offset, rows in found for row in rows.possible]
    return Evidence(
        tuple(counted[:EVIDENCE_LIMIT]),
        sum(rows.total for _, rows in found),
        tuple(possible[:EVIDENCE_LIMIT]),
        sum(rows.possible_total for _, rows in found),
    )


def _moved(row: Counted, offset: int) -> Counted:
    return replace(row, window=row.window + offset)


def _near_misses(
    whole: CommitmentResult, need: Need, placed: Sequence[tuple[int, Told]]
) -> tuple[list[NearMissResult], list[Outcomes], int]:
    """The near misses but for those that another member has: a row about one school is no near miss of the others."""
    theirs = {
        row.event for _, part in placed for row in (*part.result.evidence.counted, *part.result.evidence.possible)
    }
    each = [part.may for _, part in placed]
    misses: list[NearMissResult] = []
    becomes: list[Outcomes] = []
    dropped = 0
    seen: dict[Outcomes, Outcomes] = {}
    for number, (offset, part) in enumerate(placed):
        seen.clear()
        for one, then in zip(part.result.near_misses, part.becomes, strict=True):
            if one.miss.event in theirs:
                dropped += 1
                continue
            if then not in seen:
                seen[then] = combined(need, [*each[:number], then, *each[number + 1 :]])
            window = None if one.miss.window is None else one.miss.window + offset
            misses.append(NearMissResult(replace(one.miss, window=window), verdict_of(seen[then]) is not whole.verdict))
            becomes.append(seen[then])
    return misses, becomes, dropped
