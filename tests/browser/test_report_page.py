"""The published page in a real browser: readable by everybody, on every screen, without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dev import KNOWN, LOG, PROMISE
from promisekit.report.render import render
from tests.browser.conftest import Look, Sight
from tests.unit.report.promises import everything

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("sv", "en")
LOOKS: dict[str, Look] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 320},
    "dark phone": {"width": 320, "color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
LookAt = Callable[[Path, Look], Sight]


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example's report in every language, made as a user makes it."""
    made = {}
    for language in LANGUAGES:
        path = tmp_path_factory.mktemp("reports") / f"{language}.html"
        options = ["--to", "html", "--lang", language, "-o", str(path)]
        command = [sys.executable, "-m", "promisekit", "report", PROMISE, LOG, *KNOWN, *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made[language] = path
    return made


@pytest.fixture(scope="session")
def everything_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with parts in parts, members, many windows, waivers and rows set right."""
    path = tmp_path_factory.mktemp("everything") / "en.html"
    path.write_text(render(everything(), to="html", language="en"), encoding="utf-8")
    return path


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_violation_where_everything_is_said(look_at: LookAt, everything_page: Path, look: str) -> None:
    sight = look_at(everything_page, LOOKS[look])
    assert sight.violations() == []
    assert sight.overflow() <= 0


def test_parts_have_headings_below_those_of_what_they_are_parts_of(look_at: LookAt, everything_page: Path) -> None:
    page = look_at(everything_page, {}).page
    levels = "[...document.querySelectorAll('#c-together, [id^=\"c-together/\"]')].map(e => e.tagName)"
    assert page.evaluate(levels) == ["H3", "H4", "H4", "H4", "H5", "H5"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_violation(look_at: LookAt, reports: dict[str, Path], language: str, look: str) -> None:
    assert look_at(reports[language], LOOKS[look]).violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_has_to_be_scrolled_sideways(
    look_at: LookAt, reports: dict[str, Path], language: str, width: int
) -> None:
    assert look_at(reports[language], {"width": width}).overflow() <= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_nobody_for_anything(look_at: LookAt, reports: dict[str, Path], language: str) -> None:
    asked = [url for url in look_at(reports[language], {}).requests if not url.startswith("data:")]
    assert asked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_runs_no_script(
    look_at: LookAt, reports: dict[str, Path], language: str
) -> None:
    page = look_at(reports[language], {}).page
    assert page.get_attribute("html", "lang") == language
    assert "<script" not in reports[language].read_text(encoding="utf-8").lower()
    handlers = "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
    assert page.evaluate(handlers) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints(look_at: LookAt, reports: dict[str, Path], language: str) -> None:
    printed = look_at(reports[language], {}).page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert len(printed) > 20_000, "the printed page is all but empty"
