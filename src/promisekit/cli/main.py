"""The command `promisekit`: finds its commands by file name, and turns every failure into a clear exit."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from errno import ENOSPC
from importlib import import_module
from itertools import pairwise
from typing import TextIO

import click

from promisekit import __version__
from promisekit.cli.language import told
from promisekit.cli.no_plugins import look_for_no_plugins
from promisekit.cli.output import failed, not_written, speak_utf8
from promisekit.diagnostics import Invalid
from promisekit.words import say

COMMANDS = {
    "demo": say("see all of it on a real promise and an invented log"),
    "validate": say("check promise files; every finding at once"),
    "test": say("run the tests that stand in promises"),
    "plan": say("say in plain words what would be checked"),
    "witness": say("show by example what keeps and what breaks each commitment"),
    "evaluate": say("check logs against promises: the verdicts"),
    "explain": say("one commitment: its rows, its near misses, its arithmetic"),
    "changes": say("the smallest change that would turn each verdict"),
    "report": say("write a page to publish"),
    "certify": say("write the verdicts with all that they follow from"),
    "check-certificate": say("check such a certificate against its logs, without the engine"),
    "kinds": say("the kinds of commitment and their manual"),
    "schema": say("the JSON Schema of a promise, for editors"),
}
"""In the order in which a new user meets them; each is a module of this package."""

INTERRUPTED, UNREAD = 130, 141
"""What shells answer for Ctrl-C and for a pipe that nobody reads any more."""

HELP = say(
    "Promises as code: write a public promise as YAML, check exported logs against it, publish what was kept.\n\n"
    "Begin with `promisekit demo`, then `promisekit validate PROMISE`, `promisekit plan PROMISE` and "
    "`promisekit evaluate PROMISE LOG --as-of DATE`."
)


class Commands(click.Group):
    """Imports a command only when it is run or helped."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in order."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line each, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told(line)) for name, line in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"promisekit.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(found, click.Command)
        found.name = cmd_name
        return found


@click.group(cls=Commands, help=told(HELP), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="promisekit")
def promisekit() -> None:
    """The group that all commands belong to."""


def run() -> None:
    """Runs the command line. Never shows a traceback, unless PROMISEKIT_DEBUG is set."""
    look_for_no_plugins()
    # What a start makes stays to the end: look for garbage less often (Python does after every 700 new objects) …
    gc.set_threshold(100_000)
    speak_utf8()
    try:
        sys.exit(answer())
    finally:
        # … and not at all at the end, where Python would search everything before it lets go of it. DuckDB's module
        # counts what it is left with, and complains.
        if "duckdb" not in sys.modules:
            gc.freeze()


def answer() -> int:
    """Runs the command, says what went wrong, and returns the exit code.

    Click would answer 1, which means broken, where somebody presses Ctrl-C or closes the pipe.
    """
    try:
        try:
            return promisekit(prog_name="promisekit", standalone_mode=False) or 0
        except Invalid as invalid:
            failed(invalid.diagnostics, "json" if _wants_json() else "text", None, None)
            return invalid.exit_code
        except click.ClickException as wrong:
            wrong.show()
            return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click itself exits only where the pipe is broken
        hush(sys.stdout, sys.stderr)
        return UNREAD
    except Exception as problem:
        if os.environ.get("PROMISEKIT_DEBUG"):
            raise
        with suppress(OSError):  # standard error may be what cannot be written
            return in_trouble(problem)
        return 70


def in_trouble(problem: Exception) -> int:
    """Says that standard output is full or that promisekit has a fault, and returns the exit code."""
    if isinstance(problem, OSError) and problem.errno == ENOSPC:
        hush(sys.stdout)
        full = not_written("stdout", problem)
        failed(full.diagnostics, "text", None, None)
        return full.exit_code
    trouble = say("internal error: {kind}: {text}", kind=type(problem).__name__, text=str(problem))
    remedy = say("this is a fault in promisekit; run again with PROMISEKIT_DEBUG=1 and report what it prints")
    click.echo(f"{told(trouble)}\n{told(remedy)}", err=True)
    return 70


def hush(*streams: TextIO | None) -> None:
    """What has not been written yet shall not fail once more when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        if stream is not None:
            os.dup2(nowhere, stream.fileno())


def _wants_json() -> bool:
    arguments = sys.argv[1:]
    return "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
