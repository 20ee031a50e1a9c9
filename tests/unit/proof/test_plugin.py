"""The tests of promises under pytest: what is collected, what a failure says, and that nothing is done unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.proof.small import written

pytest_plugins = ["pytester"]

SETTINGS = "[pytest]\npromisekit_promises = promises/*.yaml\n"
TESTS = """\
tests:
  - name: two visits are enough
    as_of: 2022-06-01
    log:
      - {Start: 2022-03-05, Act: office, Place: square}
      - {Start: 2022-03-06, Act: office, Place: square}
    expect: {visits: kept}
  - name: one is enough
    as_of: 2022-06-01
    log: [{Start: 2022-03-05, Act: office, Place: square}]
    expect: {visits: kept}
"""


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A repository with a promise, its settings and YAML of other people."""
    promises = pytester.mkdir("promises")
    written(promises, TESTS)
    (promises / "other.yaml").write_text("format: 1\nname: something else\n", encoding="utf-8")
    (promises / "broken.yaml").write_text("a: [\n", encoding="utf-8")
    (promises / "table.yaml").write_bytes(b"\xff\xfe\x00")
    elsewhere = pytester.mkdir("elsewhere")
    written(elsewhere, TESTS)
    return pytester.path


def test_nothing_is_collected_unasked(folder: Path, pytester: pytest.Pytester) -> None:
    done = pytester.runpytest_subprocess()
    assert done.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_settings_say_which_promises(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini(SETTINGS)
    done = pytester.runpytest_subprocess("-v")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["promises/small.yaml::two visits are enough PASSED*"])
    done.stdout.no_fnmatch_line("*elsewhere*")


def test_a_failure_says_what_was_expected_and_why(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini(SETTINGS)
    done = pytester.runpytest_subprocess()
    done.stdout.fnmatch_lines(
        [
            "*_ one is enough _*",
            "promises/small.yaml:* FAILED: one is enough",
            "*promises/small.yaml:*: `verdict` of `visits` should be kept, and is broken",
            "*We count 1 occasion; the target is at least 2.",
        ]
    )
    done.stdout.no_fnmatch_line("*Traceback*")
    done.stdout.no_fnmatch_line("*NotAsExpected*small.py*")


def test_a_file_named_outright_is_collected_and_both_engines_may_be_asked(
    folder: Path, pytester: pytest.Pytester
) -> None:
    done = pytester.runpytest_subprocess("-v", "elsewhere/small.yaml", "--promisekit-engine", "both", "-k", "two")
    done.assert_outcomes(passed=2, deselected=2)
    done.stdout.fnmatch_lines(["*two visits are enough?duckdb? PASSED*"])


def test_a_promise_that_is_not_valid_fails_alone(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini(SETTINGS)
    written(folder / "promises", TESTS.replace("visits: kept", "visits: kpt"), name="a.yaml")
    done = pytester.runpytest_subprocess()
    done.assert_outcomes(passed=1, failed=2)
    done.stdout.fnmatch_lines(["*a.yaml:*[[]spec.unknown-value[]]*kpt*"])


def test_a_pattern_outside_the_root_directory_is_wrong_usage(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\npromisekit_promises = /promises/*.yaml\n")
    done = pytester.runpytest_subprocess()
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*promisekit_promises: *is no path from the root directory*"])


def test_nothing_of_the_house_is_imported_at_the_start() -> None:
    code = "import sys, promisekit.proof.testing.plugin\nprint(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "yaml", "duckdb", "babel", "jinja2", "click", "holidays"} & set(done.stdout.split())
    code = "import sys, promisekit.proof.testing.plugin\nprint(*(n for n in sys.modules if n.startswith('promisekit')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {
        "promisekit",
        "promisekit.proof",
        "promisekit.proof.testing",
        "promisekit.proof.testing.plugin",
    }
