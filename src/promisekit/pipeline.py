"""The way through the house: load → lower → observe → judge, and everything about the run in one object."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from os import PathLike
from typing import TYPE_CHECKING, BinaryIO, Literal, get_args

from msgspec import Struct

from promisekit import __version__
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.engine.base import Engine
from promisekit.log import Log, LogFile, read_logs
from promisekit.log.files import size_of
from promisekit.log.named import log_files
from promisekit.plan.assessment import Assessment
from promisekit.plan.checks import checks_of, selects_of
from promisekit.plan.nodes import Check, Plan
from promisekit.spec import Loaded, load, load_assessments
from promisekit.verdict.judge import Edited, judge
from promisekit.verdict.model import Evaluation, Result, SourceResult
from promisekit.windows import AsOf, DaySet, Zone, day_set, parse_as_of, parse_span
from promisekit.words import Message, say

if TYPE_CHECKING:
    from promisekit.spec.assessments import Assessments

EngineName = Literal["auto", "reference", "duckdb"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
LARGE_LOG = 200_000
"""From so many events on the relational engine is taken …"""
LARGE_FILES = 25_000_000
"""So many bytes of logs are read into the database of the relational engine: as a rule, as many events as that."""
LARGE_WORK = 5_000_000
"""… or from so many events times checks: it asks all of them at once, the reference one after the other."""


class Inputs(Struct, frozen=True):
    """What a run is about: the promise, its log, what people said, and the as-of."""

    loaded: Loaded
    log: Log
    said: Assessments | None
    as_of: AsOf


_MEMORY = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([kmgt]b)", re.IGNORECASE)
Path = str | PathLike[str]


def evaluate(
    promise: Path,
    logs: Sequence[Path],
    *,
    as_of: str,
    covers: Sequence[str] = (),
    assessments: Path | None = None,
    engine: EngineName = "auto",
    stdin: BinaryIO | None = None,
    memory_limit: str | None = None,
) -> Evaluation:
    """The verdicts on the promise in a file.

    `logs`: `[SOURCE=]PATH` each; a PATH with `*`, `?` or `[…]` in it stands for all files that match, sorted.
    `as_of`: a date (its end) or an instant. `covers`: `[SOURCE=]FROM/TO` each, both days included. `memory_limit`: what
    the relational engine's database may hold in memory (`1GB`). Raises `Invalid` with every diagnostic found where the
    promise, the assessments or a log cannot be used.
    """
    limit = None if memory_limit is None else memory(memory_limit)
    inputs = read(
        promise,
        logs,
        as_of=as_of,
        covers=covers,
        assessments=assessments,
        engine=engine,
        stdin=stdin,
        memory_limit=limit,
    )
    return judged(inputs, engine, limit)


def read(
    promise: Path,
    logs: Sequence[Path],
    *,
    as_of: str,
    covers: Sequence[str] = (),
    assessments: Path | None = None,
    engine: EngineName = "reference",
    stdin: BinaryIO | None = None,
    memory_limit: str | None = None,
) -> Inputs:
    """All that a run reads, as `evaluate` takes it; raises `Invalid` like it.

    With another `engine` than the reference a large log lies in that one's database, and is gone once it was judged.
    """
    spans = covered(covers)
    as_of_in(Zone(), as_of)  # what is wrong with the question is told before anything is read
    loaded = load(promise)
    until = as_of_in(loaded.plan.zone, as_of)
    said = load_assessments(assessments, loaded.plan) if assessments is not None else None
    log = read_log([file for name in logs for file in log_files(name)], loaded, engine, stdin, spans, memory_limit)
    return Inputs(loaded, log, said, until)


def judged(inputs: Inputs, engine: EngineName = "auto", memory_limit: str | None = None) -> Evaluation:
    """The verdicts on what was read."""
    return evaluate_log(inputs.loaded, inputs.log, inputs.as_of, inputs.said, engine, memory_limit)


def evaluate_log(
    loaded: Loaded,
    log: Log,
    as_of: AsOf,
    said: Assessments | None = None,
    engine: EngineName = "auto",
    memory_limit: str | None = None,
) -> Evaluation:
    """The verdicts on a promise by a log that is read already. Raises Invalid for statements about rows not in it."""
    with closing(engine_for(engine, loaded.plan, log, memory_limit)) as chosen:
        if said is None:
            result = judge(loaded.plan, chosen, as_of)
        else:
            result = judge_with(said, loaded.plan, log, chosen, as_of)
    return summed_up(loaded, log, result, chosen.name, said.sha256 if said else None)


def read_log(
    files: Sequence[LogFile],
    loaded: Loaded,
    engine: EngineName = "auto",
    stdin: BinaryIO | None = None,
    covers: Mapping[str | None, DaySet] | None = None,
    memory_limit: str | None = None,
) -> Log:
    """All files as one log, its events in memory or, where they are many, in the database of the relational engine.

    Rows that are merged by a rule of the promise are compared in memory.
    """
    if (
        engine != "reference"
        and loaded.sources.duplicates is None
        and (engine == "duckdb" or size_of(files) >= LARGE_FILES)
    ):
        from promisekit.engine.relational.reading import read_stored

        return read_stored(files, loaded.sources, loaded.plan.zone, stdin, covers, memory_limit)
    return read_logs(files, loaded.sources, loaded.plan.zone, stdin, covers)


def judge_with(said: Assessments, plan: Plan, log: Log, engine: Engine, as_of: AsOf) -> Result:
    """The verdicts with what people said. Where they have set rows or cases right, a second engine of the same name
    measures the plan and the log as amended; the verdicts stand on that, and what they would have been is told."""
    from promisekit.spec.assessed_log import stand_in  # imported late: most runs name no assessments
    from promisekit.verdict.amend import amend

    stand_in(said, plan, log)
    amended = amend(plan, log, said.assessments, as_of)
    if amended is None:
        return judge(plan, engine, as_of, said.assessments)
    with closing(engine_named(engine.name, amended.plan, amended.log)) as second:
        edited = Edited(second, amended.rows, amended.excused)
        return judge(plan, engine, as_of, said.assessments, edited)


def engine_for(name: EngineName, plan: Plan, log: Log, memory_limit: str | None = None) -> Engine:
    """The engine of that name, or the one that suits the size of the log."""
    if name == "auto":
        work = len(log.events) * len(checks_of(plan))  # a register or a composite has many
        large = not isinstance(log.events, tuple) or len(log.events) >= LARGE_LOG or work >= LARGE_WORK
        name = "duckdb" if large else "reference"
    return engine_named(name, plan, log, memory_limit)


def engine_named(name: str, plan: Plan, log: Log, memory_limit: str | None = None) -> Engine:
    """The engine of that name; imported only when chosen."""
    if name == "duckdb":
        from promisekit.engine.relational import RelationalEngine

        return RelationalEngine(plan, log, memory_limit)
    from promisekit.engine.reference import ReferenceEngine

    return ReferenceEngine(plan, log)


def summed_up(loaded: Loaded, log: Log, result: Result, engine: str, assessments_sha256: str | None) -> Evaluation:
    """The run as one object for every view of it."""
    sources = tuple(
        SourceResult(source.name, source.files, result.sources[source.name], source.coverage.declared is not None)
        for source in log.sources
    )
    written = tuple(one for one in loaded.diagnostics if one.severity is not Severity.ADVICE)  # that is for its author
    found = (*written, *log.diagnostics, *_without_log(loaded.plan, log), *_assumed(result))
    return Evaluation(loaded.plan, result, sources, found, engine, __version__, assessments_sha256)


def _without_log(plan: Plan, log: Log) -> list[Diagnostic]:
    """One warning for every source that an activity needs and that was given no log."""
    needed = {name for check in checks_of(plan).values() for name in _sources(check)}
    return [
        Diagnostic(
            "source.without-log",
            Severity.WARNING,
            say("no log is given for the source `{name}`: nothing is covered where it is needed", name=name),
            say("name its export: `{name}=FILE`", name=name),
            file=name,
        )
        for name in sorted(needed - {source.name for source in log.sources})
    ]


def _sources(check: Check) -> set[str]:
    return {name for select in selects_of(check) for name in select.sources}


def _assumed(result: Result) -> list[Diagnostic]:
    """One warning for every source whose coverage was not declared but matters."""
    names = sorted({name for one in result.commitments for name in one.assumed})
    return [
        Diagnostic(
            "coverage.assumed",
            Severity.WARNING,
            say("it is not declared which days `{name}` covers; taken to be all up to its last event", name=name),
            say("declare it with `covers:` in the log mapping or with `--covers {name}=FROM/TO`", name=name),
            file=name,
        )
        for name in names
    ]


def as_of_in(zone: Zone, text: str) -> AsOf:
    """The as-of in a promise's zone. Raises Invalid (exit code 2) for a date that is none."""
    try:
        return parse_as_of(text, zone)
    except ValueError:
        message = say("`{text}` is not a date or a time that there is", text=text)
        raise _usage("as-of.not-understood", message, "--as-of 2022-04-15") from None


