"""Promises as code: what was promised, what the logs say, and whether it was kept.

    import promisekit as pk
    evaluation = pk.evaluate("promises/2022-03.yaml", ["events.csv"], as_of="2022-06-01")
    evaluation.result.verdict, [one.status for one in evaluation.result.commitments]
    print(pk.result_json([evaluation]))

Every stage can be called by itself: `load`, `read_logs`, `engine_for`, `judge`, `render`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "evaluate": "promisekit.pipeline",
    "engine_for": "promisekit.pipeline",
    "load": "promisekit.spec",
    "load_assessments": "promisekit.spec",
    "read_logs": "promisekit.log",
    "judge": "promisekit.verdict.judge",
    "render": "promisekit.report.render",
    "result_json": "promisekit.report.document",
    "result_document": "promisekit.report.document",
    "Evaluation": "promisekit.verdict.model",
    "Verdict": "promisekit.verdict.model",
    "Status": "promisekit.verdict.model",
    "Invalid": "promisekit.diagnostics",
}

if TYPE_CHECKING:
    from promisekit.diagnostics import Invalid
    from promisekit.log import read_logs
    from promisekit.pipeline import engine_for, evaluate
    from promisekit.report.document import result_document, result_json
    from promisekit.report.render import render
    from promisekit.spec import load, load_assessments
    from promisekit.verdict.judge import judge
    from promisekit.verdict.model import Evaluation, Status, Verdict

__all__ = [
    "Evaluation",
    "Invalid",
    "Status",
    "Verdict",
    "engine_for",
    "evaluate",
    "judge",
    "load",
    "load_assessments",
    "read_logs",
    "render",
    "result_document",
    "result_json",
]


def __getattr__(name: str) -> object:
    # Imported when asked for: `promisekit --help` must not wait for an engine.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'promisekit' has no attribute {name!r}")
