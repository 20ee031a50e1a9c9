"""`promisekit test PROMISE…`: the tests that stand in the promises."""

from __future__ import annotations

from collections.abc import Sequence

import click

from promisekit.cli.exits import Exit, worst
from promisekit.cli.language import SPOKEN, told
from promisekit.cli.options import PROMISES
from promisekit.cli.output import failed, put
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.pipeline import EngineName
from promisekit.proof.testing.coverage import Shown, shown
from promisekit.proof.testing.document import tests_json
from promisekit.proof.testing.run import Outcome, run_all
from promisekit.proof.testing.told import coverage_text, failure_text, line_of, summary
from promisekit.spec import WithTests, load_with_tests, promises_in
from promisekit.words import LANGUAGES, Message, say, text

HELP = say(
    "Run the tests that stand in promises under `tests:`, and say of each that fails what was expected, what was "
    "found and why.\n\n"
    "PROMISE is a file or a folder of promises (*.yaml). Where one of them is not valid, the others are tested.\n\n"
    "Exit code: 0 all passed, 1 at least one failed, 2 wrong usage, 3 a promise that is not valid, 4 a test's log that "
    "cannot be read, 6 nothing was tested."
)
ENGINES: dict[str, tuple[EngineName, ...]] = {
    "reference": ("reference",),
    "duckdb": ("duckdb",),
    "both": ("reference", "duckdb"),
}


@click.command(help=told(HELP))
@PROMISES
@click.option("-k", "name", metavar="NAME", default="", help=told(say("only tests whose name has this in it")))
@click.option(
    "--coverage", is_flag=True, help=told(say("say which commitments the tests never showed kept or never broken"))
)
@click.option(
    "--fail-on",
    type=click.Choice(["failed", "gaps"]),
    default="failed",
    show_default=True,
    help=told(say("`gaps`: exit code 1 also where a commitment was never shown kept or never broken")),
)
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="reference",
    show_default=True,
    help=told(say("what measures the log")),
)
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
def command(
    context: click.Context,
    promises: tuple[str, ...],
    name: str,
    coverage: bool,
    fail_on: str,
    engine: str,
    form: str,
    lang: str,
) -> None:
    loaded, problems = _loaded(promises)
    outcomes: list[Outcome] = []
    for one in loaded:
        for outcome in run_all(one, ENGINES[engine], name):
            outcomes.append(outcome)
            if form == "text":
                _tell(outcome, lang)
    asked = coverage or fail_on == "gaps"
    covered = [(one.loaded.file, shown(one, outcomes)) for one in loaded] if asked else None
    if form == "json":
        put(tests_json(outcomes, covered, problems, lang), None)
    else:
        _show(covered or (), lang)
        if problems:
            failed(problems, "text", lang, None)
        click.echo(summary(outcomes, lang) if outcomes else text(_nothing(name, problems), lang), err=True)
    gaps = fail_on == "gaps" and any(not one.whole for _, commitments in covered or () for one in commitments)
    context.exit(worst([*_codes(outcomes, problems), *([Exit.BROKEN] if gaps else [])]))


def _loaded(names: tuple[str, ...]) -> tuple[list[WithTests], list[Diagnostic]]:
    """The promises that are valid, and everything wrong with the others."""
    loaded: list[WithTests] = []
    problems: list[Diagnostic] = []
    for file in dict.fromkeys(file for name in names for file in promises_in(name)):
        try:
            loaded.append(load_with_tests(file))
        except Invalid as invalid:
            problems += (one for one in invalid.diagnostics if one.severity is Severity.ERROR)
    return loaded, problems


def _tell(outcome: Outcome, lang: str) -> None:
    click.echo(line_of(outcome, lang))
    if not outcome.passed:
        click.echo(failure_text(outcome, lang) + "\n")


def _show(covered: Sequence[tuple[str, Sequence[Shown]]], lang: str) -> None:
    for file, commitments in covered:
        click.echo(f"\n{coverage_text(file, commitments, lang)}")


def _nothing(name: str, problems: list[Diagnostic]) -> Message:
    """Why nothing was tested."""
    if problems:
        return say("nothing was tested")
    if name:
        return say("nothing was tested: no test has `{name}` in its name", name=name)
    return say("nothing was tested: write tests under `tests:` in the promise")


def _codes(outcomes: list[Outcome], problems: list[Diagnostic]) -> list[Exit]:
    codes = [
        Exit(one.exit_code) if one.evaluation is None else Exit.OK if one.passed else Exit.BROKEN for one in outcomes
    ]
    codes += [Exit.INVALID] if problems else []
    return codes if outcomes else [*codes, Exit.NOTHING]
