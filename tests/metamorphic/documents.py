"""Random promises and exports as people write them: a document as plain data, rows as the text of their cells."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from promisekit.engine.observations import Phase, Reason
from promisekit.log import LogFile, read_logs
from promisekit.pipeline import EngineName, evaluate_log
from promisekit.plan.nodes import Number
from promisekit.spec import load
from promisekit.verdict.model import CommitmentResult, Interval, Verdict
from promisekit.windows import Span, day_set, parse_as_of, parse_span

Row = Mapping[str, str]
Written = dict[str, Any]
"""A piece of YAML as plain data."""

COLUMNS = ("id", "start", "end", "activity", "place", "theme", "case", "status", "number", "actors")
PLACES = ("Torget", "Skolan", "Åsen")
THEMES = ("lugn", "oro")
EVER = "2021-12-01/2022-12-31"
DAYS = [f"2022-{month:02}-{day:02}" for month in (2, 3, 4, 5, 6) for day in (1, 2, 11, 14, 15, 26, 27, 28)]


@dataclass(frozen=True)
class Export:
    """How rows are written into files."""

    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    columns: tuple[str, ...] = COLUMNS
    headers: Mapping[str, str] = field(default_factory=dict)
    """Column → what it is called in the export, where that is something else."""

    def write(self, rows: Sequence[Row]) -> bytes:
        """The bytes of a file."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end, quoting=self.quoting)
        writer.writerow([self.headers.get(column, column) for column in self.columns])
        writer.writerows([row.get(column, "") for column in self.columns] for row in rows)
        return text.getvalue().encode(self.encoding)


@dataclass(frozen=True)
class Document:
    """A promise, the rows of its log in files of one source, and the question."""

    promise: Written
    files: tuple[tuple[Row, ...], ...]
    as_of: str
    covers: tuple[str, ...] = (EVER,)
    export: Export = Export()
    engine: EngineName = "reference"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all files."""
        return tuple(row for rows in self.files for row in rows)

    def with_rows(self, rows: Sequence[Row]) -> Document:
        """The same question about other rows, in one file."""
        return replace(self, files=(tuple(rows),))

    def promising(self, commitments: Sequence[Written]) -> Document:
        """The same log asked about other commitments."""
        return replace(self, promise={**self.promise, "commitments": list(commitments)})


class Windowed(NamedTuple):
    """What is said of a window."""

    span: Span
    phase: Phase
    low: Number
    high: Number | None
    of: Interval | None
    verdict: Verdict
    now: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Answer:
    """What is said of a commitment, without the names and sentences that it is said in."""

    verdict: str
    now: str | None
    status: str
    degree: object
    windows: tuple[Windowed, ...]
    numbers: tuple[object, ...]
    """How many rows count, may count and nearly did, when it became final, and how much remains."""


@cache
def _folder() -> Path:
    """A folder of this process, for the promise's file."""
    return Path(tempfile.mkdtemp(prefix="laws-"))


def answers(document: Document) -> dict[str, Answer]:
    """Every commitment's answer, the whole way from the text of both files."""
    path = _folder() / "promise.yaml"
    path.write_text(json.dumps(document.promise, ensure_ascii=False), encoding="utf-8")
    loaded = load(path)
    names = ["log.csv"] if len(document.files) == 1 else [f"log{number}.csv" for number in range(len(document.files))]
    files = [
        LogFile("log", name, document.export.write(rows)) for name, rows in zip(names, document.files, strict=True)
    ]
    covers = {None: day_set(parse_span(span) for span in document.covers)}
    log = read_logs(files, loaded.sources, loaded.plan.zone, None, covers)
    as_of = parse_as_of(document.as_of, loaded.plan.zone)
    evaluation = evaluate_log(loaded, log, as_of, None, document.engine)
    return {one.id: _answer(one) for one in evaluation.result.commitments}


def _answer(one: CommitmentResult) -> Answer:
    windows = tuple(Windowed(*(getattr(window, name) for name in Windowed._fields)) for window in one.windows)
    left = tuple((remaining.need, remaining.by) for remaining in one.remaining)
    numbers = (one.evidence.total, one.evidence.possible_total, one.near_miss_total, one.final_at, left)
    now = None if one.now is None else one.now.value
    return Answer(one.verdict.value, now, one.status.value, one.degree, windows, numbers)


