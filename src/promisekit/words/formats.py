"""Dates, numbers and shares as each language writes them. Babel is imported late: most runs print no long dates."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from promisekit.words.message import Date

if TYPE_CHECKING:
    from babel import Locale


def date_text(date: Date, language: str) -> str:
    """`5 mars 2022`, `mars 2022`, `vecka 9 2022` …: the date in the style it asks for."""
    from datetime import datetime  # the one use outside windows/: Babel formats datetimes, not our day numbers

    from babel.dates import format_date, format_skeleton

    moment = datetime.fromisoformat(date.iso)
    locale = _locale(language)
    match date.style:
        case "iso":
            return date.iso.replace("T", " ")
        case "month":
            return format_skeleton("yMMMM", moment, locale=locale)
        case "quarter":
            return format_skeleton("yQQQQ", moment, locale=locale)
        case "year":
            return str(moment.year)
        case "week":
            year, week, _ = moment.isocalendar()
            return f"vecka {week} {year}" if language == "sv" else f"week {week} {year}"
        case _:
            day = format_date(moment, "d MMMM y", locale=locale)
            return f"{day} {moment:%H:%M}" if "T" in date.iso else day


def number_text(number: int, language: str) -> str:
    """A whole number with the language's grouping: `1 234`, `1,234`."""
    if -1000 < number < 1000:
        return str(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


def share_text(share: Fraction, language: str) -> str:
    """A share as a percentage with at most one decimal: `83,3 %`, `83.3%`."""
    from babel.numbers import format_percent

    exact = share * 1000
    pattern = None if exact.denominator == 1 and exact.numerator % 10 == 0 else "#,##0.#\xa0%"
    if language == "en":
        pattern = pattern and "#,##0.#%"
    return format_percent(float(share), format=pattern, locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse({"sv": "sv_SE", "en": "en_GB"}[language])
