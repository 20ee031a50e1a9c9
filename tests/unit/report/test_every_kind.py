"""Every sort of commitment in words: the arithmetic with its numbers and units, parts, members, what was set aside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from promisekit.report import page
from promisekit.report.document import result_document
from promisekit.report.render import FORMS, render
from promisekit.report.terms import STATUS
from promisekit.report.text import explain_text, summary_text
from promisekit.report.view import one_view, view
from promisekit.report.voice import Voice
from promisekit.verdict.model import Status
from tests.unit.report.promises import asked, everything, example

ACTIVITIES = "activities: {a: {activity: a}, b: {activity: b}}\ncommitments:\n"

TIMES = "start,end,activity\n2022-03-05 10:00,2022-03-05 12:30,a\n2022-04-20 10:00,2022-04-20 11:40,a"
NO_END = f"{TIMES}\n2022-05-20 10:00,,a"
UNION = "{id: c, kind: duration, what: a, every: period, total: union, without_end: unknown, at_least: 40 hours}"
WEIGHT = (
    "{id: c, kind: duration, what: a, every: period, total: sum, weight: officers, without_end: unknown, "
    "at_least: 8 hours}"
)
OFFICERS = "start,end,activity,officers\n2022-03-05 10:00,2022-03-05 12:30,a,2\n2022-04-20 10:00,2022-04-20 11:30,a,3"
SUM = "{id: c, kind: count, what: a, sum: visits, at_least: 40}"
VISITS = "start,activity,visits\n2022-03-05,a,12.5\n2022-03-08,a,7"
DAYS = "{id: c, kind: count, what: a, unit: day, at_least: 3}"
PLACES = "{id: c, kind: count, what: a, unit: place, at_least: 3}"
GAP = "{id: c, kind: max_gap, what: a, at_most: 14 days}"
DATES = "start,activity\n2022-03-10,a\n2022-03-20,a\n2022-04-04,a\n2022-04-15,a"
MILESTONE = "{id: c, kind: milestone, what: a, by: 2022-04-30}"
LEVEL = (
    "{id: c, kind: measure, what: a, value: value, low: value_low, high: value_high, at_least: 60, "
    "if_none: not_applicable}"
)
RISE = (
    "{id: c, kind: measure, what: a, value: value, direction: increase, "
    "baseline: {start: 2022-01-01, end: 2022-02-28}, if_none: not_applicable}"
)
GROWTH = (
    "{id: c, kind: measure, what: a, value: value, compared: difference, at_least: 4, "
    "baseline: {start: 2022-01-01, end: 2022-02-28}, if_none: not_applicable}"
)
PERCENT = "{id: c, kind: measure, what: a, value: value, compared: percent, at_least: 5, baseline: 80, if_none: broken}"
AVERAGE = "{id: c, kind: frequency, what: a, every: month, average: true, at_least: 2}"
WEEKS = "{id: c, kind: frequency, what: a, every: month, at_least: 1, need: 2}"
SHARE = "{id: c, kind: response, each: a, followed_by: b, same: case, within: 10 days, at_least: 90 %}"
CASES = (
    "start,activity,case\n2022-03-01,a,1\n2022-03-02,b,1\n2022-03-03,a,2\n2022-04-04,b,2\n"
    "2022-03-09,a,3\n2022-03-10,b,3"
)
WHEN = "{id: c, kind: count, what: a, at_least: 1, when: b}"

SAID = {
    "hours": (
        UNION, TIMES, "2022-06-01",
        "It went on for 4 hours 10 minutes in all; the target is at least 40 hours.",
        "4 hours 10 minutes (at least 40 hours)",
    ),
    "hours that may be": (
        UNION, NO_END, "2022-06-01",
        "It went on for 4 hours 10 minutes, perhaps 28 hours 10 minutes in all; the target is at least 40 hours.",
        "4 hours 10 minutes to 28 hours 10 minutes (at least 40 hours)",
    ),
    "hours so far": (
        UNION, TIMES, "2022-04-30",
        "4 hours 10 minutes of at least 40 hours so far; 35 hours 50 minutes more is needed by 31 May 2022.",
        "4 hours 10 minutes so far (at least 40 hours)",
    ),
    "person-hours": (
        WEIGHT, OFFICERS, "2022-06-01",
        "The time, times `officers`, adds up to 9.5 hours; the target is at least 8 hours.",
        "9.5 hours (at least 8 hours)",
    ),
    "a sum": (
        SUM, VISITS, "2022-06-01",
        "The sum of `visits` is 19.5; the target is at least 40.", "19.5 (at least 40)",
    ),
    "a sum so far": (
        SUM, VISITS, "2022-04-01",
        "19.5 of at least 40 so far; 20.5 more is needed by 31 May 2022.", "19.5 so far (at least 40)",
    ),
    "different days": (
        DAYS, f"{DATES}\n2022-04-15,a", "2022-06-01",
        "We count 4 days; the target is at least 3 days.", "4 days (at least 3 days)",
    ),
    "different values": (
        PLACES, "start,activity,place\n2022-03-05,a,x\n2022-03-06,a,y\n2022-03-07,a,x", "2022-06-01",
        "We count 2 different `place`; the target is at least 3.", "2 (at least 3)",
    ),
    "the longest gap": (
        GAP, DATES, "2022-06-01",
        "The longest time from one to the next is 47 days, from 15 April 2022 to the end; "
        "the target is at most 14 days.",
        "47 days (at most 14 days)",
    ),
    "a gap between two days": (
        GAP, f"{DATES}\n2022-04-25,a\n2022-05-05,a\n2022-05-15,a\n2022-05-28,a", "2022-06-01",
        "The longest time from one to the next is 15 days, from 20 March 2022 to 4 April 2022; "
        "the target is at most 14 days.",
        "15 days (at most 14 days)",
    ),
    "a gap so far": (
        GAP, DATES, "2022-03-30",
        "The longest time from one to the next is so far 11 days at least; the target is at most 14 days.",
        "11 days or more (at most 14 days)",
    ),
    "too late": (
        MILESTONE, "start,activity\n2022-05-03,a", "2022-06-01",
        "We count 0 occasions; the target is at least 1. It was done too late: 3 May 2022.", "0 (at least 1)",
    ),
    "a value": (
        LEVEL, "start,activity,value,value_low,value_high\n2022-05-10,a,62,,", "2022-06-01",
        "The latest value is 62, of 10 May 2022; the target is at least 60.", "62 (at least 60)",
    ),
    "an uncertain value": (
        LEVEL, "start,activity,value,value_low,value_high\n2022-05-10,a,61.5,59,64", "2022-06-01",
        "The latest value is 61.5, of 10 May 2022, but it is only known to lie between 59 and 64; the target is at "
        "least 60. The value is not known exactly enough.",
        "59 to 64 (at least 60)",
    ),
    "a rise": (
        RISE, "start,activity,value\n2022-01-10,a,61\n2022-05-10,a,58.5", "2022-06-01",
        "The latest value is 58.5, of 10 May 2022, compared with 61 before. The target is more than 61.",
        "61 → 58.5 (more than 61)",
    ),
    "a rise by so much": (
        GROWTH, "start,activity,value\n2022-01-10,a,71\n2022-05-10,a,74.9", "2022-06-01",
        "The latest value is 74.9, of 10 May 2022, compared with 71 before: a change of +3.9. "
        "The target is a change of at least 4, which is at least 75.",
        "71 → 74.9 (at least 75)",
    ),
    "a rise by so many per cent": (
        PERCENT, "start,activity,value\n2022-05-10,a,88", "2022-06-01",
        "The latest value is 88, of 10 May 2022, compared with 80 before: a change of +10 per cent. "
        "The target is a change of at least 5 per cent, which is at least 84.",
        "80 → 88 (at least 84)",
    ),
    "nothing to compare with": (
        GROWTH, "start,activity,value\n2022-05-10,a,74.9", "2022-06-01",
        "The latest value is 74.9, of 10 May 2022, but there is none of 1 January 2022 – 28 February 2022 to compare "
        "it with.",
        "no value (at least 4)",
    ),
    "a value that is not told": (
        LEVEL, "start,activity,value,value_low,value_high\n2022-05-01,a,62,,\n2022-05-10,a,,,", "2022-06-01",
        "It cannot be told what the latest value is; the target is at least 60. 1 row in the log cannot be told for "
        "certain: row 3 (the cell for value is empty).",
        "not known (at least 60)",
    ),
    "an average": (
        AVERAGE, DATES, "2022-06-01",
        "We count 4 occasions; the target is at least 6. That is 1.33 every month on average (4 divided by 3).",
        "4 (at least 6)",
    ),
    "a sum between two numbers": (
        "{id: c, kind: count, what: a, sum: visits, between: [10, 20]}", VISITS, "2022-06-01",
        "The sum of `visits` is 19.5; the target is 10 to 20.", "19.5 (10 to 20)",
    ),
    "no value": (
        RISE, "start,activity,value\n2022-01-10,a,61", "2022-06-01",
        "There is no value to go by; the target is more than 0.", "no value (more than 0)",
    ),
    "two of three months": (
        WEEKS, DATES, "2022-06-01",
        "The target is at least 1 every month; it is met in 2 of 3 months. Needed are 2 of 3 months. "
        "Not met: May 2022 (0).",
        "2 of 3 months (at least 2)",
    ),
    "a share": (
        SHARE, CASES, "2022-06-01",
        "Done in time: 2 of 3 (66.7%). The target is at least 90% of them. 1 was done too late.", "2 of 3 (66.7%)",
    ),
    "a condition that is met": (
        WHEN, "start,activity\n2022-03-05,b", "2022-06-01",
        "It applies, since there is `b`: 1. We count 0 occasions; the target is at least 1.", "0 (at least 1)",
    ),
    "a condition that is not met": (
        WHEN, "start,activity\n2022-03-05,a", "2022-06-01",
        "It applies only if there is `b`, at least 1; the log shows 0.", "1 (at least 1)",
    ),
}  # fmt: skip


def only(folder: Path, commitment: str, rows: str, as_of: str) -> page.Commitment:
    (told,) = view(asked(folder, f"{ACTIVITIES}  - {commitment}\n", rows, as_of=as_of), "en").commitments
    return told


@pytest.mark.parametrize("case", SAID)
def test_the_arithmetic_is_told_in_its_unit(case: str, tmp_path: Path) -> None:
    commitment, rows, as_of, why, numbers = SAID[case]
    told = only(tmp_path, commitment, rows, as_of)
    assert told.why.startswith(why)
    assert told.numbers == numbers


def test_evidence_says_what_each_row_adds(tmp_path: Path) -> None:
    counted, possible = only(tmp_path, UNION, NO_END, "2022-06-01").row_lists
    assert [row.notes for row in counted.rows] == [("adds 2.5 hours",), ("adds 1 hour 40 minutes",)]
    assert "no end is recorded" in possible.rows[0].notes[0]
    (summed,) = only(tmp_path, SUM, f"{VISITS}\n2022-03-09,a,", "2022-06-01").row_lists
    assert [row.notes[0] for row in summed.rows] == [
        "adds 12.5 (`visits`)",
        "adds 7 (`visits`)",
        "the cell for visits is empty",
    ]
    rows = "start,end,activity,officers\n2022-03-08 10:00,2022-03-08 12:00,a,3\n2022-03-09 10:00,2022-03-09 12:00,a,"
    (weighed,) = only(tmp_path, WEIGHT, rows, "2022-06-01").row_lists
    assert [row.notes for row in weighed.rows] == [("adds 6 hours",), ("the cell for officers is empty",)]


def part(path: str) -> page.Commitment:
    return one_view(everything(), path, "en")


def test_parts_stand_in_what_they_are_parts_of() -> None:
    whole = part("together")
    assert whole.why.startswith("1 of 3 parts are kept; at least 2 are needed.")
    assert [(one.id, one.mark.word, one.level) for one in whole.parts] == [
        ("together/visits", "Kept", "4"),
        ("together/judged", "Awaiting assessment", "4"),
        ("together/either", "Not kept", "4"),
    ]
    assert whole.parts[0].owner == "The municipality"
    assert whole.parts[0].quotes == ("Three visits.",)
    assert [one.id for one in whole.parts[2].parts] == ["together/either/markets", "together/either/surveys"]


def test_what_a_part_takes_for_granted_stands_with_the_part() -> None:
    whole, markets = part("together"), part("together/either/markets")
    assert whole.readings == ()
    assert "every occasion counts, also several on one day" in markets.readings
    assert "every occasion counts, also several on one day" in whole.parts[0].readings
    assert "every window stands for itself: more in one makes up for nothing in another" in part("schools").readings


def test_an_overdue_judgement_is_said_to_be_so() -> None:
    judged = part("together/judged")
    assert judged.why.endswith("It was due by 15 May 2022 and is overdue.")
    assert judged.numbers == "overdue since 15 May 2022"


def test_members_are_a_table_with_totals_those_not_kept_first() -> None:
    schools = part("schools")
    assert (
        schools.why
        == "It is kept for 1 of 2; at least 2 are needed. Not kept: Birch – 2 of 3 months. 1 is not applicable."
    )
    assert schools.members is not None
    assert [(row.name, row.counted, row.mark.word) for row in schools.members.rows] == [
        ("Birch", "2 of 3 months", "Not kept"),
        ("Ash", "3 of 3 months", "Kept"),
        ("Cedar", "", "Not applicable"),
    ]
    assert schools.members.total == "Of 3, 1 is kept, 1 is not kept and 1 is not applicable."
    assert (schools.parts, schools.windows) == ((), ())


def test_many_members_are_bounded_and_counted(tmp_path: Path) -> None:
    names = ", ".join(f"School {number}" for number in range(1, 81))
    commitment = f"{{id: c, kind: each, of: [{names}], by: place, what: a, at_least: 1}}"
    told = only(tmp_path, commitment, "start,activity,place\n2022-03-05,a,School 7", "2022-06-01")
    assert told.members is not None
    assert len(told.members.rows) == 60
    assert told.members.more == "… and 20 more: 1 is kept and 19 are not kept."
    assert told.members.total == "Of 80, 1 is kept and 79 are not kept."
    assert told.why.endswith("and 73 more.")


def test_what_was_set_aside_is_told_with_who_when_and_why() -> None:
    (waiver,) = part("weekly").aside
    assert waiver.text == "Set aside for 4 April 2022 – 10 April 2022 on 20 May 2022 by Anna, for The police."
    assert (waiver.reason, waiver.without) == ("Flood", "Without that: Kept.")
    (member,) = part("schools").aside
    assert member.text == "Set aside for `Cedar` on 21 May 2022 by Bo, for The municipality."


def test_a_row_that_was_set_right_is_told_with_the_verdict_without(tmp_path: Path) -> None:
    said = (
        "format: 1\nassessments:\n  - {row: {source: log.csv, row: 2}, set_aside: row, by: Bo, role: police, "
        'date: 2022-05-21, note: Twice, evidence: ["https://example.org/1"]}\n'
    )
    promise = f"{ACTIVITIES}  - {{id: c, kind: count, what: a, at_least: 2}}\n"
    evaluation = asked(tmp_path, promise, "start,activity\n2022-03-05,a\n2022-03-06,a", said=said)
    told = one_view(evaluation, "c", "en")
    (row,) = told.aside
    assert row.text == "Row 2 was set aside on 21 May 2022 by Bo, for The police: it does not count."
    assert (row.reason, [source.href for source in row.sources]) == ("Twice", ["https://example.org/1"])
    assert told.without == "Without anything that people have set aside: Kept."
    for form in FORMS:
        assert "Twice" in render(evaluation, to=form, language="en")
    assert "Without anything that people have set aside: Kept." in summary_text(evaluation, "en")


def test_a_case_is_excused_without_its_key_in_public() -> None:
    public, internal = (one_view(everything(), "answers", "en", audience) for audience in ("public", "internal"))
    assert public.aside[0].text.startswith("Set aside for one case on 20 May 2022")
    assert internal.aside[0].text.startswith("Set aside for the case `K3` on 20 May 2022")
    (excused,) = [rows for rows in public.row_lists if rows.name == "excused"]
    assert [row.where for row in excused.rows] == ["19"]


def test_a_deadline_in_hours_shows_no_time_of_day_in_public() -> None:
    public, internal = (one_view(everything(), "answers", "en", audience) for audience in ("public", "internal"))
    near = [
        [row.notes for rows in told.row_lists if rows.name == "near" for row in rows.rows]
        for told in (public, internal)
    ]
    assert near[0] == [("Deadline: 25 minutes late. Wanted: within 24 hours.",)]
    assert near[1] == [("Deadline: 25 minutes late. Wanted: by 8 April 2022 10:00.",)]
    text = " ".join(note for rows in public.row_lists for row in rows.rows for note in (row.when, *row.notes))
    assert ":25" not in text
    assert "10:00" not in text


def test_a_row_that_is_not_in_a_share_is_said_not_to_be(tmp_path: Path) -> None:
    promise = (
        "activities: {a: {activity: a}, b: {activity: a, place: x}}\ncommitments:\n"
        "  - {id: c, kind: share, what: b, of: a, base: actual, at_least: 50 %}\n"
    )
    (told,) = view(asked(tmp_path, promise, "start,activity,place\n2022-03-05,a,x\n2022-03-06,a,y"), "en").commitments
    assert told.why == "Reached: 1 of 2 (50%). The target is at least 50% of them."
    assert [row.notes for row in told.row_lists[0].rows] == [(), ("not `b`",)]


def test_what_came_after_a_milestone_that_is_kept_is_not_late(tmp_path: Path) -> None:
    told = only(tmp_path, MILESTONE, "start,activity\n2022-04-10,a\n2022-05-20,a", "2022-06-01")
    assert told.why == "We count 1 occasion; the target is at least 1."


def test_a_row_without_a_value_does_not_count_for_certain(tmp_path: Path) -> None:
    told = only(
        tmp_path, LEVEL, "start,activity,value,value_low,value_high\n2022-05-01,a,62,,\n2022-05-10,a,,,", "2022-06-01"
    )
    assert [(rows.name, [row.where for row in rows.rows]) for rows in told.row_lists] == [
        ("counted", ["2"]),
        ("possible", ["3"]),
    ]


def test_chosen_shares_are_exact_and_observed_ones_have_their_numbers(tmp_path: Path) -> None:
    rule = "{id: c, kind: share, what: b, of: a, base: actual, at_least: 1/3}"
    promise = f"activities: {{a: {{activity: a}}, b: {{activity: a, place: x}}}}\ncommitments:\n  - {rule}\n"
    rows = "start,activity,place\n2022-03-05,a,x\n2022-03-06,a,y\n2022-03-07,a,x"
    (told,) = view(asked(tmp_path, promise, rows), "en").commitments
    assert told.why == "Reached: 2 of 3 (66.7%). The target is at least 1/3 of them."
    months = only(tmp_path, WEEKS.replace("need: 2", "need: 2/3"), DATES, "2022-06-01")
    assert "Needed are 2/3 of 3 months, which is 2." in months.why
    assert months.rule.endswith("(in at least 2/3 of them)")


def test_the_document_has_its_digest() -> None:
    facts = {fact.term: fact.text for fact in view(example(), "en").provenance}
    assert re.fullmatch(r"medborgarlofte-2022-03\.md · SHA-256 [0-9a-f]{64}", facts["Decided document"])


def walk(commitments: list[dict], above: str = "") -> list[tuple[str, dict]]:
    found = []
    for one in commitments:
        path = f"{above}{one['id']}"
        found += [(path, one), *walk(one["parts"], f"{path}/")]
    return found


@pytest.mark.parametrize("as_of", ["2022-02-01", "2022-03-20", "2022-05-01", "2022-06-01"])
def test_every_view_has_every_part_with_its_status(as_of: str) -> None:
    evaluation = everything(as_of)
    reports = {form: render(evaluation, to=form, language="en") for form in FORMS}
    for path, one in walk(result_document(evaluation, "en")["commitments"]):  # type: ignore[arg-type]
        word = Voice("en")(STATUS[Status(one["status"])][0])
        assert explain_text(evaluation, path, "en").startswith(f"{path}: {word}\n")
        if "member" in one:
            assert all(one["member"] in report for report in reports.values())
        else:
            assert f"({path}): {word}" in reports["txt"]
            assert f"({path}): {word}" in reports["md"]
            assert f"<code>{path}</code>" in reports["html"]


def test_an_unknown_part_is_a_key_error() -> None:
    for path in ("nothing", "together/nothing", "days/part"):
        with pytest.raises(KeyError):
            one_view(everything(), path, "en")


@pytest.mark.parametrize(
    ("commitment", "rows", "wanted"),
    [
        (
            '{id: c, kind: schedule, what: a, on: [tue], from: "18:00", to: "20:00", presence: 1 hour}',
            "2022-03-08 20:00,2022-03-08 21:00,a,",
            "at least 1 hour of",
        ),
        (
            '{id: c, kind: schedule, what: a, on: [tue], from: "18:00", to: "20:00", presence: any}',
            "2022-03-08 20:00,2022-03-08 21:00,a,",
            "Tuesday",
        ),
        (
            "{id: c, kind: co_presence, what: a, with: b, match: overlap, min_overlap: 30 minutes, every: period, "
            "at_least: 1}",
            "2022-03-08 18:00,2022-03-08 20:00,a,x\n2022-03-08 19:31,2022-03-08 21:00,b,x",
            "at the same time for at least 30 minutes",
        ),
    ],
)
@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_what_was_too_short_is_told_how_long_it_should_be(
    commitment: str, rows: str, wanted: str, engine: Literal["reference", "duckdb"], tmp_path: Path
) -> None:
    promise = f"{ACTIVITIES}  - {commitment}\n"
    evaluation = asked(tmp_path, promise, f"start,end,activity,place\n{rows}", engine=engine)
    (commitments,) = view(evaluation, "en").commitments
    misses = [note for rows in commitments.row_lists for row in rows.rows for note in row.notes]
    assert any(wanted in note for note in misses), misses
