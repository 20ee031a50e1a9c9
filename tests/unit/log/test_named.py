"""How logs are named: sources, and patterns that stand for several files whatever the shell does with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.diagnostics import Invalid
from promisekit.log import LogFile, Sources, read_logs
from promisekit.log.named import log_files
from promisekit.words import text
from tests.unit.log.exports import PLAIN, ZONE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("exp/2022-04.csv", "exp/2022-03.csv", "exp/2021-12.csv", "exp/old/2022-01.csv", "exp/.gone.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Id;Start;Aktivitet\n{name};2022-03-05;Kontroll\n", encoding="utf-8")
    (tmp_path / "exp" / "folder.csv").mkdir()
    return tmp_path


def given(name: str) -> list[tuple[str, str]]:
    return [(file.source, Path(file.path).as_posix()) for file in log_files(name)]


@pytest.mark.parametrize(
    ("name", "source", "path"),
    [
        ("-", "stdin", "-"),
        ("polisen=-", "polisen", "-"),
        ("exp/a.csv", "a.csv", "exp/a.csv"),
        (r"exp\a.csv", "a.csv", r"exp\a.csv"),
        ("polisen=exp/a.csv", "polisen", "exp/a.csv"),
        ("polisen=a=b.csv", "polisen", "a=b.csv"),
        ("./a=b.csv", "a=b.csv", "./a=b.csv"),
    ],
)
def test_a_source_is_named_or_has_the_name_of_its_file(name: str, source: str, path: str) -> None:
    assert log_files(name) == [LogFile(source, path)]


def test_without_a_name_every_file_that_matches_is_a_source_of_its_own(folder: Path) -> None:
    assert given("exp/2022-*.csv") == [("2022-03.csv", "exp/2022-03.csv"), ("2022-04.csv", "exp/2022-04.csv")]


def test_with_a_name_all_files_that_match_are_one_source_in_order(folder: Path) -> None:
    assert given("polisen=exp/202?-*.csv") == [
        ("polisen", "exp/2021-12.csv"), ("polisen", "exp/2022-03.csv"), ("polisen", "exp/2022-04.csv"),
    ]  # fmt: skip
    log = read_logs(log_files("polisen=exp/*[34].csv"), Sources(PLAIN, {}), ZONE)
    assert [(event.source, event.file) for event in log.events] == [
        ("polisen", "2022-03.csv"), ("polisen", "2022-04.csv"),
    ]  # fmt: skip


def test_hidden_files_and_folders_do_not_match_and_two_stars_are_any_folders(folder: Path) -> None:
    assert [path for _, path in given("exp/*")] == ["exp/2021-12.csv", "exp/2022-03.csv", "exp/2022-04.csv"]
    assert [path for _, path in given("**/2022-0[13].csv")] == ["exp/2022-03.csv", "exp/old/2022-01.csv"]
    assert given(str(folder / "exp" / "*12.csv")) == [("2021-12.csv", (folder / "exp" / "2021-12.csv").as_posix())]


def test_a_file_that_is_called_like_a_pattern_is_itself(folder: Path) -> None:
    (folder / "a[1].csv").write_text("x", encoding="utf-8")
    (folder / "a1.csv").write_text("x", encoding="utf-8")
    assert given("a[1].csv") == [("a[1].csv", "a[1].csv")]


@pytest.mark.parametrize("pattern", ["exp/2023-*.csv", "nowhere/*.csv", "exp/fold*", "**/\0*", "a" * 5000 + "*"])
def test_a_pattern_that_matches_nothing_is_an_error(folder: Path, pattern: str) -> None:
    with pytest.raises(Invalid) as invalid:
        read_logs(log_files(f"polisen={pattern}"), Sources(PLAIN, {}), ZONE)
    (one,) = invalid.value.diagnostics
    assert (invalid.value.exit_code, one.file) == (4, pattern)
    assert one.code in {"log.missing", "log.unreadable"}
    if len(pattern) < 100 and "\0" not in pattern:
        assert text(one.message, "en") == "no file matches this pattern"
        assert one.hint is not None


def test_a_file_that_two_patterns_match_is_given_twice(folder: Path) -> None:
    with pytest.raises(Invalid) as invalid:
        read_logs([*log_files("exp/*03.csv"), *log_files("exp/2022*.csv")], Sources(PLAIN, {}), ZONE)
    assert [one.code for one in invalid.value.diagnostics] == ["log.file-twice"]
