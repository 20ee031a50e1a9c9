"""The command `promisekit`: finds its commands by file name, and turns every failure into a clear exit."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from itertools import pairwise

import click

from promisekit import __version__
from promisekit.cli.language import told
from promisekit.cli.output import failed, speak_utf8
from promisekit.diagnostics import Invalid
from promisekit.words import say

COMMANDS = ("validate", "evaluate", "report", "explain", "plan", "kinds", "schema", "demo")
"""In the order in which a new user meets them; each is a module of this package."""

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

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"promisekit.cli.{cmd_name}").command
        assert isinstance(found, click.Command)
        found.name = cmd_name
        return found


@click.group(cls=Commands, help=told(HELP), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="promisekit")
def promisekit() -> None:
    """The group that all commands belong to."""


def run() -> None:
    """Runs the command line. Never shows a traceback, unless PROMISEKIT_DEBUG is set."""
    speak_utf8()
    try:
        promisekit(prog_name="promisekit")
    except Invalid as invalid:
        failed(invalid.diagnostics, "json" if _wants_json() else "text", None, None)
        sys.exit(invalid.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as problem:
        if os.environ.get("PROMISEKIT_DEBUG"):
            raise
        trouble = say("internal error: {kind}: {text}", kind=type(problem).__name__, text=str(problem))
        remedy = say("this is a fault in promisekit; run again with PROMISEKIT_DEBUG=1 and report what it prints")
        click.echo(f"{told(trouble)}\n{told(remedy)}", err=True)
        sys.exit(70)


def _wants_json() -> bool:
    arguments = sys.argv[1:]
    return "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
