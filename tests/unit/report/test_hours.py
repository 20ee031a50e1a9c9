"""Deadlines in hours: a public report is true without telling at what minute somebody's case began or ended."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from promisekit.report.page import Commitment
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation
from tests.unit.report.promises import asked, small, told

HOURS = "{id: c, kind: response, each: report, followed_by: answer, same: case, within: 24 hours, clock: always}"
WEEKDAYS = HOURS.replace("always", "weekdays")
CLIPPED = HOURS.replace("}", ", clip: true}")
REPORT = "2022-03-03 10:00,,report,,A"


def notes(commitment: Commitment, name: str = "counted") -> str:
    (row,) = next(rows for rows in commitment.row_lists if rows.name == name).rows
    return "; ".join(row.notes)


def everything_said(commitment: Commitment) -> str:
    return json.dumps(msgspec.to_builtins(commitment, enc_hook=str))


def internal(evaluation: Evaluation) -> Commitment:
    (commitment,) = view(evaluation, "en", audience="internal").commitments
    return commitment


@pytest.mark.parametrize(
    ("answer", "english", "swedish"),
    [
        ("2022-03-04 10:40", "40 minutes too late: the time was 24 hours", "40 minuter för sent: tiden var 24 timmar"),
        ("2022-03-04 10:00:30", "1 minute too late: the time was 24 hours", "1 minut för sent: tiden var 24 timmar"),
        (
            "2022-03-05 12:10",
            "26 hours 10 minutes too late: the time was 24 hours",
            "26 timmar 10 minuter för sent: tiden var 24 timmar",
        ),
        (
            "2022-03-08 10:00",
            "more than 3 days too late: the time was 24 hours",
            "mer än 3 dygn för sent: tiden var 24 timmar",
        ),
        ("2022-03-06", "too late: the time was 24 hours", "för sent: tiden var 24 timmar"),
    ],
)
def test_a_public_report_says_how_much_too_late(answer: str, english: str, swedish: str, tmp_path: Path) -> None:
    late = small(tmp_path, HOURS, f"{REPORT}\n{answer},,answer,,A")
    for language, expected in (("en", english), ("sv", swedish)):
        said = told(late, language)
        assert notes(said).endswith(expected)
        assert "10:" not in everything_said(said)


def test_an_internal_one_names_the_minute(tmp_path: Path) -> None:
    late = internal(small(tmp_path, HOURS, f"{REPORT}\n2022-03-04 10:40,,answer,,A"))
    assert notes(late).endswith("too late: it was due by 4 March 2022 10:00")
    assert "10:40" in everything_said(late)


def test_the_near_miss_wants_it_within_the_hours(tmp_path: Path) -> None:
    late = told(small(tmp_path, HOURS, f"{REPORT}\n2022-03-04 10:40,,answer,,A"))
    assert notes(late, "near") == "Deadline: 40 minutes late. Wanted: within 24 hours."


def test_a_report_without_a_clock_time_is_late_by_nobody_knows_how_much(tmp_path: Path) -> None:
    late = told(small(tmp_path, HOURS, "2022-03-03,,report,,A\n2022-03-08 10:00,,answer,,A"))
    assert notes(late).endswith("; too late: the time was 24 hours")


def test_what_was_never_answered(tmp_path: Path) -> None:
    assert notes(told(small(tmp_path, HOURS, REPORT))) == "not followed up in time: the time was 24 hours"
    weekdays = told(small(tmp_path, WEEKDAYS, REPORT))
    assert notes(weekdays) == "not followed up in time: the time was 24 hours, counted on weekdays"
    assert notes(internal(small(tmp_path, HOURS, REPORT))) == "not followed up by 4 March 2022 10:00"


def test_the_period_may_end_before_the_hours_do(tmp_path: Path) -> None:
    clipped = told(small(tmp_path, CLIPPED, "2022-05-31 20:00,,report,,A\n2022-06-01 01:00,,answer,,A"))
    assert notes(clipped).endswith(
        "1 hour 1 minute too late: the time was 24 hours, but no longer than to the end of 31 May 2022"
    )


def test_what_still_has_time_has_it_for_a_part_of_that_day(tmp_path: Path) -> None:
    waits = small(tmp_path, HOURS, REPORT, as_of="2022-03-03")
    said = told(waits)
    assert notes(said) == "still has time, which runs out on 4 March 2022"
    assert said.why.endswith("1 still has time, which runs out on 4 March 2022.")
    assert said.remaining == ("An answer to row 2 in log.csv, before the time runs out on 4 March 2022",)
    shown = internal(waits)
    assert notes(shown) == "still has time, until 4 March 2022 10:00"
    assert shown.why.endswith("1 still has time, until 4 March 2022 10:00.")
    assert shown.remaining == ("An answer to row 2 in log.csv, by 4 March 2022 10:00",)


TIERS = """
activities: {report: {activity: report}, answer: {activity: answer}}
commitments:
  - id: c
    kind: response
    each: report
    followed_by: answer
    same: case
    tiers: {column: place, within: {urgent: 24 hours}, others: {rest: 5 days}, clock: always}
"""


def test_tiers_tell_no_minute_either(tmp_path: Path) -> None:
    rows = "start,activity,case,place\n2022-03-03 10:00,report,A,urgent"
    (one,) = view(asked(tmp_path, TIERS, rows, as_of="2022-03-03"), "en").commitments
    assert one.remaining == ("Urgent: an answer to row 2 in log.csv, before the time runs out on 4 March 2022",)
    assert "10:00" not in everything_said(one)
