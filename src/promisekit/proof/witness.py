"""Witnesses: for every commitment of a promise a log that keeps it and a log that breaks it, or why there is none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.base import Engine
from promisekit.engine.reference import ReferenceEngine
from promisekit.log import LogFile, read_logs
from promisekit.log.mapping import Mapping, Sources
from promisekit.log.model import Log
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import checks_of, selects_of
from promisekit.plan.nodes import Commitment, Plan
from promisekit.plan.reach import Bar, reach_of
from promisekit.proof.exports import Spelling, Table, csv_of, spelling_of, table_of
from promisekit.proof.judging import NAME, Court, court_for
from promisekit.proof.making import Maker
from promisekit.proof.rows import Row
from promisekit.proof.search import Proof, Search
from promisekit.spec import Loaded
from promisekit.verdict.tree import Known, judge_node
from promisekit.verdict.verdicts import Verdict

ONLY = "log"
"""The name of the source where a promise names none."""
WANTED = (Verdict.KEPT, Verdict.BROKEN)


class Witness(Struct, frozen=True):
    """A log that gives a commitment a verdict, as both engines say who read it from files."""

    tables: tuple[tuple[str, Table], ...]
    """For each source its export: a header and its rows."""
    said: tuple[Assessment, ...]
    smallest: bool
    """Whether no row can be left out; of very many rows that is not tried."""

    @property
    def rows(self) -> int:
        """How many rows there are in all exports."""
        return sum(len(table) - 1 for _, table in self.tables)


class Sought(Struct, frozen=True):
    """What was found for one verdict on one commitment: a witness, or a bar, or (neither) nothing."""

    verdict: Verdict
    witness: Witness | None
    bar: Bar | None


class Shown(Struct, frozen=True):
    """A commitment with what keeps and what breaks it."""

    commitment: Commitment
    kept: Sought
    broken: Sought


class Workshop(Struct, frozen=True):
    """Everything that the witnesses of a promise are made with."""

    loaded: Loaded
    court: Court
    spelling: Spelling
    named: bool
    """Whether the promise tells its sources apart by name."""

    @property
    def covers(self) -> str:
        """The days that the logs cover, both included."""
        (span,) = self.court.covered.spans
        return span.show()

    @property
    def inputs(self) -> list[str]:
        """The files that were read with the promise, in its folder."""
        header = self.loaded.plan.header
        folder = Path(self.loaded.file).parent
        beside = [name for name, _ in header.registers] + ([header.document] if header.document else [])
        return [str(folder / name) for name in beside]

    def witnesses(self, only: str | None = None) -> Iterator[Shown]:
        """For each commitment, or for the one of that id, what keeps and what breaks it."""
        for one in self.loaded.plan.commitments:
            if only in (None, one.id):
                kept, broken = (self._sought(one, verdict) for verdict in WANTED)
                yield Shown(one, kept, broken)

    def _sought(self, commitment: Commitment, verdict: Verdict) -> Sought:
        zone = self.loaded.plan.zone
        reach = reach_of(commitment.node, zone)
        bar = reach.kept if verdict is Verdict.KEPT else reach.broken
        if bar is not None:
            return Sought(verdict, None, bar)
        ends = all(self.mapping(source).column("end") is not None for source in self.court.sources)
        search = Search(self.court, Maker(zone, self.court.sources, ends=ends))
        proof = search.find(commitment.node, verdict)
        if proof is None:
            return Sought(verdict, None, None)
        witness = self._witness(commitment, proof)
        return Sought(verdict, witness if self._verified(commitment, witness, verdict) else None, None)

    def mapping(self, source: str) -> Mapping:
        """How a source is read."""
        found = self.loaded.sources.of(source)
        assert found is not None, "the loader has seen to it that every source is mapped"
        return found

    def _witness(self, commitment: Commitment, proof: Proof) -> Witness:
        said = tuple(_about(one, commitment.id) for one in proof.said)
        tables = tuple((name, self._table(proof.rows, name)) for name in self.court.sources)
        return Witness(tables, said, proof.smallest)

    def _table(self, rows: Sequence[Row], source: str) -> Table:
        return table_of(rows, source, self.mapping(source), self.spelling, self.loaded.plan.zone)

    def _verified(self, commitment: Commitment, witness: Witness, verdict: Verdict) -> bool:
        """Whether both engines give the verdict once the exports are written and read again."""
        plan = replace(self.loaded.plan, commitments=(commitment,))
        log = self._read(witness, self.loaded.sources)
        return all(self._judged(engine, plan, witness) is verdict for engine in engines(plan, log))

    def _read(self, witness: Witness, sources: Sources) -> Log:
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, (source, table) in enumerate(witness.tables):
                path = Path(folder) / f"{number}.csv"
                path.write_text(csv_of(table), encoding="utf-8")
                files.append(LogFile(source, str(path)))
            return read_logs(files, sources, self.loaded.plan.zone, covers={None: self.court.covered})

    def _judged(self, engine: Engine, plan: Plan, witness: Witness) -> Verdict:
        (commitment,) = plan.commitments
        with closing(engine):
            seen = engine.observe(self.court.as_of, frozenset(checks_of(plan))).checks
        return judge_node(commitment.id, commitment.node, Known(self.court.as_of, seen, witness.said)).verdict


def engines(plan: Plan, log: Log) -> Iterator[Engine]:
    """Both engines, the second one imported only when it is asked."""
    yield ReferenceEngine(plan, log)
    if checks_of(plan):
        from promisekit.engine.relational import RelationalEngine

        yield RelationalEngine(plan, log)


def workshop_for(loaded: Loaded) -> Workshop:
    """What the witnesses of a promise are made with."""
    plan = loaded.plan
    selects = [select for check in checks_of(plan).values() for select in selects_of(check)]
    named = tuple(dict.fromkeys([*loaded.sources.named, *(name for one in selects for name in one.sources)]))
    return Workshop(loaded, court_for(plan, named or (ONLY,)), spelling_of(selects), bool(named))


def _about(said: Assessment, commitment: str) -> Assessment:
    """What was said of the node that was searched for, said of the commitment."""
    part = None if said.part is None else commitment + said.part.removeprefix(NAME)
    return replace(said, commitment=commitment, part=part)
