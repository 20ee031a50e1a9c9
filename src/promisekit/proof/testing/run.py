"""A test of a promise is run: its log is read as an export is, judged as an export is, and compared with what it says.

What a test does not say of coverage is "complete": it is a small world that somebody wrote down whole. So no test is
open because nobody thought of coverage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.diagnostics.source import Source
from promisekit.log import Log, LogFile, Sources, read_logs
from promisekit.pipeline import EngineName, evaluate_log
from promisekit.proof.testing.compare import Difference, differences
from promisekit.spec import WithTests
from promisekit.spec.assessments import Assessments
from promisekit.spec.tables import Table
from promisekit.spec.tested import Tested
from promisekit.spec.tests import WHOLE
from promisekit.verdict.model import Evaluation
from promisekit.windows import Day, DaySet, Span, day_set, parse_span

DAYS_BEFORE = 20 * 366
"""So many days before the period are known too: what is compared with may lie that far back."""


class Outcome(Struct, frozen=True):
    """What became of a test on one engine."""

    promise: WithTests
    test: Tested
    engine: EngineName
    evaluation: Evaluation | None
    """None where the log could not be read, or what people say is about rows that are not in it."""
    differences: tuple[Difference, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What was noticed about the log, at its place in the promise; without an evaluation, what stood in its way."""
    exit_code: int = 0
    """Without an evaluation: the code that says why."""

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return self.evaluation is not None and not self.differences


def run(promise: WithTests, test: Tested, engine: EngineName = "reference") -> Outcome:
    """One test on one engine."""
    loaded = promise.loaded
    try:
        log = read(promise, test)
        evaluation = evaluate_log(loaded, log, test.as_of, _said(promise, test), engine)
    except Invalid as invalid:
        found = _placed(invalid.diagnostics, promise, test)
        return Outcome(promise, test, engine, None, (), found, invalid.exit_code)
    wrong = tuple(differences(test.test.expect, evaluation.result, (*test.route, "expect")))
    return Outcome(promise, test, engine, evaluation, wrong, _placed(log.diagnostics, promise, test))


def read(promise: WithTests, test: Tested) -> Log:
    """The log of a test. Raises Invalid (exit code 4) where it cannot be read."""
    loaded = promise.loaded
    folder = Path(loaded.file).parent
    mappings = {table.source: table.mapping for table in test.tables}
    return read_logs(
        [_file(table, folder) for table in test.tables],
        Sources(None, mappings, loaded.sources.duplicates),
        loaded.plan.zone,
        None,
        {table.source: _covered(table.source, promise, test) for table in test.tables},
    )


def _file(table: Table, folder: Path) -> LogFile:
    if table.content is None:
        return LogFile(table.source, str(folder / (table.file or "")))
    return LogFile(table.source, table.source, table.content.encode("utf-8"))


def _covered(source: str, promise: WithTests, test: Tested) -> DaySet:
    """The days on which a source is complete: those declared for it, else for all of them, else every day there is."""
    declared = test.test.covers.get(source, test.test.covers.get(WHOLE))
    if declared is not None:
        return day_set(parse_span(span) for span in declared)
    begin = promise.loaded.plan.period.start - DAYS_BEFORE
    return DaySet((Span(Day(begin), Day(test.as_of.day + 1)),))


def _said(promise: WithTests, test: Tested) -> Assessments | None:
    """What people said, with routes that lead into the test."""
    if not test.assessments:
        return None
    whole = promise.source
    mark = whole.root
    for step in test.route:
        mark = None if mark is None else mark.inner.get(step)
    return Assessments(
        test.assessments, promise.loaded.plan.header.sha256, whole.name, Source(whole.name, whole.text, mark)
    )


def _placed(found: Sequence[Diagnostic], promise: WithTests, test: Tested) -> tuple[Diagnostic, ...]:
    """The diagnostics about a log, those of tables in the promise moved to where their rows stand there."""
    moved: list[Diagnostic] = []
    left = list(found)
    for table in test.tables:
        if table.content is not None:
            mine = [one for one in left if one.file == table.source]
            left = [one for one in left if one.file != table.source]
            rows = [0 if one.place is None else one.place.line for one in mine]
            places = table.places(rows, promise.source)
            moved += (replace(one, place=place) for one, place in zip(mine, places, strict=True))
    return (*promise.source.locate(moved), *left)


def run_all(promise: WithTests, engines: tuple[EngineName, ...], name: str = "") -> Iterator[Outcome]:
    """Every test of a promise whose name has `name` in it, on every engine."""
    for test in promise.tests:
        if name.casefold() in test.test.name.casefold():
            for engine in engines:
                yield run(promise, test, engine)
