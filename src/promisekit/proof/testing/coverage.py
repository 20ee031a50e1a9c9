"""Which commitments the tests have shown kept, and which broken.

Shown is what a test expects and finds. That a log also breaks a commitment that nobody mentions shows nothing: nobody
has said that it should.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from promisekit.plan.nodes import Assess
from promisekit.proof.testing.run import Outcome
from promisekit.spec import WithTests
from promisekit.verdict.model import Verdict


class Shown(Struct, frozen=True):
    """A commitment, and the names of the tests that show it kept and broken."""

    commitment: str
    judged: bool
    """Whether people decide it, and not the log."""
    kept: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it is shown both ways."""
        return bool(self.kept and self.broken)


def shown(promise: WithTests, outcomes: Iterable[Outcome]) -> tuple[Shown, ...]:
    """Every commitment of a promise, in its order, with the tests of it that passed."""
    passed = [one.test.test for one in outcomes if one.passed and one.promise is promise]

    def tests(name: str, verdict: Verdict) -> tuple[str, ...]:
        names = (test.name for test in passed if name in test.expect and test.expect[name].verdict == verdict.value)
        return tuple(dict.fromkeys(names))

    return tuple(
        Shown(one.id, isinstance(one.node, Assess), tests(one.id, Verdict.KEPT), tests(one.id, Verdict.BROKEN))
        for one in promise.loaded.plan.commitments
    )
