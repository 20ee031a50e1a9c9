"""Bad input: a clear message in both languages and the right exit code; no traceback, nothing half written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from tests.cli.runs import AS_OF, HEADER, KEPT, KNOWN, LOG, PROMISE, SMALL, Answer, ask, program, written

ONE = "1;2022-03-05 10:00;;office;square;held\n"
BINARY = bytes(range(256)) * 20


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, p_yaml=SMALL, log_csv=KEPT)


def evaluate(rows: str | bytes, *options: str) -> Answer:
    written(Path(), x_csv=rows)
    return ask("evaluate", "p.yaml", "x.csv", *(options or KNOWN), "--format", "json")


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (b"", "log.empty"),
        (b"\n\n\n", "log.empty"),
        (b" \t ", "log.empty"),
        (b"\xef\xbb\xbf", "log.empty"),
        (b"\xff\xfe", "log.empty"),
        (b"a;b\n1;2\n", "log.no-such-column"),
        (BINARY, "log.encoding"),
        (b"PK\x03\x04" + BINARY, "log.unsupported"),
        (SMALL.encode(), "log.is-promise"),
        (f"{HEADER.strip()};Start\n{ONE.strip()};2022-04-01\n".encode(), "log.column-twice"),
        (b'"""""""""\n', "log.header"),
    ],
)
def test_a_log_that_is_none_is_4(folder: Path, rows: bytes, code: str, lang: str) -> None:
    written(folder, x_csv=rows)
    done = ask("evaluate", "p.yaml", "x.csv", *KNOWN, "--format", "json", "--lang", lang)
    assert (done.code, set(done.codes())) == (4, {code})
    said = [one["message"] for one in done.json()["diagnostics"]]
    assert all(said)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "spec.no-promise"),
        (KEPT.encode(), "spec.no-promise"),
        (BINARY, "file.not-text"),
        (b"format: 1\nid: x\0y\n", "file.not-text"),
        (SMALL.encode("utf-16"), "file.encoding"),
        (b"a: " + b"[" * 500, "yaml.too-deep"),
        (b"[" * 500 + b"]" * 500, "yaml.too-deep"),
        (b"{a: " * 500 + b"}" * 500, "yaml.too-deep"),
        (b"- " * 500 + b"a", "yaml.too-deep"),
        (b"\n".join(b" " * n + b"a:" for n in range(500)), "yaml.too-deep"),
        (b"format: 1\ntitle: " + b"a" * 17_000_000, "yaml.too-large"),
        (SMALL.replace("language: en", "timezone: Mars/Phobos").encode(), "zone.unknown"),
        (SMALL.replace("language: en", "timezone: ../../etc/passwd").encode(), "zone.unknown"),
    ],
)
def test_a_promise_that_is_none_is_3(folder: Path, text: bytes, code: str) -> None:
    written(folder, x_yaml=text)
    asked = [("validate", "x.yaml"), ("evaluate", "x.yaml", "log.csv", *KNOWN)]
    for arguments in asked:
        done = ask(*arguments, "--format", "json")
        assert done.code == 3
        assert code in done.codes() or code == "file.encoding"


@pytest.mark.parametrize(
    "text", [b"", b"x", b"format: 1\nassess\0ments: []\n", KEPT.encode(), SMALL.encode(), b"[" * 2000]
)
def test_assessments_that_are_none_are_3(folder: Path, text: bytes) -> None:
    written(folder, x_yaml=text)
    assert ask("evaluate", "p.yaml", "log.csv", *KNOWN, "--assessments", "x.yaml").code == 3


