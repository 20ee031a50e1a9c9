"""docs/tests.md: its promise is tested, prints what the page shows, and every key of a test is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from promisekit.spec import load_with_tests
from promisekit.spec.assessments import Statement
from promisekit.spec.expected import (
    Between,
    Expected,
    ExpectedCase,
    ExpectedNearMiss,
    ExpectedRow,
    ExpectedWindow,
    Remains,
)
from promisekit.spec.tests import SpecTest
from tests.cli.runs import ask
from tests.unit.docs.pages import TESTS, blocks, named

PROMISE = blocks(TESTS, "yaml promise")[0].text
COVERAGE, FAILURE = [block.text for block in blocks(TESTS) if not block.info]


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's promise, in the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("exempelby.yaml").write_text(PROMISE, encoding="utf-8")
    return tmp_path


def test_its_tests_pass_and_print_what_the_page_shows(beside: Path) -> None:
    command = blocks(TESTS, "sh")[0].text.split()
    done = ask(*command[1:])
    assert (done.code, done.out + done.err) == (0, COVERAGE)


def test_a_failure_prints_what_the_page_shows(beside: Path) -> None:
    wrong = PROMISE.replace("        verdict: broken\n", "        verdict: kept\n", 1)
    Path("exempelby.yaml").write_text(wrong, encoding="utf-8")
    done = ask("test", "exempelby.yaml", "-k", "inställt")
    assert done.code == 1
    assert done.out.replace("\N{NO-BREAK SPACE}", " ").rstrip() == FAILURE.rstrip()


def test_the_ways_to_write_a_log_come_to_what_they_say(beside: Path) -> None:
    header = "Id,Start,Aktivitet,Plats,Status,Anteckning\n"
    Path("provlogg.csv").write_text(f"{header}1,2026-03-05,mobilt poliskontor,torget,genomförd,\n", encoding="utf-8")
    fragment = blocks(TESTS, "yaml fragment")[0].text
    Path("exempelby.yaml").write_text(PROMISE[: PROMISE.index("tests:")] + fragment, encoding="utf-8")
    assert len(load_with_tests("exempelby.yaml").tests) == 3
    assert ask("test", "exempelby.yaml").code == 0


def test_every_key_of_a_test_is_named() -> None:
    models = (SpecTest, Expected, ExpectedWindow, ExpectedCase, ExpectedNearMiss, ExpectedRow, Between, Remains)
    keys = {key for model in models for key in model.model_fields}
    assert keys - named(TESTS) == set()
    assert {"commitment", "by", "role"} <= set(Statement.model_fields)


def test_every_option_is_told() -> None:
    options = set(re.findall(r"^  (?:-k|--[a-z-]+)", ask("test", "--help").out, re.MULTILINE))
    told = [option.strip() for option in options if option.strip() != "--help"]
    assert told
    assert [option for option in told if f"`{option}" not in TESTS] == []
