"""`promisekit plan PROMISE`: what would be checked, in plain words, without any log."""

from __future__ import annotations

import click

from promisekit.cli.language import told
from promisekit.cli.options import LANG, PROMISE
from promisekit.plan.show import plan_text
from promisekit.spec import load
from promisekit.words import say


@click.command(
    help=told(say("Say in plain words what would be checked, so that the promise's owners recognise it. Needs no log."))
)
@PROMISE
@LANG
def command(promise: str, lang: str | None) -> None:
    loaded = load(promise)
    click.echo(plan_text(loaded.plan, lang or loaded.plan.header.language))
