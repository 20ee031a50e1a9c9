"""One voice for a whole report: messages into clean text of one language."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from promisekit.report.clean import neutral
from promisekit.windows import Day, show_day
from promisekit.words import Date, Message, text


class Voice(Struct, frozen=True):
    """Says messages in its language."""

    language: str

    def __call__(self, message: Message | Date | int | str) -> str:
        """A message as one clean line."""
        return neutral(text(message, self.language))

    def sentences(self, messages: Iterable[Message]) -> str:
        """Whole sentences, one after another."""
        return " ".join(self(message) for message in messages)

    def begun(self, message: Message) -> str:
        """A message that begins a line: with a capital letter."""
        said = self(message)
        return said[:1].upper() + said[1:]

    def day(self, day: Day) -> str:
        """A day written out."""
        return self(day_of(day))


def day_of(day: Day) -> Date:
    """A day as a field of a message."""
    return Date(show_day(day))
