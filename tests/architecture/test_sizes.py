"""Small modules, small functions, names that say something, nothing left undone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import TEMPLATES, modules, named

MODULE, FUNCTION, TEMPLATE = 300, 60, 120

ARGUED: dict[str, tuple[int, str]] = {}
"""`file` or `file::function` → its own cap, and why it is right there. None so far."""

SAYS_NOTHING = re.compile(r"(utils?|helpers?|common|misc|manager)")
UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")

ANY_IS_ARGUED: dict[str, str] = {}
"""Modules that may say `Any` though they are no loader → why. None so far."""
LOADERS = ("src/promisekit/spec/", "src/promisekit/proof/checker/")
"""The checker of certificates reads them as they come, with nothing but the standard library."""


def lines(path: Path) -> int:
    """As `wc -l` counts."""
    return path.read_bytes().count(b"\n")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{named(path)}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def sizes() -> Iterator[tuple[str, int, int]]:
    """Everything that has a size: its name, the size, the cap."""
    for path in modules():
        yield named(path), lines(path), MODULE
        for name, size in functions(path):
            yield name, size, FUNCTION
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file():
            yield named(path), lines(path), TEMPLATE


def test_nothing_outgrows_its_cap() -> None:
    over = [f"{name}: {size} lines" for name, size, cap in sizes() if size > ARGUED.get(name, (cap, ""))[0]]
    assert over == []


def test_every_exception_is_argued_and_still_needed() -> None:
    measured = {name: (size, cap) for name, size, cap in sizes()}
    idle = [name for name, (_, why) in ARGUED.items() if not why or measured.get(name, (0, 0))[0] <= measured[name][1]]
    assert idle == []


def test_every_module_has_a_name_that_says_something() -> None:
    empty = [named(path) for path in modules() if any(map(SAYS_NOTHING.fullmatch, (path.stem, path.parent.name)))]
    assert empty == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_nothing_is_left_undone() -> None:
    undone = [
        f"{named(path)}:{number}: {line.strip()}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNDONE.search(line)
    ]
    assert undone == []


def test_no_error_is_swallowed_unseen() -> None:
    swallowed = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                everything = node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
                if everything and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body):
                    swallowed.append(f"{named(path)}:{node.lineno}")
    assert swallowed == []


def test_any_stops_at_the_loader() -> None:
    anywhere = []
    for path in modules():
        if named(path).startswith(LOADERS) or named(path) in ANY_IS_ARGUED:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name) and node.id == "Any":
                anywhere.append(f"{named(path)}:{node.lineno}")
    assert anywhere == []
