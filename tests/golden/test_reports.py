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


def same(name: str, shown: str) -> None:
    path = HERE / name
    if os.environ.get("PROMISEKIT_ACCEPT"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("as_of", ["2022-04-15", "2022-06-01"])
def test_the_summary_is_what_it_was(as_of: str, language: str) -> None:
    same(f"summary.{as_of}.{language}.txt", summary_text(example(as_of), language))


@pytest.mark.parametrize("commitment", ["mpk", "socialtjansten", "orosanmalningar", "samverkan"])
def test_an_explanation_is_what_it_was(commitment: str) -> None:
    shown = [explain_text(example(as_of), commitment, "sv") for as_of in ("2022-04-15", "2022-06-01")]
    same(f"explain.{commitment}.sv.txt", "\n\n".join(shown))


@pytest.mark.parametrize(("form", "language"), [("md", "sv"), ("md", "en"), ("txt", "sv")])
def test_a_report_is_what_it_was(form: str, language: str) -> None:
    report = render(example(), to="md" if form == "md" else "txt", language=language)
    same(f"report.{language}.{form}", report)


def test_lines_fit_a_terminal() -> None:
    for as_of in ("2022-04-15", "2022-06-01"):
        lines = summary_text(example(as_of), "sv").splitlines()
        assert max(map(len, lines)) <= 100
