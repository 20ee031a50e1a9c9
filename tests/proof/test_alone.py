"""The checker runs where there is nothing but Python, and whatever it is given it answers in words."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from promisekit.proof import checker
from promisekit.proof.checker.alone import check_certificate, main
from promisekit.proof.checker.terms import Refused, Unreadable
from tests.proof.rich import made

FOLDER = Path(checker.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A certificate, its log and the checker, copied under another name."""
    document, _ = made(tmp_path)
    (tmp_path / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    shutil.copytree(FOLDER, tmp_path / "auditor", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def isolated(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def test_it_runs_without_promisekit(folder: Path) -> None:
    assert "ModuleNotFoundError" in isolated(folder, "-c", "import promisekit").stderr
    done = isolated(folder, "auditor", "certificate.json", "log.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("holds: broken; ")
    beside = isolated(folder, "auditor", "certificate.json")
    assert (beside.returncode, beside.stdout) == (0, done.stdout)


def test_it_refuses_and_says_what_it_cannot_do(folder: Path) -> None:
    log = folder / "log.csv"
    log.write_bytes(log.read_bytes().replace(b"cancelled,visit", b"held,visit"))
    done = isolated(folder, "auditor", "certificate.json", "log.csv")
    assert done.returncode == 1
    assert done.stdout.startswith("refused: log.csv: sha256: ")
    log.unlink()
    for arguments, code in ((["certificate.json"], 4), (["nix.json"], 4), ([], 2), (["--help"], 2)):
        done = isolated(folder, "auditor", *arguments)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr
        assert "Traceback" not in done.stderr


def test_nothing_but_the_standard_library_is_imported() -> None:
    imported = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            if isinstance(node, ast.ImportFrom) and not node.level:
                imported.add((node.module or "").partition(".")[0])
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1, "only its own modules"
    assert imported <= sys.stdlib_module_names
    assert "csv" in imported


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "not text": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"1",
    "empty": b"{}",
    "deep": b"[" * 100_000,
    "deep mappings": b'{"a":' * 50_000,
    "NaN": b'{"format": NaN}',
    "infinite": b'{"format": Infinity}',
    "a fraction": b'{"format": 1.5}',
    "endless digits": b'{"format": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_certificate_is_refused(text: bytes) -> None:
    with pytest.raises(Refused) as refused:
        check_certificate(text, [])
    assert refused.value.args[0] == "certificate"


def deep(depth: int) -> Any:
    selector: Any = ["every", []]
    for _ in range(depth):
        selector = ["except", selector]
    return selector


def _edited(document: dict[str, Any], edit: str) -> None:
    check = document["commitments"][0]["check"]
    selector = document["activities"]["a1"]
    reports = document["commitments"][4]["check"]["partner"]["ways"][0]["deadline"]
    match edit:
        case "a deep selector":
            selector["selector"] = deep(300)
            check["windows"][0]["low"] = 10**400
        case "an unknown test":
            selector["selector"] = ["column", "activity", ["matches", "(a+)+"]]
        case "an unknown step":
            selector["selector"] = ["neither", []]
        case "a huge number of days":
            reports["number"] = 10**18
        case "a huge power":
            check["windows"][0]["target"][0] = "1e999999999"
        case "nothing over nothing":
            check["windows"][0]["target"][0] = "1/0"
        case "a zone that is a path":
            document["zone"] = "../../etc/passwd"
        case "a day that is none":
            check["windows"][0]["days"][0] = "2022-02-30"
        case "a window before the calendar":
            check["windows"][0]["days"] = ["0001-01-01", "9999-12-31"]
        case "a text for a list":
            document["sources"] = "log.csv"
        case "no rows":
            del check["rows"]
        case "a truth for a number":
            check["windows"][0]["low"] = True
        case "an activity that is none":
            check["counts"] = "a99"
        case "a file that is a path":
            document["sources"][0]["files"][0]["name"] = "../../../etc/passwd"
        case "a delimiter that is none":
            document["sources"][0]["files"][0]["delimiter"] = ";;"
        case "a column that is none":
            document["sources"][0]["columns"]["start"]["header"] = "nix"


EDITS = [
    "a deep selector",
    "an unknown test",
    "an unknown step",
    "a huge number of days",
    "a huge power",
    "nothing over nothing",
    "a zone that is a path",
    "a day that is none",
    "a window before the calendar",
    "a text for a list",
    "no rows",
    "a truth for a number",
    "an activity that is none",
    "a file that is a path",
    "a delimiter that is none",
    "a column that is none",
]


@pytest.mark.parametrize("edit", EDITS)
def test_a_hostile_certificate_is_refused_without_a_traceback(folder: Path, edit: str) -> None:
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    before = json.dumps(document)
    _edited(document, edit)
    assert json.dumps(document) != before
    with pytest.raises(Refused) as refused:
        check_certificate(json.dumps(document).encode(), [(folder / "log.csv").read_bytes()])
    assert all(len(str(part)) < 500 for part in refused.value.args)


@pytest.mark.parametrize("encoding", ["xlsx", "parquet", "rot13", "zlib", None])
def test_what_is_no_text_is_said_to_be_unreadable(folder: Path, encoding: str | None) -> None:
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    document["sources"][0]["files"][0]["encoding"] = encoding
    with pytest.raises(Unreadable, match=r"log\.csv: only CSV"):
        check_certificate(json.dumps(document).encode(), [(folder / "log.csv").read_bytes()])


def test_a_broken_quote_cannot_be_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import hashlib

    log = (folder / "log.csv").read_bytes() + b'17,2022-05-30,,held,"survey\n'
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    document["sources"][0]["files"][0]["sha256"] = hashlib.sha256(log).hexdigest()
    (folder / "log.csv").write_bytes(log)
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    assert main([str(folder / "certificate.json")]) == 4
    assert "log.csv:19" in capsys.readouterr().err
