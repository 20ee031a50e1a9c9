"""`promisekit demo`: the example promise and its invented log, from YAML and CSV to verdicts and reports."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.language import told
from promisekit.cli.options import LANG
from promisekit.cli.output import talk, write
from promisekit.pipeline import evaluate
from promisekit.words import say

PROMISE, LOG, ASSESSMENTS = "2022-03.yaml", "2022-03/handelser.csv", "2022-03/assessments.yaml"
FIRST = "mpk"
"""The commitment to look at next."""
COVERS = "2022-03-01/2022-05-31"
REPORTS = (("html", "sv"), ("html", "en"), ("md", "sv"), ("txt", "sv"))

HELP = say(
    "Try it out: check the promise that comes with promisekit against an invented export, print the verdicts and write "
    "the reports. Needs nothing but a folder to write to."
)


@click.command(help=told(HELP))
@click.option(
    "-o", "--output", metavar="FOLDER", default="out/demo", show_default=True, help=told(say("where the reports go"))
)
@click.option(
    "--as-of", metavar="WHEN", default="2022-06-01", show_default=True, help=told(say("the day (its end) or instant"))
)
@click.option(
    "--fail-on",
    type=click.Choice(["broken", "open", "never"]),
    default="never",
    show_default=True,
    help=told(say("which verdicts give an exit code other than 0")),
)
@LANG
@click.pass_context
def command(context: click.Context, output: str, as_of: str, fail_on: str, lang: str | None) -> None:
    from promisekit.report.document import result_json
    from promisekit.report.render import FORMS, render
    from promisekit.report.templates import shipped
    from promisekit.report.text import summary_text

    promise, examples = shipped("promises") / PROMISE, shipped("examples")
    log, assessments = examples / LOG, examples / ASSESSMENTS
    evaluation = evaluate(promise, [log], as_of=as_of, covers=[COVERS], assessments=assessments)
    click.echo(summary_text(evaluation, lang or evaluation.plan.header.language))
    pages = {"result.json": result_json([evaluation], lang)}
    for form, language in REPORTS:
        to = next(one for one in FORMS if one == form)
        pages[f"rapport.{language}.{form}"] = render(evaluation, to=to, language=language)
    for name, page in pages.items():
        written(page, Path(output), name)
    click.echo(told(say("This is what was run:")))
    known = f"--as-of {as_of} --covers {COVERS} --assessments {shown(assessments)}"
    click.echo(f"  promisekit evaluate {shown(promise)} {shown(log)} {known}")
    talk(evaluation, lang)
    click.echo(told(say("Try next: the same for one commitment, with every row that counts and why:")))
    click.echo(f"  promisekit explain {shown(promise)} {FIRST} {shown(log)} {known}")
    context.exit(of_verdicts([one.verdict for one in evaluation.result.commitments], fail_on))


def shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return quote(str(path.relative_to(here) if path.is_relative_to(here) else path))


def written(page: str, folder: Path, name: str) -> None:
    """Write one file and say where it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        message = say("the folder `{folder}` cannot be made", folder=str(folder))
        raise click.UsageError(told(message)) from None
    write(page, folder / name)
    click.echo((folder / name).as_posix())
