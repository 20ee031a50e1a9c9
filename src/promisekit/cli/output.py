"""Printing: data to stdout or a file, talk to stderr."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promisekit.cli.language import SPOKEN
from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.words import say, text

if TYPE_CHECKING:
    from promisekit.verdict.model import Evaluation

SHOWN = 5
"""How many diagnostics of one code are printed in full; the JSON has all of them."""


def spare(output: str | None, inputs: Sequence[str | None]) -> None:
    """Refuses to write over what is read. Raises Invalid (exit code 2)."""
    if output is None or output == "-":
        return
    from promisekit.log.named import log_files  # imported late: most runs print

    for name in inputs:
        paths = [file.path for file in log_files(name)] if name else []
        if os.path.realpath(output) in map(os.path.realpath, paths):
            message = say("`{path}` is read in this run and would be written over", path=output)
            hint = say("choose another file for `-o`")
            raise Invalid((Diagnostic("output.is-input", Severity.ERROR, message, hint),), 2)


def put(content: str, output: str | None) -> None:
    """To standard output, or to a file that is there whole or not at all."""
    if output is None or output == "-":
        click.echo(content, nl=not content.endswith("\n"))
    else:
        write(content, Path(output))


def write(content: str, named: Path) -> None:
    """Writes a text file in one step, with the rights it had. Raises Invalid (exit code 2) where it cannot be written.

    A device or a pipe is written to, and never replaced by a file; nor is a symbolic link.
    """
    import tempfile

    try:
        if named.exists() and not named.is_file():
            named.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")
            return
        path = Path(os.path.realpath(named))
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise not_written(str(named), problem) from None


def not_written(path: str, problem: OSError) -> Invalid:
    """What is raised where output cannot be written."""
    message = say("`{path}` cannot be written: {reason}", path=path, reason=problem.strerror or str(problem))
    hint = say("choose a file in a folder that exists and that you may write to, and close it in other programs")
    return Invalid((Diagnostic("output.not-written", Severity.ERROR, message, hint),), 2)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def failed(problems: Sequence[Diagnostic], form: str, lang: str | None, output: str | None) -> None:
    """What is wrong: as a document to stdout where JSON was asked for, else as text to stderr."""
    from promisekit.diagnostics.render import diagnostics_json, diagnostics_text

    if form == "json":
        put(diagnostics_json(problems, lang or SPOKEN), output)
    else:
        click.echo(diagnostics_text(problems, lang or SPOKEN), err=True)


def talk(evaluation: Evaluation, lang: str | None, before: Sequence[Evaluation] = ()) -> None:
    """What was chosen and what was odd, to stderr: as-of, engine, warnings (a few of each code).

    What was odd about the logs was said already where another promise was checked `before` against them.
    """
    language = lang or evaluation.plan.header.language
    chosen = say("as of {as_of}; engine {engine}", as_of=evaluation.result.as_of.text, engine=evaluation.engine)
    click.echo(text(chosen, language), err=True)
    known = {found for one in before for found in one.diagnostics}
    new = [found for found in evaluation.diagnostics if found not in known]
    if not new:
        return
    from promisekit.diagnostics.render import diagnostics_text

    told: Counter[str] = Counter()
    shown = []
    for found in new:
        told[found.code] += 1
        if told[found.code] <= SHOWN:
            shown.append(found)
    click.echo(diagnostics_text(shown, language), err=True)
    for code, number in told.items():
        if number > SHOWN:
            more = say("{n} more of [{code}]", "{n} more of [{code}]", n=number - SHOWN, code=code)
            click.echo(text(more, language), err=True)


def speak_utf8() -> None:
    """Swedish must come out whole on a Windows console and in a pipe."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
