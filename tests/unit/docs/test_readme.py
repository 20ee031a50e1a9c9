"""README.md shows what the program prints."""

from __future__ import annotations

from promisekit.report.text import summary_text
from tests.architecture.house import ROOT
from tests.unit.docs.pages import blocks
from tests.unit.report.promises import example

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sample_is_what_is_printed() -> None:
    (sample,) = [block.text for block in blocks(README) if block.text.startswith("Ej uppfyllt: mpk")]
    assert f"\n\n{sample}\n" in summary_text(example(), "sv")
