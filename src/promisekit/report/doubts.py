"""What a row leaves unsaid, in words: why it only may count, or why it cannot be told what it adds."""

from __future__ import annotations

from msgspec.structs import replace

from promisekit.engine.observations import Counted, EventRef, Outcome, Unsaid, Why
from promisekit.plan.nodes import Check, Distinct, Gap, Node, Ratio
from promisekit.report import terms
from promisekit.report.figures import check_of, relation_in
from promisekit.report.teller import Teller
from promisekit.report.values import silent
from promisekit.verdict.model import Evidence
from promisekit.words import Message, say, sequence

WORDS = {
    Why.REJECTED: say("part of the row cannot be read"),
    Why.PLANNED: say("it is only planned"),
    Why.STATUS: say("its status does not say whether it took place"),
    Why.DUPLICATE: say("may be the same event as another row"),
    Why.DAY: say("the day is not known exactly"),
    Why.CLOCK: say("it has no time of day"),
    Why.END: say("no end is recorded"),
    Why.END_CLOCK: say("its end has no time of day"),
    Why.GOES_ON: say("it has not ended yet"),
}


def words(unsaid: Unsaid) -> Message:
    """One thing that is left unsaid."""
    column = terms.column(unsaid.column)
    match unsaid.why:
        case Why.EMPTY:
            return say("the cell for {column} is empty", column=column)
        case Why.UNREADABLE:
            return say("the cell for {column} cannot be read", column=column)
        case Why.DATE:
            return say("the date in the cell for {column} is no exact day", column=column)
        case why:
            return WORDS[why]


def doubt(node: Node, row: Counted, of: Evidence, teller: Teller) -> Message:
    """Why a row only may count. Where the row itself says all that is asked, the row beside it does not."""
    own = tuple(_of_row(one, row, of, teller) for one in row.unsaid if not one.beside)
    if own:
        return sequence(own)
    theirs = tuple(words(one) for one in row.unsaid if one.beside)
    if theirs and row.partner is not None:
        return say("{row}, which it goes together with: {why}", row=teller.cite(row.partner), why=sequence(theirs))
    if silent(check_of(node), row):
        return say("the row holds no value that can be read")
    if relation_in(node) is not None:
        return say("it is not certain what it goes together with")
    return say("the row does not say enough")


def matters(check: Check | None, row: Counted) -> bool:
    """Whether a row that counts leaves something unsaid all the same, so that it is not known what it adds, or where.

    Its exact day matters only where days are what is counted; of a share, only what it is weighed by.
    """
    if check is None or row.outcome is not Outcome.COUNTED:
        return False
    if isinstance(check.measure, Ratio) and check.measure.weight is None:
        return False
    days = isinstance(check.measure, Gap) or (isinstance(check.measure, Distinct) and check.measure.unit is not None)
    return any(not one.beside and (days or one.why is not Why.DAY) for one in row.unsaid)


def _of_row(unsaid: Unsaid, row: Counted, of: Evidence, teller: Teller) -> Message:
    twin = _twin(row.event, of) if unsaid.why is Why.DUPLICATE else None
    return words(unsaid) if twin is None else say("may be the same event as {row}", row=teller.cite(twin))


def _twin(ref: EventRef, of: Evidence) -> EventRef | None:
    """The row that counts and that a row without an id repeats, hour and all."""
    if ref.id is not None or "T" not in ref.start:
        return None
    return next((row.event for row in of.counted if replace(row.event, file=ref.file, row=ref.row) == ref), None)
