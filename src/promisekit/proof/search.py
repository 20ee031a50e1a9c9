"""The search for witnesses: logs that keep a node, and logs that break it, made from what the node asks.

A log is built for each window or part that has to come out so, judged by the reference engine, and made smaller until
no row can be left out. What is built may be wrong, and then is not a witness; what is found is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import islice, product

from msgspec import Struct
from msgspec.structs import replace

from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import checks_in, selects_of
from promisekit.plan.nodes import All, Assess, Check, KOfN, Listed, Need, Node, Select, When
from promisekit.plan.windows import target_in, windows_of
from promisekit.proof.choosing import to_turn
from promisekit.proof.filling import fillings
from promisekit.proof.judging import NAME, Court
from promisekit.proof.making import Cells, Maker
from promisekit.proof.rows import Row
from promisekit.proof.shrinking import shrunk
from promisekit.proof.unmeant import cells_told
from promisekit.verdict.check import Judged
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Window

TRIES = 60
"""So many logs are judged for one verdict on one node, at most, before it is given up."""
COMPARED, MANY = 31, 10**9
"""Of so many windows or parts, those are chosen that take the fewest rows; of more, the first ones."""
STARTS = 8
"""So many windows are begun with, where any of them will do."""
WAYS = 4
"""So many ways are kept to give one window or part its verdict."""


class Proof(Struct, frozen=True):
    """What gives a verdict: rows, and what people said."""

    rows: tuple[Row, ...] = ()
    said: tuple[Assessment, ...] = ()
    smallest: bool = True
    """Whether it was tried that no row can be left out."""

    def beside(self, other: Proof) -> Proof:
        """Both together; what is in both only once."""
        more = [row for row in other.rows if row not in self.rows]
        return Proof((*self.rows, *more), (*self.said, *other.said))


NOTHING = Proof()
Ways = Callable[[int], list[Proof]]


class Search(Struct, frozen=True):
    """A search for one commitment's witnesses."""

    court: Court
    maker: Maker
    name: str = NAME
    """The name of the node that is searched for."""

    def find(self, node: Node, wanted: Verdict) -> Proof | None:
        """The smallest proof of that verdict that was found; None where none was."""
        if self.court.gives(wanted, self.name, node, ()):
            return NOTHING
        selects = tuple(dict.fromkeys(one for _, check in checks_in(self.name, node) for one in selects_of(check)))
        told = dict(cell for _, check in checks_in(self.name, node) for cell in cells_told(check))
        found = [replace(self, maker=maker).first(node, wanted) for maker in self._makers(selects, told)]
        return min((one for one in found if one is not None), key=lambda one: len(one.rows), default=None)

    def _makers(self, selects: tuple[Select, ...], told: Cells) -> list[Maker]:
        """Rows that are as little as they can be of what they are not made for; rows that are all that they can be."""
        plain = replace(self.maker, apart=(), together=(), told=told)
        return [plain] if len(selects) < 2 else [replace(plain, apart=selects), replace(plain, together=selects)]

    def first(self, node: Node, wanted: Verdict) -> Proof | None:
        """The first log that gives the verdict, without the rows that can be left out."""
        base = self.court.judge(self.name, node, ())
        if base.verdict is wanted:
            return NOTHING
        for proof in islice(self._proofs(node, wanted, base), TRIES):
            if self.court.gives(wanted, self.name, node, proof.rows, proof.said):
                rows, smallest = shrunk(proof.rows, partial(self._still, wanted, node, proof.said))
                return Proof(rows, proof.said, smallest)
        return None

    def _still(self, wanted: Verdict, node: Node, said: Sequence[Assessment], rows: tuple[Row, ...]) -> bool:
        return self.court.gives(wanted, self.name, node, rows, said)

    def _proofs(self, node: Node, wanted: Verdict, base: Judged) -> Iterator[Proof]:
        match node:
            case Check(need=need):
                verdicts = [one.verdict for one in base.windows]
                yield from self._put_together(need, verdicts, wanted, self._windows(node, None, wanted))
            case KOfN(need=need):
                verdicts = [one.verdict for one in base.parts]
                yield from self._put_together(need, verdicts, wanted, self._parts(node, wanted))
            case When(trigger, Check() as then) if len(windows_of(trigger)) == len(windows_of(then)):
                verdicts = [Verdict.NOT_APPLICABLE] * len(windows_of(then))
                yield from self._put_together(then.need, verdicts, wanted, self._windows(then, trigger, wanted))
            case When(trigger, then):
                begun = self.first(trigger, Verdict.KEPT)
                owed = self.first(then, wanted) if begun is not None else None
                if begun is not None:
                    yield begun
                    yield from () if owed is None else (owed, begun.beside(owed))
            case Assess():
                yield Proof(said=tuple(statements(node, wanted, self.name)))

    def _put_together(self, need: Need, verdicts: Sequence[Verdict], wanted: Verdict, ways: Ways) -> Iterator[Proof]:
        """Logs that give as many windows or parts the verdict as it takes, in one way or another."""
        number, among = to_turn(need, verdicts, wanted)
        if number < len(among) <= COMPARED:
            among.sort(key=lambda at: min((len(one.rows) for one in ways(at)), default=MANY))
        starts = range(min(STARTS, len(among)) if number < len(among) else 1)
        for way, start in product(range(WAYS), starts):
            picked: list[Proof] = []
            for at in [*among[start:], *among[:start]]:
                found = ways(at)
                if found and len(picked) < number:
                    picked.append(found[min(way, len(found) - 1)])
                if len(picked) == number:
                    break
            if len(picked) == number:
                whole = NOTHING
                for one in picked:
                    whole = whole.beside(one)
                yield whole

    def _windows(self, check: Check, trigger: Check | None, wanted: Verdict) -> Ways:
        """Ways to give one window of a check the verdict, what triggers it included."""
        windows = windows_of(check)

        @cache
        def ways(at: int) -> list[Proof]:
            alone = _alone(check, windows[at])
            begun: list[tuple[Row, ...]] = [()]
            node: Node = alone
            if trigger is not None:
                first = _alone(trigger, windows_of(trigger)[at])
                node = When(first, alone)
                found = self._filled(first, first, Verdict.KEPT, [()])
                begun = [*(one.rows for one in islice(found, WAYS)), ()]
            return list(islice(self._filled(node, alone, wanted, begun), WAYS))

        return ways

    def _filled(self, node: Node, check: Check, wanted: Verdict, begun: Sequence[tuple[Row, ...]]) -> Iterator[Proof]:
        """Logs of one window's rows that give a node the verdict, the rows in `begun` among them."""
        (window,) = windows_of(check)
        for before in begun:
            if before and self.court.gives(wanted, self.name, node, before):
                yield Proof(before)
        for rows in islice(fillings(self.maker, check, window, wanted), TRIES):
            for before in begun:
                proof = Proof(before).beside(Proof(tuple(rows)))
                if self.court.gives(wanted, self.name, node, proof.rows):
                    yield proof

    def _parts(self, node: KOfN, wanted: Verdict) -> Ways:
        @cache
        def ways(at: int) -> list[Proof]:
            part = node.parts[at]
            own = replace(self, name=f"{self.name}/{part.id}")
            found = [own.first(part.node, wanted), own.find(part.node, wanted)]
            return [one for one in found if one is not None]

        return ways


def _alone(check: Check, window: Window) -> Check:
    """The check of one window, with the target that it has there."""
    return replace(check, partition=Listed((window,)), target=target_in(check, window), need=All(), average=None)


def statements(node: Assess, verdict: Verdict, name: str) -> Iterator[Assessment]:
    """What people would have to say: as many of them as it takes."""
    quorum = {"any": 1, "all": len(node.by)}.get(str(node.quorum), node.quorum)
    for role in node.by[: int(quorum)]:
        yield Assessment(
            commitment=name.partition("/")[0],
            by="Exempel",
            role=role,
            date=node.span.last if node.due is None else min(node.due, node.span.last),
            verdict="kept" if verdict is Verdict.KEPT else "broken",
            waiver=False,
            note="Exempel",
            evidence=("exempel",),
            part=name if "/" in name else None,
        )
