"""Dirty exports by chance: everything that a file may have that is not as it should be, more of it than any has."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

from promisekit.log import Column, LogFile, Mapping, Sources

STARTS = """2022-03-05 10:00|2022-03-05T10:00:30|2022-03-06 7:30|2022-03-07 23:59|2022-03-07|2022-03|2022-W10|2022|
2022-03-27 02:30|2022-10-30 02:30|2022-03-27 12:00|2022-03-05T10:00+02:00|2022-03-05T10:00Z|2022-02-30 10:00|
2022-03-26 25:10|05/03/2022|igår||  |2022-03-05 10:00 | 2022-03-05 10:00|2022-3-5|1899-12-31 10:00|2022-03-05 10:00:61|
2022-03-05 10:00:30.5""".replace("\n", "").split("|")
PLAIN_STARTS = [
    f"2022-03-{day:02} {hour:02}:{minute:02}" for day in (1, 5, 9) for hour in (8, 14) for minute in (0, 30)
]
TEXTS = ["Torget", "torget", " Torget", "TORGET ", "Ängelholm", "a\u0308ngelholm", "Straße", "", " ", "x"]
ODD_TEXTS = [
    'säg "hej"',
    "rad 1\nrad 2",
    "a;b",
    "a,b",
    "lost \ufffd",
    "nul \0",
    '"',
    "a\r\nb",
    " '",
    "\u00a0",
    "#x",
    "NULL",
]
TIDY_TEXTS = [text for text in ODD_TEXTS if ' "' not in text and "\n" not in text]
NUMBERS = ["1", "2,5", "1 000,25", "1.000,25", "ett", "", "-3", "1,234", "9" * 70]
FLAGS = ["ja", "Nej", "x", "", "kanske", "1"]
LISTS = ["polis,kommun", "kommun, polis", "Polis", "", ",", "polis"]
STATUSES = ["genomförd", "Genomförd ", "planerad", "inställd", "okänd", "OKÄND", ""]
IDS = ["A1", "A2", " A1", "å1", "a\u030a1", "A1 ", "", "B 1", "\u00a0B 1", "lost\ufffd"]
HEADERS = ["id", "start", "slut", "plats", "aktörer", "antal", "utomhus", "svar", "status", "senast", "anteckning"]
COLUMNS = (
    Column("id", "id"),
    Column("start", "start"),
    Column("end", "slut"),
    Column("place", "plats"),
    Column("actors", "aktörer", "list"),
    Column("number", "antal", "number"),
    Column("outdoors", "utomhus", "flag"),
    Column("answered", "svar", "date"),
    Column("status", "status"),
    Column("recorded_at", "senast"),
)
STATUS = {"held": frozenset({"genomförd"}), "planned": frozenset({"planerad"}), "cancelled": frozenset({"inställd"})}
ENCODINGS = ["utf-8"] * 6 + ["utf-8-sig", "cp1252", "utf-16"]


class Export:
    """One file by chance. `mess` is how often something in it is not as it should be."""

    def __init__(self, rnd: Random, headers: list[str]) -> None:
        self.rnd = rnd
        self.headers = headers
        self.mess = rnd.choice([0, 0.02, 0.3])
        self.tidy = rnd.random() < 0.6
        """Whether it is so written that the database may read it from where it lies, however dirty its cells are."""
        self.delimiter = rnd.choice(";,\t" if self.tidy else ";,\t|")
        self.end = rnd.choice(["\n", "\r\n"] if self.tidy else ["\n", "\r\n", "\r"])

    def bytes(self) -> bytes:
        """The file."""
        rnd, encoding = self.rnd, self.rnd.choice(ENCODINGS[5:7] if self.tidy else ENCODINGS)
        lines = [self._line(self.headers)]
        for _ in range(rnd.choice([0, 3, 40, 200])):
            row = [self._cell(header) for header in self.headers]
            lines.append(self._broken(row) if rnd.random() < self.mess else self._line(row))
            if len(lines) > 1 and rnd.random() < 0.05:
                lines.append(lines[-1])
        if rnd.random() < 0.2 or self.delimiter == "|":
            lines.insert(0, f"sep={self.delimiter}{self.end}")
        if rnd.random() < 0.1:
            lines.insert(0, self.end)
        text = "".join(lines)
        if rnd.random() < 0.2:
            text = text.rstrip("\r\n")
        if not self.tidy and rnd.random() < 0.05:
            text += "\x1a"
        data = text.encode(encoding, errors="replace" if encoding == "cp1252" else "strict")
        return data.replace(b"t", b"\xe5", 1) if not self.tidy and rnd.random() < 0.05 and len(lines) > 50 else data

    def _line(self, row: list[str]) -> str:
        out = io.StringIO()
        quoting = csv.QUOTE_ALL if self.rnd.random() < 0.1 else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.end, quoting=quoting).writerow(row)
        return out.getvalue()

    def _broken(self, row: list[str]) -> str:
        rnd, line = self.rnd, self._line(row)
        at = rnd.randrange(len(line))
        tidy = [
            self._line(row[:-1]),
            self._line(row[: rnd.randrange(1, len(row))]),
            self._line([*row, "mer"]),
            self._line([*row, "", ""]),
            self.end,
            f"  {self.end}",
            self._line([""] * len(row)),
            f"{line[:at]}{rnd.choice([self.delimiter, self.end])}{line[at:]}",
        ]
        untidy = [
            f'{line[:at]}"{line[at:]}',
            f'{line[:at]} "{line[at:]}',
            line.rstrip("\r\n") + rnd.choice(["\n", "\r\n", "\r"]),
        ]
        return rnd.choice(tidy if self.tidy else tidy + untidy)

    def _cell(self, header: str) -> str:
        rnd, messy = self.rnd, self.rnd.random() < self.mess
        dates = STARTS if messy else PLAIN_STARTS
        odd = TIDY_TEXTS if self.tidy else ODD_TEXTS
        cells = {
            "id": IDS if messy else [str(rnd.randrange(1000))],
            "start": dates,
            "slut": [*dates, ""],
            "svar": [*dates, ""],
            "senast": [*dates, ""],
            "plats": TEXTS + odd if messy else TEXTS,
            "aktörer": LISTS,
            "antal": NUMBERS if messy else NUMBERS[:4],
            "utomhus": FLAGS if messy else FLAGS[:4],
            "status": STATUSES if messy else STATUSES[:4],
            "anteckning": odd if messy else ["", "text", "åäö"],
        }
        return rnd.choice(cells.get(header, [""]))


def dirty_log(rnd: Random, folder: Path) -> tuple[list[LogFile], Sources]:
    """A few files of one or two sources, and how they are read."""
    left_out = {name for name in ("id", "slut", "status", "senast", "svar") if rnd.random() < 0.3}
    columns = tuple(column for column in COLUMNS if column.header not in left_out)
    mapping = Mapping(columns, **STATUS, unique_ids=rnd.random() < 0.3)
    headers = rnd.sample(HEADERS, len(HEADERS)) + ([""] if rnd.random() < 0.2 else [])
    files = []
    for number in range(rnd.choice([1, 1, 2, 3])):
        path = folder / f"{rnd.choice('abc')}{number}.csv"
        path.write_bytes(Export(rnd, headers).bytes())
        files.append(LogFile(rnd.choice(["polis", "kommun"]), str(path)))
    return files, Sources(mapping, {})
