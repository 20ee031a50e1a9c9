"""Every kind, diagnostic code and command is documented, and exercised by a test."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.architecture.house import KINDS, ROOT, modules

CODE = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z]+(?:-[a-z]+)*")
NO_CODE = re.compile(r"promisekit\..*|.*\.(?:css|csv|html|json|jsonl|md|mo|po|parquet|py|txt|xlsx|yaml|yml)")


@cache
def codes() -> tuple[str, ...]:
    """Every diagnostic code: a string in the source that has the form `origin.what-is-wrong`.

    The relational engine builds no diagnostics; what looks like a code there is a column of a table.
    """
    found = set()
    for path in modules():
        if "relational" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value) and not NO_CODE.fullmatch(value):
                found.add(value)
    return tuple(sorted(found))


def ask(*arguments: str) -> str:
    """What `promisekit` prints, in English."""
    command = [sys.executable, "-m", "promisekit", *arguments]
    english = {**os.environ, "PROMISEKIT_LANG": "en"}
    done = subprocess.run(command, cwd=ROOT, env=english, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def commands() -> tuple[str, ...]:
    """Every command, from the program's own help."""
    _, _, listed = ask("--help").partition("Commands:\n")
    return tuple(re.findall(r"^  ([a-z][a-z-]*)", listed, re.MULTILINE))


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert len(codes()) >= 25
    assert [code for code in codes() if f"`{code}`" not in page] == []


def test_every_documented_code_exists() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    headed = re.findall(r"^(?:#+|\|) *`([a-z_]+\.[a-z-]+)`", page, re.MULTILINE)
    assert headed
    assert [code for code in headed if code not in codes()] == []


def test_every_code_is_provoked_by_a_test() -> None:
    """By a broken promise under tests/errors with its exact output, or by name in another test."""
    tests = [path for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".md", ".out", ".txt"}]
    provoked = "\n".join(path.read_text(encoding="utf-8") for path in tests if path.parent.name != "architecture")
    assert [code for code in codes() if not re.search(rf"(?<![\w.-]){re.escape(code)}(?![\w-])", provoked)] == []


def test_there_are_broken_promises_enough() -> None:
    broken = sorted((ROOT / "tests" / "errors").glob("*.yaml"))
    assert len(broken) >= 25
    assert [path.name for path in broken if not path.with_suffix(".out").exists()] == []


def test_the_promised_commands_are_there() -> None:
    assert set(commands()) >= {"validate", "evaluate", "report", "explain", "plan", "kinds", "schema", "demo"}


def test_every_command_explains_itself() -> None:
    for command in commands():
        usage, _, explained = ask(command, "--help").partition("\n\n")
        assert usage.startswith(f"Usage: promisekit {command}"), command
        assert len(explained.split("Options:")[0].split()) >= 5, f"{command} says nothing about itself"


@pytest.mark.parametrize(
    "command", ["validate", "test", "evaluate", "report", "explain", "plan", "kinds", "schema", "demo"]
)
def test_every_command_has_a_test(command: str) -> None:
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cli").glob("test_*.py")]
    assert any(f'"{command}"' in text for text in tests)


def test_the_readme_names_every_command_and_kind() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in commands() if f"promisekit {command}" not in readme] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []


def test_the_readme_gives_the_two_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in readme
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