def covered(texts: Sequence[str]) -> Mapping[str | None, DaySet]:
    """`[SOURCE=]FROM/TO` each, by source (None: all). Raises Invalid (exit code 2) for a span that is none."""
    spans: dict[str | None, DaySet] = {}
    for text in texts:
        source, equals, span = text.rpartition("=")
        key = source if equals else None
        try:
            spans[key] = day_set([*spans.get(key, DaySet()).spans, parse_span(span)])
        except ValueError:
            message = say("`{text}` is not a span of days", text=text)
            raise _usage("covers.not-understood", message, "--covers 2022-03-01/2022-05-31") from None
    return spans


def memory(text: str) -> str:
    """An amount of memory in the database's words. Raises Invalid (exit code 2) for what is none."""
    found = _MEMORY.fullmatch(text.strip())
    if found is None or not float(found[1]):
        message = say("`{text}` is not an amount of memory", text=text)
        raise _usage("memory-limit.not-understood", message, "--memory-limit 1GB")
    return f"{found[1]}{found[2].upper()}"


def _usage(code: str, message: Message, example: str) -> Invalid:
    return Invalid((Diagnostic(code, Severity.ERROR, message, say("write it as `{example}`", example=example)),), 2)


__all__ = [
    "ENGINES",
    "Assessment",
    "EngineName",
    "as_of_in",
    "covered",
    "engine_for",
    "evaluate",
    "evaluate_log",
]
