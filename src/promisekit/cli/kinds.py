"""`promisekit kinds [NAME]`."""

from __future__ import annotations

import click

from promisekit.cli.language import SPOKEN, told
from promisekit.words import say, text

HELP = say("List the kinds of commitments, or print the manual entry of the one that is named.")


@click.command(help=told(HELP))
@click.argument("name", required=False)
def command(name: str | None) -> None:
    from promisekit.kinds import kind_manual, kind_names

    if name is None:
        width = max(map(len, kind_names()))
        for kind in kind_names():
            click.echo(f"{kind:{width}}  {_first_sentence(kind_manual(kind))}")
    elif name in kind_names():
        click.echo(kind_manual(name))
    else:
        from promisekit.diagnostics.refused import did_you_mean, listed

        hint = did_you_mean(name, kind_names(), say("the kinds are {names}", names=listed(kind_names())))
        raise click.UsageError(told(say("there is no kind `{name}`; {hint}", name=name, hint=text(hint, SPOKEN))))


def _first_sentence(manual: str) -> str:
    return " ".join(manual.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")
