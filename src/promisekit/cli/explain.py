"""`promisekit explain PROMISE COMMITMENT LOG…`."""

from __future__ import annotations

import click

from promisekit.cli.exits import of_verdicts
from promisekit.cli.language import told
from promisekit.cli.options import LOGS, PROMISE, log_options, reads_logs
from promisekit.cli.output import put, talk
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.diagnostics.refused import did_you_mean, listed
from promisekit.plan.nodes import KOfN, Node, Part, Plan, When
from promisekit.spec import load
from promisekit.words import Message, say

HELP = say(
    "Explain one commitment: the rule, the count in every window, the rows that counted, those that may count and "
    "those that nearly did, what remains and what the log covers.\n\n"
    "COMMITMENT is its id; a part of it is COMMITMENT/PART. LOG is [SOURCE=]PATH; - is standard input."
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
    memory_limit: str | None,
    fail_on: str,
    lang: str | None,
) -> None:
    path = path_of(commitment, load(promise).plan)
    if not logs:
        raise click.UsageError(told(say("no LOG is given")))
    evaluation = log_options(as_of, covers, assessments, engine, memory_limit, fail_on, lang).evaluate(promise, logs)
    from promisekit.report.parts import found
    from promisekit.report.text import explain_text

    put(explain_text(evaluation, path, lang or evaluation.plan.header.language), None)
    talk(evaluation, lang)
    context.exit(of_verdicts([found(evaluation.plan, evaluation.result, path).result.verdict], fail_on))


def path_of(asked: str, plan: Plan) -> str:
    """The ids that lead to a commitment or to a part of it, where a member may be asked for by its name.

    Raises Invalid (exit code 2) for what the promise does not have.
    """
    name, *rest = asked.split("/")
    nodes = {one.id: one.node for one in plan.commitments}
    if name not in nodes:
        message = say("the promise has no commitment `{id}`", id=name)
        raise _unknown(message, did_you_mean(name, nodes, say("its commitments are {ids}", ids=listed(nodes))))
    path, node = name, nodes[name]
    while rest:
        parts = _parts(node)
        whole = "/".join(rest)  # the name of a member may have a slash in it
        name, rest = (whole, []) if whole in parts else (rest[0], rest[1:])
        if name not in parts:
            message = say("the commitment `{id}` has no part `{part}`", id=path, part=name)
            some = say("its parts are {ids}", ids=listed(parts)) if parts else say("it has no parts")
            raise _unknown(message, did_you_mean(name, parts, some))
        path, node = f"{path}/{parts[name].id}", parts[name].node
    return path


def _parts(node: Node) -> dict[str, Part]:
    """The parts of a commitment by id, and by the member that they are about."""
    whole = node.then if isinstance(node, When) else node
    if not isinstance(whole, KOfN):
        return {}
    named = {part.member: part for part in whole.parts if part.member is not None}
    return named | {part.id: part for part in whole.parts}


def _unknown(message: Message, hint: Message) -> Invalid:
    return Invalid((Diagnostic("commitment.unknown", Severity.ERROR, message, hint),), 2)
