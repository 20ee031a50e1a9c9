"""Templates only arrange; a user's own are found first, run in a sandbox, and are told what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from promisekit.diagnostics import Diagnostic, Invalid
from promisekit.report.render import FORMS, render
from promisekit.report.templates import shipped
from tests.unit.report.promises import example

TEMPLATES = sorted(shipped("templates").glob("*.j2"))
DECIDING = (nodes.Compare, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
FILTERS = {"marked", "wrapped", "columns", "underlined"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_compares_and_computes_nothing(path: Path) -> None:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    assert [node for kind in DECIDING for node in tree.find_all(kind)] == []
    assert {node.name for node in tree.find_all(nodes.Filter)} <= FILTERS


def own(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def refused(folder: str, to: str = "md") -> Diagnostic:
    with pytest.raises(Invalid) as caught:
        render(example(), to=next(one for one in FORMS if one == to), language="sv", template_folder=folder)
    assert caught.value.exit_code == 3
    (found,) = caught.value.diagnostics
    return found


def test_a_users_template_is_used_before_the_shipped_one(tmp_path: Path) -> None:
    folder = own(tmp_path, "commitment.md.j2", "{{ commitment.id }} = {{ commitment.mark.word }}\n")
    report = render(example(), to="md", language="sv", template_folder=folder)
    assert "mpk = Ej uppfyllt" in report
    assert "Med samma filer" in report


def test_a_users_style_is_allowed_by_its_hash(tmp_path: Path) -> None:
    folder = own(tmp_path, "report.css", "body { color: teal }")
    page, usual = (render(example(), to="html", language="sv", template_folder=at) for at in (folder, None))
    assert "color: teal" in page
    assert policy(page) != policy(usual)


def policy(page: str) -> str:
    return page.split("style-src '", 1)[1].split("'", 1)[0]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\n{% if %}\n", "template.syntax", 2),
        ("a\n\n{{ page.tittle }}\n", "template.unknown-name", 3),
        ("{{ title }}\n", "template.unknown-name", 1),
        ("\n{{ ''.__class__.__mro__ }}\n", "template.not-allowed", 2),
        ("{{ page.commitments.append(1) }}\n", "template.unknown-name", 1),
        ("{{ 'a' * 9000000000 }}\n", "template.not-allowed", 1),
        ("{{ 9 ** 9 ** 9 }}\n", "template.not-allowed", 1),
        ("a\n{% include '../x' %}\n", "template.not-found", 2),
        ("a\n{% include 'x.j2' %}\n", "template.not-found", 2),
        ("a\n{{ 1 / 0 }}\n", "template.failed", 2),
        ("a\n{{ page|columns('nothing') }}\n", "template.failed", 2),
        ("{{ page.title|safe }}\n", "template.syntax", 1),
    ],
)
def test_a_broken_template_is_told_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    found = refused(own(tmp_path, "report.md.j2", text))
    assert (found.code, found.place and found.place.line) == (code, line)
    assert found.file == str(tmp_path / "report.md.j2")


def test_a_misspelt_name_is_asked_about(tmp_path: Path) -> None:
    hint = refused(own(tmp_path, "report.md.j2", "{{ page.commitmets }}")).hint
    assert hint is not None
    assert dict(hint.fields) == {"name": "commitments"}
    assert "docs/reports.md" in str(refused(own(tmp_path, "report.md.j2", "{{ xyzzy }}")).hint)


def test_a_folder_without_templates_is_told(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "nowhere")).code == "template.missing"
    assert refused(str(tmp_path)).code == "template.missing"


def test_a_template_gets_plain_data_only(tmp_path: Path) -> None:
    folder = own(tmp_path, "report.txt.j2", "{% for key in page %}{{ key }} {% endfor %}")
    keys = render(example(), to="txt", language="sv", template_folder=folder).split()
    assert {"title", "commitments", "provenance"} <= set(keys)
    assert refused(own(tmp_path, "report.md.j2", "{{ page.title.__class__.mro }}")).code == "template.not-allowed"
