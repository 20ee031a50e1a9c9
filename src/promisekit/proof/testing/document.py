"""What became of tests, as the JSON document `promisekit/tests/1`. Keys may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from promisekit.diagnostics import Diagnostic
from promisekit.diagnostics.render import diagnostics_json
from promisekit.proof.testing.coverage import Shown
from promisekit.proof.testing.run import Outcome
from promisekit.report.entries import Json

FORMAT = "promisekit/tests/1"


def tests_json(
    outcomes: Sequence[Outcome],
    coverage: Sequence[tuple[str, Sequence[Shown]]] | None,
    problems: Sequence[Diagnostic],
    language: str,
) -> str:
    """All tests that were run; `coverage` by the file of the promise; `problems` of promises that are not valid."""
    document: dict[str, Json] = {
        "format": FORMAT,
        "tests": [_test(one, language) for one in outcomes],
        "summary": {
            "passed": sum(one.passed for one in outcomes),
            "failed": sum(one.evaluation is not None and not one.passed for one in outcomes),
            "not_run": sum(one.evaluation is None for one in outcomes),
        },
        "diagnostics": _diagnostics(problems, language),
    }
    if coverage is not None:
        document["coverage"] = [
            {"promise": file, "commitment": one.commitment, "kept": list(one.kept), "broken": list(one.broken)}
            for file, commitments in coverage
            for one in commitments
        ]
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _test(outcome: Outcome, language: str) -> Mapping[str, Json]:
    source = outcome.promise.source
    return {
        "promise": outcome.promise.loaded.file,
        "name": outcome.test.test.name,
        "line": source.place(outcome.test.route).line,
        "as_of": outcome.test.as_of.text,
        "engine": outcome.engine,
        "outcome": "not_run" if outcome.evaluation is None else "passed" if outcome.passed else "failed",
        "differences": [
            {
                "commitment": one.commitment,
                "about": one.about,
                "expected": one.expected,
                "found": one.found,
                "line": source.place(one.route).line,
            }
            for one in outcome.differences
        ],
        "diagnostics": _diagnostics(outcome.diagnostics, language),
    }


def _diagnostics(found: Sequence[Diagnostic], language: str) -> Json:
    """As in the document `promisekit/diagnostics/1`."""
    listed: Json = json.loads(diagnostics_json(found, language))["diagnostics"]
    return listed
