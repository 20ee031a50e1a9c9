"""Every promise that there is to find witnesses for: those of the manual, of the wordings, and the decided ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from promisekit.diagnostics import Invalid
from promisekit.spec import Loaded, load
from tests.architecture.house import ROOT
from tests.cases.pages import cases_in

PAGES = [*sorted((ROOT / "tests" / "cases").glob("*.md")), ROOT / "docs" / "how-to-say.md"]


def promises() -> Iterator[tuple[str, Loaded]]:
    """Each promise once, by where it stands."""
    for path in sorted((ROOT / "promises").glob("*.yaml")):
        yield path.name, load(path)
    for page in PAGES:
        seen = set()
        for _, line, case in cases_in(page.read_text(encoding="utf-8")):
            header = next(iter(case.logs.values())).partition("\n")[0]
            if "errors" in case.expect or (case.promise, header) in seen:
                continue
            seen.add((case.promise, header))
            with tempfile.TemporaryDirectory() as folder:
                try:
                    loaded = load(case.write(Path(folder)))
                except Invalid:
                    continue  # a page may show what is refused without asking anything of it
            yield f"{page.name}:{line}", loaded
