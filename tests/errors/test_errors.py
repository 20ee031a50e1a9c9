"""Every broken promise in this folder says exactly what its `.out` file says, in Swedish and in English.

A file is named for the code that it provokes, and must provoke it; a third part of the name tells files of one code
apart. `PROMISEKIT_ACCEPT=1` rewrites the `.out` files;
read the difference before it is committed. Files that begin with `assessment.` are assessments of `promise.txt`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.diagnostics.render import diagnostics_text
from promisekit.spec import load, load_assessments, load_with_tests

HERE = Path(__file__).parent
BROKEN = sorted(path.name for path in HERE.glob("*.yaml"))
ASSESSMENTS = ("assessment.", "spec.no-assessments.")


def found_in(name: str) -> tuple[Diagnostic, ...]:
    """Everything found in a file of this folder."""
    try:
        if name.startswith(ASSESSMENTS):
            load_assessments(name, load("promise.txt").plan)
            return ()
        return load_with_tests(name).loaded.diagnostics
    except Invalid as invalid:
        return invalid.diagnostics if invalid.exit_code == 3 else ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    found = found_in(name)
    shown = "\n\n\n".join(diagnostics_text(found, language) for language in ("sv", "en")) + "\n"
    out = HERE / name.replace(".yaml", ".out")
    if os.environ.get("PROMISEKIT_ACCEPT"):
        out.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == out.read_text(encoding="utf-8")
    assert ".".join(name.split(".")[:2]) in {one.code for one in found}


def test_the_promise_beside_them_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    assert load("promise.txt").diagnostics == ()
