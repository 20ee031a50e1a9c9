"""The JSON of every sort of commitment: exact or rounded numbers, units, parts, cases, what was set aside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from promisekit.report.document import result_document, result_json
from promisekit.report.entries import number
from tests.unit.report.promises import everything


def commitment(name: str, as_of: str = "2022-06-01") -> dict[str, Any]:
    document: Any = result_document(everything(as_of), "en")
    return next(one for one in document["commitments"] if one["id"] == name)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (3, "event", 3),
        (Fraction(3), "event", 3),
        (Fraction(1, 3), "share", 0.333333),
        (Fraction(3, 10), "value", 0.3),
        (Fraction(1, 10) + Fraction(2, 10), "value", 0.3),
        (7200, "second", 2),
        (100, "second", 0.027778),
        (None, "event", None),
    ],
)
def test_a_number_is_whole_or_has_six_decimals(value: Fraction | None, unit: str, shown: object) -> None:
    assert repr(number(value, unit)) == repr(shown)


def test_hours_are_told_in_hours() -> None:
    hours = commitment("hours")
    assert hours["target"] == {"min": 2, "max": None, "unit": "hour"}
    assert [(window["low"], window["high"]) for window in hours["windows"]] == [(5, 5), (1.333333, 1.333333), (0, 48)]
    assert [row["amount"] for row in hours["evidence"]["events"]] == [5, 1.333333]


def test_sums_and_columns_have_the_name_of_their_column() -> None:
    assert commitment("visitors")["target"] == {"min": 40, "max": None, "unit": "visits"}
    assert commitment("places")["target"] == {"min": 2, "max": None, "unit": "place"}
    assert commitment("visitors")["windows"][0]["low"] == 42.5


def test_measured_values_say_how_many_there_are() -> None:
    (window,) = commitment("trust")["windows"]
    assert (window["low"], window["high"], window["values"]) == (59, 64, {"low": 1, "high": 1})
    (before,) = commitment("rise", "2022-04-01")["windows"]
    assert (before["low"], before["high"], before["values"]["low"]) == (None, None, 0)
    assert commitment("rise")["target"] == {"min": 0, "max": None, "unit": "difference", "strict": True}


def test_slots_have_a_clock_and_a_need() -> None:
    fridays = commitment("fridays")
    assert fridays["windows"][0]["clock"] == {"start": "20:00", "end": "02:00"}
    assert fridays["need"] == {"at_least": 2}
    assert commitment("weekly")["need"] == {"share": 0.1}
    assert commitment("days")["need"] is None


def test_members_are_flattened_and_stand_in_full_as_parts() -> None:
    schools = commitment("schools")
    assert [window["member"] for window in schools["windows"]] == ["Ash"] * 3 + ["Birch"] * 3 + ["Cedar"] * 3
    assert [(part["member"], part["verdict"]) for part in schools["parts"]] == [
        ("Ash", "kept"),
        ("Birch", "broken"),
        ("Cedar", "not_applicable"),
    ]
    assert all(set(schools) <= set(part) for part in schools["parts"])


def test_parts_of_parts_are_filled() -> None:
    together = commitment("together")
    (window,) = together["windows"]
    assert (window["low"], window["high"], window["target"]["unit"]) == (1, 2, "part")
    assert [part["id"] for part in together["parts"][2]["parts"]] == ["markets", "surveys"]
    assert together["parts"][1]["overdue"] == "2022-05-15"


def test_cases_say_what_became_of_each() -> None:
    answers = commitment("answers")
    found = {case["row"]: (case["verdict"], case["late"], case["due_at"]) for case in answers["cases"]}
    assert answers["cases_total"] == len(found) == 3
    assert found[15] == ("kept", None, "2022-03-08T10:00")
    assert found[17] == ("broken", "2022-04-08", "2022-04-08T10:00")
    assert found[19][0] == "not_applicable"


def test_what_was_set_aside_is_there_with_the_verdict_without() -> None:
    weekly = commitment("weekly")
    (waiver,) = weekly["waivers"]
    assert (waiver["what"], waiver["window"]) == ("window", {"start": "2022-04-04", "end": "2022-04-10"})
    assert (waiver["by"], waiver["date"], waiver["reason"], waiver["without"]) == (
        "Anna",
        "2022-05-20",
        "Flood",
        "kept",
    )
    assert weekly["without"] is not None
    document: Any = result_document(everything(), "en")
    assert [(one["row"], one["what"]) for one in document["log"]["set_aside"]] == [(3, "end")]


def test_the_condition_is_told() -> None:
    trigger = commitment("stalls")["trigger"]
    assert (trigger["verdict"], trigger["windows"][0]["low"]) == ("kept", 1)
    assert commitment("days")["trigger"] is None


def test_the_same_bytes_twice() -> None:
    assert result_json([everything()]) == result_json([everything()])
