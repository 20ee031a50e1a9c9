"""One check: its windows, how many of them are needed, and what a near miss would have changed."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from promisekit.engine.observations import Bounds, Reason
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import All, AtLeast, Quotient, ShareOf, Target
from promisekit.verdict import outcomes
from promisekit.verdict.check import Beside, Trigger, becomes, judge_check
from promisekit.verdict.model import Degree, TargetShown, Verdict
from promisekit.windows import parse_day, parse_span
from tests.unit.verdict.worlds import (
    ANYTHING,
    CLOSED,
    FUTURE,
    HOURS,
    RUNNING,
    SUM,
    VALUE,
    miss,
    monthly,
    overall,
    seen,
)

KEPT, BROKEN, OPEN, NOT_APPLICABLE = Verdict.KEPT, Verdict.BROKEN, Verdict.OPEN, Verdict.NOT_APPLICABLE
APRIL = parse_span("2022-04-01/2022-04-30")
STORM = Assessment("c", "Bo", "police", parse_day("2022-04-20"), None, True, "storm", window=APRIL)


def test_so_many_windows_are_enough() -> None:
    numbers = ((2, 2, CLOSED), (1, 1, CLOSED), (0, None, RUNNING))
    for need, verdict in [(All(), BROKEN), (AtLeast(1), KEPT), (AtLeast(2), OPEN), (AtLeast(3), BROKEN)]:
        check = monthly(2, need=need)
        assert judge_check(check, seen(check, *numbers)).verdict is verdict
    for share, verdict in [
        (Fraction(1, 3), KEPT),
        (Fraction(1, 2), OPEN),
        (Fraction(2, 3), OPEN),
        (Fraction(1), BROKEN),
    ]:
        check = monthly(2, need=ShareOf(share))
        assert judge_check(check, seen(check, *numbers)).verdict is verdict


def test_a_waived_window_is_left_out_and_shown_with_its_verdict() -> None:
    check = monthly(2)
    judged = judge_check(check, seen(check, (2, 2, CLOSED), (1, 1, CLOSED), (3, 3, CLOSED)), Beside({1: STORM}))
    assert judged.verdict is KEPT
    assert judged.degree == Degree(Fraction(1), Fraction(1))
    window = judged.windows[1]
    assert (window.verdict, window.low, window.reasons) == (NOT_APPLICABLE, 1, ())
    assert window.waived is not None
    assert (window.waived.without, window.waived.what, window.waived.reason) == (BROKEN, "window", "storm")
    assert judged.windows[0].waived is None


def test_all_windows_waived_is_not_applicable() -> None:
    check = monthly(2)
    beside = Beside(dict.fromkeys(range(3), STORM))
    assert judge_check(check, seen(check, *[(0, 0, CLOSED)] * 3), beside).verdict is NOT_APPLICABLE


def test_windows_are_owed_where_their_trigger_is_kept() -> None:
    check = monthly(1)
    triggers = (
        Trigger(outcomes.KEPT, KEPT, ()),
        Trigger(outcomes.BROKEN, BROKEN, ()),
        Trigger(outcomes.ANYTHING, BROKEN, (Reason.RUNNING,)),
    )
    judged = judge_check(check, seen(check, (1, 1, CLOSED), (0, 0, CLOSED), (0, None, RUNNING)), Beside({}, triggers))
    assert [window.verdict for window in judged.windows] == [KEPT, NOT_APPLICABLE, OPEN]
    assert judged.windows[2].reasons == (Reason.RUNNING, Reason.NOT_TRIGGERED)
    assert [window.now for window in judged.windows] == [KEPT, NOT_APPLICABLE, NOT_APPLICABLE]
    assert (judged.verdict, judged.now) == (OPEN, KEPT)


def test_a_near_miss_counts_as_much_as_it_adds() -> None:
    check = monthly(40, SUM)
    measured = seen(check, (35, 35, CLOSED), (50, 50, CLOSED), (60, 60, CLOSED))
    judged = judge_check(check, measured)
    assert judged.verdict is BROKEN
    assert [becomes(check, measured, judged, miss(0, amount)) for amount in (4, 5, Fraction(9, 2), 0, None)] == [
        outcomes.BROKEN, outcomes.KEPT, outcomes.BROKEN, outcomes.BROKEN, outcomes.BROKEN,
    ]  # fmt: skip
    assert becomes(check, measured, judged, miss(1, 5)) == outcomes.BROKEN
    assert becomes(check, measured, judged, miss(None, 5)) == outcomes.BROKEN


def test_a_near_miss_in_a_window_that_is_left_out_changes_nothing() -> None:
    check = monthly(2)
    measured = seen(check, (2, 2, CLOSED), (1, 1, CLOSED), (1, 1, CLOSED))
    judged = judge_check(check, measured, Beside({1: STORM}))
    assert becomes(check, measured, judged, miss(1)) == outcomes.BROKEN
    assert becomes(check, measured, judged, miss(2)) == outcomes.KEPT


def test_units_are_those_of_the_measure() -> None:
    for check, shown in [
        (overall(3), TargetShown(3, None, "event")),
        (overall(3, SUM), TargetShown(3, None, "people")),
        (overall(7200, HOURS), TargetShown(7200, None, "second")),
        (overall(Fraction(1, 2), Quotient(ANYTHING, "a", "b")), TargetShown(Fraction(1, 2), None, "share")),
    ]:
        assert judge_check(check, seen(check, (0, None, FUTURE))).windows[0].target == shown


def test_the_latest_value() -> None:
    check = replace(overall(None, VALUE), target=Target(0, None, strict=True))
    measured = seen(check, (Fraction(-1, 2), 3, CLOSED))
    told = replace(measured, cells=(replace(measured.cells[0], whole=Bounds(1, 1, 1)),))
    assert judge_check(check, told).verdict is OPEN
    assert judge_check(check, told).windows[0].target == TargetShown(0, None, "value", strict=True)
    none = replace(measured, cells=(replace(measured.cells[0], whole=Bounds(0, 0, 0)),))
    assert judge_check(check, none).verdict is NOT_APPLICABLE
    untold = replace(measured, cells=(replace(measured.cells[0], count=Bounds(0, None, 0), whole=Bounds(0, 1, 1)),))
    judged = judge_check(check, untold)
    assert (judged.verdict, judged.now) == (OPEN, OPEN)
