"""The kinds of commitments, one module each. A file's name is the `kind:` in YAML; nothing else lists it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from inspect import cleandoc

from promisekit.commitment import Commitment


@cache
def kind_names() -> tuple[str, ...]:
    """Every kind there is, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def kind_class(name: str) -> type[Commitment]:
    """The class of a kind; only the kinds that are asked for are imported. Raises KeyError for a name that is none."""
    if name not in kind_names():
        raise KeyError(name)
    found: type[Commitment] = import_module(f"{__name__}.{name}").Commitment
    if not issubclass(found, Commitment):
        raise TypeError(f"{__name__}.{name}.Commitment is no commitment")
    return found


def kind_manual(name: str) -> str:
    """The manual entry of a kind: its module's docstring. Raises KeyError for a name that is none."""
    kind_class(name)
    return cleandoc(import_module(f"{__name__}.{name}").__doc__ or "")


__all__ = ["kind_class", "kind_manual", "kind_names"]
