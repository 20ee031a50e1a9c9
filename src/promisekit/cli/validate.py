"""`promisekit validate PROMISE…`."""

from __future__ import annotations

import click

from promisekit.cli.language import SPOKEN, told
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.spec import load_with_tests, promises_in
from promisekit.words import LANGUAGES, Message, say, text

HELP = say(
    "Check promises and print everything that is wrong with them, each with its line, the reason and the remedy.\n\n"
    "PROMISE is a file or a folder of promises (*.yaml). Every file is checked.\n\n"
    "Exit code: 0 no errors (warnings and advice change nothing), 2 wrong usage, 3 at least one error, 6 the folder "
    "holds no promise."
)


@click.command(help=told(HELP))
@click.argument("promises", metavar="PROMISE…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=told(say("what is printed")),
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=SPOKEN, show_default=True, help=told(say("the language")))
@click.pass_context
def command(context: click.Context, promises: tuple[str, ...], form: str, lang: str) -> None:
    files = list(dict.fromkeys(file for promise in promises for file in promises_in(promise)))
    found: list[Diagnostic] = []
    broken = 0
    for file in files:
        try:
            found += load_with_tests(file).loaded.diagnostics
        except Invalid as invalid:
            found += invalid.diagnostics
            broken += 1
    _show(found, form, lang)
    click.echo(text(_summed_up(len(files), broken, found), lang), err=True)
    context.exit(3 if broken else 0 if files else 6)


def _show(found: list[Diagnostic], form: str, lang: str) -> None:
    if form == "text" and not found:
        return
    from promisekit.diagnostics.render import diagnostics_json, diagnostics_text

    click.echo(diagnostics_json(found, lang) if form == "json" else f"{diagnostics_text(found, lang)}\n")


def _summed_up(files: int, broken: int, found: list[Diagnostic]) -> Message:
    if not files:
        return say("no promise was found")
    severities = [one.severity for one in found]
    counts = (
        say("{n} error", "{n} errors", n=severities.count(Severity.ERROR)),
        say("{n} warning", "{n} warnings", n=severities.count(Severity.WARNING)),
        say("{n} piece of advice", "{n} pieces of advice", n=severities.count(Severity.ADVICE)),
    )
    checked = say("{n} promise checked", "{n} promises checked", n=files)
    wrong = say("{n} with errors", "{n} with errors", n=broken)
    told_counts = say("{errors}, {warnings}, {advice}", errors=counts[0], warnings=counts[1], advice=counts[2])
    return say("{checked}, {wrong}: {counts}", checked=checked, wrong=wrong, counts=told_counts)
