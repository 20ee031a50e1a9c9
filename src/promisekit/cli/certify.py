"""`promisekit certify PROMISE LOG…`: the verdicts with everything they follow from, to be checked by others."""

from __future__ import annotations

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.language import told
from promisekit.cli.options import LOGS, PROMISE, log_options, reads_logs
from promisekit.cli.output import put, spare, talk
from promisekit.pipeline import judged
from promisekit.words import say

HELP = say(
    "Write a certificate: the verdicts on a promise with every row that counts or may count, every window with its "
    "numbers, and all that they rest on. `promisekit check-certificate` checks it against the logs, without any engine."
    "\n\n"
    "LOG is [SOURCE=]PATH; - is standard input."
)


@click.command(help=told(HELP))
@PROMISE
@LOGS
@click.option("-o", "--output", metavar="FILE", help=told(say("write to this file instead of printing")))
@reads_logs(fail_on="never")
@click.pass_context
def command(
    context: click.Context,
    promise: str,
    logs: tuple[str, ...],
    output: str | None,
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> None:
    spare(output, [promise, *logs, assessments])
    if not logs:
        raise click.UsageError(told(say("no LOG is given")))
    from promisekit.proof.certificate import certificate_json, certify  # imported late: help needs none of it

    options = log_options(as_of, covers, assessments, engine, memory_limit, fail_on, lang)
    inputs = options.read(promise, logs)
    put(certificate_json(certify(inputs, options.engine)), output)
    evaluation = judged(inputs, options.engine)
    talk(evaluation, lang)
    context.exit(of_verdicts([one.verdict for one in evaluation.result.commitments], fail_on))
