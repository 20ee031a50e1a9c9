"""`promisekit report PROMISE LOG… -o PATH`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.language import told
from promisekit.cli.options import LOGS, PROMISE, log_options, reads_logs
from promisekit.cli.output import put, spare, talk
from promisekit.words import say

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt"}

HELP = say(
    "Write a report on a promise: one page that anybody can read, with the evidence for every verdict.\n\n"
    "LOG is [SOURCE=]PATH; - is standard input. The page needs no network and runs no script.\n\n"
    "Exit code: 0 once it is written (unless --fail-on asks), 2 wrong usage, 3 a promise, assessment or template that "
    "is not valid, 4 a log that cannot be read."
)


@click.command(help=told(HELP))
@PROMISE
@LOGS
@click.option("-o", "--output", metavar="PATH", required=True, help=told(say("what to write to; - is standard output")))
@click.option(
    "--to", type=click.Choice(["html", "md", "txt"]), help=told(say("the form of the report (told by PATH's suffix)"))
)
@click.option(
    "--template", metavar="FOLDER", help=told(say("a folder with templates of your own, used before promisekit's"))
)
@click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    default="public",
    show_default=True,
    help=told(say("who is to read it: internal reports show the ids of events and what stood in odd cells")),
)
@reads_logs(fail_on="never")
@click.pass_context
def command(
    context: click.Context,
    promise: str,
    logs: tuple[str, ...],
    output: str,
    to: str | None,
    template: str | None,
    audience: str,
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> None:
    form = to or form_of(output)
    if not logs:
        raise click.UsageError(told(say("no LOG is given")))
    from promisekit.report.render import Form, render
    from promisekit.report.teller import Audience
    from promisekit.report.templates import own_templates

    spare(output, [promise, *logs, assessments])
    if template is not None:
        own_templates(template)
    evaluation = log_options(as_of, covers, assessments, engine, memory_limit, fail_on, lang).evaluate(promise, logs)
    page = render(
        evaluation,
        to=cast(Form, form),
        language=lang,
        template_folder=template,
        audience=cast(Audience, audience),
    )
    put(page, output)
    talk(evaluation, lang)
    context.exit(of_verdicts([one.verdict for one in evaluation.result.commitments], fail_on))


def form_of(output: str) -> str:
    """The form that a path asks for by its suffix. Raises UsageError where it asks for none, or is a folder."""
    path = Path(output)
    if path.is_dir():
        raise click.UsageError(told(say("`{path}` is a folder; name a file in it", path=output)))
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise click.UsageError(told(say("the form of `{path}` is not told by its suffix; add --to", path=output)))
    return form
