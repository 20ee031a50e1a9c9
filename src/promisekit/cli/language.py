"""The language that the command line itself speaks: Swedish, or English where PROMISEKIT_LANG=en."""

from __future__ import annotations

import os

from promisekit.words import LANGUAGES, Message, text

SPOKEN = os.environ.get("PROMISEKIT_LANG", "sv") if os.environ.get("PROMISEKIT_LANG") in LANGUAGES else "sv"


def told(message: Message) -> str:
    """A sentence of the command line in its language."""
    return text(message, SPOKEN)
