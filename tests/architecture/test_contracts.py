"""The layers and homes of pyproject.toml hold, and nothing but the command line asks the clock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib

from tests.architecture.house import PACKAGE, ROOT, modules, named

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
CLOCK = {"now", "utcnow", "today", "time_ns", "localtime", "gmtime"}
CLOCK_HOMES = ("cli", "windows")
"""`windows` can read the clock for the one who asks on purpose; only `cli` may ask."""


def test_every_contract_is_kept() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = len(config["tool"]["importlinter"]["contracts"])
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(rf"{contracts} kept, 0 broken", done.stdout), done.stdout


def test_every_package_is_a_layer_in_the_order_of_the_design() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    there = {path.stem for path in PACKAGE.iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"}
    assert set(layers) == there - {"__init__"}


def test_only_the_command_line_asks_the_clock() -> None:
    asked = []
    for path in modules():
        if path.relative_to(PACKAGE).parts[0] in CLOCK_HOMES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in CLOCK:
                    asked.append(f"{named(path)}:{node.lineno}: {name}()")
    assert asked == []


def test_no_library_code_asks_the_environment() -> None:
    asked = [
        f"{named(path)}: {word}"
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] != "cli"
        for word in ("os.environ", "getenv", "setlocale", "getdefaultlocale")
        if word in path.read_text(encoding="utf-8")
    ]
    assert asked == []
