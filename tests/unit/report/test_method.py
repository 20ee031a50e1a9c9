"""How the counting was done: only what holds of the promise, and each sentence once."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.report.view import view
from tests.unit.report.promises import asked, everything, example

ACTIVITIES = "activities: {a: {activity: a}, b: {activity: b}}\ncommitments:\n"
ROWS = "start,end,activity,case\n2022-03-05,,a,1\n"

STARTS = "An event belongs to the day on which it starts. "
UNLESS = "An event belongs to the day on which it starts, unless"
LEAST = "A number without “at least”"
OCCASIONS = "Two occasions on one day"
REACHED = "must be reached in every one of them"
NONE_TAKEN = "no average is taken"
EXCEEDED = "must not be exceeded in any of them"
ENOUGH = "that many are enough"
AVERAGE = "An average is the total"
PASSES = "Time is counted as it passes"
SHARES = "Shares are compared exactly"
DAYS = "A deadline does not count the day from which it runs"
HOURS = "A deadline in hours"
MORNING = "A day begins at 06:00"
ALL = [
    STARTS,
    UNLESS,
    LEAST,
    OCCASIONS,
    REACHED,
    NONE_TAKEN,
    EXCEEDED,
    ENOUGH,
    AVERAGE,
    PASSES,
    SHARES,
    DAYS,
    HOURS,
    MORNING,
]

HOLDS = {
    "{kind: count, what: a, at_least: 3}": [STARTS, LEAST, OCCASIONS],
    "{kind: count, what: a, at_least: 1}": [STARTS, LEAST],
    "{kind: count, what: a, at_most: 3}": [STARTS, OCCASIONS],
    "{kind: count, what: a, unit: day, at_least: 3}": [STARTS, LEAST],
    '{kind: count, what: a, unit: day, at_least: 3, day_begins: "06:00"}': [STARTS, LEAST, MORNING],
    "{kind: frequency, what: a, every: month, at_least: 2}": [STARTS, LEAST, OCCASIONS, REACHED, NONE_TAKEN],
    "{kind: frequency, what: a, every: month, at_most: 2}": [STARTS, OCCASIONS, EXCEEDED],
    "{kind: frequency, what: a, every: month, at_least: 2, need: 2}": [STARTS, LEAST, OCCASIONS, ENOUGH],
    "{kind: frequency, what: a, every: month, average: true, at_least: 2}": [STARTS, LEAST, OCCASIONS, AVERAGE],
    "{kind: duration, what: a, every: period, total: union, without_end: unknown, at_least: 4 hours}": [LEAST, PASSES],
    '{kind: schedule, what: a, on: [fri], from: "20:00", to: "23:00", presence: any}': [],
    "{kind: milestone, what: a, by: 2022-04-30}": [STARTS],
    "{kind: response, each: a, followed_by: b, same: case, within: 10 days}": [STARTS, DAYS],
    "{kind: response, each: a, followed_by: b, same: case, within: 10 days, at_least: 90 %}": [STARTS, DAYS, SHARES],
    "{kind: response, each: a, followed_by: b, same: case, within: 9 hours, clock: always}": [STARTS, HOURS],
}


@pytest.mark.parametrize("commitment", HOLDS)
def test_only_what_holds_is_said(commitment: str, tmp_path: Path) -> None:
    promise = f"{ACTIVITIES}  - {{id: c, {commitment[1:]}\n"
    method = view(asked(tmp_path, promise, ROWS), "en").method
    assert [said for said in ALL if any(said in sentence for sentence in method)] == sorted(
        HOLDS[commitment], key=ALL.index
    )


@pytest.mark.parametrize("as_of", ["2022-04-15", "2022-06-01"])
def test_each_sentence_stands_once(as_of: str) -> None:
    for evaluation in (example(as_of), everything(as_of)):
        method = view(evaluation, "en").method
        assert len(set(method)) == len(method)


def test_every_status_of_a_part_is_explained() -> None:
    meanings = {meaning.mark.name for meaning in view(everything(), "en").glossary}
    assert "not_applicable" in meanings
