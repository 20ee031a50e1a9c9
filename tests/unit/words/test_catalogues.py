"""Every sentence is in the catalogues, in both languages, with the same fields; and the .mo files are theirs."""

from __future__ import annotations

import pytest

from scripts import catalogues


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("domain", ["commitments", "diagnostics", "report", "cli"])
def test_a_catalogue_is_complete(domain: str, language: str) -> None:
    assert catalogues.problems(domain, language) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_update_of_a_complete_catalogue_changes_nothing(language: str) -> None:
    path = catalogues.po_path("diagnostics", language)
    assert catalogues.written(catalogues.updated("diagnostics", language)) == path.read_bytes()


def test_fields_are_read_off_a_sentence() -> None:
    assert catalogues.fields("write `{{a: b}}` for {name}, {n} times") == {"name", "n"}
    with pytest.raises(ValueError):
        catalogues.fields("write `{a: b`")