def drawn(rnd: random.Random, engine: EngineName = "reference") -> Document:
    """A random promise with its log; rows have ids of their own, everything is covered."""
    rows = tuple(_row(rnd, number) for number in range(rnd.randrange(25)))
    promise = {
        "format": 1,
        "id": "laws",
        "title": "Laws",
        "language": "en",
        "period": {"start": "2022-03-01", "end": "2022-05-31"},
        "parties": {"town": {"name": "The town"}},
        "log": {"columns": _mapping(), "status": {word: [word] for word in ("held", "planned", "cancelled")}},
        "activities": {
            "visit": {"activity": "visit", **_conditions(rnd)},
            "report": {"activity": "report"},
            "answer": {"activity": "answer", **_conditions(rnd)},
        },
        "commitments": [{"id": f"c{number}", **commitment(rnd)} for number in range(rnd.randrange(2, 6))],
    }  # fmt: skip
    as_of = rnd.choice(["2022-12-01", "2022-12-01", *DAYS[8:], "2022-04-15T12:00"])
    return Document(promise, (rows,), as_of, engine=engine)


def _mapping() -> Written:
    types = {"number": {"type": "number"}, "actors": {"type": "list", "split": "+"}}
    return {column: {"column": column, **types[column]} if column in types else column for column in COLUMNS}


def _conditions(rnd: random.Random) -> Written:
    choices: list[Written] = [
        {}, {}, {"place": "torget"}, {"place": ["Torget", "skolan"]}, {"theme": {"not": "oro"}},
        {"place": {"starts_with": "å"}}, {"except": {"theme": "oro"}}, {"any": [{"place": "torget"}, {"theme": "oro"}]},
        {"number": {"at_least": 2}}, {"actors": {"any": ["town", "police"]}}, {"weekday": ["mon", "sat"]},
    ]  # fmt: skip
    return rnd.choice(choices)


def commitment(rnd: random.Random) -> Written:
    """A random commitment, without its id."""
    number = rnd.choice([1, 1, 2, 3, 5])
    bounds = rnd.choice([{"at_least": number}, {"at_most": number}, {"exactly": number}, {"between": [1, number + 1]}])
    every = {"every": rnd.choice(["week", "2 weeks", "month", "2 months"]), "partial": "full_target"}
    unit = rnd.choice([{}, {}, {"unit": "day"}, {"unit": "week"}, {"sum": "number"}])
    due = [{"within": "3 days"}, {"within": "2 working_days"}, {"by": "period_end"}]
    answered: Written = {
        "kind": "response",
        "each": "report",
        "followed_by": "answer",
        **rnd.choice([{"same": "case"}, {}]),
    }
    parts = [{"id": "a", "kind": "count", "what": "visit", **bounds}, {"id": "b", **answered, **rnd.choice(due)}]
    choices: list[Written] = [
        {"kind": "count", "what": rnd.choice(["visit", "report"]), **bounds, **unit},
        {"kind": "frequency", "what": "visit", **every, **bounds},
        {**answered, **rnd.choice([*due, {"within": "36 hours", "clock": "always"}])},
        {"kind": "each", "of": list(PLACES), "by": "place", "what": "visit", **bounds},
        {"kind": "composite", "all_of": parts},
        {"kind": "duration", "what": "visit", "at_least": "9 hours", "total": "union", "without_end": "unknown"},
        {"kind": "max_gap", "what": "visit", "at_most": f"{7 * number} days"},
        {"kind": "co_presence", "what": "visit", "with": "answer", "match": "overlap", "every": "month", **bounds},
    ]
    return rnd.choice(choices)


def _row(rnd: random.Random, number: int) -> Row:
    day = rnd.choice(DAYS)
    hour, length = rnd.randrange(6, 20), rnd.choice([1, 2, 3])
    clocked = rnd.random() < 0.8
    start = f"{day} {hour:02}:30" if clocked else rnd.choice([day, day, day[:7]])
    return {
        "id": f"H-{number:03}",
        "start": start,
        "end": f"{day} {hour + length:02}:00" if clocked and rnd.random() < 0.8 else "",
        "activity": rnd.choice(["visit", "visit", "report", "answer"]),
        "place": rnd.choice([*PLACES, *PLACES, ""]),
        "theme": rnd.choice([*THEMES, ""]),
        "case": rnd.choice(["1", "2", "3", ""]),
        "status": rnd.choice(["held"] * 8 + ["planned", "cancelled"]),
        "number": rnd.choice(["0", "1", "2.5", "3", ""]),
        "actors": rnd.choice(["town", "police+town", "school", ""]),
    }
