"""Worlds of the differential tests, written as the CSV files that a user would give, and read again."""

from __future__ import annotations

import csv
from pathlib import Path

from promisekit.log import Log, LogFile, read_logs
from promisekit.log.mapping import Column, Mapping, Sources
from promisekit.plan.nodes import Plan
from promisekit.windows import Instant, day_set, parse_span
from tests.differential.worlds import COLUMNS, ZONE, Described, build, moment

TIMES = ("start", "end")
SPLIT = "+"
SPOILT = {"number": "många", "flag": "kanske", "date": "i våras", "text": "\ufffd", "list": "\ufffd"}


def written(world: Described, folder: Path) -> tuple[Plan, Log, Sources]:
    """The plan of a world, and its log as it reads when it has been through files."""
    columns = [*(Column(name, name, "date") for name in TIMES), Column("status", "status")]
    columns += [Column(name, name, sort, SPLIT) for name, sort in COLUMNS.items()]
    files, named = [], {}
    for number, source in enumerate(world["sources"]):
        path = folder / f"{number}.csv"
        rows = [row for row in world["events"] if row["source"] % len(world["sources"]) == number]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[*TIMES, "status", *COLUMNS], *map(cells, rows)])
        covers = None if source["covers"] is None else day_set(map(parse_span, source["covers"]))
        named[source["name"]] = Mapping(
            tuple(columns), frozenset({"held"}), frozenset({"possible"}), frozenset({"cancelled"}), covers=covers
        )
        files.append(LogFile(source["name"], str(path)))
    sources = Sources(None, named)
    return build(world).plan, read_logs(files, sources, ZONE), sources


def cells(row: Described) -> list[str]:
    """The cells of one row; what the world calls unreadable is spoilt."""
    end = row["end"]
    if isinstance(end, int):
        end = ZONE.show(Instant(moment(row["start"]).earliest + end))
    values = {
        name: SPOILT[COLUMNS[name]] if name in row["unreadable"] else shown(row["cells"].get(name)) for name in COLUMNS
    }
    return [row["start"], end or "", row["state"], *values.values()]


def shown(value: object) -> str:
    """A cell as an export writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case list() | tuple():
            return SPLIT.join(map(str, value))
        case _:
            return str(value)
