"""The same inputs give the same bytes, whatever the machine's language, clock, folder and hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from promisekit.report.render import FORMS, render
from promisekit.report.text import explain_text, summary_text
from tests.unit.report.promises import EXAMPLE, PROMISE, example

WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "sv_SE.UTF-8", "LC_ALL": ""},
)


def report(folder: Path, world: dict[str, str], form: str) -> bytes:
    """The example's report, made by the command in another process."""
    path = folder / f"report.{form}"
    options = ["--as-of", "2022-06-01", "--covers", "2022-03-01/2022-05-31", "-o", str(path)]
    command = [sys.executable, "-m", "promisekit", "report", str(PROMISE), str(EXAMPLE / "handelser.csv"), *options]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **world}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_the_same_everywhere(tmp_path: Path, form: str) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    first, second = (report(folder, world, form) for folder, world in zip(folders, WORLDS, strict=True))
    assert first == second
    assert b"\r" not in first
    assert str(tmp_path).encode() not in first


def test_rendering_twice_changes_nothing() -> None:
    for form in FORMS:
        assert render(example(), to=form, language="sv") == render(example(), to=form, language="sv")
    assert summary_text(example(), "en") == summary_text(example(), "en")
    assert explain_text(example(), "mpk", "en") == explain_text(example(), "mpk", "en")
