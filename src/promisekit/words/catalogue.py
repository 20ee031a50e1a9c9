"""Messages into text, in Swedish or English. The catalogues are gettext's; numbers and dates are `formats`'."""

from __future__ import annotations

import gettext
from fractions import Fraction
from functools import cache
from pathlib import Path

from promisekit.words.formats import date_text, figure_text, number_text, share_text
from promisekit.words.message import Date, Figure, Message

LANGUAGES = ("sv", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAINS = ("commitments", "diagnostics", "report", "cli")
"""One catalogue per layer that speaks; a sentence is looked up in all of them."""


def text(message: Message | Date | Figure | str | int | Fraction, language: str) -> str:
    """`message` in `language`; plain strings are somebody's own words and stay as they are."""
    if isinstance(message, str):
        return message
    if isinstance(message, Date):
        return date_text(message, language)
    if isinstance(message, Figure):
        return figure_text(message.value, language)
    if isinstance(message, Fraction):
        return share_text(message, language)
    if isinstance(message, int):
        return number_text(message, language)
    if message.parts:
        return _enumerate([text(part, language) for part in message.parts], message.sentence, language)
    fields = dict(message.fields)
    count = fields.get("n")
    if message.plural is not None and isinstance(count, int):
        template = _catalogue(language).ngettext(message.sentence, message.plural, count)
    else:
        template = _catalogue(language).gettext(message.sentence)
    return template.format_map({name: text(value, language) for name, value in fields.items()})


def _enumerate(parts: list[str], join: str, language: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {_catalogue(language).gettext(join)} {parts[-1]}"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """All domains of a language as one chain. Raises ValueError for a language that has no catalogue."""
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}; there are {', '.join(LANGUAGES)}")
    first, *rest = (gettext.translation(domain, LOCALE, [language]) for domain in DOMAINS)
    for catalogue in rest:
        first.add_fallback(catalogue)
    return first
