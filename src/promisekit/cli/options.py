"""The arguments and options that several commands share, and what they are turned into."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

import click
from msgspec import Struct

from promisekit.cli.language import SPOKEN, told
from promisekit.pipeline import ENGINES, EngineName, Inputs, evaluate, read
from promisekit.spec.files import promises_in
from promisekit.verdict.model import Evaluation
from promisekit.windows import Zone
from promisekit.windows.clock import today
from promisekit.words import LANGUAGES, say

Command = TypeVar("Command", bound=Callable[..., object])

PROMISE = click.argument("promise", metavar="PROMISE")
PROMISES = click.argument("promises", metavar="PROMISE…", nargs=-1, required=True)
LOGS = click.argument("logs", metavar="LOG…", nargs=-1)
LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), help=told(say("the language of the output (the promise's own)"))
)


class LogOptions(Struct, frozen=True):
    """What the commands that read logs have in common."""

    as_of: str
    covers: tuple[str, ...]
    assessments: str | None
    engine: EngineName
    memory_limit: str | None
    fail_on: str
    lang: str | None

    def read(self, promise: str, logs: Sequence[str]) -> Inputs:
        """All that a run over one promise reads, its events in memory."""
        return read(
            promise,
            logs,
            as_of=self.as_of,
            covers=self.covers,
            assessments=self.assessments,
            stdin=standard_input(),
        )

    def evaluate(self, promise: str, logs: Sequence[str]) -> Evaluation:
        """The verdicts on one promise."""
        return evaluate(
            promise,
            logs,
            as_of=self.as_of,
            covers=self.covers,
            assessments=self.assessments,
            engine=self.engine,
            stdin=standard_input(),
            memory_limit=self.memory_limit,
        )


def reads_logs(fail_on: str) -> Callable[[Command], Command]:
    """Adds the shared options; the command gets them as `--as-of` … `--lang`, to put into `LogOptions`."""
    added = (
        click.option(
            "--as-of", metavar="WHEN", help=told(say("the day (its end) or instant that is asked for; today"))
        ),
        click.option(
            "--covers",
            metavar="[SOURCE=]FROM/TO",
            multiple=True,
            help=told(say("the days on which an export is complete, both included; may be repeated")),
        ),
        click.option("--assessments", metavar="FILE", help=told(say("people's judgements, read only where named"))),
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            default="auto",
            show_default=True,
            help=told(say("what measures the log")),
        ),
        click.option(
            "--memory-limit",
            metavar="SIZE",
            help=told(say("what the database of a large log may hold in memory, such as 1GB; the rest goes to disk")),
        ),
        click.option(
            "--fail-on",
            type=click.Choice(["broken", "open", "never"]),
            default=fail_on,
            show_default=True,
            help=told(say("which verdicts give an exit code other than 0")),
        ),
        LANG,
    )

    def add(command: Command) -> Command:
        for option in reversed(added):
            command = option(command)
        return command

    return add


def log_options(
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> LogOptions:
    """The shared options as one value. The clock is asked here and nowhere else; the day is printed and recorded."""
    day = today(Zone()) if as_of is None else as_of
    return LogOptions(day, covers, assessments, cast(EngineName, engine), memory_limit, fail_on, lang)


def standard_input() -> BinaryIO | None:
    """The bytes of standard input, where it is not closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def split_promises(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of one list into promises and logs, told apart by suffix; a folder is all its promises.

    A folder without promises beside a promise is taken for a log, and refused as one: it is not passed over.
    """
    promises = expand([name for name in names if is_promise(name)])
    empty = [name for name in names if is_folder(name) and not expand([name])]
    return promises, [name for name in names if not is_promise(name) or (promises and name in empty)]


def is_promise(name: str) -> bool:
    """Whether a name is a promise or a folder of them rather than a log."""
    return name.endswith((".yaml", ".yml")) or is_folder(name)


def is_folder(name: str) -> bool:
    """Whether there is a folder of that name; a name that is empty or too long is no folder's."""
    try:
        return bool(name) and Path(name).is_dir()
    except (OSError, ValueError):
        return False


def expand(names: Sequence[str]) -> list[str]:
    """Every promise of the folders among `names`, sorted; files stay as they are."""
    found: list[str] = []
    for name in names:
        found += [str(path) for path in promises_in(name)] if is_folder(name) else [name]
    return found


__all__ = ["LANG", "LOGS", "PROMISE", "PROMISES", "SPOKEN", "LogOptions", "expand", "log_options", "reads_logs"]
