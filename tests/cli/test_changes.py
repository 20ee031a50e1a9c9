"""`promisekit changes`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.runs import AS_OF, ASSESSMENTS, HEADER, KEPT, LOG, PROMISE, SMALL, ask, written

COVERED = ("--covers", "2022-03-01/2022-05-31")


def small(tmp_path: Path, log: str, *arguments: str) -> str:
    """What is printed about a small promise and this log."""
    folder = written(tmp_path, small_yaml=SMALL, log_csv=log)
    done = ask("changes", folder / "small.yaml", folder / "log.csv", *arguments)
    assert done.code == 0, done.err
    return done.out


def test_every_commitment_has_what_would_turn_it() -> None:
    done = ask("changes", PROMISE, LOG, "--as-of", "2022-04-20", "--covers", "2022-03-01/2022-05-31")
    assert done.code == 0
    assert done.out.count("hållet om:") == 7
    assert done.out.count("brutet om:") == 8
    assert "  öppet\n  blir hållet om:\n    – en händelse till äger rum: 21 april 2022" in done.out
    assert "blir brutet om:\n    – inget mer händer till och med 30 april 2022, och exporterna visar det" in done.out
    assert "kommunen bedömer att `samverkan` är hållet" in done.out


def test_of_one_commitment_alone_the_near_miss_that_would_have_mended_it() -> None:
    done = ask("changes", PROMISE, LOG, *AS_OF, "--only", "mpk", "--lang", "en", "--assessments", ASSESSMENTS)
    assert done.out.splitlines() == [
        "mpk: `mpk` takes place at least 2 times every month",
        "  broken, and final: only a correction changes that",
        "  would be kept if:",
        "    – row 50 (Mobilt poliskontor, Torget nedanför Systembolaget, 28 April 2022 15:00) had taken place, and "
        "had not been cancelled",
    ]


def test_a_doubtful_row_is_confirmed_before_anything_is_invented(tmp_path: Path) -> None:
    log = HEADER + "1;2022-03-05 10:00;;office;square;held\n2;2022-03-06 10:00;;office;square;perhaps\n"
    out = small(tmp_path, log, *AS_OF, *COVERED)
    assert "becomes kept if:\n    – row 3 (office, square, 6 March 2022 10:00) turns out to have taken place" in out
    assert "becomes broken if:\n    – row 3 (office, square, 6 March 2022 10:00) turns out not to have" in out


def test_an_imprecise_date_an_empty_cell_and_a_wrong_one_are_told(tmp_path: Path) -> None:
    held = "1;2022-03-05 10:00;;office;square;held\n"
    imprecise = small(tmp_path, HEADER + held + "2;2022-W22;;office;square;held\n", *AS_OF, *COVERED)
    assert "took place 30 May 2022" in imprecise
    assert "took place 1 June 2022" in imprecise
    empty = small(tmp_path, HEADER + held + "2;2022-03-06 10:00;;office;;held\n", *AS_OF, *COVERED)
    assert "says square under Place, which is empty" in empty
    wrong = small(tmp_path, HEADER + held + "2;2022-03-06 10:00;;office;park;held\n", *AS_OF, *COVERED)
    assert (
        "would be kept if:\n    – row 3 (office, park, 6 March 2022 10:00) said square under Place, and not park"
        in wrong
    )


def test_the_export_of_days_that_are_not_covered_is_delivered(tmp_path: Path) -> None:
    out = small(
        tmp_path, HEADER + "1;2022-03-05 10:00;;office;square;held\n", *AS_OF, "--covers", "2022-03-01/2022-04-30"
    )
    assert "becomes kept if:\n    – one event more takes place: 1 May 2022" in out
    assert "the export from `log.csv` is delivered for 1 May 2022 – " in out
    assert "has no more rows" in out


def test_several_changes_are_told_to_be_needed_together(tmp_path: Path) -> None:
    out = small(tmp_path, HEADER, *AS_OF, *COVERED)
    assert out.count("one event more takes place") == 2
    assert "all of that together; no part of it is enough, and no single change that was tried" in out


def test_json_has_every_change_as_data(tmp_path: Path) -> None:
    out = small(tmp_path, KEPT, *AS_OF, *COVERED, "--format", "json")
    document = json.loads(out)
    assert document["format"] == "promisekit/changes/1"
    (one,) = document["commitments"]
    assert (one["id"], one["verdict"], one["final"], one["all_singles_tried"]) == ("visits", "kept", True, True)
    turn = one["turns"]["broken"]
    assert (turn["found"], turn["corrections"], turn["every_part_tried"]) == (True, 1, True)
    (change,) = turn["changes"]
    assert change["change"] == "not_held"
    assert (change["source"], change["file"], change["row"], change["id"]) == ("log.csv", "log.csv", 2, "1")
    assert out == small(tmp_path, KEPT, *AS_OF, *COVERED, "--format", "json")


def test_a_part_is_asked_for_by_its_path_and_what_there_is_not_is_refused(tmp_path: Path) -> None:
    promise = SMALL.replace(
        "commitments: [{id: visits, kind: count, what: office, at_least: 2}]",
        "commitments:\n  - id: both\n    kind: composite\n    all_of:\n"
        "      - {id: one, kind: count, what: office, at_least: 1}\n"
        "      - {id: three, kind: count, what: office, at_least: 3}\n",
    )
    folder = written(tmp_path, small_yaml=promise, log_csv=KEPT)
    asked = ("changes", folder / "small.yaml", folder / "log.csv", *AS_OF, *COVERED, "--only")
    assert ask(*asked, "both/three").out.startswith("both/three: ")
    assert ask(*asked, "both/three").out.count("one event more") == 1
    assert ask(*asked, "both/four").code == 2
    assert ask("changes", folder / "small.yaml").code == 2
