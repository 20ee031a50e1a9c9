"""Composites, members and conditions: their verdicts, windows, degree, remaining and status."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from promisekit.engine.observations import Observation, Reason
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import All, Assess, AtLeast, Commitment, Header, KOfN, Node, Plan, ShareOf, Until, When
from promisekit.verdict.model import CommitmentResult, Degree, Outlook, Status, TargetShown, Verdict
from promisekit.verdict.result import Ground, tell
from promisekit.verdict.tree import Known, bare, judge_node
from promisekit.windows import AsOf, Zone, parse_day, parse_span, show_day
from promisekit.words import say
from tests.unit.verdict.worlds import (
    AFTER,
    CLOSED,
    FUTURE,
    HALF,
    HOURS,
    MAY,
    PERIOD,
    RUNNING,
    miss,
    monthly,
    overall,
    part,
    seen,
)

KEPT, BROKEN, OPEN, NOT_APPLICABLE = Verdict.KEPT, Verdict.BROKEN, Verdict.OPEN, Verdict.NOT_APPLICABLE
PLAN = Plan(Header("p", "t", "en", (), (), (), None, "p.yaml", ""), PERIOD, Zone(), ())
ONE, TWO, THREE = overall(1), overall(2), overall(3)


def result(
    node: Node, checks: dict[str, Observation], *said: Assessment, as_of: AsOf = MAY, plan: Plan = PLAN
) -> CommitmentResult:
    commitment = Commitment("c", "composite", None, None, say("rule"), None, node)
    known = Known(as_of, checks, said)
    before = bare(known)
    judged = judge_node("c", node, known)
    return tell("c", commitment, judged, judge_node("c", node, before), Ground(plan, known, before, {}, (), {})).result


def of_two(need: All | AtLeast, *numbers: tuple[int, int | None]) -> CommitmentResult:
    node = KOfN(need, tuple(part(f"p{number}", ONE) for number in range(len(numbers))))
    phases = [(low, high, RUNNING if high is None else CLOSED) for low, high in numbers]
    return result(node, {f"c/p{number}": seen(ONE, one) for number, one in enumerate(phases)})


@pytest.mark.parametrize(
    ("need", "numbers", "verdict", "degree", "window"),
    [
        (All(), [(1, 1), (1, None)], KEPT, (1, 1), (2, 2)),
        (All(), [(1, 1), (0, None)], OPEN, (HALF, 1), (1, 2)),
        (All(), [(0, 0), (0, None)], BROKEN, (0, HALF), (0, 1)),
        (AtLeast(1), [(0, 0), (0, None)], OPEN, (0, HALF), (0, 1)),
        (AtLeast(1), [(0, 0), (1, None)], KEPT, (HALF, HALF), (1, 1)),
        (AtLeast(1), [(0, 0), (0, 0)], BROKEN, (0, 0), (0, 0)),
    ],
)
def test_so_many_parts(
    need: All | AtLeast,
    numbers: list[tuple[int, int | None]],
    verdict: Verdict,
    degree: tuple[Fraction, Fraction],
    window: tuple[int, int],
) -> None:
    told = of_two(need, *numbers)
    assert told.verdict is verdict
    assert told.degree == Degree(Fraction(degree[0]), Fraction(degree[1]))
    (one,) = told.windows
    assert (one.low, one.high, one.target) == (*window, TargetShown(2 if need == All() else 1, None, "part"))
    assert told.target == one.target
    assert [inner.id for inner in told.parts] == ["p0", "p1"]


def test_of_all_the_union_remains_and_of_some_the_cheapest() -> None:
    checks = {
        "c/a": seen(THREE, (1, None, RUNNING)),
        "c/b": seen(TWO, (1, None, RUNNING)),
        "c/d": seen(ONE, (0, 0, CLOSED)),
    }
    parts = (part("a", THREE), part("b", TWO))
    every = result(KOfN(All(), parts), checks)
    assert [(left.need, show_day(left.by)) for left in every.remaining] == [(2, "2022-05-31"), (1, "2022-05-31")]
    some = result(KOfN(AtLeast(1), (*parts, part("d", ONE))), checks)
    assert [left.need for left in some.remaining] == [1]
    assert some.outlook is every.parts[1].outlook


def test_hours_are_compared_as_hours() -> None:
    long = overall(3 * 3600, HOURS)
    checks = {"c/a": seen(long, (3600, None, RUNNING)), "c/b": seen(THREE, (0, None, RUNNING))}
    told = result(KOfN(AtLeast(1), (part("a", long), part("b", THREE))), checks)
    assert [(left.need, left.unit) for left in told.remaining] == [(7200, "second")]


def test_of_some_windows_the_cheapest_remain() -> None:
    check = monthly(3, need=AtLeast(2))
    told = result(check, {"c": seen(check, (3, 3, CLOSED), (1, None, RUNNING), (2, None, FUTURE))})
    assert [(left.need, show_day(left.by)) for left in told.remaining] == [(1, "2022-05-31")]


def test_members_show_their_windows_and_near_misses_together() -> None:
    check = monthly(1)
    first = seen(check, (1, 1, CLOSED), (0, 0, CLOSED), (1, 1, CLOSED), misses=(miss(1, row=5),))
    second = seen(check, (1, 1, CLOSED), (1, 1, CLOSED), (0, 0, CLOSED), misses=(miss(2, row=6), miss(0, row=7)))
    node = KOfN(All(), (part("m1", check, "North"), part("m2", check, "South")))
    told = result(node, {"c/m1": first, "c/m2": second}, as_of=AFTER)
    assert [(window.member, window.low) for window in told.windows] == [
        ("North", 1), ("North", 0), ("North", 1), ("South", 1), ("South", 1), ("South", 0),
    ]  # fmt: skip
    assert told.degree == Degree(Fraction(4, 6), Fraction(4, 6))
    # Each member is broken by one window: with one more row it would be kept, but the other one still is not.
    assert [(one.miss.event.row, one.miss.window, one.pivotal) for one in told.near_misses] == [
        (5, 1, False), (6, 5, False), (7, 3, False),
    ]  # fmt: skip
    assert [one.pivotal for inner in told.parts for one in inner.near_misses] == [True, True, False]
    half = result(KOfN(ShareOf(HALF), node.parts), {"c/m1": first, "c/m2": second}, as_of=AFTER)
    assert [one.pivotal for one in half.near_misses] == [True, True, False]
    assert told.target == TargetShown(1, None, "event")


def test_a_waived_member_is_left_out() -> None:
    check = monthly(1)
    node = KOfN(All(), (part("m1", check, "North"), part("m2", check, "South")))
    checks = {"c/m1": seen(check, *[(0, 0, CLOSED)] * 3), "c/m2": seen(check, *[(1, 1, CLOSED)] * 3)}
    closed = Assessment("c", "Bo", "police", parse_day("2022-04-01"), None, True, "closed", part="c/m1", member="North")
    told = result(node, checks, closed, as_of=AFTER)
    assert (told.verdict, told.without) == (KEPT, BROKEN)
    assert [window.verdict for window in told.windows] == [NOT_APPLICABLE] * 3 + [KEPT] * 3
    assert told.degree == Degree(Fraction(1), Fraction(1))
    (waiver,) = told.waivers
    assert (waiver.what, waiver.member, waiver.without, told.waived) == ("member", "North", BROKEN, None)
    assert told.parts[0].waived == waiver
    assert result(node, checks, closed, as_of=MAY).without is BROKEN


def test_a_window_waived_for_all_members() -> None:
    check = monthly(1)
    node = KOfN(All(), (part("m1", check, "North"), part("m2", check, "South")))
    checks = {f"c/m{n}": seen(check, (1, 1, CLOSED), (0, 0, CLOSED), (1, 1, CLOSED)) for n in (1, 2)}
    storm = Assessment(
        "c", "Bo", "police", parse_day("2022-05-02"), None, True, "storm", window=parse_span("2022-04-10/2022-04-10")
    )
    told = result(node, checks, storm)
    assert (told.verdict, told.without) == (KEPT, BROKEN)
    assert [waiver.what for waiver in told.waivers] == ["window", "window"]
    assert [show_day(waiver.window.start) for waiver in told.waivers if waiver.window] == ["2022-04-01"] * 2


def test_what_is_owed_only_where_something_happened() -> None:
    def told(trigger: tuple[int, int | None], then: tuple[int, int | None]) -> CommitmentResult:
        checks = {
            "c?": seen(ONE, (*trigger, CLOSED if trigger[1] is not None else RUNNING)),
            "c": seen(TWO, (*then, CLOSED)),
        }
        return result(When(ONE, TWO), checks)

    assert told((1, 1), (2, 2)).verdict is KEPT
    assert told((1, None), (1, 1)).verdict is BROKEN
    assert told((0, 0), (1, 1)).verdict is NOT_APPLICABLE
    waiting = told((0, None), (1, 1))
    assert (waiting.verdict, waiting.now) == (OPEN, NOT_APPLICABLE)
    assert waiting.reasons == (Reason.RUNNING, Reason.NOT_TRIGGERED)
    assert waiting.trigger is not None
    assert (waiting.trigger.verdict, waiting.trigger.target.min) == (OPEN, 1)


def test_a_trigger_of_other_windows_counts_as_a_whole() -> None:
    check = monthly(1)
    checks = {"c?": seen(ONE, (0, 0, CLOSED)), "c": seen(check, *[(0, 0, CLOSED)] * 3)}
    told = result(When(ONE, check), checks, as_of=AFTER)
    assert [window.verdict for window in told.windows] == [NOT_APPLICABLE] * 3
    assert told.status is Status.NOT_APPLICABLE


def test_a_composite_that_waits_for_its_trigger() -> None:
    node = When(ONE, KOfN(All(), (part("a", ONE), part("b", TWO))))
    checks = {"c?": seen(ONE, (0, None, RUNNING)), "c/a": seen(ONE, (0, 0, CLOSED)), "c/b": seen(TWO, (2, 2, CLOSED))}
    told = result(node, checks)
    assert (told.verdict, told.status, told.remaining) == (OPEN, Status.ON_TRACK, ())
    assert [inner.verdict for inner in told.parts] == [BROKEN, KEPT]


def test_a_judgement_as_a_part() -> None:
    judged = Assess(PERIOD, ("x",), ("town",), due=parse_day("2022-05-09"))
    parts = (part("counted", ONE), part("said", ONE))
    node = KOfN(All(), (parts[0], type(parts[1])("said", "qualitative", None, None, say("rule"), None, judged)))
    checks = {"c/counted": seen(ONE, (1, 1, CLOSED))}
    silent = result(node, checks)
    assert (silent.verdict, silent.now, silent.reasons) == (OPEN, None, (Reason.NEEDS_ASSESSMENT,))
    assert silent.overdue == silent.parts[1].overdue == parse_day("2022-05-09")
    assert [(left.unit, show_day(left.by)) for left in silent.remaining] == [("assessment", "2022-05-09")]
    yes = Assessment("c", "Anna", "town", parse_day("2022-05-10"), "kept", False, None, part="c/said")
    assert (result(node, checks, yes).verdict, result(node, checks, yes).overdue) == (KEPT, None)


def test_an_open_composite_shows_what_needs_most_attention() -> None:
    node = KOfN(All(), (part("a", THREE), part("b", ONE)))
    checks = {"c/a": seen(THREE, (0, None, RUNNING)), "c/b": seen(ONE, (0, None, FUTURE))}
    told = result(node, checks)
    assert (told.status, told.outlook) == (Status.AT_RISK, Outlook.OFF_TRACK)


def test_what_came_after_the_last_day_is_kept_late() -> None:
    check = replace(TWO, partition=Until())
    measured = seen(check, (1, 1, CLOSED))
    assert result(check, {"c": measured}, as_of=AFTER).status is Status.NOT_KEPT
    late = replace(measured, late_total=1)
    assert result(check, {"c": late}, as_of=AFTER).status is Status.KEPT_LATE
    # A composite is kept late where it would be kept if what came late had come in time.
    for need, status in [(All(), Status.NOT_KEPT), (AtLeast(2), Status.KEPT_LATE)]:
        node = KOfN(need, (part("late", check), part("kept", ONE), part("broken", THREE)))
        checks = {"c/late": late, "c/kept": seen(ONE, (1, 1, CLOSED)), "c/broken": seen(THREE, (0, 0, CLOSED))}
        assert result(node, checks, as_of=AFTER).status is status


def test_of_some_parts_the_best_ones_make_the_outlook() -> None:
    # On 10 May 71 of 92 days have passed: 3 are promised, so that 2 are on pace and none is far off.
    checks = {"c/a": seen(THREE, (2, None, RUNNING)), "c/b": seen(THREE, (0, None, RUNNING))}
    parts = (part("a", THREE), part("b", THREE))
    assert result(KOfN(AtLeast(1), parts), checks).outlook is Outlook.ON_TRACK
    assert result(KOfN(All(), parts), checks).outlook is Outlook.OFF_TRACK


def test_partly_kept_is_by_the_share_of_parts() -> None:
    plan = replace(PLAN, partial_from=HALF)
    node = KOfN(All(), (part("a", ONE), part("b", ONE)))
    checks = {"c/a": seen(ONE, (1, 1, CLOSED)), "c/b": seen(ONE, (0, 0, CLOSED))}
    assert result(node, checks, as_of=AFTER, plan=plan).status is Status.PARTLY_KEPT
    assert result(node, checks, as_of=AFTER).status is Status.NOT_KEPT


def test_a_whole_waiver_shows_what_it_hides() -> None:
    storm = Assessment("c", "Bo", "police", parse_day("2022-05-02"), None, True, "storm")
    node = KOfN(All(), (part("a", ONE, "A"),))
    broken = {"c/a": seen(ONE, (0, 0, CLOSED), misses=(miss(0),))}
    told = result(node, broken, storm)
    assert (told.verdict, told.status, told.without) == (NOT_APPLICABLE, Status.NOT_APPLICABLE, BROKEN)
    assert told.waived is not None
    assert (told.waived.what, told.waived.without) == ("commitment", BROKEN)
    assert [one.pivotal for one in told.near_misses] == [False]
    assert [one.pivotal for one in result(node, broken).near_misses] == [True]
