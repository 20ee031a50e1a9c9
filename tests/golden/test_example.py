"""The story that examples/2022-03/README.md tells: every commitment at both dates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import promisekit as pk

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "2022-03"

AFTER = {
    # commitment: verdict, status, final_at, [low, high] per window, rows that count, near misses, the pivotal ones
    "narkotika": (
        "kept", "kept", "2022-04-22", [[3, 4]], [14, 27, 54],
        {4: "period", 26: "theme", 28: "theme", 33: "theme", 39: "status", 70: "theme"}, [],
    ),
    "alkohol": (
        "kept", "kept", "2022-05-27", [[3, 5]], [28, 33, 70],
        {14: "theme", 26: "theme", 27: "theme", 54: "theme", 56: "status"}, [],
    ),
    "mpk": (
        "broken", "not_kept", "2022-04-30", [[2, 2], [1, 1], [3, 3]], [9, 21, 38, 53, 60, 68],
        {5: "period", 45: "place", 50: "status"}, [45, 50],
    ),
    "kommunens-medverkan": (
        "kept", "kept", "2022-03-18", [[2, 2]], [21, 60],
        {5: "period", 9: "actors", 38: "actors", 45: "place", 50: "status", 53: "actors", 68: "actors"}, [],
    ),
    "socialtjansten": (
        "broken", "not_kept", "2022-04-30", [[1, 1], [0, 0], [1, 1]], [9, 60],
        {22: "place", 37: "time", 69: "time"}, [37],
    ),
    "socialtjanstens-information": ("open", "awaiting_assessment", None, [[0, 1]], [], {}, []),
    "orosanmalningar": (
        "broken", "kept_late", "2022-05-31", [[6, 6]], [7, 18, 29, 41, 49, 58],
        {74: "status", 76: "deadline"}, [74, 76],
    ),
    "samverkan": ("kept", "kept", "2022-05-19", [[1, 1]], [], {}, []),
}  # fmt: skip

DURING = {
    # commitment: verdict, status, reasons, final_at, [low, high] per window, rows that count, what remains
    "narkotika": ("open", "on_track", ["running"], None, [[2, None]], [14, 27], [[1, "2022-05-31"]]),
    "alkohol": ("open", "at_risk", ["running", "imprecise"], None, [[1, None]], [28], [[2, "2022-05-31"]]),
    "mpk": (
        "open", "on_track", ["not_started", "running"], None, [[2, 2], [1, None], [0, None]], [9, 21, 38],
        [[1, "2022-04-30"], [2, "2022-05-31"]],
    ),
    "kommunens-medverkan": ("kept", "kept", [], "2022-03-18", [[1, None]], [21], []),
    "socialtjansten": (
        "open", "at_risk", ["not_started", "running"], None, [[1, 1], [0, None], [0, None]], [9],
        [[1, "2022-04-30"], [1, "2022-05-31"]],
    ),
    "socialtjanstens-information": (
        "open", "awaiting_assessment", ["needs_assessment"], None, [[0, 1]], [], [[1, "2022-05-31"]],
    ),
    "orosanmalningar": ("open", "on_track", ["running"], None, [[3, None]], [7, 18, 41], [[1, "2022-05-31"]]),
    "samverkan": ("open", "awaiting_assessment", ["needs_assessment"], None, [[0, 1]], [], [[1, "2022-05-31"]]),
}  # fmt: skip


@cache
def results(as_of: str) -> dict:
    evaluation = pk.evaluate(
        ROOT / "promises" / "2022-03.yaml",
        [EXAMPLE / "handelser.csv"],
        as_of=as_of,
        covers=["2022-03-01/2022-05-31"],
        assessments=EXAMPLE / "assessments.yaml",
    )
    return pk.result_document(evaluation, "sv")


def one(as_of: str, name: str) -> dict:
    (found,) = [one for one in results(as_of)["commitments"] if one["id"] == name]
    return found


def counts(commitment: dict) -> list[list[int | None]]:
    return [[window["low"], window["high"]] for window in commitment["windows"]]


def counted(commitment: dict) -> list[int]:
    return [event["row"] for event in commitment["evidence"]["events"] if event["outcome"] == "counted"]


@pytest.mark.parametrize("name", AFTER)
def test_after_the_period(name: str) -> None:
    seen = one("2022-06-01", name)
    found = (
        seen["verdict"],
        seen["status"],
        seen["final_at"],
        counts(seen),
        sorted(counted(seen)),
        {miss["row"]: miss["failed"] for miss in seen["near_misses"]},
        sorted(miss["row"] for miss in seen["near_misses"] if miss["pivotal"]),
    )
    assert found == AFTER[name]


@pytest.mark.parametrize("name", DURING)
def test_during_the_period(name: str) -> None:
    seen = one("2022-04-15", name)
    found = (
        seen["verdict"],
        seen["status"],
        seen["reasons"],
        seen["final_at"],
        counts(seen),
        sorted(counted(seen)),
        [[left["need"], left["by"]] for left in seen["remaining"]],
    )
    assert found == DURING[name]


def test_every_commitment_is_told() -> None:
    assert [one["id"] for one in results("2022-06-01")["commitments"]] == list(AFTER) == list(DURING)


def test_the_promise_as_a_whole() -> None:
    after, during = results("2022-06-01"), results("2022-04-15")
    assert (after["verdict"], after["status"], after["final"]) == ("broken", "not_kept", True)
    assert after["summary"] == {"kept": 4, "broken": 3, "open": 1, "not_applicable": 0}
    assert (during["verdict"], during["final"]) == ("open", False)


def test_every_row_lies_in_one_heap() -> None:
    (source,) = results("2022-06-01")["log"]["sources"]
    assert (source["encoding"], source["delimiter"], source["rows"]) == ("cp1252", ";", 76)
    assert (source["cancelled"], source["later"], source["rejected"]) == (4, 2, 3)
    assert source["used"] + source["unused"] == 67


def test_the_late_assessment_counts_from_its_day_on() -> None:
    assert one("2022-06-14", "socialtjanstens-information")["verdict"] == "kept"
