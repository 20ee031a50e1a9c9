"""`promisekit check-certificate CERTIFICATE [LOG…]`: whether a certificate follows from its logs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from promisekit.cli.exits import Exit
from promisekit.cli.language import SPOKEN, told
from promisekit.cli.options import LANG, LOGS
from promisekit.cli.output import put
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.words import Message, say, text

HELP = say(
    "Check a certificate against the logs it names, by a checker that shares nothing with the engines. Logs are known "
    "by their digests; those that are not named are looked for beside the certificate.\n\n"
    "Exit code: 0 it holds, 1 it is refused, 3 the certificate cannot be opened, 4 a log is missing or cannot be read."
)
VERDICTS = {
    "kept": say("kept"),
    "broken": say("broken"),
    "open": say("open"),
    "not_applicable": say("not applicable"),
}
FORMAT = "promisekit/certificate-check/1"
TRUSTED: dict[str, Message] = {
    "activities": say("what the activities mean: {n}"),
    "targets": say("windows and their targets: {n}"),
    "statements": say("what people said: {n}"),
    "coverages_declared": say("declared coverages: {n}"),
    "coverages_assumed": say("coverages taken to run to the last event: {n}"),
    "rows_set_right": say("rows that people set right: {n}"),
}
EXCUSES = say("not checked: the numbers of {name}, from which rows are excused by a date", name="")
MERGING = say("not checked: that no other rows should have been merged than those that are listed")


@click.command(help=told(HELP))
@click.argument("certificate", metavar="CERTIFICATE")
@LOGS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=told(say("what is printed")),
)
@LANG
@click.pass_context
def command(context: click.Context, certificate: str, logs: tuple[str, ...], form: str, lang: str | None) -> None:
    from promisekit.proof.checker.alone import check_certificate  # imported late: help needs none of it
    from promisekit.proof.checker.terms import Refused, Unreadable

    language = lang or SPOKEN
    read = [_bytes(name.rpartition("=")[2], "log.unreadable", 4) for name in logs]
    said = _bytes(certificate, "certificate.unreadable", 3)
    try:
        report = check_certificate(said, read, Path(certificate).parent)
    except Refused as refused:
        where, what, claimed, found = refused.args
        told_so = say(
            "Refused: {where}: {what}: the certificate says {claimed}, the log shows {found}",
            where=where,
            what=what,
            claimed=_shown(claimed),
            found=_shown(found),
        )
        difference = {"where": where, "what": what, "claimed": _shown(claimed), "found": _shown(found)}
        document = {"format": FORMAT, "holds": False, "refused": difference}
        put(_json(document) if form == "json" else text(told_so, language), None)
        context.exit(Exit.BROKEN)
    except Unreadable as unread:
        message = say("the certificate cannot be checked: {reason}", reason=str(unread))
        hint = say("name the logs that it was made from")
        raise Invalid((Diagnostic("certificate.unchecked", Severity.ERROR, message, hint, certificate),), 4) from None
    if form == "json":
        put(_json({"format": FORMAT, "holds": True, **report._asdict()}), None)
        return
    holds = say(
        "The certificate holds: {verdict}. {figures} numbers and {rows} rows were found again in the logs.",
        verdict=VERDICTS[report.verdict],
        figures=report.figures,
        rows=report.rows,
    )
    lines = [text(holds, language), text(say("Taken on trust:"), language)]
    trusted = [(TRUSTED[name], number) for name, number in report.trusted.items() if number]
    lines += [
        f"- {text(Message(words.sentence, words.plural, (('n', number),)), language)}" for words, number in trusted
    ]
    for one in report.not_checked:
        what, _, name = one.partition(" ")
        lines.append(
            text(
                MERGING if what == "merging" else Message(EXCUSES.sentence, EXCUSES.plural, (("name", name),)), language
            )
        )
    put("\n".join(lines), None)


def _bytes(name: str, code: str, exit_code: int) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        message = say("the file cannot be read: {reason}", reason=reason)
        raise Invalid((Diagnostic(code, Severity.ERROR, message, None, name),), exit_code) from None


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2, default=str)


def _shown(value: object) -> str:
    """A value on one short line."""
    line = " ".join(str(value).split())
    return line if len(line) <= 120 else f"{line[:119]}…"
