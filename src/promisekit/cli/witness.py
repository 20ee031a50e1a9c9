"""`promisekit witness PROMISE [COMMITMENT]`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promisekit.cli.exits import Exit
from promisekit.cli.explain import path_of
from promisekit.cli.language import told
from promisekit.cli.options import LANG, PROMISE
from promisekit.cli.output import not_written, spare, write
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.diagnostics.refused import listed
from promisekit.spec import load
from promisekit.words import Message, say, text

if TYPE_CHECKING:
    from promisekit.proof.witness import Shown, Sought, Workshop

HELP = say(
    "For every commitment, show a smallest log that keeps it and a smallest log that breaks it: what the rule asks, by "
    "example. A commitment that cannot be kept, or cannot be broken, is told with its reason.\n\n"
    "COMMITMENT is the id of one of them. With -o, the logs are written as CSV in the promise's own mapping, and the "
    "commands that evaluate them are printed.\n\n"
    "Exit code: 0 everything can be kept and broken as far as is known, 1 something cannot, 2 wrong usage or an "
    "unknown commitment, 3 a promise that is not valid."
)


@click.command(help=told(HELP))
@PROMISE
@click.argument("commitment", metavar="[COMMITMENT]", required=False)
@click.option("-o", "--output", metavar="FOLDER", help=told(say("a folder to write the logs to, as CSV")))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=told(say("what is printed")),
)
@LANG
@click.pass_context
def command(
    context: click.Context, promise: str, commitment: str | None, output: str | None, form: str, lang: str | None
) -> None:
    loaded = load(promise)
    if commitment is not None and "/" in path_of(commitment, loaded.plan):
        raise _a_part(commitment, [one.id for one in loaded.plan.commitments])
    # Imported late: the search needs both engines, and nothing but this command needs the search.
    from promisekit.proof.telling import witness_json, witness_text
    from promisekit.proof.witness import workshop_for

    language = lang or loaded.plan.header.language
    workshop = workshop_for(loaded)
    shown = list(workshop.witnesses(commitment))
    commands = [] if output is None else _written(shown, workshop, promise, Path(output))
    if form == "json":
        about = {"promise": loaded.plan.header.id, "as_of": workshop.court.as_of.text, "covers": workshop.covers}
        click.echo(witness_json(shown, about, language), nl=False)
    else:
        click.echo(witness_text(shown, language))
    for line in commands:
        click.echo(line, err=form == "json")
    barred = any(sought.bar is not None for one in shown for sought in (one.kept, one.broken))
    click.echo(text(_ending(output), language), err=True)
    context.exit(Exit.BROKEN if barred else Exit.OK)


def _ending(output: str | None) -> Message:
    return say("written to `{folder}`", folder=output) if output else say("`-o FOLDER` writes these logs as CSV")


def _a_part(commitment: str, known: list[str]) -> Invalid:
    message = say("`{id}` is a part, and witnesses are made for whole commitments", id=commitment)
    hint = say("its commitments are {ids}", ids=listed(known))
    return Invalid((Diagnostic("commitment.unknown", Severity.ERROR, message, hint),), Exit.USAGE)


def _written(shown: list[Shown], workshop: Workshop, promise: str, folder: Path) -> list[str]:
    """Writes every witness, and returns the commands that evaluate them. Nothing that is read is written over."""
    files: dict[Path, str] = {}
    commands = []
    for one in shown:
        for sought in (one.kept, one.broken):
            if sought.witness is not None:
                made, arguments = _files(one.commitment.id, sought, workshop, folder)
                files |= made
                where = f"--covers {workshop.covers} --as-of {workshop.court.as_of.text}"
                commands.append(f"promisekit evaluate {shlex.quote(promise)} {arguments} {where}")
    for path in files:
        spare(str(path), [promise, *workshop.inputs])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise not_written(str(folder), problem) from None
    for path, content in files.items():
        write(content, path)
    return commands


def _files(name: str, sought: Sought, workshop: Workshop, folder: Path) -> tuple[dict[Path, str], str]:
    """The files of one witness with what is in them, and how the command line names them."""
    from promisekit.proof.exports import csv_of, yaml_of

    assert sought.witness is not None, "only what was found is written"
    stem = f"{name}.{sought.verdict.value}"
    files: dict[Path, str] = {}
    arguments = []
    for source, table in sought.witness.tables:
        own = f"{stem}.{_safe(source)}.csv" if workshop.named else f"{stem}.csv"
        path = folder / own
        while path in files:  # two sources whose names differ only in what no file name may have
            path = path.with_name(f"_{path.name}")
        files[path] = csv_of(table)
        arguments.append(shlex.quote(f"{source}={path}" if workshop.named else str(path)))
    if sought.witness.said:
        path = folder / f"{stem}.assessments.yaml"
        files[path] = yaml_of(sought.witness.said)
        arguments += ["--assessments", shlex.quote(str(path))]
    return files, " ".join(arguments)


def _safe(source: str) -> str:
    return re.sub(r"[^\w.-]", "_", source)
