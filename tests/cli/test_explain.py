"""`promisekit explain`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import AS_OF, HEADER, KEPT, KNOWN, SMALL, ask, program, written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, p_yaml=SMALL, log_csv=KEPT, none_csv=HEADER)


def test_it_tells_the_rows_the_arithmetic_and_what_the_log_covers(folder: Path) -> None:
    done = ask("explain", "p.yaml", "visits", "log.csv", *KNOWN)
    assert done.code == 0
    assert done.out.startswith("visits: Kept\n")
    for words in ("at least 2", "row 2", "row 3", "log.csv"):
        assert words in done.out.replace("\xa0", " ")
    assert done.err.startswith("as of 2022-06-01; engine reference\n")


def test_it_speaks_swedish_where_asked(folder: Path) -> None:
    assert ask("explain", "p.yaml", "visits", "log.csv", *KNOWN, "--lang", "sv").out.startswith("visits: Uppfyllt\n")


@pytest.mark.parametrize(
    ("log", "fail_on", "code"),
    [("none.csv", "never", 0), ("none.csv", "broken", 1), ("none.csv", "open", 1), ("log.csv", "broken", 0)],
)
def test_the_exit_code_follows_only_where_asked(folder: Path, log: str, fail_on: str, code: int) -> None:
    assert ask("explain", "p.yaml", "visits", log, *KNOWN, "--fail-on", fail_on).code == code


def test_undecided_is_5_where_asked(folder: Path) -> None:
    assert ask("explain", "p.yaml", "visits", "none.csv", *AS_OF, "--fail-on", "open").code == 5


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("p.yaml", "visit", "log.csv"), 2, "[commitment.unknown]"),
        (("p.yaml", "", "log.csv"), 2, "[commitment.unknown]"),
        (("p.yaml", "log.csv", "visits"), 2, "[commitment.unknown]"),
        (("p.yaml", "visits"), 2, "LOG"),
        (("p.yaml", "visits", "log.csv", "--as-of", "x"), 2, "[as-of.not-understood]"),
        (("p.yaml", "visits", "log.csv", "--covers", "x"), 2, "[covers.not-understood]"),
        (("nix.yaml", "visits", "log.csv"), 3, "[file.missing]"),
        (("p.yaml", "visits", "log.csv", "--assessments", "nix.yaml"), 3, "[file.missing]"),
        (("p.yaml", "visits", "nix.csv"), 4, "[log.missing]"),
    ],
)
def test_what_cannot_be_explained(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = ask("explain", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_an_unknown_commitment_from_the_program(folder: Path) -> None:
    done = program("explain", "p.yaml", "visit", "log.csv")
    assert done.code == 2
    assert "`visits`" in done.err


NESTED = SMALL.replace(
    "commitments: [{id: visits, kind: count, what: office, at_least: 2}]",
    """commitments:
  - id: whole
    kind: composite
    all_of:
      - {id: visits, kind: count, what: office, at_least: 2}
      - {id: more, kind: count, what: office, at_least: 3}
  - {id: places, kind: each, of: [Ash, Birch/Elm], by: place, what: office, at_least: 1}
""",
).replace(", place: square", "")


@pytest.fixture
def nested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, p_yaml=NESTED, log_csv=KEPT.replace("square", "Ash"))


@pytest.mark.parametrize(
    ("asked", "begins", "code"),
    [
        ("whole", "whole: Not kept\n", 1),
        ("whole/visits", "whole/visits: Kept\n", 0),
        ("whole/more", "whole/more: Not kept\n", 1),
        ("places/ash", "places/ash: Kept\n", 0),
        ("places/Ash", "places/ash: Kept\n", 0),
        ("places/Birch/Elm", "places/birch-elm: Not kept\n", 1),
    ],
)
def test_a_part_can_be_explained(nested: Path, asked: str, begins: str, code: int) -> None:
    done = ask("explain", "p.yaml", asked, "log.csv", *KNOWN, "--fail-on", "broken")
    assert (done.out[: len(begins)], done.code) == (begins, code)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("whole/visit", "`visits`"),
        ("whole/visits/x", "[commitment.unknown]"),
        ("places/zz", "`Ash`"),
        ("hole/x", "`whole`"),
    ],
)
def test_a_part_that_there_is_not(nested: Path, asked: str, said: str) -> None:
    done = ask("explain", "p.yaml", asked, "log.csv", *KNOWN)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
