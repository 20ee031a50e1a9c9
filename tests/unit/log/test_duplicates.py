"""Rows that a promise's own rule makes one event: which of them stands, and which only may be another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from promisekit.events import Doubt, Event, State
from promisekit.log import Duplicates, Log, LogFile, Mapping, Sources, read_logs
from promisekit.log.duplicates import merge
from promisekit.log.mapping import Column
from promisekit.windows import Moment, parse_moment
from promisekit.words import text
from tests.unit.log.exports import ZONE, found

COLUMNS = (Column("start", "Start"), Column("activity", "Aktivitet"), Column("place", "Plats"), Column("status", "S"))
MAPPING = Mapping(COLUMNS, frozenset({"h"}), frozenset({"p"}), frozenset({"c"}))
HEADER = "Start;Aktivitet;Plats;S"
TEN_MINUTES = 600


def rule(apart: int = TEN_MINUTES, across: str = "source", same: tuple[str, ...] = ("activity", "place")) -> Duplicates:
    return Duplicates(same, apart, "source" if across == "source" else "row")


def logs(folder: Path, duplicates: Duplicates, **sources: Sequence[str]) -> Log:
    """A log of files named for their sources; a row is its start, activity and place, held unless it ends in `;c`."""
    files = []
    for source, rows in sources.items():
        path = folder / f"{source}.csv"
        path.write_text("\n".join([HEADER, *(row if row.count(";") > 2 else f"{row};h" for row in rows), ""]), "utf-8")
        files.append(LogFile(source, str(path)))
    return read_logs(files, Sources(MAPPING, {}, duplicates), ZONE)


def left(log: Log) -> list[str]:
    """What is left: source, line, and `?` where it is only possible."""
    return [f"{event.source}{event.row}{'' if event.certain else '?'}" for event in log.events]


def into(log: Log) -> list[tuple[str, str]]:
    return [(f"{one.event.source}{one.event.row}", f"{one.into.source}{one.into.row}") for one in log.merged]


def test_rows_of_two_sources_that_start_within_the_time_are_one_event(tmp_path: Path) -> None:
    log = logs(
        tmp_path,
        rule(),
        p=["2022-03-05 10:10;Insats;Torget", "2022-03-06 10:00;Insats;Torget"],
        k=["2022-03-05 10:00;INSATS; torget ", "2022-03-06 10:11;Insats;Torget", "2022-03-05 10:00;Insats;Parken"],
    )
    assert left(log) == ["p3", "k2", "k3", "k4"]
    assert into(log) == [("p2", "k2")]
    assert [source.superseded for source in log.sources] == [1, 0]
    assert found(log) == [
        "log.rows-merged 2 1 row tells of the same event as another one and was merged with it: lines k.csv:2 = p.csv:2"
    ]


def test_what_a_source_covers_stays_as_it_was(tmp_path: Path) -> None:
    log = logs(tmp_path, rule(), p=["2022-03-05 10:00;I;T"], k=["2022-03-05 10:05;I;T"])
    assert [len(source.coverage.days) for source in log.sources] == [1, 1]


def test_rows_of_one_source_are_two_events_unless_it_is_said_that_they_are_not(tmp_path: Path) -> None:
    rows = ["2022-03-05 10:00;I;T", "2022-03-05 10:05;I;T"]
    assert left(logs(tmp_path, rule(), p=rows)) == ["p2", "p3"]
    assert left(logs(tmp_path, rule(across="row"), p=rows)) == ["p2"]


def test_a_chain_does_not_drift(tmp_path: Path) -> None:
    rows = [f"2022-03-05 10:{minute:02};I;T" for minute in range(0, 50, 8)]
    log = logs(tmp_path, rule(across="row"), p=rows)
    assert left(log) == ["p2", "p4", "p6", "p8"]
    assert into(log) == [("p3", "p2"), ("p5", "p4"), ("p7", "p6")]


def test_a_row_takes_one_row_of_each_other_source(tmp_path: Path) -> None:
    log = logs(
        tmp_path,
        rule(),
        p=["2022-03-05 10:00;I;T", "2022-03-05 10:08;I;T"],
        k=["2022-03-05 10:01;I;T", "2022-03-05 10:09;I;T", "2022-03-05 10:09;I;T;p"],
        v=["2022-03-05 10:02;I;T"],
    )
    assert into(log) == [("k2", "p2"), ("k3", "p3"), ("v2", "p2")]
    assert left(log) == ["p2", "p3", "k4?"]


def test_what_took_place_for_certain_stands_for_what_was_planned(tmp_path: Path) -> None:
    log = logs(tmp_path, rule(), p=["2022-03-05 10:00;I;T;p"], k=["2022-03-05 10:05;I;T"])
    assert (left(log), into(log)) == (["k2"], [("p2", "k2")])


def test_cancelled_and_rejected_rows_are_compared_with_nothing(tmp_path: Path) -> None:
    log = logs(tmp_path, rule(), p=["2022-03-05 10:00;I;T;c", "2022-03-05 10:00;I;T;h;x"], k=["2022-03-05 10:05;I;T"])
    assert left(log) == ["p2?", "p3?", "k2"]
    assert log.merged == ()


@pytest.mark.parametrize(
    ("start", "place", "only_possible"),
    [
        ("2022-03-05", "T", True),
        ("2022-03", "T", True),
        ("2022-03-06", "T", False),
        ("2022-03-05 10:05", "", True),
        ("2022-03-05 10:11", "", False),
        ("2022-03-05", "P", False),
        ("2022-03-05", "", True),
    ],
)
def test_what_cannot_be_told_makes_a_row_possible(tmp_path: Path, start: str, place: str, only_possible: bool) -> None:
    log = logs(tmp_path, rule(), p=[f"{start};I;{place}"], k=["2022-03-05 10:00;I;T"])
    assert left(log) == ["p2?" if only_possible else "p2", "k2"]
    assert log.events[0].doubts == ((Doubt.DUPLICATE,) if only_possible else ())
    assert found(log) == (
        [
            "log.rows-perhaps-same 2 1 row may tell of the same event as another one, which its start or an empty cell "
            "leaves open, and is only possible: lines k.csv:2 ≈ p.csv:2"
        ]
        if only_possible
        else []
    )


def test_a_row_that_has_its_partner_already_leaves_no_doubt(tmp_path: Path) -> None:
    log = logs(tmp_path, rule(), p=["2022-03-05 10:00;I;T"], k=["2022-03-05 10:05;I;T", "2022-03-05;I;T"])
    assert left(log) == ["p2", "k3"]


def test_a_row_that_may_be_a_duplicate_takes_no_other(tmp_path: Path) -> None:
    log = logs(
        tmp_path,
        rule(24 * 3600),
        p=["2022-03-05 23:00;I;T"],
        k=["2022-03-05;I;T"],
        v=["2022-03-04; I;T"],
    )
    # k certainly begins within a day of p; v may, and may not
    assert left(log) == ["p2", "v2?"]


def test_days_are_near_each_other_for_certain_where_the_time_is_a_day(tmp_path: Path) -> None:
    rows = {"p": ["2022-03-05;I;T"], "k": ["2022-03-05;i;t"]}
    assert left(logs(tmp_path, rule(24 * 3600), **rows)) == ["p2"]
    assert left(logs(tmp_path, rule(23 * 3600), **rows)) == ["p2", "k2?"]


def test_two_rows_that_tell_little_are_compared_by_what_both_tell(tmp_path: Path) -> None:
    log = logs(tmp_path, rule(), p=["2022-03-05;I;A"], k=["2022-03-05;I;B", "2022-03-09;;"], v=["2022-03-09;;B"])
    assert left(log) == ["p2", "k2", "k3", "v2?"]


def test_a_list_in_another_order_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Start;Med\n2022-03-05 10:00;a,b\n2022-03-05 10:00;b, A\n", "utf-8")
    mapping = Mapping((Column("start", "Start"), Column("actors", "Med", "list")))
    log = read_logs([LogFile("p", str(path))], Sources(mapping, {}, rule(0, "row", ("actors",))), ZONE)
    assert len(log.merged) == 1


def test_many_rows_are_merged_quickly() -> None:
    start = parse_moment("2022-03-05 10:00", ZONE)
    whole_day = parse_moment("2022-03", ZONE)
    events = [row(at, "pk"[at % 2], (start, whole_day)[at % 5 == 0], "I", "T") for at in range(20_000)]
    assert len(merge(events, rule()).merged) == 8_000
    assert len(merge(events, rule(across="row")).merged) == 15_999


def row(at: int, source: str, start: Moment, activity: str | None, place: str | None, *, held: bool = True) -> Event:
    state = State.HELD if held else State.POSSIBLE
    return Event(source, source, at, None, start, None, state, {"activity": activity, "place": place})


STARTS = ["2022-03-05 10:00", "2022-03-05 10:06", "2022-03-05 10:12", "2022-03-05 10:18", "2022-03-05", "2022-03-06"]
STARTS += ["2022-03", "2022-10-30 02:05", "2022-10-30 02:10"]
ROWS = st.tuples(
    st.sampled_from("pkv"),
    st.sampled_from(STARTS),
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["x", None]),
    st.booleans(),
)
APARTS = st.sampled_from([0, TEN_MINUTES, 3600, 4200, 24 * 3600, 10 * 24 * 3600])


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, max_size=9), APARTS, st.sampled_from(["source", "row"]))
@example([("p", "2022-03-05", "a", None, True), ("k", "2022-03-05", "b", None, True)], 600, "source")
def test_merging_does_what_its_definition_says(
    rows: list[tuple[str, str, str | None, str | None, bool]], apart: int, across: str
) -> None:
    """Against the definition taken literally, row against row."""
    numbers = count(1)
    events = [
        row(next(numbers), source, parse_moment(start, ZONE), activity, place, held=held)
        for source, start, activity, place, held in sorted(rows, key=lambda one: one[0])
    ]
    found_now = merge(events, rule(apart, across))
    taken, doubted = literally(events, rule(apart, across))
    assert {(one.event.row, one.into.row) for one in found_now.merged} == taken
    assert {event.row for event in found_now.events if Doubt.DUPLICATE in event.doubts} == doubted
    told = {one.code for one in found_now.diagnostics}
    assert told == {code for code, is_so in (("log.rows-merged", taken), ("log.rows-perhaps-same", doubted)) if is_so}
    assert all(text(one.message, "en") for one in found_now.diagnostics)


def literally(events: list[Event], of: Duplicates) -> tuple[set[tuple[int, int]], set[int]]:
    """Which row was taken by which, and which may be another's."""
    key = {event.row: tuple(event.values.values()) for event in events}

    def exact(event: Event) -> bool:
        return event.start.earliest == event.start.latest and None not in key[event.row]

    def certainly(one: Event, other: Event) -> bool:
        ends = (one.start, other.start), (other.start, one.start)
        near = all(late.latest - early.earliest <= of.apart for early, late in ends)
        return near and key[one.row] == key[other.row] and None not in key[one.row]

    def perhaps(one: Event, other: Event) -> bool:
        ends = (one.start, other.start), (other.start, one.start)
        near = all(late.earliest - early.latest <= of.apart for early, late in ends)
        return near and all(a is None or b is None or a == b for a, b in zip(key[one.row], key[other.row], strict=True))

    order = sorted(events, key=lambda event: (event.start.earliest, event.row))
    held = [event for event in order if event.certain]
    placed = [*filter(exact, held), *(event for event in held if not exact(event))]
    placed += [event for event in order if not event.certain]
    standing: list[Event] = []
    members: dict[int, set[str]] = {}
    taken: set[tuple[int, int]] = set()
    doubted: set[int] = set()
    for event in placed:
        may_take = [
            other
            for other in standing
            if other.row not in doubted and (of.across == "row" or event.source not in members[other.row])
        ]
        near = sorted((other for other in may_take if certainly(event, other)), key=lambda other: other.start.earliest)
        if near:
            stands = min(near, key=lambda other: abs(other.start.earliest - event.start.earliest))
            taken.add((event.row, stands.row))
            members[stands.row].add(event.source)
            continue
        others = [other for other in standing if of.across == "row" or event.source not in members[other.row]]
        if event.certain and not exact(event) and any(perhaps(event, other) for other in others):
            doubted.add(event.row)
        standing.append(event)
        members[event.row] = {event.source}
    return taken, doubted
