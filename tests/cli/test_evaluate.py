"""`promisekit evaluate`: the documents it prints, its exit codes, and every option of those that read logs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import AS_OF, ASSESSMENTS, HEADER, KEPT, KNOWN, LOG, PROMISE, SMALL, Answer, ask, program, written

RESULT = {
    "format", "promise", "as_of", "verdict", "final", "status", "summary", "commitments", "log", "provenance",
}  # fmt: skip
COMMITMENT = {
    "id", "kind", "owner", "quote", "statement", "reading", "verdict", "final", "final_at", "now", "status", "reasons",
    "degree", "target", "outlook", "windows", "evidence", "near_misses", "remaining", "waived", "parts",
}  # fmt: skip
WINDOW = {"start", "end", "label", "phase", "low", "high", "verdict", "reasons"}
NEAR = {"source", "row", "id", "failed", "found", "wanted", "pivotal"}
SOURCE = {
    "name", "sha256", "encoding", "delimiter", "coverage", "rows", "used", "unused", "cancelled", "later", "rejected",
}  # fmt: skip
DIAGNOSTIC = {
    "code", "severity", "file", "line", "column", "end_line", "end_column", "message", "hint", "path",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, p_yaml=SMALL, log_csv=KEPT, none_csv=HEADER)


def small(*arguments: str, log: str = "log.csv") -> Answer:
    return ask("evaluate", "p.yaml", log, "--format", "json", *KNOWN, *arguments)


def seed(*arguments: str | Path) -> Answer:
    return ask("evaluate", PROMISE, LOG, *KNOWN, "--assessments", ASSESSMENTS, *arguments)


def test_the_document_has_the_keys_that_scripts_rely_on() -> None:
    done = seed("--format", "json")
    document = done.json()
    assert done.code == 1
    assert document["format"] == "promisekit/result/1"
    assert document.keys() >= RESULT
    assert document["promise"].keys() >= {"id", "title", "period"}
    assert document["promise"]["period"] == {"start": "2022-03-01", "end": "2022-05-31"}
    assert document["summary"] == {"kept": 4, "broken": 3, "open": 1, "not_applicable": 0}
    assert document["provenance"].keys() >= {"promisekit", "promise_sha256", "assessments_sha256", "engine"}
    assert document["log"].keys() >= {"sources", "diagnostics"}
    for commitment in document["commitments"]:
        assert commitment.keys() >= COMMITMENT
        assert commitment["evidence"].keys() >= {"total", "events"}
        assert all(window.keys() >= WINDOW for window in commitment["windows"])
        assert all(
            event.keys() >= {"source", "row", "id", "start", "label"} for event in commitment["evidence"]["events"]
        )
        assert all(near.keys() >= NEAR for near in commitment["near_misses"])
    (source,) = document["log"]["sources"]
    assert source.keys() >= SOURCE
    assert source["rows"] == sum(source[name] for name in ("used", "unused", "cancelled", "later", "rejected"))


def test_a_commitment_over_the_period_has_one_window_and_says_what_remains(folder: Path) -> None:
    (commitment,) = ask(
        "evaluate", "p.yaml", "none.csv", "--format", "json", "--as-of", "2022-04-15"
    ).json()["commitments"]  # fmt: skip
    (window,) = commitment["windows"]
    assert (window["low"], window["high"], window["phase"]) == (0, None, "running")
    assert commitment["remaining"] == [{"need": 2, "by": "2022-05-31", "what": "`office`", "unit": "event"}]


def test_the_same_bytes_wherever_it_runs(tmp_path: Path) -> None:
    line = ("evaluate", PROMISE, LOG, *KNOWN, "--assessments", ASSESSMENTS, "--format", "json")
    here = seed("--format", "json").out
    assert seed("--format", "json").out == here
    odd = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C"}
    assert program(*line, env=odd, cwd=tmp_path).out == here
    assert str(PROMISE.parent.parent) not in here
    assert here == json.dumps(json.loads(here), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_several_promises_are_one_document_of_results(folder: Path) -> None:
    written(folder, q_yaml=SMALL.replace("id: small", "id: other"), q_assessments="")
    (folder / "p.assessments.yaml").write_text("no promise", encoding="utf-8")
    for names in (("p.yaml", "q.yaml"), (".",)):
        document = ask("evaluate", *names, "log.csv", *KNOWN, "--format", "json").json()
        assert document["format"] == "promisekit/results/1"
        assert [one["promise"]["id"] for one in document["results"]] == ["small", "other"]


@pytest.mark.parametrize(
    ("rows", "fail_on", "code"),
    [
        (KEPT, "broken", 0),
        (KEPT, "open", 0),
        (HEADER, "broken", 1),
        (HEADER, "open", 1),
        (HEADER, "never", 0),
        (KEPT.replace("05 10:00;;office", "05 10:00;;"), "broken", 0),
        (KEPT.replace("05 10:00;;office", "05 10:00;;"), "open", 5),
        (KEPT.replace("05 10:00;;office", "05 10:00;;"), "never", 0),
    ],
)
def test_the_exit_code_follows_the_verdicts(folder: Path, rows: str, fail_on: str, code: int) -> None:
    written(folder, x_csv=rows)
    assert small("--fail-on", fail_on, log="x.csv").code == code


@pytest.mark.parametrize("arguments", [(), ("p.yaml",), ("p.yaml", "log.csv", "--format", "xml"), ("--engine", "x")])
def test_wrong_usage_is_2(folder: Path, arguments: tuple[str, ...]) -> None:
    assert ask("evaluate", *arguments).code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "found"),
    [
        (("nix.yaml", "log.csv"), 3, "file.missing"),
        (("bad.yaml", "log.csv"), 3, "spec.unknown-key"),
        (("p.yaml", "log.csv", "--assessments", "nix.yaml"), 3, "file.missing"),
        (("p.yaml", "log.csv", "--assessments", "p.yaml"), 3, "spec.missing-key"),
        (("p.yaml", "nix.csv"), 4, "log.missing"),
        (("p.yaml", "other.csv"), 4, "log.no-such-column"),
        (("log.csv", "none.csv"), 6, "promise.none"),
        (("p.yaml", "log.csv", "--as-of", "2022-02-30"), 2, "as-of.not-understood"),
        (("p.yaml", "log.csv", "--as-of", ""), 2, "as-of.not-understood"),
        (("p.yaml", "log.csv", "--covers", "2022-03-01"), 2, "covers.not-understood"),
        (("p.yaml", "log.csv", "--memory-limit", "much"), 2, "memory-limit.not-understood"),
        (("p.yaml", "log.csv", "--memory-limit", "0GB"), 2, "memory-limit.not-understood"),
        (("p.yaml", "log.csv", "--covers", "x=2022-03-01/2022-05-31"), 2, "covers.unknown-source"),
        (("p.yaml", "log.csv", "-o", "."), 2, "output.not-written"),
        (("p.yaml", "log.csv", "-o", "nix/x.json"), 2, "output.not-written"),
        (("bad.yaml", "p.yaml", "nix.csv"), 3, "spec.unknown-key"),
    ],
)
def test_what_cannot_be_done_is_a_document_of_diagnostics(
    folder: Path, arguments: tuple[str, ...], code: int, found: str
) -> None:
    written(folder, bad_yaml=SMALL.replace("title:", "titel:"), other_csv="a;b\n1;2\n")
    done = ask("evaluate", *arguments, "--format", "json")
    assert done.code == code
    assert found in done.codes()
    assert all(one.keys() == DIAGNOSTIC for one in done.json()["diagnostics"])
    said = ask("evaluate", *arguments)
    assert (said.code, said.out) == (code, "")
    assert f"[{found}]" in said.err


def test_a_fault_is_70_and_shows_no_traceback(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("oh dear")

    monkeypatch.setattr("promisekit.pipeline.judge", fail)
    monkeypatch.delenv("PROMISEKIT_DEBUG", raising=False)
    done = small()
    assert (done.code, done.out) == (70, "")
    assert "RuntimeError: oh dear" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("PROMISEKIT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        small()


def test_output_goes_to_a_file_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = folder / "out.json"
    assert small("-o", "out.json").out == ""
    assert out.read_text(encoding="utf-8") == small().out
    out.chmod(0o600)
    before = sorted(path.name for path in folder.iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert small("-o", "out.json", log="none.csv").code == 2
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert json.loads(out.read_text(encoding="utf-8"))["verdict"] == "kept"
    assert sorted(path.name for path in folder.iterdir()) == before
    assert small("-o", "out.json", log="none.csv").code == 1
    assert json.loads(out.read_text(encoding="utf-8"))["verdict"] == "broken"
    assert out.stat().st_mode & 0o777 == 0o600


def test_the_diagnostics_go_to_the_file_too(folder: Path) -> None:
    assert small("-o", "out.json", log="nix.csv").out == ""
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["format"] == "promisekit/diagnostics/1"


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        ("2022-03-05", "open"),
        ("2022-03-06", "kept"),
        ("2022-03-06T09:59", "open"),
        ("2022-03-06T10:00", "kept"),
        ("2022-03-06 10:00", "kept"),
        ("2022-03-06T09:00Z", "kept"),
        ("2022-03-06T08:59Z", "open"),
        ("2022-02-01", "open"),
        ("2199-12-31", "kept"),
    ],
)
def test_as_of_is_a_day_or_an_instant(folder: Path, as_of: str, verdict: str) -> None:
    document = small("--as-of", as_of).json()
    assert (document["verdict"], document["as_of"]) == (verdict, as_of)


@pytest.mark.parametrize(
    "as_of",
    ["foo", "2022-02-30", "2022-04", "2022-W15", "9999-12-31", "0001-01-01", "2022-03-27T02:30", "20220415", " "],
)
def test_a_date_that_is_none_is_refused(folder: Path, as_of: str) -> None:
    done = small("--as-of", as_of)
    assert (done.code, done.codes()) == (2, ["as-of.not-understood"])


def test_without_as_of_it_is_today_and_says_so(folder: Path) -> None:
    done = ask("evaluate", "p.yaml", "log.csv", "--format", "json")
    assert done.json()["as_of"] in done.err


@pytest.mark.parametrize(
    ("covers", "verdict"),
    [
        (["2022-03-01/2022-05-31"], "broken"),
        (["none.csv=2022-03-01/2022-05-31"], "broken"),
        (["2022-03-01/2022-04-10", "2022-04-11/2022-05-31"], "broken"),
        (["2022-03-01/2022-04-10", "2022-04-12/2022-05-31"], "open"),
        (["1900-01-01/2199-12-31"], "broken"),
        (["2022-03-01/2022-03-01"], "open"),
        ([], "open"),
    ],
)
def test_coverage_is_what_is_declared(folder: Path, covers: list[str], verdict: str) -> None:
    options = [word for span in covers for word in ("--covers", span)]
    document = ask("evaluate", "p.yaml", "none.csv", *AS_OF, *options, "--format", "json").json()
    assert document["verdict"] == verdict
    assumed = [one["code"] for one in document["log"]["diagnostics"]]
    assert ("coverage.assumed" in assumed) is (not covers)


@pytest.mark.parametrize(
    "covers",
    ["", "/", "foo", "2022-03-01", "2022-03-01/", "/2022-05-31", "2022-05-31/2022-03-01", "2022-03-01/2022-05-32",
     "2022-03/2022-05", "0001-01-01/9999-12-31", "1022-01-01/2022-01-01", "2022-03-01/2022-04-01/2022-05-01",
     "2022-03-01T10:00/2022-05-31", "log.csv=", "log.csv=x"],
)  # fmt: skip
def test_a_span_that_is_none_is_refused(folder: Path, covers: str) -> None:
    done = small("--covers", covers)
    assert (done.code, done.codes()) == (2, ["covers.not-understood"])


def test_coverage_of_a_source_that_is_not_there_names_those_that_are(folder: Path) -> None:
    done = small("--covers", "okänd=2022-03-01/2022-05-31")
    assert (done.code, done.codes()) == (2, ["covers.unknown-source"])
    assert "`log.csv`" in done.json()["diagnostics"][0]["hint"]


def test_assessments_are_read_only_where_named() -> None:
    without = ask("evaluate", PROMISE, LOG, *KNOWN, "--format", "json").json()
    named = seed("--format", "json").json()
    assert (without["summary"]["open"], named["summary"]["open"]) == (2, 1)
    assert without["provenance"]["assessments_sha256"] is None
    assert len(named["provenance"]["assessments_sha256"]) == 64


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_the_engine_is_said(folder: Path, engine: str) -> None:
    done = small("--engine", engine)
    assert done.json()["provenance"]["engine"] == "reference"
    assert "reference" in done.err


def test_the_language_of_the_output(folder: Path) -> None:
    assert "Kept: visits" in ask("evaluate", "p.yaml", "log.csv", *KNOWN).out
    assert "Uppfyllt: visits" in ask("evaluate", "p.yaml", "log.csv", *KNOWN, "--lang", "sv").out
    swedish, english = small("--lang", "sv").json(), small("--lang", "en").json()
    assert swedish["commitments"][0]["statement"] != english["commitments"][0]["statement"]
    assert swedish["commitments"][0]["windows"][0]["verdict"] == english["commitments"][0]["windows"][0]["verdict"]


def test_standard_input_is_a_source_of_its_name(folder: Path) -> None:
    done = ask("evaluate", "p.yaml", "-", *AS_OF, "--covers", "stdin=2022-03-01/2022-05-31", "--format", "json",
               stdin=KEPT.encode())  # fmt: skip
    document = done.json()
    assert (done.code, [one["name"] for one in document["log"]["sources"]]) == (0, ["stdin"])
    assert document["commitments"][0]["evidence"]["events"][0]["source"] == "stdin"
    empty = ask("evaluate", "p.yaml", "-", *AS_OF, "--format", "json")
    assert (empty.code, empty.codes()) == (4, ["log.empty"])


def test_a_source_can_be_named_and_have_several_files(folder: Path) -> None:
    first, second = KEPT.splitlines()[1:]
    written(folder, a_csv=f"{HEADER}{first}\n", b_csv=f"{HEADER}{second}\n")
    document = small("--covers", "polisen=2022-03-01/2022-05-31", "polisen=b.csv", log="polisen=a.csv").json()
    assert document["verdict"] == "kept"
    assert {one["name"] for one in document["log"]["sources"]} >= {"polisen"}
    assert small("b.csv", log="a.csv").json()["verdict"] == "kept"


def test_a_pattern_stands_for_all_files_that_match(folder: Path) -> None:
    first, second = KEPT.splitlines()[1:]
    written(folder, a_csv=f"{HEADER}{first}\n", b_csv=f"{HEADER}{second}\n")
    known = ("--covers", "polisen=2022-03-01/2022-05-31")
    assert small(*known, log="polisen=[ab].csv").out == small(*known, "polisen=b.csv", log="polisen=a.csv").out
    assert small(log="[ab].csv").out == small("b.csv", log="a.csv").out
    none = small(log="x*.csv")
    assert (none.code, none.codes()) == (4, ["log.missing"])
    over = small("-o", "b.csv", log="[ab].csv")
    assert (over.code, over.codes()) == (2, ["output.is-input"])


def test_promise_and_log_may_stand_in_any_order(folder: Path) -> None:
    swapped = ask("evaluate", "log.csv", "p.yaml", *KNOWN, "--format", "json")
    assert (swapped.code, swapped.out) == (0, small().out)


def test_one_bad_promise_does_not_silence_the_others(folder: Path) -> None:
    done = ask("evaluate", "nix.yaml", "p.yaml", "log.csv", *KNOWN)
    assert done.code == 3
    assert "Kept: visits" in done.out
    assert "nix.yaml" in done.err


def test_several_promises_say_each_warning_once(folder: Path) -> None:
    written(folder, q_yaml=SMALL.replace("id: small", "id: other"), odd_csv=f"{KEPT}3;yesterday;;office;square;held\n")
    answer = ask("evaluate", "p.yaml", "q.yaml", "odd.csv", *AS_OF)
    assert answer.err.count("as of 2022-06-01") == 2
    assert answer.err.count("[log.row-rejected]") == 1
    assert answer.err.count("[coverage.assumed]") == 1
