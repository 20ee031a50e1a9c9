"""Other people's words made harmless: control characters, Markdown's signs, links."""

from __future__ import annotations

import re

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, overrides of the writing direction, halves of characters: they change what is read."""
BREAK = re.compile("[ \t-\r\x85\u2028\u2029]+")
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
FIRST_IN_LINE = re.compile(r"\A(?:([-+=:])|(\d{1,9})([.)]))")
LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+\Z", re.IGNORECASE)
NAMED = re.compile(r"`([^`\n]+)`")
"""A name within a sentence."""


def neutral(text: str) -> str:
    """One line of text without anything that a reader does not see."""
    return UNSEEN.sub("\ufffd", BREAK.sub(" ", text)).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a longer text."""
    return tuple(part for part in map(neutral, re.split(r"\n\s*\n", text)) if part)


def markdown(text: str) -> str:
    """Text that means nothing to Markdown, wherever in a line it is put."""
    escaped = MARKDOWN.sub(r"\\\1", neutral(text))
    return FIRST_IN_LINE.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)


def link(text: str) -> str:
    """The address, where a text is one that is safe to follow; else nothing."""
    return text if LINK.match(text) else ""


def shortened(text: str, length: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + " …"
