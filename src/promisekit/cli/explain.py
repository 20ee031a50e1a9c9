"""`promisekit explain PROMISE COMMITMENT LOG…`."""

from __future__ import annotations

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.language import told
from promisekit.cli.options import LOGS, PROMISE, log_options, reads_logs
from promisekit.cli.output import put, talk
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.spec import load
from promisekit.words import say

HELP = say(
    "Explain one commitment: the rule, the count in every window, the rows that counted, those that may count and "
    "those that nearly did, what remains and what the log covers.\n\n"
    "COMMITMENT is its id. LOG is [SOURCE=]PATH; - is standard input."
)


@click.command(help=told(HELP))
@PROMISE
@click.argument("commitment", metavar="COMMITMENT")
@LOGS
@reads_logs(fail_on="never")
@click.pass_context
def command(
    context: click.Context,
    promise: str,
    commitment: str,
    logs: tuple[str, ...],
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    fail_on: str,
    lang: str | None,
) -> None:
    check_known(commitment, [one.id for one in load(promise).plan.commitments])
    if not logs:
        raise click.UsageError(told(say("no LOG is given")))
    evaluation = log_options(as_of, covers, assessments, engine, fail_on, lang).evaluate(promise, logs)
    from promisekit.report.text import explain_text

    put(explain_text(evaluation, commitment, lang or evaluation.plan.header.language), None)
    talk(evaluation, lang)
    verdicts = [one.verdict for one in evaluation.result.commitments if one.id == commitment]
    context.exit(of_verdicts(verdicts, fail_on))


def check_known(commitment: str, ids: list[str]) -> None:
    """Raises Invalid (exit code 2) for a commitment that the promise does not have."""
    if commitment not in ids:
        message = say("the promise has no commitment `{id}`", id=commitment)
        hint = did_you_mean(commitment, ids, say("its commitments are {ids}", ids=listed(ids)))
        raise Invalid((Diagnostic("commitment.unknown", Severity.ERROR, message, hint),), 2)
