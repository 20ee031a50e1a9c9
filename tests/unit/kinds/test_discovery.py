"""Kinds are found by the names of their files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import promisekit.kinds
from promisekit.commitment import Commitment
from promisekit.kinds import kind_class, kind_manual, kind_names


def test_every_file_is_a_kind() -> None:
    folder = Path(promisekit.kinds.__file__).parent
    assert list(kind_names()) == sorted(path.stem for path in folder.glob("[a-z]*.py"))


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_has_a_class_and_a_manual(name: str) -> None:
    assert issubclass(kind_class(name), Commitment)
    assert get_args(kind_class(name).model_fields["kind"].annotation) == (name,)
    assert f"kind: {name}" in kind_manual(name)


@pytest.mark.parametrize("name", ["", "nix", "__init__", "count.py", "../spec"])
def test_a_name_that_is_no_kind(name: str) -> None:
    with pytest.raises(KeyError):
        kind_class(name)
    with pytest.raises(KeyError):
        kind_manual(name)
