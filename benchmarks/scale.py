"""How the relational engine grows: `python benchmarks/scale.py [--rows 1000000] [--rounds 3] [--folder DIR]`.

Makes its own logs (municipalities of very different sizes, one hot place, dirty rows) and its own promises (six
commitments for each municipality), runs everything in turn, A B C A B C …, each in a process of its own, and prints
medians: the clock, the processor, the peak of memory, and how many times the first one's processor. The first is a
bare read of the same columns by DuckDB, typed. Ratios of processor time are what to read on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ACTIVITIES = ["narkotikainsats", "alkoholinsats", "mobilt poliskontor", "orosanmälan", "uppföljning", "uppsökande"]
ACTIVITIES += ["samverkansmöte", *(f"aktivitet {number:02}" for number in range(23))]
MUNICIPALITIES = 290
COLUMNS = ("event_id", "start", "end", "activity", "place", "municipality", "status", "case_id", "note")
READ = 8
"""So many of them, from the left, does the promise read."""


def log_query(rows: int, dirty: int) -> str:
    """An export in order of time. One row in a hundred stands at one place; one in `dirty` (0: none) is not as it
    should be: a day that is none, an end before the start, or a lost character."""

    def chance(salt: int) -> str:
        return f"((HASH(i * 16 + {salt}) >> 11)::DOUBLE / 9007199254740992.0)"

    municipality = f"LEAST({MUNICIPALITIES - 1}, FLOOR(EXP({chance(1)} * LN({MUNICIPALITIES + 1}.0)) - 1)::INT)"
    broken = "FALSE" if not dirty else f"i % {dirty} = 7"
    return f"""
        WITH drawn AS (
            SELECT i, {municipality} AS m, FLOOR({chance(2)} * {len(ACTIVITIES)})::INT AS a, {chance(3)} AS spot,
                   900 * (1 + FLOOR({chance(4)} * 16)::INT) AS lasted, FLOOR({chance(5)} * 20)::INT AS s,
                   TIMESTAMP '2021-01-01' + TO_SECONDS((i::DOUBLE * 1095 * 86400 / {rows})::BIGINT // 86400 * 86400
                       + FLOOR({chance(6)} * 64)::BIGINT * 900 + 6 * 3600) AS t,
                   {broken} AS broken
            FROM RANGE({rows}) r(i))
        SELECT 'E' || LPAD(i::VARCHAR, 9, '0') AS event_id,
               CASE WHEN broken AND i % 3 = 0 THEN '2022-02-30 10:00' ELSE STRFTIME(t, '%Y-%m-%d %H:%M') END AS "start",
               CASE WHEN broken AND i % 3 = 1 THEN '2020-01-01 10:00'
                    ELSE STRFTIME(t + TO_SECONDS(lasted), '%Y-%m-%d %H:%M') END AS "end",
               {ACTIVITIES!r}[a + 1] AS activity,
               CASE WHEN spot < 0.01 THEN 'Stortorget'
                    WHEN spot < 0.3 THEN 'Torget ' || m ELSE 'Plats ' || (m * 7 + FLOOR(spot * 7)::INT) END AS place,
               CASE WHEN broken AND i % 3 = 2 THEN 'Kommun \ufffd' ELSE 'Kommun ' || LPAD(m::VARCHAR, 3, '0') END
                   AS municipality,
               ['genomförd', 'planerad', 'inställd'][GREATEST(1, s - 16)] AS status,
               CASE WHEN a IN (3, 4) THEN 'C' || (i // 40) ELSE '' END AS case_id,
               'anteckning ' || (i % 997) AS note
        FROM drawn ORDER BY i"""


def promise(municipalities: int, copies: int = 1) -> str:
    """The six countable commitments of a real promise, for each municipality."""
    columns = "id: event_id, start: start, end: end, activity: activity, place: place, municipality: municipality"
    lines = [
        "format: 1\nid: bench\ntitle: Bench\nperiod: {start: 2022-03-01, end: 2022-05-31}\nlog:",
        f"  columns: {{{columns}, status: status, case: case_id}}",
        "  covers: [2021-01-01/2023-12-31]",
        "  status: {held: [genomförd], planned: [planerad], cancelled: [inställd]}\nactivities:",
    ]
    commitments = ["commitments:"]
    for m in range(municipalities):
        for letter, activity in zip("nakousv", [*ACTIVITIES[:6], ACTIVITIES[6]], strict=True):
            at = f", place: Torget {m}" if letter == "k" else ""
            lines.append(f"  {letter}{m}: {{activity: {activity}, municipality: Kommun {m:03}{at}}}")
        for copy in range(copies):
            commitments += [
                f"  - {{id: n{m}-{copy}, kind: count, what: n{m}, at_least: {3 + copy}}}",
                f"  - {{id: a{m}-{copy}, kind: count, what: a{m}, at_least: {3 + copy}}}",
                f"  - {{id: k{m}-{copy}, kind: frequency, what: k{m}, at_least: {2 + copy}, every: month}}",
                f"  - {{id: c{m}-{copy}, kind: co_presence, what: k{m}, with: u{m}, match: overlap, every: month, "
                f"at_least: {1 + copy}}}",
                f"  - {{id: r{m}-{copy}, kind: response, each: o{m}, followed_by: u{m}, same: case, "
                f"within: {14 + copy} days}}",
                f"  - {{id: v{m}-{copy}, kind: count, what: v{m}, at_least: {1 + copy}}}",
            ]
    return "\n".join([*lines, *commitments, ""])


def bare(log: str, limit: str) -> None:
    """What a user who wants nothing but the columns would run."""
    import duckdb

    types = {name: "TIMESTAMP" if name in ("start", "end") else "VARCHAR" for name in COLUMNS}
    texts = " || ".join(name for name in COLUMNS[:READ] if types[name] == "VARCHAR")
    connection = duckdb.connect(config={"memory_limit": limit})
    connection.execute(
        f"SELECT COUNT(start), COUNT(\"end\"), MAX(LENGTH({texts})) FROM read_csv('{log}', columns = {types}, "
        "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', store_rejects = true)"
    ).fetchall()


def read(log: str, spec: str, limit: str) -> None:
    """The events of the log, in the database, with everything that is wrong with them."""
    from promisekit.engine.relational.reading import read_stored
    from promisekit.engine.relational.reading.stored import StoredEvents
    from promisekit.log.named import log_files
    from promisekit.spec import load

    loaded = load(spec)
    events = read_stored(log_files(log), loaded.sources, loaded.plan.zone, memory_limit=limit).events
    if isinstance(events, StoredEvents):
        events.session.close()


@dataclass(frozen=True)
class Measured:
    """One run: seconds by the clock, seconds of the processor, MiB at the peak."""

    clock: float
    processor: float
    memory: float


def measured(command: list[str]) -> Measured:
    """Runs a command in a process of its own."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: something is broken, which is what it says of invented logs
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Measured(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def commands(folder: Path, rows: int, limit: str, most: int) -> dict[str, list[str]]:
    """What is compared, by what it is called. Makes the logs and the promises that are not there yet."""
    logs = {f"clean-{rows}": (rows, 0), f"dirty-{rows}": (rows, 1000), f"clean-{rows // 10}": (rows // 10, 0)}
    for name, (number, dirty) in logs.items():
        if not (folder / f"{name}.csv").exists():
            make = f"COPY ({log_query(number, dirty)}) TO '{folder / name}.csv' (HEADER)"
            # In a process of its own: what this one holds counts as held by every process that it starts.
            in_database = "import duckdb, sys; duckdb.connect().execute(sys.argv[1])"
            subprocess.run([sys.executable, "-c", in_database, make], check=True)
    specs = {6: (1, 1), 1740: (290, 1), 20_000: (290, 12)}
    for number, (municipalities, copies) in specs.items():
        (folder / f"{number}.yaml").write_text(promise(municipalities, copies), encoding="utf-8")

    def child(mode: str, log: str) -> list[str]:
        return [sys.executable, __file__, "--child", mode, str(folder / f"{log}.csv"), str(folder / "6.yaml"), limit]

    def evaluate(number: int, log: str) -> list[str]:
        arguments = ["--engine", "duckdb", "--memory-limit", limit, "--as-of", "2022-06-30", "--format", "json"]
        command = [sys.executable, "-m", "promisekit", "evaluate", str(folder / f"{number}.yaml")]
        return [*command, str(folder / f"{log}.csv"), *arguments]

    found = {"bare typed read": child("bare", f"clean-{rows}"), "read": child("read", f"clean-{rows}")}
    found["read, 1 in 1,000 rows dirty"] = child("read", f"dirty-{rows}")
    found["evaluate 6, a tenth of the rows"] = evaluate(6, f"clean-{rows // 10}")
    found |= {f"evaluate {number:,}": evaluate(number, f"clean-{rows}") for number in specs if number <= most}
    return found


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=1740, help="the most commitments")
    parser.add_argument("--memory-limit", default="1GB")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        mode, log, spec, limit = arguments.child
        if mode == "bare":
            bare(log, limit)
        else:
            read(log, spec, limit)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.folder or Path(made)
        folder.mkdir(exist_ok=True)
        compared = commands(folder, arguments.rows, arguments.memory_limit, arguments.most)
        runs: dict[str, list[Measured]] = {name: [] for name in compared}
        for _ in range(arguments.rounds):
            for name, command in compared.items():
                runs[name].append(measured(command))
        show(runs)


def show(runs: dict[str, list[Measured]]) -> None:
    """Prints the medians, and the median of the ratios of each round."""
    first = next(iter(runs.values()))
    print("| what | clock | processor | × bare | peak MiB |\n|---|--:|--:|--:|--:|")
    for name, found in runs.items():
        clock, processor = (
            statistics.median(one) for one in zip(*((x.clock, x.processor) for x in found), strict=True)
        )
        ratio = statistics.median(one.processor / base.processor for one, base in zip(found, first, strict=True))
        peak = max(one.memory for one in found)
        print(f"| {name} | {clock:.1f} s | {processor:.1f} s | {ratio:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
