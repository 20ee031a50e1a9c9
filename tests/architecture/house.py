"""Where things are in the checkout, for the tests that look at the house itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "promisekit"
TEMPLATES = ROOT / "templates"
KINDS = sorted(path.stem for path in (PACKAGE / "kinds").glob("[a-z]*.py"))

MADE = {".git", ".hypothesis", ".venv", "__pycache__", "build", "dist", "node_modules", "out", "uv.lock"}
"""What tools leave in a checkout; caches are told by their name."""


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    """How a message names a file: relative to the checkout."""
    return path.relative_to(ROOT).as_posix()


def files() -> Iterator[Path]:
    """Every file of the project. The folders are walked: a released archive has no git to ask."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name not in MADE and not name.endswith(("_cache", ".egg-info")))
        yield from (Path(folder) / name for name in sorted(names) if name not in MADE)


def texts() -> Iterator[tuple[str, str]]:
    """The name and content of every file that is text in UTF-8."""
    for path in files():
        try:
            yield named(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # catalogues (.mo) and exports as Excel writes them (cp1252, UTF-16)
