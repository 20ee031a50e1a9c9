"""The tests of promises as items of pytest: `promisekit_promises = promises/*.yaml` in its settings says which.

Nobody's YAML is collected unasked: only files that the setting names, or that are named outright on the command line,
and of those only what begins like a promise. Loaded at every start of pytest wherever promisekit is installed, so
nothing else of the house is imported before there is a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from promisekit.diagnostics import Diagnostic
    from promisekit.proof.testing.run import Outcome
    from promisekit.spec import WithTests
    from promisekit.spec.tested import Tested

SETTING = "promisekit_promises"
ENGINE = "--promisekit-engine"
PROMISE = re.compile(r"^format:\s*1\s*(#.*)?$", re.MULTILINE), re.compile(r"^commitments:", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting, and the engine."""
    parser.addini(SETTING, "promises whose tests are run: patterns of paths, from the root directory", type="args")
    group = parser.getgroup("promisekit", "tests of promises")
    group.addoption(
        ENGINE, choices=("reference", "duckdb", "both"), default="reference", help="what measures the logs of tests"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Raises UsageError for a setting that can name no file of the project."""
    for pattern in config.getini(SETTING):
        if Path(pattern).is_absolute():
            raise pytest.UsageError(f"{SETTING}: `{pattern}` is no path from the root directory: promises/*.yaml")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """A promise, where it is one and somebody has asked for it."""
    if file_path.suffix not in (".yaml", ".yml") or not (_named(file_path, parent) and _is_promise(file_path)):
        return None
    promise: PromiseFile = PromiseFile.from_parent(parent, path=file_path)
    return promise


def _named(path: Path, parent: pytest.Collector) -> bool:
    patterns: list[str] = parent.config.getini(SETTING)
    return parent.session.isinitpath(path) or path in _chosen(parent.config.rootpath, tuple(patterns))


@cache
def _chosen(root: Path, patterns: tuple[str, ...]) -> frozenset[Path]:
    """The files that the setting names."""
    return frozenset(path for pattern in patterns for path in root.glob(pattern))


def _is_promise(path: Path) -> bool:
    """Whether the top level has the keys that every promise has; whether it is a right one is told by its items."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    return all(pattern.search(text) for pattern in PROMISE)


class NotAsExpected(Exception):
    """A test of a promise that failed, or could not be run."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.test.test.name)
        self.outcome = outcome


class NotValid(Exception):
    """A promise with errors."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("the promise is not valid")
        self.diagnostics = diagnostics


class PromiseFile(pytest.File):
    """A promise: an item for each of its tests, or one that fails and says what is wrong with it."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its items."""
        from promisekit.diagnostics import Invalid
        from promisekit.spec import load_with_tests

        try:
            promise = load_with_tests(self._shown())
        except Invalid as invalid:
            item: pytest.Item = InvalidPromise.from_parent(self, name="valid", diagnostics=invalid.diagnostics)
            yield item
            return
        engines = {"both": ("reference", "duckdb")}.get(chosen := self.config.getoption(ENGINE), (chosen,))
        for test in promise.tests:
            for engine in engines:
                name = test.test.name if len(engines) == 1 else f"{test.test.name}[{engine}]"
                item = PromiseTest.from_parent(self, name=name, promise=promise, test=test, engine=engine)
                yield item

    def _shown(self) -> Path:
        """The path as it is printed: from where pytest was called, where it lies there."""
        start = self.config.invocation_params.dir
        return self.path.relative_to(start) if self.path.is_relative_to(start) and Path.cwd() == start else self.path


class PromiseTest(pytest.Item):
    """One test of a promise."""

    def __init__(self, *, promise: WithTests, test: Tested, engine: str, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.promise, self.test, self.engine = promise, test, engine

    def runtest(self) -> None:
        """Runs it. Raises NotAsExpected."""
        from promisekit.proof.testing.run import run

        outcome = run(self.promise, self.test, "duckdb" if self.engine == "duckdb" else "reference")
        if not outcome.passed:
            raise NotAsExpected(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """What was expected, what was found and why, in the promise's own language; a traceback says nothing here."""
        if not isinstance(excinfo.value, NotAsExpected):
            return str(super().repr_failure(excinfo))
        from promisekit.proof.testing.told import failure_text, line_of

        outcome, language = excinfo.value.outcome, self.promise.loaded.plan.header.language
        return f"{line_of(outcome, language)}\n{failure_text(outcome, language)}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands, lines from 0."""
        return self.path, self.promise.source.place(self.test.route).line - 1, self.name


class InvalidPromise(pytest.Item):
    """Stands for the tests of a promise that is not valid, so that the other promises are tested all the same."""

    def __init__(self, *, diagnostics: tuple[Diagnostic, ...], **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.diagnostics = diagnostics

    def runtest(self) -> None:
        """Fails."""
        raise NotValid(self.diagnostics)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Everything that is wrong, in Swedish: of a promise that cannot be read nobody knows the language."""
        if not isinstance(excinfo.value, NotValid):
            return str(super().repr_failure(excinfo))
        from promisekit.diagnostics import Severity
        from promisekit.diagnostics.render import diagnostics_text

        return diagnostics_text((one for one in self.diagnostics if one.severity is Severity.ERROR), "sv")

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file as a whole."""
        return self.path, 0, self.name
