"""`promisekit evaluate PROMISE… LOG…`."""

from __future__ import annotations

import click

from promisekit.cli.exits import Exit, of_verdicts, worst
from promisekit.cli.language import told
from promisekit.cli.options import log_options, reads_logs, split_promises
from promisekit.cli.output import failed, put, spare, talk
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.verdict.model import Evaluation
from promisekit.words import say

HELP = say(
    "Check logs against promises and print the verdicts.\n\n"
    "PROMISE is a file or a folder of promises (*.yaml). LOG is [SOURCE=]PATH, told apart by its suffix; - is standard "
    "input. Several files of the same SOURCE are one log, and PATH may be a pattern ('exports/*.csv').\n\n"
    "Exit code: 0 nothing is broken, 1 at least one commitment is broken, 2 wrong usage, 3 a promise or assessment "
    "that is not valid, 4 a log that cannot be read, 5 undecided (only with --fail-on open), 6 nothing was evaluated."
)


@click.command(help=told(HELP))
@click.argument("names", metavar="PROMISE… LOG…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=told(say("what is printed")),
)
@click.option("-o", "--output", metavar="FILE", help=told(say("write to this file instead of printing")))
@reads_logs(fail_on="broken")
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    form: str,
    output: str | None,
    as_of: str | None,
    covers: tuple[str, ...],
    assessments: str | None,
    engine: str,
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> None:
    promises, logs = split_promises(names)
    options = log_options(as_of, covers, assessments, engine, memory_limit, fail_on, lang)
    spare(output, [*promises, *logs, assessments])
    if not logs and promises:
        raise click.UsageError(told(say("no LOG is given")))
    evaluations: list[Evaluation] = []
    problems: list[Diagnostic] = []
    codes: list[Exit] = []
    for promise in promises:
        try:
            evaluations.append(options.evaluate(promise, logs))
        except Invalid as invalid:
            problems += invalid.diagnostics
            codes.append(Exit(invalid.exit_code))
    if not promises:
        problems.append(nothing_to_do(names))
        codes.append(Exit.NOTHING)
    if evaluations and not problems:
        put(rendered(evaluations, form, lang), output)
    elif form == "json":
        failed(problems, form, lang, output)
    else:
        if evaluations:
            put(rendered(evaluations, form, lang), output)
        failed(problems, form, lang, None)
    for number, evaluation in enumerate(evaluations):
        talk(evaluation, lang, evaluations[:number])
        codes.append(of_verdicts([one.verdict for one in evaluation.result.commitments], fail_on))
    context.exit(worst(codes))


def rendered(evaluations: list[Evaluation], form: str, lang: str | None) -> str:
    """The verdicts as text or JSON."""
    if form == "json":
        from promisekit.report.document import result_json

        return result_json(evaluations, lang)
    from promisekit.report.text import summary_text

    return "\n".join(summary_text(one, lang or one.plan.header.language) for one in evaluations)


def nothing_to_do(names: tuple[str, ...]) -> Diagnostic:
    """No promise among the arguments: nothing was evaluated, which must not look like "nothing is broken"."""
    return Diagnostic(
        "promise.none",
        Severity.ERROR,
        say("there is no promise among {names}", names=", ".join(f"`{name}`" for name in names)),
        say("name a promise (a .yaml file) or a folder that holds some"),
    )
