"""Exit codes, the first that applies in the order 70, 2, 3, 4, 6, 1, 5."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promisekit.verdict.model import Verdict


class Exit(IntEnum):
    """What the process answers. Scripts rely on these."""

    OK = 0
    BROKEN = 1
    USAGE = 2
    INVALID = 3
    UNREADABLE = 4
    UNDECIDED = 5
    NOTHING = 6
    INTERNAL = 70


ORDER = (Exit.INTERNAL, Exit.USAGE, Exit.INVALID, Exit.UNREADABLE, Exit.NOTHING, Exit.BROKEN, Exit.UNDECIDED)


def worst(codes: Collection[Exit]) -> Exit:
    """The code that wins where several apply."""
    return next((code for code in ORDER if code in codes), Exit.OK)


def of_verdicts(verdicts: Collection[Verdict], fail_on: str) -> Exit:
    """The code for verdicts on commitments, given what the caller asks to fail on."""
    from promisekit.verdict.model import Verdict  # imported late: `validate` gives no verdicts

    if not verdicts:
        return Exit.NOTHING
    if fail_on != "never" and Verdict.BROKEN in verdicts:
        return Exit.BROKEN
    return Exit.UNDECIDED if fail_on == "open" and Verdict.OPEN in verdicts else Exit.OK
