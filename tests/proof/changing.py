"""What would change every verdict of the manual: `python -m tests.proof.changing [--every N] [--edits]`.

For each commitment of each case, whatever `promisekit changes` claims is checked: with the changes both engines give
the claimed verdict over the whole log; no part of them does; and where it takes several, no single change does.
`--edits` asks another way: where several are claimed, every file with one line less, one line more (a copy of one of
its lines on another day) or one cell otherwise (another value of its column) is written and evaluated, and none may
give the verdict.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from msgspec.structs import replace

from promisekit.diagnostics import Invalid
from promisekit.log import LogFile, read_logs
from promisekit.pipeline import ENGINES, Inputs, covered, read
from promisekit.plan.nodes import Commitment
from promisekit.proof.changes.bench import Bench
from promisekit.proof.changes.ground import ground_for
from promisekit.proof.changes.model import Filled, Judged, Turn, Turned
from promisekit.proof.changes.search import PARTS_TRIED, single_changes, turned_all, world_of
from promisekit.proof.changes.world import as_known
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import show_day
from tests.cases.pages import Case, cases_in
from tests.proof.promises import PAGES

Asked = tuple[str, Case, Inputs]
ONE = [name for name in ENGINES if name != "auto"]


def spans_of(case: Case) -> tuple[str, ...]:
    """The days that a block says are covered, as the command line names them."""
    covers = case.expect.get("covers", "2022-01-01/2022-12-31")
    return () if covers == "assumed" else (covers,) if isinstance(covers, str) else tuple(covers)


def inputs_of(case: Case, folder: Path) -> Inputs:
    """What a block of the manual asks, read."""
    return read(
        case.write(folder),
        case.named_logs(folder),
        as_of=str(case.expect.get("as_of", "2022-06-01")),
        covers=spans_of(case),
        assessments=None if case.assessments is None else folder / "said.yaml",
    )


def asked() -> Iterator[Asked]:
    """Every question of the manual once, by where it stands."""
    for page in PAGES:
        seen = set()
        for _, line, case in cases_in(page.read_text(encoding="utf-8")):
            question = tuple(str(case.expect.get(key)) for key in ("as_of", "covers"))
            same = (case.promise, str(case.logs), str(case.registers), case.assessments, question)
            if "errors" in case.expect or same in seen:
                continue
            seen.add(same)
            with tempfile.TemporaryDirectory() as folder:
                try:
                    yield f"{page.name}:{line}", case, inputs_of(case, Path(folder))
                except Invalid:
                    continue  # a page may show what is refused without asking anything of it


def checked(inputs: Inputs, tally: Counter[str]) -> Iterator[tuple[Turned, Turn, str]]:
    """Every claim about a promise that does not hold, with what is wrong with it."""
    for one in turned_all(inputs):
        bench = Bench(replace(inputs.loaded.plan, commitments=(one.commitment,)), as_known(world_of(inputs)))
        if bench.verdict() is not one.verdict:
            yield one, one.turns[0], "the verdict is another one"
        for turn in one.turns:
            tally[f"{one.verdict.value} → {turn.verdict.value}: {_size(turn)}"] += 1
            if turn.changes:
                yield from ((one, turn, fault) for fault in _faults(bench, turn))
            if one.verdict is not Verdict.OPEN and turn.changes and _only_adds(inputs, one, turn):
                yield one, turn, "a final verdict is turned by what only adds to what is known"
            if len(turn.changes) != 1:
                yield from ((one, turn, fault) for fault in _overlooked(inputs, one.commitment, turn, bench))


def _only_adds(inputs: Inputs, one: Turned, turn: Turn) -> bool:
    """Whether no change contradicts anything. A cell that was empty and what people judge anew may: an empty date was
    none, and a newer judgement replaces the one before."""
    ground, _ = ground_for(inputs.loaded, one.commitment, as_known(world_of(inputs)))
    return not any(ground.contradicts(change) or isinstance(change, Filled | Judged) for change in turn.changes)


def _size(turn: Turn) -> str:
    return ("nothing found", "one change")[len(turn.changes)] if len(turn.changes) < 2 else "several changes"


def _faults(bench: Bench, turn: Turn) -> Iterator[str]:
    for engine in ONE:
        if bench.verdict(turn.changes, engine) is not turn.verdict:
            yield f"{engine} gives another verdict"
    sizes = range(1, len(turn.changes)) if len(turn.changes) <= PARTS_TRIED else [len(turn.changes) - 1]
    for size in sizes:
        for fewer in combinations(turn.changes, size):
            if bench.gives(turn.verdict, fewer):
                yield "a part of it is enough"


def _overlooked(inputs: Inputs, commitment: Commitment, turn: Turn, bench: Bench) -> Iterator[str]:
    """Every single change that is enough where several, or none, are claimed; judged over the whole log."""
    ground, _ = ground_for(inputs.loaded, commitment, as_known(world_of(inputs)))
    singles, _ = single_changes(ground)
    yield from (f"a single change is enough: {one}" for one in singles if bench.gives(turn.verdict, (one,)))


def edited(case: Case, inputs: Inputs) -> Iterator[dict[str, str]]:
    """The logs of a case with one line less, one more, or one cell otherwise."""
    for name, content in case.logs.items():
        header, *rows = list(csv.reader(io.StringIO(content)))
        if "start" not in header:
            continue
        at = header.index("start")
        tables = [[*rows[:number], *rows[number + 1 :]] for number in range(len(rows))]
        for row in {tuple(row[:at] + row[at + 1 :]): row for row in rows}.values():
            for day in inputs.loaded.plan.period.days():
                told = show_day(day) + row[at][10:]
                tables.append([*rows, [*row[:at], told, *row[at + 1 :]]])
        for number, row in enumerate(rows):
            for column in range(len(header)):
                for value in sorted({other[column] for other in rows} - {row[column]}):
                    changed = [*row[:column], value, *row[column + 1 :]]
                    tables.append([*rows[:number], changed, *rows[number + 1 :]])
        for table in tables:
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows([header, *table])
            yield {**case.logs, name: text.getvalue()}


def edits_that_turn(case: Case, inputs: Inputs, tally: Counter[str]) -> Iterator[str]:
    """Every file with one edit that gives a verdict for which several changes, or none, are claimed."""
    for one in turned_all(inputs):
        wanted = [turn.verdict for turn in one.turns if len(turn.changes) != 1]
        plan = replace(inputs.loaded.plan, commitments=(one.commitment,))
        for logs in edited(case, inputs) if wanted else ():
            files = [LogFile(name, f"{name}.csv", content.encode()) for name, content in logs.items()]
            log = read_logs(files, inputs.loaded.sources, plan.zone, covers=covered(spans_of(case)))
            tally["edited files"] += 1
            verdict = Bench(plan, world_of(replace(inputs, log=log))).verdict()
            if verdict in wanted:
                yield f"{one.commitment.id} is {verdict.value} with {logs}"


def main() -> int:
    """Prints what was claimed, and what does not hold; 1 where something does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each so many-th question")
    parser.add_argument("--edits", action="store_true")
    arguments = parser.parse_args()
    tally: Counter[str] = Counter()
    faults, begun = [], time.perf_counter()
    for where, case, inputs in list(asked())[:: arguments.every]:
        tally["questions"] += 1
        if arguments.edits:
            faults += [f"{where}: {told}" for told in edits_that_turn(case, inputs, tally)]
        else:
            faults += [f"{where} {one.commitment.id}: {told}" for one, _, told in checked(inputs, tally)]
    for what, number in sorted(tally.items()):
        print(f"{number:8,} {what}")
    print(f"{time.perf_counter() - begun:.0f} s, {len(faults)} faults", *faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
