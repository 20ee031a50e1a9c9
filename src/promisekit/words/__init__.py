"""One home of language: messages with fields, the catalogues (sv, en) that turn them into text, dates and numbers."""

from promisekit.words.catalogue import LANGUAGES, text
from promisekit.words.message import Date, Figure, Message, say, sequence

__all__ = ["LANGUAGES", "Date", "Figure", "Message", "say", "sequence", "text"]