def test_a_header_only_is_none_of_n_where_it_covers_and_open_where_not(folder: Path) -> None:
    covered, open_ = evaluate(HEADER), evaluate(HEADER, *AS_OF)
    assert (covered.code, covered.json()["verdict"]) == (1, "broken")
    assert (open_.code, open_.json()["verdict"]) == (0, "open")
    assert [one["code"] for one in open_.json()["log"]["diagnostics"]] == ["coverage.assumed"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("p.yaml", "nix.csv"), 4),
        (("p.yaml", "x=."), 4),
        (("p.yaml", "x="), 4),
        (("p.yaml", "="), 4),
        (("p.yaml", ""), 4),
        (("p.yaml", "a" * 5000), 4),
        (("p.yaml", "nul\0.csv"), 4),
        (("p.yaml", "none"), 4),
        (("none", "log.csv"), 6),
        (("", "log.csv"), 6),
        (("a" * 5000 + ".yaml", "log.csv"), 3),
        (("nul\0.yaml", "log.csv"), 3),
        (("x.yaml", "log.csv"), 6),
        (("p.yaml", "p.yaml"), 2),
        (("p.yaml", "/dev/null"), 4),
    ],
)
def test_names_of_nothing(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    (folder / "none").mkdir()
    (folder / "x.yaml").mkdir()
    done = ask("evaluate", *arguments, *AS_OF)
    assert (done.code, done.out) == (code, "")
    assert done.err


@pytest.mark.parametrize(
    "name",
    [
        "med mellanslag",
        "åäö",
        "a=b",
        "rad\nbrytning",
        "\x1b[31mred",
        "%s{x}",
        "--hej",
        "::error x",
        os.fsdecode(b"\xe5\xe4"),
    ],
)
def test_odd_names_of_files(folder: Path, name: str) -> None:
    try:
        (folder / f"{name}.yaml").write_text(SMALL, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("no file can have this name here")
    (folder / f"{name}.csv").write_text(KEPT, encoding="utf-8")
    arguments = ("evaluate", f"./{name}.yaml", f"./{name}.csv", *AS_OF, "--format", "json", "-o", f"./{name}.json")
    done = ask(*arguments)
    assert done.code == 0
    assert "\x1b" not in done.err
    assert "rad\nbrytning" not in done.err
    document = (folder / f"{name}.json").read_text(encoding="utf-8")
    assert '"format": "promisekit/result/1"' in document
    assert ask("report", f"./{name}.yaml", f"./{name}.csv", *AS_OF, "-o", f"./{name}.html").code == 0


ODD = {
    "a year that is none": ("0001-01-01;;office;square;held", 1),
    "a year out of reach": ("9999-12-31 10:00;;office;square;held", 1),
    "an end out of reach": ("2022-03-07;9999-12-31;office;square;held", 1),
    "an end before the start": ("2022-03-07;2022-03-06;office;square;held", 1),
    "a lost character": ("2022-03-07\0;;office;square;held", 1),
    "too few cells": ("2022-03-07", 1),
    "too many cells": ("2022-03-07;;office;square;held;x", 1),
    "a quote that does not end": ('2022-03-07;;"office;square;held', 1),
    "a very long cell": (f"2022-03-07;;office;square{'x' * 1_000_000};held", 0),
    "a very long date": (f"2022-03-07{'0' * 1_000_000};;office;square;held", 1),
}


@pytest.mark.parametrize("row", ODD)
def test_odd_rows_are_counted_and_never_change_what_is_certain(folder: Path, row: str) -> None:
    cells, rejected = ODD[row]
    done = evaluate(f"{KEPT}3;{cells}\n")
    document = done.json()
    (source,) = document["log"]["sources"]
    assert (done.code, document["verdict"]) == (0, "kept")
    assert (source["rows"], source["rejected"]) == (3, rejected)
    assert len(done.err) < 2000


def test_many_columns_and_long_ids(folder: Path) -> None:
    wide = HEADER.strip() + "".join(f";c{n}" for n in range(5000)) + "\n" + ONE.strip() + ";1" * 5000 + "\n"
    assert evaluate(wide).json()["commitments"][0]["evidence"]["total"] == 1
    long = HEADER + "".join(f"{'i' * 10_000}{n};2022-03-0{n} 10:00;;office;square;held\n" for n in range(1, 6))
    assert evaluate(long).json()["commitments"][0]["evidence"]["total"] == 5


EVIL = HEADER + (
    "\x1b[31m1\u202e::error file=a::b;2022-03-05 10:00;;office;square;held\n"
    "<script>alert(1)</script>;2022-03-06 10:00;;office;square;held\n"
    "::error::x;2022-03-07 10:00;;office;\x1b]0;t\x07square;held\n"
    '4;2022-03-08 10:00;;office;"square\n::error::pwned";held\n'
)


def test_what_stands_in_a_log_cannot_command_a_terminal_a_browser_or_a_ci(folder: Path) -> None:
    written(folder, x_csv=EVIL)
    seen = [
        ask(*command, *KNOWN)
        for command in (
            ("evaluate", "p.yaml", "x.csv"),
            ("explain", "p.yaml", "visits", "x.csv"),
            *(
                ("report", "p.yaml", "x.csv", "-o", "-", "--audience", "internal", "--to", to)
                for to in ("txt", "md", "html")
            ),
        )
    ]
    for done in seen:
        assert done.code in (0, 1)
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)
        assert not any(line.lstrip().startswith("::") for line in (done.out + done.err).splitlines())
    for done in seen[3:]:
        assert not re.search(r"(?<!\\)<script", done.out)
    assert "\x1b" not in evaluate(EVIL).out


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ page.nothing }}", "template.unknown-name"),
        ("{% if %}", "template.syntax"),
        ("{{ 1/0 }}", "template.failed"),
        ("{{ ''.__class__.__mro__ }}", "template.not-allowed"),
        ("{{ page.__init__.__globals__ }}", "template.not-allowed"),
        ("{{ 'x' * 5000000000 }}", "template.not-allowed"),
        ("{{ 9**9**9 }}", "template.not-allowed"),
        ("{% for i in range(999999999) %}{% endfor %}", "template.failed"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "template.failed"),
        ("{% include '/etc/passwd' %}", "template.not-found"),
        ("{% include '../../../etc/passwd' %}", "template.not-found"),
    ],
)
def test_templates_that_fail_are_3_and_write_nothing(folder: Path, body: str, code: str) -> None:
    (folder / "own").mkdir()
    (folder / "own" / "report.md.j2").write_text(body, encoding="utf-8")
    done = ask("report", "p.yaml", "log.csv", *KNOWN, "-o", "r.md", "--template", "own")
    assert (done.code, done.out) == (3, "")
    assert f"[{code}]" in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["log.csv", "own", "p.yaml"]


