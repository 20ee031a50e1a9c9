"""A real browser for the report pages: the system's Chromium, driven by Playwright, with axe-core put into the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Literal, NoReturn, TypedDict

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, and a CI container usually is root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Look(TypedDict, total=False):
    """How the page is looked at; the names are Playwright's."""

    width: int
    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]


@dataclass
class Sight:
    """A page that was opened, and every address it asked for besides its own."""

    page: Page
    requests: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds, one line each: the rule, the element, what is wrong with it."""
        self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
        assert found["passes"], "axe-core looked at nothing"
        return [
            f"{violation['id']}: {node['html']}: {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width


def missing(what: str) -> NoReturn:
    """A skip on a desk, a failure in CI."""
    if os.environ.get("PROMISEKIT_CI") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once per worker."""
    executable = next((path for name in NAMES if (path := shutil.which(name))), None)
    if executable is None:
        missing("no Chromium: sudo apt install chromium")
    try:
        playwright = sync_playwright().start()
    except Exception as problem:
        missing(f"Playwright does not start ({problem}); a bare Debian lacks: sudo apt install libatomic1")
    chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
    yield chromium
    chromium.close()
    playwright.stop()


@pytest.fixture
def look_at(browser: Browser) -> Iterator[Callable[[Path, Look], Sight]]:
    """Opens a file: `look_at(path, {"width": 320, "color_scheme": "dark"})`."""
    contexts = []

    def open_page(path: Path, look: Look) -> Sight:
        context = browser.new_context(
            viewport={"width": look.get("width", 1024), "height": 800},
            color_scheme=look.get("color_scheme", "light"),
            forced_colors=look.get("forced_colors", "none"),
        )
        contexts.append(context)
        sight = Sight(context.new_page())
        sight.page.on("request", lambda request: sight.requests.append(request.url))
        sight.page.goto(path.as_uri())
        sight.requests.remove(path.as_uri())
        return sight

    yield open_page
    for context in contexts:
        context.close()
