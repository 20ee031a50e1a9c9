"""What is said to turn a verdict does, on both engines, and nothing less of what is considered: a sample of the
campaign."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from promisekit.proof.changes.bench import Bench
from promisekit.proof.changes.model import Dated, Happened, NotHeld, Passed, corrects
from promisekit.proof.changes.search import turned_all, world_of
from promisekit.proof.changes.world import applied, as_known
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import parse_day
from tests.cases.pages import Case
from tests.proof.changing import asked, checked, edits_that_turn, inputs_of

EVERY = 40
"""One of so many questions of the manual is looked at here; the campaign looks at all of them."""
VISITS = (
    "activities: {visit: {activity: visit}}\ncommitments:\n  - {id: visits, kind: count, what: visit, at_least: 2}\n"
)
MONTHLY = VISITS.replace("count, what: visit, at_least: 2", "frequency, what: visit, every: month, at_least: 1")
TWO = "start,activity\n2022-03-05,visit\n2022-04-05,visit\n"


def test_what_is_claimed_of_the_manual_holds() -> None:
    tally: Counter[str] = Counter()
    faults = [
        (where, one.commitment.id, fault)
        for where, _, inputs in islice(asked(), 0, None, EVERY)
        for one, _, fault in checked(inputs, tally)
    ]
    assert faults == []
    assert sum(tally.values()) > 30
    assert any("several" in told for told in tally)


@pytest.mark.parametrize("promise", [VISITS, MONTHLY])
@pytest.mark.parametrize("log", ["start,activity\n2022-03-05,walk\n", TWO])
def test_no_file_with_one_edit_does_what_is_said_to_take_several(promise: str, log: str, tmp_path: Path) -> None:
    case = Case(promise, {"log": log})
    inputs = inputs_of(case, tmp_path)
    tally: Counter[str] = Counter()
    assert list(edits_that_turn(case, inputs, tally)) == []
    several = any(len(turn.changes) > 1 for one in turned_all(inputs) for turn in one.turns)
    assert several is (tally["edited files"] > 0)


def test_of_each_number_of_rows_just_as_many_are_missing(tmp_path: Path) -> None:
    for number in range(5):
        rows = "".join(f"2022-03-{day + 1:02},visit\n" for day in range(number))
        case = Case(VISITS.replace("at_least: 2", "at_least: 4"), {"log": f"start,activity\n{rows}"})
        (one,) = turned_all(inputs_of(case, tmp_path))
        (turn,) = one.turns
        if number < 4:
            assert turn.verdict is Verdict.KEPT
            assert [type(change) for change in turn.changes] == [Happened] * (4 - number)
        else:
            assert turn.verdict is Verdict.BROKEN
            assert [type(change) for change in turn.changes] == [NotHeld]
        assert turn.corrections == len(turn.changes)


def test_time_that_passes_brings_no_row_to_light_that_is_dated_later(tmp_path: Path) -> None:
    case = Case(MONTHLY, {"log": TWO + "2022-05-05,visit\n"}, expect={"as_of": "2022-04-10"})
    inputs = inputs_of(case, tmp_path)
    (one,) = turned_all(inputs)
    broken = next(turn for turn in one.turns if turn.verdict is Verdict.BROKEN)
    assert broken.changes == (Passed(parse_day("2022-05-31")),)
    assert (one.verdict, broken.corrections) == (Verdict.OPEN, 0)
    kept = next(turn for turn in one.turns if turn.verdict is Verdict.KEPT)
    assert [type(change) for change in kept.changes] == [Happened]


def test_changes_work_alike_in_any_order(tmp_path: Path) -> None:
    case = Case(MONTHLY, {"log": TWO}, expect={"as_of": "2022-04-10"})
    inputs = inputs_of(case, tmp_path)
    world = as_known(world_of(inputs))
    (one,) = turned_all(inputs)
    (happened,) = next(turn.changes for turn in one.turns if turn.verdict is Verdict.KEPT)
    both = [happened, Passed(parse_day("2022-05-31")), NotHeld(world.log.events[0])]
    assert applied(world, both) == applied(world, both[::-1])
    bench = Bench(replace(inputs.loaded.plan, commitments=(one.commitment,)), world)
    assert bench.verdict(both) is Verdict.BROKEN
    assert bench.verdict(both[:2]) is Verdict.KEPT


def test_a_date_within_what_the_row_says_adds_to_it_and_another_contradicts_it(tmp_path: Path) -> None:
    case = Case(VISITS, {"log": "start,activity\n2022-W10,visit\n2022-03-05 10:00,visit\n"})
    week, row = inputs_of(case, tmp_path).log.events
    day, clock = parse_day("2022-03-09"), 36_000
    assert not corrects(Dated(week, day, None), covered=True)
    assert corrects(Dated(week, parse_day("2022-03-20"), None), covered=True)
    assert not corrects(Dated(row, parse_day("2022-03-05"), clock), covered=True)
    assert corrects(Dated(row, parse_day("2022-03-05"), clock + 60), covered=True)
    assert corrects(Dated(row, day, clock), covered=True)


def test_what_people_say_later_does_not_come_to_light(tmp_path: Path) -> None:
    waiver = "{commitment: visits, by: A, role: police, date: 2022-07-01, waiver: true, note: x}"
    said = f"format: 1\nassessments: [{waiver}]\n"
    inputs = inputs_of(Case(VISITS, {"log": TWO}, assessments=said), tmp_path)
    assert world_of(inputs).said != ()
    assert as_known(world_of(inputs)).said == ()
