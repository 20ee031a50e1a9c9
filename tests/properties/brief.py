"""Plain data in few words, for a fault that has to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from msgspec import Struct, structs

from promisekit.words import Message


def brief(value: object) -> str:
    """Like `repr`, without sentences and without what is as by default."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Struct) or (is_dataclass(value) and not isinstance(value, type)):
        there = [(name, getattr(value, name), default) for name, default in _defaults(value)]
        kept = [
            f"{name}={brief(one)}" for name, one, default in there if not isinstance(one, Message) and one != default
        ]
        return f"{type(value).__name__}({', '.join(kept)})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {brief(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list | frozenset):
        return "[" + ", ".join(map(brief, sorted(value) if isinstance(value, frozenset) else value)) + "]"
    return repr(value)


def _defaults(value: object) -> list[tuple[str, object]]:
    """The fields of one of promisekit's values (structs) or of the tests' (dataclasses), with their defaults."""
    found = structs.fields(value) if isinstance(value, Struct) else fields(value)
    return [(field.name, field.default) for field in found]
