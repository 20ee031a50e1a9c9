"""`promisekit changes PROMISE LOG…`: what would turn each verdict."""

from __future__ import annotations

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.explain import path_of
from promisekit.cli.language import told
from promisekit.cli.options import LOGS, PROMISE, log_options, reads_logs
from promisekit.cli.output import put
from promisekit.words import say

HELP = say(
    "For every commitment, show the smallest change that would turn its verdict: one event more, a doubtful row "
    "confirmed, an export delivered, a row corrected. Each was worked into the log and judged again.\n\n"
    "LOG is [SOURCE=]PATH; - is standard input."
)


@click.command(help=told(HELP))
@PROMISE
@LOGS
@click.option(
    "--only", metavar="COMMITMENT", help=told(say("one commitment by its id; a part of it is COMMITMENT/PART"))
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=told(say("what is printed")),
)
@reads_logs(fail_on="never")
@click.pass_context
def command(
    context: click.Context,
    promise: str,
    logs: tuple[str, ...],
    only: str | None,
    form: str,
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> None:
    if not logs:
        raise click.UsageError(told(say("no LOG is given")))
    options = log_options(as_of, covers, assessments, engine, memory_limit, fail_on, lang)
    inputs = options.read(promise, logs)
    path = None if only is None else path_of(only, inputs.loaded.plan)
    # Imported late: the search needs an engine, and nothing but this command needs the search.
    from promisekit.proof.changes.document import changes_json
    from promisekit.proof.changes.search import turned_all
    from promisekit.proof.changes.telling import changes_text, teller_for

    found = turned_all(inputs, path, options.engine)
    language = lang or inputs.loaded.plan.header.language
    teller = teller_for(inputs.loaded, sum(len(source.files) for source in inputs.log.sources))
    if form == "json":
        put(changes_json(found, teller, inputs.loaded.plan.header.id, inputs.as_of.text, language).rstrip("\n"), None)
    else:
        put(changes_text(found, teller, language), None)
    context.exit(of_verdicts([one.verdict for one in found], fail_on))
