"""How numbers and dates are written for a language and a country."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
    get_territory_currencies,
)

from shared.contracts.base import LANGUAGES, Language
from shared.contracts.results import NUMERIC_TYPES, Cell, Column

_COUNTRIES: dict[Language, tuple[str, ...]] = {
    "es": ("PE", "MX", "CO", "AR", "CL", "BO", "UY", "PY", "VE", "CR", "GT", "HN", "NI", "DO", "CU", "ES"),
    "pt": ("BR", "PT", "AO", "MZ", "CV"),
    "en": ("US", "GB", "CA", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG", "HK", "IE"),
}
_DEFAULTS: dict[Language, str] = {"es": "es_419", "pt": "pt_BR", "en": "en_US"}
_SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", "\u200f": None, "\u200e": None})
_CODE = re.compile(r"^[A-Z]{3} ?")
MAX_QUANTITY_DIGITS = 3


def locale_for(language: Language, currency: str) -> str:
    """The locale of the country that speaks the language and pays with the currency, e.g. `es_PE` for soles."""
    for country in _COUNTRIES[language]:
        if currency in get_territory_currencies(country):
            return f"{language}_{country}"
    return _DEFAULTS[language]


def money(amount: Decimal, currency: str | None, locale: str) -> str:
    """An amount with its symbol, rounded to the currency's digits: `S/ 1,234.50`. Without currency, two digits."""
    if not currency:
        return _plain(format_decimal(amount, "#,##0.00", locale))
    text = _plain(format_currency(abs(amount), currency, locale=locale))
    if text.startswith(currency):
        text = _CODE.sub(f"{_home_symbol(currency)} ", text)
    return f"-{text}" if amount < 0 and any(char in "123456789" for char in text) else text


def number(amount: Decimal, locale: str, *, digits: int = MAX_QUANTITY_DIGITS) -> str:
    """A quantity, with at most so many digits and none that say nothing."""
    return _plain(format_decimal(amount, "#,##0." + "#" * digits, locale))


def percent(amount: Decimal, locale: str) -> str:
    """A percentage; 33.2 is `33.2 %`, as the ERP sends it."""
    return _plain(format_percent(amount / 100, "#,##0.#%", locale))


def day(value: str | date, language: Language) -> str:
    """A date as people write it: `20 nov 2026`. What is no date stays as it is."""
    try:
        when = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        return str(value)
    return _plain(format_date(when, "d MMM y" if language != "en" else "MMM d, y", locale=language)).replace(". ", " ")


def month_name(first_day: date, language: Language) -> str:
    """A month in short: `oct 2026`."""
    return _plain(format_date(first_day, "MMM y", locale=language)).replace(". ", " ")


def currency_digits(currency: str | None) -> int:
    """How many digits the currency has after the point."""
    return get_currency_precision(currency) if currency else 2


def cell_text(cell: Cell, column: Column, language: Language, locale: str) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if column.type == "date":
        return day(str(cell), language)
    if column.type not in NUMERIC_TYPES:
        return str(cell)
    amount = Decimal(cell)
    if column.type == "money":
        return money(amount, column.currency, locale)
    return percent(amount, locale) if column.type == "percent" else number(amount, locale)


@cache
def _home_symbol(currency: str) -> str:
    """The currency's sign where it is used, for the locales that only know its code: `S/` for soles in English."""
    for language in LANGUAGES:
        locale = locale_for(language, currency)
        if locale != _DEFAULTS[language]:
            return get_currency_symbol(currency, locale)
    return currency


def _plain(text: str) -> str:
    """Without the no-break spaces and direction marks that some phones show as boxes."""
    return text.translate(_SPACES)
