"""docs/tutorial.md: its commands, run in its order on the files that it makes, print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from promisekit.spec.files import read_text
from promisekit.spec.load import check
from tests.architecture.house import ROOT
from tests.unit.docs.pages import TUTORIAL, Block, blocks

GROWS = "lofte.yaml"
"""The file that several blocks add to, each to the sections that it names."""
MAKES = re.compile(r"\w+ (\S+\.(?:yaml|md))")
RUNS = re.compile(r"sh(?: exits (\d))?")
LEFT_OUT = "…"
NO_BREAK = "\N{NO-BREAK SPACE}"
SECTION = re.compile(r"[a-z_]+:")

needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="the page's commands are those of a Unix shell")


def sections(text: str) -> dict[str, list[str]]:
    """The lines of each top-level key of a YAML text that has nothing before the first."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if SECTION.match(line):
            found[line] = []
        else:
            found[list(found)[-1]].append(line)
    return found


def grown(before: str, block: str) -> str:
    """A file with the lines of a block at the end of the sections that they belong to."""
    whole = sections(before)
    for key, lines in sections(block).items():
        whole.setdefault(key, []).extend(lines)
    return "".join(f"{line}\n" for key, lines in whole.items() for line in (key, *lines))


def steps() -> list[str]:
    """`lofte.yaml` after each block that adds to it."""
    found = [""]
    for block in blocks(TUTORIAL, f"yaml {GROWS}"):
        if block.info == f"yaml {GROWS}":
            found.append(grown(found[-1], block.text))
    return found[1:]


def shows(shown: str) -> re.Pattern[str]:
    """Output as the page shows it: a line with `…` stands for any lines, all others are as they are."""
    lines = [r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) + r"\n" for line in shown.splitlines()]
    return re.compile("".join(lines))


@dataclass
class Walk:
    """One reading of the page, from the first block to the last."""

    folder: Path
    promise: str = ""
    wrong: list[str] = field(default_factory=list)
    printed: str | None = None

    def take(self, block: Block) -> None:
        """Does what a block asks for: writes its file, runs it, or compares what the one before it printed."""
        runs, makes = RUNS.fullmatch(block.info), MAKES.fullmatch(block.info)
        if runs:
            self.run(block, int(runs[1] or 0))
        elif makes:
            self.promise = grown(self.promise, block.text) if makes[1] == GROWS else self.promise
            text = self.promise if makes[1] == GROWS else block.text
            (self.folder / makes[1]).write_text(text, encoding="utf-8")
        elif not block.info:
            assert self.printed is not None, f"line {block.line}: output without a command"
            if not shows(block.text).fullmatch(self.printed):
                self.wrong.append(f"line {block.line} is not what was printed:\n{self.printed}")
            self.printed = None

    def run(self, block: Block, exits: int) -> None:
        """Runs a block of commands; the next begins in the folder where it ends."""
        script = f'{block.text}\ncode=$?\npwd > "$ENDS_IN"\nexit $code\n'
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.folder, env=self.environment(), capture_output=True, check=False, timeout=60
        )
        self.printed = (done.stderr + done.stdout).decode("utf-8").replace(NO_BREAK, " ")
        if done.returncode != exits:
            self.wrong.append(f"line {block.line} exits with {done.returncode}, not {exits}:\n{self.printed}")
        self.folder = Path(self.ends_in.read_text(encoding="utf-8").strip())

    def environment(self) -> dict[str, str]:
        """The environment, with `promisekit` as a command that speaks Swedish."""
        path = f"{self.ends_in.parent}{os.pathsep}{os.environ['PATH']}"
        mine = {name: value for name, value in os.environ.items() if name != "PROMISEKIT_LANG"}
        return {**mine, "PATH": path, "ENDS_IN": str(self.ends_in), "PYTHONUTF8": "1"}

    def __post_init__(self) -> None:
        commands = self.folder / "commands"
        commands.mkdir()
        self.ends_in = commands / "ends-in"
        program = commands / "promisekit"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m promisekit "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        self.folder = self.folder / "checkout"
        for name in ("promises", "examples"):
            shutil.copytree(ROOT / name, self.folder / name)


@needs_sh
def test_every_command_prints_what_the_page_shows(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    for block in blocks(TUTORIAL):
        walk.take(block)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_there_is_no_block_that_nobody_runs() -> None:
    infos = {block.info for block in blocks(TUTORIAL)}
    others = {info for info in infos if not RUNS.fullmatch(info) and not MAKES.fullmatch(info)}
    assert others == {"", "csv handelser.csv"}


@pytest.mark.parametrize("step", [pytest.param(text, id=f"step{at}") for at, text in enumerate(steps(), 1)])
def test_the_promise_is_valid_after_each_step(step: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "promises" / "medborgarlofte-2022-03.md", tmp_path)
    (tmp_path / GROWS).write_text(step, encoding="utf-8")
    _, found = check(read_text(tmp_path / GROWS))
    assert [one.code for one in found] == []


def test_the_steps_come_to_the_bundled_promise() -> None:
    bundled = (ROOT / "promises" / "2022-03.yaml").read_text(encoding="utf-8")
    written, whole = yaml.safe_load(steps()[-1]), yaml.safe_load(bundled)
    assert written | {"tests": whole["tests"]} == whole
    names = [test["name"] for test in whole["tests"]]
    assert [test["name"] for test in written["tests"] if test["name"] not in names] == []


def test_the_page_begins_with_the_decided_text() -> None:
    quoted = " ".join(line.removeprefix(">") for line in TUTORIAL.splitlines() if line.startswith(">"))
    decided = (ROOT / "promises" / "medborgarlofte-2022-03.md").read_text(encoding="utf-8")
    assert quoted.split() == decided.split()
    assert TUTORIAL.index("\n>") < TUTORIAL.index("\n## ")


def test_the_export_begins_as_the_page_says() -> None:
    export = (ROOT / "examples" / "2022-03" / "handelser.csv").read_text(encoding="cp1252").replace("\r\n", "\n")
    assert export.startswith(blocks(TUTORIAL, "csv handelser.csv")[0].text)
