"""The wheel is whole: built here, installed alone into a new environment, and a report rendered from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

import promisekit
from dev import KNOWN, LOG, PROMISE
from tests.architecture.house import PACKAGE, ROOT, TEMPLATES

INPUTS = [str(ROOT / PROMISE), str(ROOT / LOG), *KNOWN[:1], str(ROOT / KNOWN[1]), *KNOWN[2:]]
ELSEWHERE = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    """Run outside the checkout, with nothing of this Python's environment but what is in `more`."""
    environment = {**ELSEWHERE, "PYTHONUTF8": "1", **more}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout, made without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts of a new environment with the wheel in it, and a path to this one's dependencies.

    A folder named in a .pth file is searched, but the .pth files in it are not: the editable install stays unseen.
    """
    home = tmp_path_factory.mktemp("venv")
    here = sysconfig.get_path("purelib")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    run(python, "-m", "installer", wheel, cwd=home, PYTHONPATH=here)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    (Path(site) / "dependencies.pth").write_text(here, encoding="utf-8")
    at = run(python, "-c", "import promisekit; print(promisekit.__file__)", cwd=home).strip()
    assert Path(at).is_relative_to(home), "the checkout is seen instead of the wheel"
    return scripts


def test_everything_that_is_read_at_run_time_is_in_the_wheel(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    templates = {f"promisekit/templates/{path.relative_to(TEMPLATES).as_posix()}" for path in TEMPLATES.rglob("*.j2")}
    package = {
        f"promisekit/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert templates
    assert any(name.endswith(".mo") for name in package)
    assert templates | package <= inside


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert promisekit.__version__ in run(installed / "promisekit", "--version", cwd=tmp_path)


def test_a_report_is_rendered_from_the_wheel_in_both_languages(installed: Path, tmp_path: Path) -> None:
    pages = []
    for language in ("sv", "en"):
        options = ["--to", "html", "--lang", language, "-o", f"{language}.html"]
        run(installed / "promisekit", "report", *INPUTS, *options, cwd=tmp_path)
        pages.append((tmp_path / f"{language}.html").read_text(encoding="utf-8"))
    assert [f'lang="{language}"' in page for language, page in zip(("sv", "en"), pages, strict=True)] == [True, True]
    assert all("Medborgarlöfte mars 2022" in page for page in pages)
    assert pages[0] != pages[1]


def test_schema_and_demo_need_no_checkout(installed: Path, tmp_path: Path) -> None:
    assert json.loads(run(installed / "promisekit", "schema", cwd=tmp_path))["$schema"].startswith(
        "https://json-schema"
    )
    assert "Medborgarlöfte mars 2022" in run(installed / "promisekit", "demo", cwd=tmp_path)
