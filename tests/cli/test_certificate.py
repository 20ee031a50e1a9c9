"""`promisekit certify` and `promisekit check-certificate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import AS_OF, HEADER, KEPT, KNOWN, SMALL, ask, written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, p_yaml=SMALL, log_csv=KEPT, none_csv=HEADER)
    assert ask("certify", "p.yaml", "log.csv", *KNOWN, "-o", "c.json").code == 0
    return tmp_path


def test_a_certificate_is_written_and_holds(folder: Path) -> None:
    assert json.loads((folder / "c.json").read_text(encoding="utf-8"))["format"] == "promisekit/certificate/1"
    done = ask("check-certificate", "c.json", "log.csv", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("The certificate holds: kept. 2 numbers and 2 rows were found again in the logs.\n")
    assert "- windows and their targets: 1\n" in done.out
    assert ask("check-certificate", "c.json").out.startswith("Certifikatet håller: hållet. ")


def test_both_engines_and_both_runs_give_the_same_bytes(folder: Path) -> None:
    first = (folder / "c.json").read_bytes()
    for engine in ("reference", "duckdb"):
        assert ask("certify", "p.yaml", "log.csv", *KNOWN, "--engine", engine).out.encode() == first


def test_the_check_as_a_document(folder: Path) -> None:
    document = ask("check-certificate", "c.json", "--format", "json").json()
    assert document["format"] == "promisekit/certificate-check/1"
    assert (document["holds"], document["verdict"], document["figures"], document["rows"]) == (True, "kept", 2, 2)
    assert document["not_checked"] == []
    (folder / "log.csv").write_text(HEADER, encoding="utf-8")
    done = ask("check-certificate", "c.json", "--format", "json")
    refused = done.json()
    assert (done.code, refused["holds"], refused["refused"]["what"]) == (1, False, "sha256")


def test_another_log_is_refused_in_both_languages(folder: Path) -> None:
    english = ask("check-certificate", "c.json", "log=none.csv", "--lang", "en")
    assert english.code == 0, "the right one lies beside it"
    (folder / "log.csv").unlink()
    english = ask("check-certificate", "c.json", "none.csv", "--lang", "en")
    assert (english.code, english.err) == (1, "")
    assert english.out.startswith("Refused: log.csv: sha256: the certificate says ")
    swedish = ask("check-certificate", "c.json", "none.csv")
    assert swedish.out.startswith("Underkänt: log.csv: sha256: certifikatet säger ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nix.json",), 3, "[certificate.unreadable]"),
        ((".",), 3, "[certificate.unreadable]"),
        (("c.json", "nix.csv"), 4, "[log.unreadable]"),
        (("other.json",), 4, "[certificate.unchecked]"),
        ((), 2, "CERTIFICATE"),
    ],
)
def test_what_cannot_be_checked(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    document = json.loads((folder / "c.json").read_text(encoding="utf-8"))
    document["sources"][0]["files"][0].update(name="elsewhere.csv", sha256="0" * 64)
    (folder / "other.json").write_text(json.dumps(document), encoding="utf-8")
    done = ask("check-certificate", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_what_is_no_certificate_is_refused(folder: Path) -> None:
    done = ask("check-certificate", "log.csv", "--lang", "en")
    assert done.code == 1
    assert done.out.startswith("Refused: certificate: form: ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nix.yaml", "log.csv"), 3, "[file.missing]"),
        (("p.yaml", "nix.csv"), 4, "[log.missing]"),
        (("p.yaml",), 2, "LOG"),
        (("p.yaml", "log.csv", "-o", "log.csv"), 2, "[output.is-input]"),
        (("p.yaml", "log.csv", "-o", "nowhere/c.json"), 2, "[output.not-written]"),
    ],
)
def test_nothing_is_written_where_it_fails(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    before = sorted(folder.iterdir())
    log = (folder / "log.csv").read_bytes()
    done = ask("certify", *arguments, *AS_OF)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert sorted(folder.iterdir()) == before
    assert (folder / "log.csv").read_bytes() == log


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("broken", 1)])
def test_the_exit_code_follows_only_where_asked(folder: Path, fail_on: str, code: int) -> None:
    assert ask("certify", "p.yaml", "none.csv", *KNOWN, "--fail-on", fail_on).code == code
