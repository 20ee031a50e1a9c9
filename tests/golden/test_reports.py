"""Whole reports and what the terminal shows, letter for letter. `PROMISEKIT_ACCEPT=1` rewrites the files; read the
difference before it is committed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from promisekit.report.render import render
from promisekit.report.text import explain_text, summary_text
from tests.unit.report.promises import example

HERE = Path(__file__).parent / "report"


def kept(name: str, shown: str) -> str:
    """The text that is kept under a name; with PROMISEKIT_ACCEPT set, `shown` is kept from now on."""
    path = HERE / name
    if os.environ.get("PROMISEKIT_ACCEPT"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("as_of", ["2022-04-15", "2022-06-01"])
def test_the_summary_is_what_it_was(as_of: str, language: str) -> None:
    shown = summary_text(example(as_of), language)
    assert shown == kept(f"summary.{as_of}.{language}.txt", shown)


@pytest.mark.parametrize("commitment", ["mpk", "socialtjansten", "orosanmalningar", "samverkan"])
def test_an_explanation_is_what_it_was(commitment: str) -> None:
    shown = "\n\n".join(explain_text(example(as_of), commitment, "sv") for as_of in ("2022-04-15", "2022-06-01"))
    assert shown == kept(f"explain.{commitment}.sv.txt", shown)


@pytest.mark.parametrize(("form", "language"), [("md", "sv"), ("md", "en"), ("txt", "sv")])
def test_a_report_is_what_it_was(form: str, language: str) -> None:
    report = render(example(), to="md" if form == "md" else "txt", language=language)
    assert report == kept(f"report.{language}.{form}", report)


def test_lines_fit_a_terminal() -> None:
    for as_of in ("2022-04-15", "2022-06-01"):
        lines = summary_text(example(as_of), "sv").splitlines()
        assert max(map(len, lines)) <= 100
