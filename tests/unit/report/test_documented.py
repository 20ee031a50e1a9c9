"""docs/reports.md names every value and filter that a template gets, and every shipped template."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from promisekit.report import page
from promisekit.report.templates import shipped
from tests.unit.report.test_templates import FILTERS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")
DRAWN = {"Band", "Dot", "Key"}
"""Parts of the strip, which only its own macro takes apart."""


def test_every_value_is_documented() -> None:
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    shapes = [
        value
        for name, value in vars(page).items()
        if isinstance(value, type) and issubclass(value, Struct) and name not in DRAWN
    ]
    fields = {field for shape in shapes for field in shape.__struct_fields__}
    assert fields - named - {"href"} == set()


def test_every_filter_and_template_is_documented() -> None:
    assert [name for name in FILTERS if not re.search(rf"`{name}\b", PAGE)] == []
    assert [path.name for path in shipped("templates").iterdir() if f"`{path.name}`" not in PAGE] == []
