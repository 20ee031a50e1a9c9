"""A message: what is said, kept apart from the language it is said in.

The English sentence is the key of the catalogues. Fields are named, and may be messages themselves, so that a
sentence is never glued together from translated halves.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Date(Struct, frozen=True, order=True):
    """A civil date (`2022-03-05`) or minute (`2022-03-05T10:00`) in ISO form; each language writes it out."""

    iso: str
    style: str = "long"
    """`long` (5 mars 2022), `month` (mars 2022), `week` (vecka 9, 2022), `quarter`, `year` or `iso`."""


class Figure(Struct, frozen=True, order=True):
    """A number that need not be whole, as a number: `2.5`. A `Fraction` by itself is a share, `50%`."""

    value: Fraction


class Message(Struct, frozen=True):
    """A sentence (English, with `{fields}`), its plural where the field `n` counts something, and the fields."""

    sentence: str
    plural: str | None = None
    fields: tuple[tuple[str, str | int | Fraction | Figure | Date | Message], ...] = ()
    parts: tuple[Message | Date | str, ...] = ()
    """Where this is an enumeration: its parts, joined by `sentence` (`and`, `or`) in the language's way."""


def say(
    sentence: str, plural: str | None = None, /, **fields: str | int | Fraction | Figure | Date | Message
) -> Message:
    """A message; `n` among the fields chooses between `sentence` (one) and `plural`."""
    return Message(sentence, plural, tuple(fields.items()))


def sequence(parts: tuple[Message | Date | str, ...], join: str = "and") -> Message:
    """An enumeration (`a, b and c`); `join` is `and` or `or`."""
    return Message(join, None, (), parts)
