"""Laws of the whole way, tried on random promises and exports as text: spelling, files, names, order, time."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.metamorphic.documents import (
    COLUMNS,
    EVER,
    PLACES,
    Answer,
    Document,
    Export,
    Written,
    answers,
    commitment,
)
from tests.metamorphic.laws import Laws

law: Laws[Document] = Laws()


def same(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[str | None]:
    """Nothing may change."""
    for name, one in before.items():
        other = after.get(name)
        yield None if one == other else f"{name}: {one}\n  then {other}"


def alike(document: Document, other: Document) -> Iterator[str | None]:
    """Both questions have the same answers."""
    for fault in same(answers(document), answers(other)):
        yield None if fault is None else f"{fault}\n  in {document}"


def decided_alike(document: Document, other: Document) -> Iterator[str | None]:
    """Both questions have the same verdicts and numbers, though other rows are shown for them."""
    before, after = (answers(one) for one in (document, other))
    for name, one in before.items():
        mine, theirs = ((answer.verdict, answer.now, answer.status, answer.windows) for answer in (one, after[name]))
        yield None if mine == theirs else f"{name}: {mine}\n  then {theirs}\n  in {document}"


@law
def lines_in_any_order(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """In which order the lines of an export stand does not matter, where each has an id of its own."""
    yield from alike(document, document.with_rows(rnd.sample(document.rows, len(document.rows))))


@law
def several_files_of_a_source(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """An export cut into several files of the same source says the same."""
    if len(document.rows) > 1:
        cut = rnd.randrange(1, len(document.rows))
        yield from alike(document, replace(document, files=(document.rows[:cut], document.rows[cut:])))


@law
def spelling_of_files(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """Encoding, delimiter, line ends and quotes of a file change nothing."""
    export = Export(
        rnd.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
        rnd.choice([",", ";", "\t"]),
        rnd.choice(["\n", "\r\n"]),
        rnd.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    yield from alike(document, replace(document, export=export))


@law
def columns_that_nobody_reads(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """A column that the promise does not map changes nothing, be it empty or full; nor does the order of columns."""
    rows = [{**row, "note": rnd.choice(["", "anything; at, all"]), "empty": ""} for row in document.rows]
    columns = (*COLUMNS, "note", "empty")
    export = replace(document.export, columns=tuple(rnd.sample(columns, len(columns))))
    yield from alike(document, replace(document.with_rows(rows), export=export))


@law
def other_headers(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """What the columns of an export are called changes nothing, if the mapping says so."""
    headers = {column: f"Kolumn {rnd.randrange(10)} {column.upper()} (åäö)" for column in COLUMNS}
    mapping = {column: _headed(spec, headers[column]) for column, spec in document.promise["log"]["columns"].items()}
    promise = {**document.promise, "log": {**document.promise["log"], "columns": mapping}}
    export = replace(document.export, headers=headers)
    yield from alike(document, replace(document, promise=promise, export=export))


def _headed(spec: Any, header: str) -> Any:
    return header if isinstance(spec, str) else {**spec, "column": header}


@law
def other_names(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """What activities, commitments, parties and the promise itself are called changes nothing."""
    end = f"-{rnd.randrange(1000)}"
    activities = document.promise["activities"]
    names = {name: name + end for name in activities}
    commitments = [{**_renamed(one, names), "owner": f"town{end}"} for one in document.promise["commitments"]]
    promise = {
        **document.promise,
        "id": f"other{end}",
        "parties": {f"town{end}": {"name": "Another town"}},
        "activities": {names[name]: selector for name, selector in activities.items()},
        "commitments": [{**one, "id": one["id"] + end} for one in commitments],
    }
    before = {name + end: one for name, one in answers(document).items()}
    yield from same(before, answers(replace(document, promise=promise)))


def _renamed(one: Written, names: Mapping[str, str]) -> Written:
    def of(key: str, value: Any) -> Any:
        if key in ("what", "with", "each", "followed_by"):
            return names[value]
        return [_renamed(part, names) for part in value] if key == "all_of" else value

    return {key: of(key, value) for key, value in one.items()}


@law
def other_ids_of_rows(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """What the ids of rows are changes nothing, as long as they are different."""
    rows = [{**row, "id": f"{rnd.randrange(100)}/{row['id'][::-1]}"} for row in document.rows]
    yield from alike(document, document.with_rows(rows))


@law
def ids_declared_unique(_: random.Random, document: Document) -> Iterator[str | None]:
    """To declare that no id repeats changes nothing where none does."""
    promise = {**document.promise, "log": {**document.promise["log"], "ids": "unique"}}
    yield from alike(document, replace(document, promise=promise))


@law
def an_earlier_version(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """Of rows with the same id the last one counts: what stood there before it changes nothing."""
    rows = list(document.rows)
    for row in rnd.sample(rows, min(3, len(rows))):
        before = {**row, "start": rnd.choice(["2022-03-02", row["start"]]), "end": "", "place": rnd.choice(PLACES)}
        rows.insert(rnd.randrange(rows.index(row) + 1), before)
    yield from alike(document, document.with_rows(rows))


@law
def rows_of_something_else(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """Rows of an activity that no commitment asks about change nothing."""
    others = [{**row, "id": f"X-{number}", "activity": "meeting"} for number, row in enumerate(document.rows)]
    rows = [*document.rows, *rnd.sample(others, len(others) // 2)]
    yield from alike(document, document.with_rows(rnd.sample(rows, len(rows))))


@law
def cancelled_rows(_: random.Random, document: Document) -> Iterator[str | None]:
    """A row that was cancelled counts as if it were not there; it is only told as a near miss."""
    yield from decided_alike(
        document, document.with_rows([row for row in document.rows if row["status"] != "cancelled"])
    )


@law
def planned_rows(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """A planned row only may count, like one whose status is empty or a word that the promise does not know."""
    untold = rnd.choice(["", "perhaps"])
    rows = [{**row, "status": untold if row["status"] == "planned" else row["status"]} for row in document.rows]
    yield from alike(document, document.with_rows(rows))


@law
def capitals_and_blanks(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """Capitals and blanks around a word make it no other word."""
    spelt: list[Callable[[str], str]] = [str.upper, str.lower, str.title, lambda text: f" {text} ", str]
    words = ("activity", "place", "theme", "case", "status")
    rows = [{**row, **{name: rnd.choice(spelt)(row[name]) for name in words}} for row in document.rows]
    yield from alike(document, document.with_rows(rows))


@law
def commitments_in_any_order(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """In which order a promise makes its commitments changes nothing about any of them."""
    written = document.promise["commitments"]
    yield from alike(document, document.promising(rnd.sample(written, len(written))))


@law
def further_commitments(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """A further commitment changes nothing about the others; promised twice, it is judged alike twice."""
    written = document.promise["commitments"]
    further = commitment(rnd)
    both = [{"id": "one", **further}, {"id": "two", **further}]
    after = answers(document.promising([*both[:1], *written, *both[1:]]))
    yield from same(answers(document), after)
    yield None if after["one"] == after["two"] else f"{after['one']}\n  then {after['two']}\n  in {document}"


@law
def a_composite_of_one_sort(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """All of two that are the same, any of them, and one of them at least are that one."""
    before = answers(document)
    simple = [one for one in document.promise["commitments"] if one["kind"] != "composite"]
    list_of, how = rnd.choice([("all_of", {}), ("any_of", {}), ("of", {"at_least": 1})])
    written = [
        {"id": one["id"], "kind": "composite", **how, list_of: [{**one, "id": "a"}, {**one, "id": "b"}]}
        for one in simple
    ]
    after = answers(document.promising(written)) if written else {}
    for one in simple:
        mine, theirs = before[one["id"]].verdict, after[one["id"]].verdict
        yield None if mine == theirs else f"{one}: {mine}, but {list_of} {theirs} in {document}"


@law
def selectors_written_otherwise(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """A selector decides the same however it is written: under `all` or `any` alone, twice, or with a value twice."""
    activities = {name: _otherwise(rnd, one) for name, one in document.promise["activities"].items()}
    other = replace(document, promise={**document.promise, "activities": activities})
    yield from decided_alike(document, other)


def _otherwise(rnd: random.Random, selector: Written) -> Written:
    activity, rest = selector["activity"], {key: value for key, value in selector.items() if key != "activity"}
    listed = {"activity": [activity, activity.upper()]}
    choices: list[Written] = [{**listed, **rest}, {"all": [selector]}, {"any": [selector, selector]}]
    return rnd.choice([*choices, {"activity": activity, "all": [rest]}] if rest else choices)


@law
def each_member_is_a_count(_: random.Random, document: Document) -> Iterator[str | None]:
    """A commitment to each member of a list is one count for each, of the rows that name it."""
    activities = dict(document.promise["activities"])
    each = {"id": "each", "kind": "each", "of": list(PLACES), "by": "place", "what": "visit", "at_least": 2}
    counts = []
    for number, place in enumerate(PLACES):
        activities[f"visit-{number}"] = {"all": [activities["visit"], {"place": place}]}
        counts.append({"id": f"c{number}", "kind": "count", "what": f"visit-{number}", "at_least": 2})
    promise = {**document.promise, "activities": activities, "commitments": [each, *counts]}
    del activities["report"], activities["answer"]
    found = answers(replace(document, promise=promise))
    mine = found["each"].windows
    theirs = tuple(window for number in range(len(PLACES)) for window in found[f"c{number}"].windows)
    yield None if mine == theirs else f"{mine}\n  then {theirs}\n  in {document}"


@law
def the_whole_is_the_sum_of_its_months(_: random.Random, document: Document) -> Iterator[str | None]:
    """What is counted in a period is what is counted in its months together, where no row may lie in two of them."""
    count: Written = {"what": "visit", "at_least": 1}
    asked = [{"id": "all", "kind": "count", **count}, {"id": "months", "kind": "frequency", "every": "month", **count}]
    found = answers(document.promising(asked))
    (whole,), months = found["all"].windows, found["months"].windows
    low, highs = sum(month.low for month in months), [month.high for month in months]
    high = None if None in highs else sum(highs)
    yield None if (whole.low, whole.high) == (low, high) else f"{whole}\n  then {months}\n  in {document}"


@law
def days_without_a_clock(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """In which time zone a promise is made changes nothing where only days are told."""
    rows = [{**row, "start": row["start"][:10], "end": ""} for row in document.rows]
    in_days = [one for one in document.promise["commitments"] if one["kind"] != "duration" and "clock" not in one]
    here = replace(document.with_rows(rows), as_of=document.as_of[:10]).promising(in_days)
    there = {**here.promise, "timezone": rnd.choice(["UTC", "America/New_York", "Asia/Tokyo", "Europe/London"])}
    if in_days:
        yield from alike(here, replace(here, promise=there))


@law
def coverage_in_pieces(_: random.Random, document: Document) -> Iterator[str | None]:
    """Coverage is a set of days, however many spans it is declared in."""
    pieces = ("2021-12-01/2022-03-14", "2022-03-15/2022-04-30", "2022-04-20/2022-12-31")
    yield from alike(document, replace(document, covers=pieces))


@law
def more_coverage(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """Where more is covered, what is final stays so, however it is promised and put together."""
    some = tuple(rnd.sample(["2022-01-01/2022-03-14", "2022-03-20/2022-05-31", "2022-05-01/2022-12-31"], 2))
    yield from _final(document, replace(document, covers=some), replace(document, covers=(EVER,)))


@law
def a_later_as_of(rnd: random.Random, document: Document) -> Iterator[str | None]:
    """As of a later day what is final stays so, however it is promised and put together."""
    later = [day for day in ("2022-03-27", "2022-04-30", "2022-06-30", "2022-12-01") if day > document.as_of[:10]]
    if later:
        yield from _final(document, document, replace(document, as_of=rnd.choice(later)))


def _final(document: Document, before: Document, after: Document) -> Iterator[str | None]:
    first, then = answers(before), answers(after)
    for name, one in first.items():
        holds = one.verdict == "open" or one.verdict == then[name].verdict
        yield None if holds else f"{name}: {one}\n  then {then[name]}\n  in {document}"
