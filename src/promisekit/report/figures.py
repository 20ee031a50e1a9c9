"""The numbers of a commitment in few words: counts, shares, lengths, what is so far and what may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from promisekit.engine.observations import Phase
from promisekit.plan.amounts import GAP, amount, between, figure, spoken
from promisekit.plan.nodes import (
    All,
    Assess,
    AtLeast,
    Calendar,
    Check,
    Distinct,
    KOfN,
    Listed,
    Need,
    Node,
    Number,
    Ratio,
    Semi,
    Sum,
    When,
)
from promisekit.report import terms
from promisekit.report.values import MEASURED, in_figures, untold
from promisekit.report.voice import day_of
from promisekit.verdict.model import CommitmentResult, Verdict, WindowResult
from promisekit.words import Message, say


def owed(node: Node) -> Check | KOfN | Assess:
    """What is owed, whatever it waits for."""
    return node.then if isinstance(node, When) else node


def of_members(node: Node) -> bool:
    """Whether it is one rule for every member of a register."""
    owes = owed(node)
    return isinstance(owes, KOfN) and all(part.member is not None for part in owes.parts)


def check_of(node: Node) -> Check | None:
    """The check that counts the rows: of members, that of the first one."""
    match owed(node):
        case Check() as check:
            return check
        case KOfN(parts=parts) as whole if of_members(whole):
            return check_of(parts[0].node)
    return None


def relation_in(node: Node) -> Semi | None:
    """How rows go together with others, where they do."""
    check = check_of(node)
    if check is None:
        return None
    if isinstance(check.measure, Ratio):
        return check.measure.part
    relation = check.measure.relation
    return relation if isinstance(relation, Semi) else None


def unit_in(node: Node) -> str:
    """The unit of its numbers in words."""
    check = check_of(node)
    return "part" if check is None else spoken(check)


def many(check: Check, windows: Sequence[WindowResult]) -> bool:
    """Whether it is asked for in several windows."""
    return isinstance(check.partition, Calendar | Listed) and len(windows) > 1


def shown_unit(check: Check) -> str:
    """The unit beside numbers in a table: what counts or adds up a column has bare ones, since the rule names it."""
    column = isinstance(check.measure, Sum) or (isinstance(check.measure, Distinct) and check.measure.unit is None)
    return "event" if column else spoken(check)


def open_end(window: WindowResult, unit: str) -> bool:
    """Whether more may be added without an end that would say anything, be it just because time has not come."""
    grows = unit not in ("share", GAP, *MEASURED)
    unknown = terms.waits(window) or window.phase in (Phase.FUTURE, Phase.UNCOVERED)
    return window.high is None or (grows and unknown)


def count(window: WindowResult, unit: str) -> Message:
    """What was counted in a window: `2`, `2–4`, `2 so far`, `2 hours or more`, and `6 of 7` for a share."""
    if unit == "share" and window.of is not None:
        return _share(window)
    if untold(window):
        return say("no value") if window.of is not None and window.of.high == 0 else say("not known")
    if unit == GAP and window.phase is Phase.FUTURE:
        return say("not known")
    if unit == GAP and terms.waits(window):
        return say("{amount} or more", amount=amount(window.low, unit))
    if open_end(window, unit) and terms.waits(window):
        return say("{n} so far", n=amount(window.low, unit))
    if open_end(window, unit) and window.phase is Phase.FUTURE:
        return say("{n}", n=amount(window.low, unit))
    return between(window.low, None if open_end(window, unit) else window.high, unit)


def _share(window: WindowResult) -> Message:
    """`6 of 7`; a share of so much is told beside both of its numbers, rounded to tenths of a per cent, never alone."""
    of = window.of
    assert of is not None
    if terms.waits(window) and (window.high is None or of.high is None):
        return say("{part} of {whole} so far", part=figure(window.low), whole=figure(of.low))
    told = say("{part} of {whole}", part=_interval(window.low, window.high), whole=_interval(of.low, of.high))
    known = window.low == window.high and of.low == of.high and of.low > 0
    if not known or (window.target.min in (None, 1) and window.target.max in (None, 1)):
        return told
    return say("{count} ({share})", count=told, share=Fraction(round(1000 * Fraction(window.low) / of.low), 1000))


def _interval(low: Number, high: Number | None) -> Message:
    if high is None:
        return say("{n} or more", n=figure(low))
    return say("{n}", n=figure(low)) if low == high else say("{low}–{high}", low=figure(low), high=figure(high))


def numbers(node: Node, result: CommitmentResult, *, brief: bool = False) -> Message | None:
    """The figures in as few words as can be: `4 (at least 3)`, `2 of 3 months`, `6 of 7 weeks so far`, `6 of 7`.

    `brief`: without how many windows or parts are needed.
    """
    owes = owed(node)
    if result.overdue is not None:
        return say("overdue since {day}", day=day_of(result.overdue))
    if isinstance(owes, Assess) or not result.windows:
        return None
    if isinstance(owes, KOfN):
        return _of_parts(owes, result, All() if brief else owes.need)
    if many(owes, result.windows):
        return _of_windows(owes, result, All() if brief else owes.need)
    window, unit = result.windows[0], shown_unit(owes)
    if unit == "share":
        return count(window, unit) if window.verdict is not Verdict.NOT_APPLICABLE else None
    counted, target = counted_and_asked(owes, result, window)
    return say("{count} ({target})", count=counted, target=target)


def counted_and_asked(check: Check, result: CommitmentResult, window: WindowResult) -> tuple[Message, Message]:
    """What was counted in a window, and its target."""
    unit = shown_unit(check)
    return in_figures(check, result, window) or (count(window, unit), terms.target(window.target, unit))


def _of_parts(node: KOfN, result: CommitmentResult, need: Need) -> Message | None:
    """`2 of 3 parts`; where not all are needed, with how many are."""
    live = [part for part in result.parts if part.verdict is not Verdict.NOT_APPLICABLE]
    if not live:
        return None
    kept = sum(part.verdict is Verdict.KEPT for part in live)
    if of_members(node):
        told = say("{kept} of {n}", kept=kept, n=len(live))
    else:
        told = say("{kept} of {n} part", "{kept} of {n} parts", kept=kept, n=len(live))
    return _with_need(told, need, len(live))


def _with_need(told: Message, need: Need, live: int) -> Message:
    """The count, with how many are needed where not all are."""
    if isinstance(need, All):
        return told
    return say("{count} ({target})", count=told, target=say("at least {low}", low=needed(need, live)))


def needed(need: Need, live: int) -> int:
    """How many of so many are needed."""
    match need:
        case All():
            return live
        case AtLeast(number):
            return number
        case _:
            return math.ceil(need.share * live)


def _of_windows(check: Check, result: CommitmentResult, need: Need) -> Message:
    windows = alive(result.windows)
    gone, kept = len(past(windows)), len(with_verdict(windows, Verdict.KEPT))
    if gone == len(windows):
        told = say("{kept} of {windows}", kept=kept, windows=terms.number_of(check.partition, gone))
        return _with_need(told, need, gone)
    if gone:
        return say("{kept} of {windows} so far", kept=kept, windows=terms.number_of(check.partition, gone))
    return say("{target} {every}", target=target_of(check, result), every=terms.every(check.partition))


def target_of(check: Check, result: CommitmentResult) -> Message:
    """The target of the whole commitment in words."""
    return terms.target(result.target or result.windows[0].target, shown_unit(check))


def alive(windows: Sequence[WindowResult]) -> Sequence[WindowResult]:
    """The windows that apply; all, where none does."""
    return [window for window in windows if window.verdict is not Verdict.NOT_APPLICABLE] or windows


def past(windows: Sequence[WindowResult]) -> list[WindowResult]:
    """The windows that are over or already decided."""
    return [window for window in windows if window.verdict is not Verdict.OPEN or not ahead(window)]


def ahead(window: WindowResult) -> bool:
    """Whether time will tell."""
    return window.phase is Phase.FUTURE or terms.waits(window)


def with_verdict(windows: Sequence[WindowResult], verdict: Verdict) -> list[WindowResult]:
    """The windows that have it."""
    return [window for window in windows if window.verdict is verdict]
