"""Reads the manual's pages: which blocks are in force where an expect block stands, and the promise they make up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

BLOCK = re.compile(
    r"^```(?:yaml|csv) (promise|log|register|assessments|expect)(?: (\S+))?\n(.*?)^```$|^#+ ([^\n]*)$", re.M | re.S
)
DEFAULTS = {
    "format": "1",
    "id": "case",
    "title": "A case",
    "language": "sv",
    "period": "{start: 2022-03-01, end: 2022-05-31}",
    "parties": "{municipality: {name: The municipality}, police: {name: The police}}",
    "activities": "{anything: {}}",
}
NUMBER, DATE = "type: number", "type: date"
TYPED = {
    "actors": 'type: list, split: "+"',
    "answered": DATE,
    "withdrawn": DATE,
    "complete": DATE,
    "visits": NUMBER,
    "officers": NUMBER,
    "handled": NUMBER,
    "in_time": NUMBER,
    "value": NUMBER,
    "value_low": NUMBER,
    "value_high": NUMBER,
    "indoors": "type: flag",
}
"""Columns that are not of type text, where a page's log has them and its promise says nothing about the log."""
ONLY_LOG = "log"
"""The name of a log that the page gives none."""


@dataclass(frozen=True)
class Case:
    """One expect block, and the blocks that are in force where it stands."""

    promise: str = ""
    logs: dict[str, str] = field(default_factory=lambda: {ONLY_LOG: "start,activity\n"})
    registers: dict[str, str] = field(default_factory=dict)
    assessments: str | None = None
    expect: dict[str, object] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Puts the promise, its registers, logs and assessments into a folder. Returns the promise's path."""
        promise = folder / "case.yaml"
        promise.write_text(whole_promise(self), encoding="utf-8")
        for name, text in self.registers.items():
            (folder / name).write_text(text, encoding="utf-8")
        for name, text in self.logs.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        if self.assessments is not None:
            (folder / "said.yaml").write_text(self.assessments, encoding="utf-8")
        return promise

    def named_logs(self, folder: Path) -> list[str]:
        """The logs as the command line names them; where the page names them, they are sources of that name."""
        return [
            str(folder / f"{name}.csv") if name == ONLY_LOG else f"{name}={folder / name}.csv" for name in self.logs
        ]


def cases_in(text: str) -> Iterator[tuple[str, int, Case]]:
    """Every expect block of a page with the heading that it stands under, and its line."""
    heading, case, fresh = "", Case(), True
    for found in BLOCK.finditer(text):
        sort, name, block, title = found.groups()
        heading = title or heading
        if sort == "promise":
            case, fresh = Case(promise=block), True
        elif sort == "log":
            kept = {} if fresh or name is None or ONLY_LOG in case.logs or name in case.logs else case.logs
            case, fresh = replace(case, logs={**kept, name or ONLY_LOG: block}), False
        elif sort == "register":
            case = replace(case, registers={**case.registers, name: block})
        elif sort == "assessments":
            case = replace(case, assessments=block)
        elif sort == "expect":
            line = text.count("\n", 0, found.start()) + 1
            # Dates are kept as the text that stands there.
            yield heading, line, replace(case, expect=json.loads(json.dumps(yaml.safe_load(block), default=str)))


def whole_promise(case: Case) -> str:
    """The promise with what its block leaves out; its columns are those of the log."""
    header = next(iter(case.logs.values())).partition("\n")[0].split(",")
    columns = [f"{name}: {{column: {name}, {TYPED[name]}}}" if name in TYPED else f"{name}: {name}" for name in header]
    status = ", status: {held: [held], planned: [planned], cancelled: [cancelled]}" if "status" in header else ""
    defaults = {**DEFAULTS, "log": f"{{columns: {{{', '.join(columns)}}}{status}}}"}
    missing = [f"{key}: {value}" for key, value in defaults.items() if not re.search(rf"^{key}:", case.promise, re.M)]
    return "\n".join([*missing, case.promise])
