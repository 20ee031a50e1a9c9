"""`promisekit schema`."""

from __future__ import annotations

import click

from promisekit.cli.language import told
from promisekit.words import say

HELP = say(
    "Print the JSON Schema of a promise, for editors that complete and check YAML as it is written.\n\n"
    "Save it and name it on a promise's first line: # yaml-language-server: $schema=promisekit-1.schema.json"
)


@click.command(help=told(HELP))
def command() -> None:
    from importlib.resources import files

    schema = files("promisekit.spec").joinpath("promisekit-1.schema.json")
    click.echo(schema.read_text(encoding="utf-8"), nl=False)
