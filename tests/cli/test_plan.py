"""`promisekit plan`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.runs import PROMISE, SMALL, ask, program, written


def test_it_says_what_would_be_checked_without_any_log() -> None:
    done = ask("plan", PROMISE)
    assert (done.code, done.err) == (0, "")
    for name in ("narkotika", "alkohol", "mpk", "socialtjansten", "samverkan", "orosanmalningar"):
        assert f"\n{name} (" in done.out
    assert "mars 2022" in done.out


def test_it_speaks_the_promises_language_or_the_one_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, p_yaml=SMALL) / "p.yaml"
    assert "What is asked: `office` takes place at least 2 times" in ask("plan", path).out
    assert "minst 2 gånger under perioden" in ask("plan", path, "--lang", "sv").out


def test_the_same_wherever_it_runs() -> None:
    assert (
        program("plan", PROMISE, env={"PYTHONHASHSEED": "3", "TZ": "UTC", "LC_ALL": "C"}).out
        == ask("plan", PROMISE).out
    )


def test_a_promise_that_is_not_valid_is_3(tmp_path: Path) -> None:
    folder = written(tmp_path, p_yaml=SMALL.replace("what: office", "what: ofice"), log_csv="a;b\n1;2\n")
    done = ask("plan", folder / "p.yaml")
    assert (done.code, done.out) == (3, "")
    assert "[activity.unknown]" in done.err
    for name, code in (("nix.yaml", "file.missing"), ("log.csv", "spec.no-promise"), (".", "file.folder")):
        done = ask("plan", folder / name)
        assert (done.code, done.out) == (3, "")
        assert f"[{code}]" in done.err
