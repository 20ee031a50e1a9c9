"""Dates, numbers and shares as each language writes them.

Babel knows how. Loading it and what it knows of a language takes longer than judging the example, so what nearly every
run prints is written out here, and a test compares it with Babel, month by month and share by share.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from promisekit.words.message import Date

if TYPE_CHECKING:
    from babel import Locale

_MONTHS = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def date_text(date: Date, language: str) -> str:
    """`5 mars 2022`, `mars 2022`, `vecka 9 2022` …: the date in the style it asks for."""
    from datetime import datetime  # the one use outside windows/: Babel formats datetimes, not our day numbers

    moment = datetime.fromisoformat(date.iso)
    month = f"{_MONTHS[language][moment.month - 1]} {moment.year}"
    match date.style:
        case "iso":
            return date.iso.replace("T", " ")
        case "month":
            return month
        case "quarter":
            from babel.dates import format_skeleton

            return format_skeleton("yQQQQ", moment, locale=_locale(language))
        case "year":
            return str(moment.year)
        case "week":
            year, week, _ = moment.isocalendar()
            return f"vecka {week} {year}" if language == "sv" else f"week {week} {year}"
        case _:
            day = f"{moment.day} {month}"
            return f"{day} {moment:%H:%M}" if "T" in date.iso else day


def number_text(number: int, language: str) -> str:
    """A whole number with the language's grouping: `1 234`, `1,234`."""
    if -1000 < number < 1000:
        return str(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


def figure_text(value: Fraction, language: str) -> str:
    """A number with its decimals: all of them where there are six at most, else rounded to two: `2,5`, `−0.33`."""
    places = next((places for places in range(7) if (value * 10**places).denominator == 1), 2)
    whole, decimals = divmod(abs(round(value * 10**places)), 10**places)
    sign = "\N{MINUS SIGN}" if value < 0 and (whole or decimals) else ""
    point = "," if language == "sv" else "."
    shown = f"{decimals:0{places}}".rstrip("0") if places else ""
    return f"{sign}{number_text(whole, language)}{point if shown else ''}{shown}"


def share_text(share: Fraction, language: str) -> str:
    """A share as a percentage with at most one decimal: `83,3 %`, `83.3%`."""
    whole, decimal = divmod(round(share * 1000), 10)
    if language == "sv":
        return f"{number_text(whole, language)}{f',{decimal}' if decimal else ''}\xa0%"
    return f"{number_text(whole, language)}{f'.{decimal}' if decimal else ''}%"


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse({"sv": "sv_SE", "en": "en_GB"}[language])