def test_a_folder_without_templates_is_3(folder: Path) -> None:
    (folder / "own").mkdir()
    for name in ("own", "nix", "log.csv"):
        done = ask("report", "p.yaml", "log.csv", *KNOWN, "-o", "r.md", "--template", name)
        assert done.code == 3
        assert "[template.missing]" in done.err


def test_many_commitments(folder: Path) -> None:
    head = SMALL.split("commitments:")[0] + "commitments:\n"
    many = "".join(f"  - {{id: c{n}, kind: count, what: office, at_least: {n % 3 + 1}}}\n" for n in range(1000))
    written(folder, many_yaml=head + many)
    summary = ask("evaluate", "many.yaml", "log.csv", *KNOWN, "--format", "json").json()["summary"]
    assert summary == {"kept": 667, "broken": 333, "open": 0, "not_applicable": 0}


posix = pytest.mark.skipif(os.name != "posix", reason="devices, signals and rights as POSIX has them")


@posix
@pytest.mark.parametrize("command", ["schema", "kinds", "--help"])
def test_a_pipe_that_nobody_reads_is_not_broken(command: str) -> None:
    line = [sys.executable, "-m", "promisekit", command]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 128 + signal.SIGPIPE


@posix
def test_interrupted_is_130_and_leaves_nothing(folder: Path) -> None:
    os.mkfifo(folder / "slow.csv")
    # Whoever runs the tests in the background has Ctrl-C ignored, and so would the program.
    heard = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
    )
    asked = [sys.executable, "-m", "promisekit", "evaluate", "p.yaml", "slow.csv", *KNOWN, "-o", "out.json"]
    line = [sys.executable, "-c", heard, *asked]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        with (folder / "slow.csv").open("wb"):  # which waits until the program reads
            running.send_signal(signal.SIGINT)
            running.wait(timeout=20)
        out, err = running.communicate()
    assert (running.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert sorted(path.name for path in folder.iterdir()) == ["log.csv", "p.yaml", "slow.csv"]


@posix
def test_a_device_is_written_to_and_never_replaced(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    reader = subprocess.Popen(["cat", folder / "pipe"], stdout=subprocess.PIPE)
    assert ask("evaluate", "p.yaml", "log.csv", *KNOWN, "--format", "json", "-o", "pipe").code == 0
    assert b"promisekit/result/1" in reader.communicate(timeout=20)[0]
    assert (folder / "pipe").is_fifo()


@posix
def test_a_link_is_written_through(folder: Path) -> None:
    (folder / "real.json").write_text("old", encoding="utf-8")
    (folder / "link.json").symlink_to("real.json")
    assert ask("evaluate", "p.yaml", "log.csv", *KNOWN, "--format", "json", "-o", "link.json").code == 0
    assert (folder / "link.json").is_symlink()
    assert "promisekit/result/1" in (folder / "real.json").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no device that is always full")
def test_a_full_disk_is_said(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = program("evaluate", PROMISE, LOG, *KNOWN, stdout=full)
    assert done.code == 2
    assert "[output.not-written]" in done.err
    done = ask("evaluate", "p.yaml", "log.csv", *KNOWN, "-o", "/dev/full")
    assert (done.code, "[output.not-written]" in done.err) == (2, True)
    assert Path("/dev/full").is_char_device()


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(folder: Path, closed: str) -> None:
    line = f'"$0" -m promisekit evaluate p.yaml log.csv {" ".join(KNOWN)} {closed}'
    done = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(("suffix", "code"), [(".yaml", 3), (".csv", 4)])
def test_files_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, code: int) -> None:
    opened = Path.open

    def refuse(path: Path, *how: str, **more: str) -> IO[Any]:
        if path.suffix == suffix:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so no mode of a file will do
    done = ask("evaluate", "p.yaml", "log.csv", *KNOWN)
    assert (done.code, done.out) == (code, "")
    assert suffix in done.err
