"""The kinds of commitments, one module each. A file's name is the `kind:` in YAML; nothing else lists it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from inspect import cleandoc
from typing import Annotated

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from promisekit.commitment import Commitment
from promisekit.diagnostics.refused import Refused, did_you_mean, missing
from promisekit.words import say


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


class ByKind:
    """Makes a list of commitments take each item as the kind that its `kind:` names.

    The kind's module is imported when the first item of that kind is read, so that a promise pays for what it uses.
    """

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_commitment)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"named": "Commitment"}


AnyCommitment = Annotated[Commitment, ByKind()]
"""A commitment of whichever kind, in the document or as a part of another commitment."""


def _kinds() -> str:
    return ", ".join(f"`{name}`" for name in kind_names())


def _commitment(value: object) -> Commitment:
    if isinstance(value, Commitment):
        return value  # one that could not be read: something stands in for it
    if not isinstance(value, dict):
        message = say("a commitment is a mapping of keys to values")
        raise Refused("spec.not-a-mapping", message, say("write `id:`, `kind:` and the kind's own keys"))
    if "kind" not in value:
        hint = say("add `kind:` with one of {names}", names=_kinds())
        raise missing(
            "kind", set(value) - set(Commitment.model_fields), say("the key `{name}` is missing", name="kind"), hint
        )
    kind = value["kind"]
    if not isinstance(kind, str) or kind not in kind_names():
        hint = say("the kinds are {names}; `promisekit kinds` explains them", names=_kinds())
        name = kind if isinstance(kind, str) else "…"
        hint = did_you_mean(name, kind_names(), hint)
        raise Refused("spec.unknown-kind", say("there is no kind `{name}`", name=name), hint, ("kind",))
    return kind_class(kind).model_validate(value)


__all__ = ["AnyCommitment", "kind_class", "kind_manual", "kind_names"]
