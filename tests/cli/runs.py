"""How the tests of the command line ask it: in this process, which is quick, or as a program of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from promisekit.cli import main

ROOT = Path(__file__).resolve().parents[2]
PROMISE = ROOT / "promises" / "2022-03.yaml"
LOG = ROOT / "examples" / "2022-03" / "handelser.csv"
ASSESSMENTS = ROOT / "examples" / "2022-03" / "assessments.yaml"
AS_OF = ("--as-of", "2022-06-01")
KNOWN = (*AS_OF, "--covers", "2022-03-01/2022-05-31")

SMALL = """\
format: 1
id: small
title: A small promise
language: en
period: {start: 2022-03-01, end: 2022-05-31}
log:
  columns: {id: Id, start: Start, end: End, activity: Act, place: Place, status: Status}
  status: {held: [held], planned: [planned], cancelled: [cancelled]}
activities: {office: {activity: office, place: square}}
commitments: [{id: visits, kind: count, what: office, at_least: 2}]
"""
HEADER = "Id;Start;End;Act;Place;Status\n"
KEPT = HEADER + "1;2022-03-05 10:00;;office;square;held\n2;2022-03-06 10:00;;office;square;held\n"


@dataclass(frozen=True)
class Answer:
    """What a run answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as the one document that it is."""
        return json.loads(self.out)

    def codes(self) -> list[str]:
        """The codes of the diagnostics document on standard output."""
        document = self.json()
        assert document["format"] == "promisekit/diagnostics/1"
        return [one["code"] for one in document["diagnostics"]]


def ask(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    """Runs a command in this process, as the program would."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2))
    line = ["promisekit", *map(str, arguments)]
    with (
        patch.object(sys, "argv", line),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main.answer()
    return Answer(code, *(_text(stream) for stream in (out, err)))


def program(*arguments: str | Path, env: dict[str, str] | None = None, **how: Any) -> Answer:
    """Runs a command as a program."""
    line = [sys.executable, "-m", "promisekit", *map(str, arguments)]
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    done = subprocess.run(line, env={**os.environ, **(env or {})}, check=False, timeout=60, **how)
    out, err = ((stream or b"").decode("utf-8") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, err
    return Answer(done.returncode, out, err)


def written(folder: Path, **files: str | bytes) -> Path:
    """Writes `name.yaml` and `name.csv` files given as `name_yaml=…`; returns the folder."""
    for name, content in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
