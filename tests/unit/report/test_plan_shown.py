"""A plan in plain words: every node, its windows in the right unit, and totals where there are many of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.plan.show import plan_text
from tests.unit.report.promises import asked, everything

NOTHING = "start,end,activity,place,case,visits,officers\n"


def section(name: str) -> str:
    """The lines about one commitment, each as one."""
    text = plan_text(everything().plan, "en")
    lines = text.split(f"\n\n{name} (", 1)[1].split("\n\n")[0].splitlines()
    whole: list[str] = []
    for line in lines:
        deeper = whole and len(line) - len(line.lstrip()) > len(whole[-1]) - len(whole[-1].lstrip())
        whole = [*whole[:-1], f"{whole[-1]} {line.strip()}"] if deeper and len(whole[-1]) > 70 else [*whole, line]
    return "\n".join(whole)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("days", "1 March 2022 – 31 May 2022: at least 3 days"),
        ("days", "What is counted is on how many different days it begins"),
        ("places", "at least 2 different `place`"),
        ("visitors", "What is counted is the sum of the column `visits`"),
        ("weekly", "At least 10% of 12 must be kept: 2"),
        ("weekly", "30 May 2022 – 31 May 2022: no whole window, so nothing is asked for"),
        ("fridays", "13 windows:"),
        ("fridays", "… and 3 more, the last one:"),
        ("fridays", "Friday 27 May 2022, 20:00 to 02:00: at least 1"),
        ("fridays", "At least 2 of 13 must be kept"),
        ("fridays", "An event counts in every window in which it goes on for 1 hour at least"),
        ("hours", "What is counted is the time it goes on, times the number in `officers`"),
        ("hours", "April 2022: at least 2 hours"),
        ("gap", "1 March 2022 – 31 May 2022: at most 30 days"),
        ("opening", "1 March 2022 – 30 April 2022: at least 1"),
        ("opening", "What comes after the last day is late"),
        ("trust", "Its uncertainty stands in `value_low` and `value_high`"),
        ("rise", "It is compared with 58: what was added to it"),
        ("rise", "31 May 2022: more than 0"),
        ("answers", "at least 90% of them"),
        ("answers", "24 hours are counted by a clock that never stands still"),
        ("schools", "3 members:"),
        ("schools", "At least 2 of 3 must be kept"),
        ("stalls", "It applies only where there is `market`: at least 1"),
        ("together", "3 parts:"),
        ("together", "      Responsible: municipality"),
        ("together", "      The judgement is due by 15 May 2022"),
        ("together", "        surveys (count)"),
        ("together", "What it takes for granted: visits: every occasion counts, also several on one day"),
    ],
)
def test_what_is_asked_is_said(name: str, said: str) -> None:
    assert said in section(name)


def test_a_large_register_is_abbreviated(tmp_path: Path) -> None:
    names = ", ".join(f"School {number}" for number in range(1, 291))
    commitment = f"{{id: c, kind: each, of: [{names}], by: place, what: a, every: day, at_least: 1}}"
    plan = asked(tmp_path, f"activities: {{a: {{activity: a}}}}\ncommitments:\n  - {commitment}\n", NOTHING).plan
    text = plan_text(plan, "en")
    assert "290 members:" in text
    assert "… and 278 more" in text
    assert "92 windows:" in text
    assert len(text.splitlines()) < 60
    assert max(map(len, text.splitlines())) <= 90


@pytest.mark.parametrize(
    ("presence", "said"),
    [
        ("any", "in which it goes on at some time"),
        ("1 hour", "in which it goes on for 1 hour at least, or for all of the window"),
        ("throughout", "in which it goes on for the whole of the time"),
    ],
)
def test_how_a_slot_is_filled_is_said(presence: str, said: str, tmp_path: Path) -> None:
    slot = f'{{id: c, kind: schedule, what: a, on: [fri], from: "20:00", to: "02:00", presence: {presence}}}'
    plan = asked(tmp_path, f"activities: {{a: {{activity: a}}}}\ncommitments:\n  - {slot}\n", NOTHING).plan
    assert f"An event counts in every window {said}" in " ".join(plan_text(plan, "en").split())


def test_it_speaks_swedish(tmp_path: Path) -> None:
    plan = asked(
        tmp_path, "activities: {a: {activity: a}}\ncommitments: [{id: c, kind: count, what: a, at_least: 2}]\n", NOTHING
    )
    assert "Tidszon: Europe/Stockholm." in plan_text(plan.plan, "sv")


def test_every_tier_is_told_with_its_own_deadline_and_rows(tmp_path: Path) -> None:
    promise = """title: Answers
period: {start: 2022-03-01, end: 2022-05-31}
activities: {report: {activity: report}, answer: {activity: answer}}
commitments:
  - id: c
    kind: response
    each: report
    followed_by: answer
    same: case
    tiers: {column: place, within: {ash: 2 days, birch: 5 working_days}}
"""
    evaluation = asked(tmp_path, promise, "id,start,activity,place,case\n1,2022-03-05,report,ash,K1")
    told = plan_text(evaluation.plan, "en")
    assert "2 tiers:" in told
    assert "likewise" not in told
    for name, time in (("ash", "within 2 days"), ("birch", "within 5 working days")):
        rule = f"{name}: every `report` is followed by `answer` with the same `case` {time}"
        assert rule in " ".join(told.split())
        assert f"place: {name}" in told
