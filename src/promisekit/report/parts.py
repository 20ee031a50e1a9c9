"""The parts of a commitment: each in full where an author wrote it, a line each where a register lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from promisekit.plan.nodes import KOfN, Node, Plan
from promisekit.report import page, terms
from promisekit.report.clean import neutral
from promisekit.report.figures import numbers, of_members, owed
from promisekit.report.voice import Voice
from promisekit.verdict.model import CommitmentResult, Result, Verdict
from promisekit.words import Message, say, sequence

MEMBERS_AT_MOST = 60
"""So many members of a register are listed; those that are not kept come first."""
ORDER = (Verdict.BROKEN, Verdict.OPEN, Verdict.KEPT, Verdict.NOT_APPLICABLE)


class Told(Struct, frozen=True):
    """A commitment or a part of one: where it is found, what is asked, and how it stands."""

    path: str
    number: str
    node: Node
    result: CommitmentResult
    readings: tuple[Message, ...] = ()
    """What its rule and those of its parts take for granted."""

    @property
    def depth(self) -> int:
        """How many commitments it is a part of."""
        return self.path.count("/")


def tops(plan: Plan, result: Result) -> list[Told]:
    """The commitments of a promise."""
    pairs = zip(plan.commitments, result.commitments, strict=True)
    return [
        Told(one.id, str(number), commitment.node, one, one.readings)
        for number, (commitment, one) in enumerate(pairs, 1)
    ]


def within(told: Told) -> Iterator[Told]:
    """The parts of a commitment, in their order."""
    whole = owed(told.node)
    if isinstance(whole, KOfN):
        results = {part.id: part for part in told.result.parts}
        for number, part in enumerate(whole.parts, 1):
            if part.id in results:
                theirs = tuple(said for name, said in _of_parts(told) if name == part.id)
                yield Told(f"{told.path}/{part.id}", f"{told.number}.{number}", part.node, results[part.id], theirs)


def own_readings(told: Told) -> list[Message]:
    """What its own rule takes for granted: what is said of one of its parts stands with that part."""
    parts = {part.path for part in within(told)} if not of_members(told.node) else set()
    return [reading for reading in told.readings if f"{told.path}/{_part_of(reading)}" not in parts]


def _of_parts(told: Told) -> Iterator[tuple[str, Message]]:
    """What is taken for granted of a part, by its id."""
    for reading in told.readings:
        said = dict(reading.fields).get("told")
        if isinstance(said, Message):
            yield _part_of(reading), said


def _part_of(reading: Message) -> str:
    """The id of the part that a reading is about; empty where it is about none."""
    fields = dict(reading.fields)
    part = fields.get("part")
    return part if isinstance(part, str) and isinstance(fields.get("told"), Message) else ""


def found(plan: Plan, result: Result, path: str) -> Told:
    """The commitment, or the part of one, that the ids `commitment/part/…` lead to. Raises KeyError where there is
    none."""
    first, *rest = path.split("/")
    told = {one.path: one for one in tops(plan, result)}[first]
    for _ in rest:
        told = {one.path: one for one in within(told) if f"{path}/".startswith(f"{one.path}/")}.popitem()[1]
    return told


def members(told: Told, voice: Voice) -> page.Members | None:
    """The members of a register as a table; None where there are none."""
    if not of_members(told.node) or not told.result.parts:
        return None
    ordered = sorted(within(told), key=lambda one: ORDER.index(one.result.verdict))
    shown = ordered[:MEMBERS_AT_MOST]
    return page.Members(
        heading=voice(say("Each of them ({n})", n=len(ordered))),
        rows=tuple(_member(one, voice) for one in shown),
        total=voice(_total([one.result for one in ordered])),
        more=_more([one.result for one in ordered[MEMBERS_AT_MOST:]], voice),
    )


def _member(one: Told, voice: Voice) -> page.Member:
    figures = numbers(one.node, one.result, brief=True)
    return page.Member(
        name=neutral(one.result.member or one.result.id),
        id=one.path,
        counted="" if figures is None or one.result.waived is not None else voice(figures),
        mark=terms.status_mark(one.result.status, voice),
    )


def _total(results: Sequence[CommitmentResult]) -> Message:
    """`Of 38, 36 are kept and 2 are not kept.`"""
    return say("Of {whole}, {parts}.", whole=len(results), parts=_tally(results))


def _tally(results: Sequence[CommitmentResult]) -> Message:
    of = Counter(one.verdict for one in results)
    told = (
        (of[Verdict.KEPT], say("{n} is kept", "{n} are kept", n=of[Verdict.KEPT])),
        (of[Verdict.BROKEN], say("{n} is not kept", "{n} are not kept", n=of[Verdict.BROKEN])),
        (of[Verdict.OPEN], say("{n} is not yet decided", "{n} are not yet decided", n=of[Verdict.OPEN])),
        (
            of[Verdict.NOT_APPLICABLE],
            say("{n} is not applicable", "{n} are not applicable", n=of[Verdict.NOT_APPLICABLE]),
        ),
    )
    return sequence(tuple(said for number, said in told if number))


def _more(left: Sequence[CommitmentResult], voice: Voice) -> str:
    if not left:
        return ""
    return voice(say("… and {n} more: {parts}.", "… and {n} more: {parts}.", n=len(left), parts=_tally(left)))
