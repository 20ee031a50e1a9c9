"""The help of every command, in Swedish and in English, and what the program says when it is called wrongly."""

from __future__ import annotations

import json
import sys

import pytest

from promisekit.cli.main import COMMANDS
from tests.cli.runs import ask, program

LOG_OPTIONS = ["--as-of", "--covers", "--assessments", "--engine", "--memory-limit", "--fail-on", "--lang"]
WORDS = {
    "validate": ["PROMISE…", "--format", "--lang"],
    "evaluate": ["PROMISE… LOG…", "--format", "--output", *LOG_OPTIONS],
    "changes": ["PROMISE LOG…", "--only", "--format", *LOG_OPTIONS],
    "report": ["PROMISE LOG…", "--output", "--to", "--template", "--audience", *LOG_OPTIONS],
    "explain": ["PROMISE COMMITMENT LOG…", *LOG_OPTIONS],
    "test": ["PROMISE…", "-k", "--coverage", "--fail-on", "--engine", "--format", "--lang"],
    "plan": ["PROMISE", "--lang"],
    "certify": ["PROMISE LOG…", "--output", *LOG_OPTIONS],
    "check-certificate": ["CERTIFICATE LOG…", "--format", "--lang"],
    "witness": ["PROMISE", "COMMITMENT", "FOLDER"],
    "kinds": ["NAME"],
    "schema": ["JSON"],
    "demo": ["--output"],
}
CODES = {
    "validate": "0236",
    "test": "012346",
    "witness": "0123",
    "evaluate": "0123456",
    "report": "0234",
    "check-certificate": "0134",
}
ENGLISH = """
import json, sys
from click.testing import CliRunner
from promisekit.cli.main import COMMANDS, promisekit
print(json.dumps({name: CliRunner().invoke(promisekit, [name, "--help"]).output for name in COMMANDS}))
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_swedish_and_tells_arguments_and_exit_codes(command: str) -> None:
    done = ask(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert [word for word in WORDS[command] if word not in done.out] == []
    if command in CODES:
        codes = done.out[done.out.index("kod:") :].split("\n\n")[0]
        assert [code for code in CODES[command] if code not in codes] == []


def test_help_is_english_where_asked() -> None:
    import os
    import subprocess

    env = {**os.environ, "PROMISEKIT_LANG": "en"}
    done = subprocess.run([sys.executable, "-c", ENGLISH], capture_output=True, check=True, env=env)
    pages = json.loads(done.stdout)
    for command, page in pages.items():
        assert [word for word in WORDS[command] if word not in page] == []
        assert not set(page) & set("åäöÅÄÖ")
        assert ("Exit code" in page) is (command in CODES)


def test_the_program_lists_its_commands() -> None:
    done = ask("--help")
    assert done.code == 0
    assert [command for command in COMMANDS if f"\n  {command} " not in done.out] == []
    assert "demo" in done.out.split("Commands")[0]


def test_the_program_is_a_module_too() -> None:
    done = program("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("promisekit, version ")


@pytest.mark.parametrize(
    "arguments",
    [("nix",), ("--nix",), ("plan",), ("plan", "a", "b"), ("explain", "a"), ("schema", "x"), ("demo", "x"),
     ("report", "a.yaml", "b.csv"), ("evaluate", "a.yaml", "b.csv", "--fail-on", "x"), ("kinds", "nix")],
)  # fmt: skip
def test_wrong_usage_is_2_and_says_so_on_stderr(arguments: tuple[str, ...]) -> None:
    done = ask(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err
