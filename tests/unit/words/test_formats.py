"""What is written out in `formats` to spare Babel's loading is what Babel writes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from promisekit.words import Date, Figure, text

LOCALES = {"sv": "sv_SE", "en": "en_GB"}
WHOLE = {"sv": "#,##0\xa0%", "en": "#,##0%"}
TENTHS = {"sv": "#,##0.#\xa0%", "en": "#,##0.#%"}


@pytest.mark.parametrize("language", LOCALES)
def test_dates_are_written_as_babel_writes_them(language: str) -> None:
    for month in range(1, 13):
        for day in (1, 9, 10, 28):
            written = date(2022, month, day)
            long, short = Date(written.isoformat()), Date(written.isoformat(), "month")
            assert text(long, language) == format_date(written, "d MMMM y", locale=LOCALES[language])
            assert text(short, language) == format_skeleton("yMMMM", written, locale=LOCALES[language])


@pytest.mark.parametrize("language", LOCALES)
def test_shares_are_written_as_babel_writes_them(language: str) -> None:
    """Halves to the even neighbour too: 1/16 is 6.25 % and so 6.2 %."""
    shares = {Fraction(part, whole) for whole in range(1, 101) for part in range(whole + 1)}
    for share in shares | {Fraction(12), Fraction(1, 2000), Fraction(1999, 2000), Fraction(1, 10**9)}:
        pattern = WHOLE[language] if (share * 100).denominator == 1 else TENTHS[language]
        assert text(share, language) == format_percent(float(share), format=pattern, locale=LOCALES[language])


def test_a_share_of_everything_uses_the_language_s_own_pattern() -> None:
    for language, locale in LOCALES.items():
        assert text(Fraction(1), language) == format_percent(1.0, locale=locale)


@pytest.mark.parametrize("language", LOCALES)
def test_figures_are_written_as_babel_writes_them(language: str) -> None:
    """All decimals where there are six at most, else two of them; a minus sign and no hyphen."""
    exact = [Fraction(5, 2), Fraction(-5, 2), Fraction(1, 8), Fraction(123456789, 1000), Fraction(7), Fraction(-7)]
    for value in exact:
        shown = format_decimal(float(value), format="#,##0.######", locale=LOCALES[language])
        assert text(Figure(value), language) == shown.replace("-", "\N{MINUS SIGN}")
    point = "," if language == "sv" else "."
    assert text(Figure(Fraction(2, 3)), language) == f"0{point}67"
    assert text(Figure(Fraction(-1, 3)), language) == f"\N{MINUS SIGN}0{point}33"
    assert text(Figure(Fraction(-1, 3000)), language) == "0"
