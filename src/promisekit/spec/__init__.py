"""From YAML text to the plan: the document, its loading, what is wrong with it, and its lowering."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from promisekit.spec.files import promises_in
from promisekit.spec.load import Loaded, WithTests, load, load_with_tests

if TYPE_CHECKING:
    from promisekit.plan.nodes import Plan
    from promisekit.spec.assessments import Assessments


def load_assessments(path: str | PathLike[str], plan: Plan) -> Assessments:
    """The statements about a promise's commitments. Raises Invalid with every error of the file."""
    from promisekit.spec.assessments import load_statements  # imported late: most runs name no such file

    return load_statements(path, [plan])


__all__ = ["Loaded", "WithTests", "load", "load_assessments", "load_with_tests", "promises_in"]
