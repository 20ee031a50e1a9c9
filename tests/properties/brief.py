"""Plain data in few words, for a fault that has to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from promisekit.words import Message


def brief(value: object) -> str:
    """Like `repr`, without sentences and without what is as by default."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Fraction):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        there = [(field.name, getattr(value, field.name)) for field in fields(value)]
        kept = [
            f"{name}={brief(one)}"
            for (name, one), field in zip(there, fields(value), strict=True)
            if not isinstance(one, Message) and one != field.default
        ]
        return f"{type(value).__name__}({', '.join(kept)})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {brief(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list | frozenset):
        return "[" + ", ".join(map(brief, sorted(value) if isinstance(value, frozenset) else value)) + "]"
    return repr(value)
